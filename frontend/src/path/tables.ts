// The path's tables in the shape of answers, so that the same components draw, sort and save them.

import type { Answer, Column, Row } from '../api/types.ts';
import type { Words } from '../api/types.ts';
import { DICTIONARY } from '../i18n/dictionary.ts';
import type { Against, Deviation, Edge, Hands, Path, ShareCompared, Stop, Stuck, Way, Zone } from './shapes.ts';

const DAY = 86_400;
const HOUR = 3600;

const unitsOf = (unit: string, ...names: string[]): Record<string, string> => Object.fromEntries(names.map((name) => [name, unit]));

const UNITS: Record<string, string> = { path_share: 'percent', path_win_rate: 'percent', path_amount: 'money', path_median: 'days', path_p90: 'days', path_days_effect: 'days', path_working: 'hours', path_hours: 'percent', ...unitsOf('percent', 'path_one', 'path_other', 'path_overall', 'path_step_conversion'), ...unitsOf('days', 'path_time_one', 'path_time_other', 'path_later'), ...unitsOf('hours', 'path_contact', 'path_waited', 'path_worked_one', 'path_worked_other', 'path_worked_later'), path_open_amount: 'money' };

const both = (key: string): Words => ({ ru: DICTIONARY.ru[key] ?? key, en: DICTIONARY.en[key] ?? key });

function column(name: string, kind: Column['kind']): Column {
  return { name, title: both(`path.column.${name}`), unit: UNITS[name] ?? '', kind, better: null, variant: null, since: null };
}

function answer(dimensions: string[], metrics: string[], rows: Row[], as_of: string): Answer {
  const columns = [...dimensions.map((name) => column(name, 'dimension')), ...metrics.map((name) => column(name, 'metric'))];
  return { ask: { metrics: [], by: dimensions, where: {}, from: null, to: null, compare: null }, columns, rows, totals: {}, data_version: '', as_of, left_out: [] };
}

const days = (seconds: number | undefined): number | null => (seconds === undefined ? null : seconds / DAY);
const share = (cases: number, path: Path): number | null => (path.cases ? (100 * cases) / path.cases : null);

type Named = (key: string) => string;
const OF_SALES = ['path_working', 'path_win_rate', 'path_amount', 'path_win_effect'];
/** Columns without those that another process has nothing in: working time, deals won, money. */
const ofSales = ({ log }: Pick<Path, 'log'>, names: string[]): string[] => (log === undefined ? names : names.filter((name) => !OF_SALES.includes(name)));

export function edgesTable(edges: Edge[], path: Path, named: Named, as_of: string): Answer {
  const rows = edges.map((edge, at) => ({
    at,
    source: named(edge.source),
    target: named(edge.target),
    path_cases: edge.cases,
    path_share: share(edge.cases, path),
    path_count: edge.count,
    path_median: days(edge.took?.median),
    path_p90: days(edge.took?.p90),
    path_working: edge.took_working ? edge.took_working.median / HOUR : null,
  }));
  return answer(['source', 'target'], ofSales(path, ['path_cases', 'path_share', 'path_count', 'path_median', 'path_p90', 'path_working']), rows, as_of);
}

export function waysTable(ways: Way[], path: Pick<Path, 'log'>, named: Named, as_of: string): Answer {
  const rows = ways.map((way, at) => ({
    at,
    way: way.steps.map(named).join(' → '),
    path_cases: way.cases,
    path_share: way.share,
    path_median: days(way.took.median),
    path_working: way.took_working ? way.took_working.median / HOUR : null,
    path_win_rate: way.win_rate,
    path_amount: way.amount,
  }));
  return answer(['way'], ofSales(path, ['path_cases', 'path_share', 'path_median', 'path_working', 'path_win_rate', 'path_amount']), rows, as_of);
}

export function zonesTable(zones: Zone[], zoneName: (zone: Zone) => string, as_of: string): Answer {
  const rows = zones.map((zone, at) => ({
    at,
    zone: zoneName(zone),
    path_cases: zone.cases,
    path_share: zone.share,
    path_hours: zone.share_hours,
    path_median: zone.median_seconds === null ? null : zone.median_seconds / DAY,
    path_amount: zone.amount,
    path_now: zone.now_cases,
  }));
  return answer(['zone'], ['path_cases', 'path_share', 'path_hours', 'path_median', 'path_now'], rows, as_of);
}

