// The shapes that the server answers with, under the pages' own names; schema.d.ts is made from the server (`npm run types`).

import type { components } from './schema.d.ts';

type Schemas = components['schemas'];

export type Words = Schemas['WordsShown'];

/** One question, exactly what `voronka query` takes. `null` among the values of `where` means "not given". */
export type Ask = Schemas['AskShown'];
export type Compare = NonNullable<Ask['compare']>;

export type Column = Schemas['ColumnShown'];
export type Better = Column['better'];
export type Answer = Schemas['AnswerShown'];
export type Row = Answer['rows'][number];
export type Value = Row[string];
export type LeftOut = Schemas['LeftOutShown'];

export type RecordColumn = Schemas['RecordColumnShown'];
export type RecordKind = RecordColumn['kind'];
export type Part = Schemas['PartShown'];
/** Every record has these two beside its columns; `open` is its address in its own system. */
export type RecordRow = Row & { id: string | null; open: string | null };
export type Records = Omit<Schemas['RecordsShown'], 'rows'> & { rows: RecordRow[] };

export type Session = Schemas['SessionShown'];
export type SearchFound = Schemas['SearchShown'];
export type FoundThing = Schemas['FoundThingShown'];
export type SavedViews = Schemas['ViewsShown'];
export type SavedView = Schemas['ViewShown'];
export type Setup = Schemas['SetupShown'];
export type Invitation = Schemas['InvitationShown'];
export type Access = Schemas['AccessShown'];
export type AccessUser = Schemas['UserShown'];
export type Account = Schemas['AccountShown'];
export type OpenedSession = Schemas['OpenSessionShown'];
export type ApiToken = Schemas['TokenShown'];
export type Audit = Schemas['AuditShown'];
export type Source = Schemas['StreamShown'];
export type Option = Schemas['Option'];
export type Employee = Schemas['EmployeeOption'];

/** A metric's definition, in the words of the file that holds it. */
export type Metric = Schemas['MetricShown'];

export type Finding = Schemas['FindingShown'];
export type Span = Schemas['PeriodShown'];
export type Overview = Omit<Schemas['OverviewShown'], 'longest_unanswered' | 'largest_without_task'> & {
  longest_unanswered: Records;
  largest_without_task: Records;
};

/** An analysis' answer that no single question gives. */
export type Table = Schemas['TableShown'];
/** A page of blocks, as /api/pages/<name> answers. */
export type Page = Omit<Schemas['PageShown'], 'lists'> & { lists: Record<string, Records> };

/** The page of the funnel: its tables are `steps`, `losses` and, with a cut, `groups`. */
export type FunnelPage = Omit<Schemas['FunnelPageShown'], 'lists'> & { lists: Record<string, Records> };
export type Funnel = Schemas['FunnelShown'];
export type FunnelCohorts = Schemas['FunnelCohortsShown'];

/** How regulations are kept and what runs now. */
export type Regulations = Schemas['RegulationsShown'];

/** Contests as they stand, and what they may be made of. */
export type Contests = Schemas['ContestsShown'];
export type Contest = Contests['contests'][number];

/** Why leads are answered late. */
export type Lateness = Schemas['LatenessShown'];

/** What the data page opens with. */
export type DataPage = Schemas['DataPageShown'];
export type StreamState = Schemas['StreamStateShown'];
export type Upload = Schemas['UploadShown'];
export type Job = Schemas['JobShown'];
export type Loads = Schemas['LoadsShown'];
export type Aside = Schemas['AsideShown'];
export type Checks = Schemas['ChecksShown'];
/** Records that may be one and the same, and the merges that stand. */
export type Alike = Schemas['CandidatesShown'];
/** What two places say of the same things. */
export type Reconciled = Schemas['ReconciledShown'];
export type Flag = Schemas['FlagShown'];
/** A table that a file can be loaded into. */
export type ImportTable = Schemas['TableShownForImport'];
