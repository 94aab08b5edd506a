// The path as the server tells it, under the page's own names.

import type { components } from '../api/schema.d.ts';
import type { Page } from '../api/types.ts';

type Schemas = components['schemas'];

export type PathPage = Page & { path: Path };
export type Step = Schemas['StepShown'] | Schemas['LogStepShown'];
export type LogPath = Schemas['LogPathShown'];
export type Stop = Schemas['StopShown'];
/** `log` is the source of another process; without it the path is of the company's own cases. */
export type Path = Omit<Schemas['PathShown'], 'steps'> & { steps: Step[]; log?: string };
export type Edge = Schemas['EdgeShown'];
export type Way = Schemas['WayShown'];
export type Deviation = Schemas['DeviationShown'];
export type Difference = Schemas['EffectShown'];
export type Grey = Schemas['GreyZonesShown'];
export type Zone = Schemas['ZoneShown'];
export type Against = Schemas['AgainstShown'];
export type ShareCompared = Schemas['ShareComparedShown'];
export type TimeCompared = Schemas['TimeComparedShown'];
export type Hands = Schemas['HandsShown'];
export type Joint = Schemas['JointShown'];
export type Stuck = Schemas['StuckShown'];
export type Took = Schemas['TookShown'];
export type Clock = 'calendar' | 'working';