export function deviationsTable(deviations: Deviation[], path: Pick<Path, 'log'>, named: Named, kind: Named, as_of: string): Answer {
  const rows = deviations.map((each, at) => ({
    at,
    kind: kind(each.kind),
    step: named(each.step),
    path_cases: each.cases,
    path_share: each.share,
    path_days_effect: each.days?.value ?? null,
    path_win_effect: each.win_rate?.value ?? null,
  }));
  return answer(['kind', 'step'], ofSales(path, ['path_cases', 'path_share', 'path_days_effect', 'path_win_effect']), rows, as_of);
}

/** A step, or an edge in one phrase. */
const placed = (row: Pick<ShareCompared, 'source' | 'target'>, named: Named): string => (row.source === null ? named(row.target) : `${named(row.source)} → ${named(row.target)}`);

/** What passes where in two cuts: what differs beyond chance, or all that was compared. */
export function sharesTable(found: Against, all: boolean, named: Named, as_of: string): Answer {
  const rows = found.shares.flatMap((row, at) =>
    all || row.differs ? [{ at, place: placed(row, named), path_one: row.share_one, path_other: row.share_other, path_points: row.difference }] : [],
  );
  return answer(['place'], ['path_one', 'path_other', 'path_points'], rows, as_of);
}

/** The seconds of what the times of two cuts are told in: days, or hours of working time. */
export const unitOfTimes = ({ clock }: Pick<Against, 'clock'>): number => (clock === 'working' ? HOUR : DAY);

/** The times between steps in two cuts. */
export function timesTable(found: Against, all: boolean, named: Named, as_of: string): Answer {
  const isWorking = found.clock === 'working';
  const unit = unitOfTimes(found);
  const names = isWorking ? (['path_worked_one', 'path_worked_other', 'path_worked_later'] as const) : (['path_time_one', 'path_time_other', 'path_later'] as const);
  const rows = found.times.flatMap((row, at) =>
    all || row.differs ? [{ at, place: placed(row, named), [names[0]]: row.median_one / unit, [names[1]]: row.median_other / unit, [names[2]]: row.difference / unit }] : [],
  );
  return answer(['place'], [...names], rows, as_of);
}

/** Who hands over to whom, pair by pair. */
export function handsTable(hands: Hands, who: (key: string, name: string | null) => string, as_of: string): Answer {
  const rows = hands.rows.map((row, at) => ({
    at,
    giver: who(row.giver, row.giver_name),
    taker: who(row.taker, row.taker_name),
    path_handed: row.handed,
    path_hand_cases: row.cases,
    path_late: row.without_contact,
    path_contact: row.median_seconds === null ? null : row.median_seconds / HOUR,
    path_emptied: row.emptied,
    path_taskless: row.of_task ? row.without_task : null,
    path_waiting: row.now_cases,
  }));
  return answer(['giver', 'taker'], ['path_handed', 'path_hand_cases', 'path_late', 'path_contact', 'path_emptied', 'path_taskless', 'path_waiting'], rows, as_of);
}

/** The records that wait longer than they may. */
export function stuckTable(stuck: Stuck[], who: (name: string | null) => string, as_of: string): Answer {
  const rows = stuck.map((row, at) => ({ at, record: row.title ?? row.id, giver: who(row.giver_name), taker: who(row.taker_name), since: row.since, path_waited: row.working_hours, path_open_amount: row.amount }));
  return answer(['record', 'giver', 'taker', 'since'], ['path_waited', 'path_open_amount'], rows, as_of);
}

/** The funnel of another process' steps. */
export function stopsTable(stops: Stop[], as_of: string): Answer {
  const rows = stops.map((stop, at) => ({ at, step: stop.step, path_cases: stop.cases, path_overall: stop.overall, path_step_conversion: at ? stop.step_conversion : null, path_median: stop.median_seconds === null ? null : stop.median_seconds / DAY, path_dropped: stop.dropped }));
  return answer(['step'], ['path_cases', 'path_overall', 'path_step_conversion', 'path_median', 'path_dropped'], rows, as_of);
}
