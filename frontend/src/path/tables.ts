// The path's tables in the shape of answers, so that the same components draw, sort and save them.

import type { Answer, Column, Row } from '../api/types.ts';
import type { Words } from '../api/types.ts';
import { DICTIONARY } from '../i18n/dictionary.ts';
import type { Deviation, Edge, Path, Way, Zone } from './shapes.ts';

const DAY = 86_400;
const HOUR = 3600;

const UNITS: Record<string, string> = { path_share: 'percent', path_win_rate: 'percent', path_amount: 'money', path_median: 'days', path_p90: 'days', path_days_effect: 'days', path_working: 'hours', path_hours: 'percent' };

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
  return answer(['source', 'target'], ['path_cases', 'path_share', 'path_count', 'path_median', 'path_p90', 'path_working'], rows, as_of);
}

export function waysTable(ways: Way[], named: Named, as_of: string): Answer {
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
  return answer(['way'], ['path_cases', 'path_share', 'path_median', 'path_working', 'path_win_rate', 'path_amount'], rows, as_of);
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

export function deviationsTable(deviations: Deviation[], named: Named, kind: Named, as_of: string): Answer {
  const rows = deviations.map((each, at) => ({
    at,
    kind: kind(each.kind),
    step: named(each.step),
    path_cases: each.cases,
    path_share: each.share,
    path_days_effect: each.days?.value ?? null,
    path_win_effect: each.win_rate?.value ?? null,
  }));
  return answer(['kind', 'step'], ['path_cases', 'path_share', 'path_days_effect', 'path_win_effect'], rows, as_of);
}
