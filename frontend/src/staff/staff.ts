// People, teams and times as the settings show and change them.

import type { components } from '../api/schema.d.ts';

type Schemas = components['schemas'];
export type Department = Schemas['StaffShown'];
export type Person = Schemas['StaffPersonShown'];
export type Team = Schemas['StaffTeamShown'];
export type Time = Schemas['StaffTimeShown'];
export type Place = Schemas['PlacementShown'];
export type Edited = Schemas['StaffEdited'];
export type Fault = Schemas['PastedFaultShown'];

/** By what sources will know somebody who is added here, as fields hold it: '' for nothing. */
export type Known = Record<keyof Schemas['MadeHereShown'], string>;

/** What a form asks the server for: the end of the address, and all but what was seen. */
export type Send = (path: string, body: Record<string, unknown>) => Promise<Edited | null>;

export const REASONS = ['vacation', 'sick', 'other'] as const;

/** The rows of a table whose `id` is among these. */
export const rowsOf = <R extends Record<string, unknown>>(rows: R[], ids: ReadonlySet<string>): R[] => rows.filter((row) => ids.has(String(row['id'])));

/** What a field of days or of a name holds, as the server takes it. */
export const given = (text: string): string | null => text.trim() || null;

/** By what sources will know somebody, as fields show it. */
export const knownShown = ({ email, phone, extension, same_as }: Schemas['MadeHereShown']): Known => ({ email: email ?? '', phone: phone ?? '', extension: extension ?? '', same_as: same_as ?? '' });

/** The same as the server takes it. */
export const knownGiven = ({ email, phone, extension, same_as }: Known): Schemas['KnownGiven'] => ({ email: given(email), phone: given(phone), extension: given(extension), same_as: given(same_as) });

/** The teams that somebody can be moved to: those that are open, and the one that is chosen. */
export const openTeams = (teams: Team[], chosen: string | null): Team[] => teams.filter((team) => team.is_open || team.id === chosen);

/** The times that are not over yet, or all of them. */
export const timesShown = (times: Time[], today: string, isAll: boolean): Time[] => (isAll ? times : times.filter((time) => time.last >= today));
