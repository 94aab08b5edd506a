// The shapes that the server answers with, as the pages name them.

export type Words = { ru: string; en: string };
export type Compare = 'previous' | 'year';

/** One question, exactly what `voronka query` takes. `null` among the values of `where` means "not given". */
export type Ask = {
  metrics: string[];
  by: string[];
  where: Record<string, (string | null)[]>;
  from: string | null;
  to: string | null;
  compare: Compare | null;
};

export type Better = 'up' | 'down' | null;

export type Column = {
  name: string;
  title: Words;
  unit: string;
  kind: 'dimension' | 'metric';
  better: Better;
  variant: string | null;
  since: string | null;
};

export type Value = string | number | boolean | null;
export type Row = Record<string, Value>;
export type LeftOut = { metric: string; reason: string; rows: number };

export type Answer = {
  ask: Ask;
  columns: Column[];
  rows: Row[];
  totals: Row;
  data_version: string;
  as_of: string;
  left_out: LeftOut[];
};

export type RecordKind = 'text' | 'time' | 'day' | 'money' | 'number' | 'seconds' | 'boolean';
export type RecordColumn = { name: string; title: Words; kind: RecordKind };
export type Part = { name: string; title: Words };
export type RecordRow = Row & { id: string | null; open: string | null };

export type Records = {
  metric: string;
  part: string;
  parts: Part[];
  entity: string;
  columns: RecordColumn[];
  rows: RecordRow[];
  total: number;
  limit: number;
  offset: number;
  data_version: string;
};

export type Option = { id: string; name: string };
export type Employee = Option & { team_id: string | null; is_active: boolean };
export type Source = { source: string; stream: string; rows: number; loaded_at: string; last_event_at: string | null };

export type Session = {
  user: { name: string; role: string };
  company: {
    name: string;
    currency: string;
    time_zone: string;
    language: string;
    today: string;
    now: string;
    is_demo: boolean;
  };
  data: { version: string; built_at: string | null; sources: Source[] };
  filters: { teams: Option[]; employees: Employee[]; channels: Option[] };
};

/** A metric's definition, in the words of the file that holds it. */
export type Metric = {
  name: string;
  title: Words;
  question: Words | null;
  unit: string;
  better: Better;
  verb: string;
  meaning: string;
  fact: string | null;
  axis: string | null;
  dimensions: string[];
  variant: string | null;
  variants: string[];
  since: string | null;
  target: { per: string; from: number | null; to: number | null } | null;
  file: string;
  additive: boolean;
};

export type Finding = {
  kind: string;
  tone: 'good' | 'bad' | 'neutral';
  values: Record<string, number | string | null>;
  ask: Ask | null;
  open: { metric: string; ask: Ask } | null;
};

export type Span = { from: string; to: string };

export type Overview = {
  period: Span;
  facts: Span | null;
  compared: Span | null;
  day: string;
  day_is_working: boolean;
  day_before: string;
  day_after: string | null;
  today: string;
  headline: Finding;
  findings: Finding[];
  tiles: { metrics: string[]; facts: Answer; plans: Answer | null; trend: Answer; grain: 'day' | 'week' | 'month' };
  daily: Answer;
  activity: Answer;
  calls_by_hour: Answer;
  funnel: Answer;
  revenue_by_month: Answer;
  unanswered: Answer;
  longest_unanswered: Records;
  without_task: Answer;
  largest_without_task: Records;
};
