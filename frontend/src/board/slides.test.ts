import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Contest, Page } from '../api/types.ts';
import { Format } from '../format.ts';
import '../i18n/board.words.ts';
import { LINES, linesOf, slidesOf } from './slides.ts';

const RU = new Format('ru');
const ask = { metrics: ['calls'], by: ['employee'], where: {}, from: null, to: null, compare: null };
const column = { name: 'calls', title: { ru: 'Звонки', en: 'Calls' }, unit: 'count', kind: 'metric', better: 'up', variant: null, since: null };
const rows = Array.from({ length: LINES + 1 }, (_, at) => ({ place: at + 1, is_shared: false, employee_id: `${at}`, employee: `Менеджер ${at}`, beside: 'Север', calls: 20 - 2 * at }));
const page = {
  today: '2026-03-13',
  tables: { boards: { columns: [], totals: {}, rows: [{ board: 'sdr', title_ru: 'Поиск', title_en: 'SDR', by: 'employee', metrics: 'calls' }] }, 'places:sdr:calls': { columns: [column], rows, totals: {} } },
  blocks: { 'facts:sdr': { ask, columns: [column], rows: [], totals: {}, data_version: '1', as_of: '2026-03-13', left_out: [] } },
  findings: [{ kind: 'leader', tone: 'neutral', values: { board: 'sdr', metric: 'calls', names: 'Менеджер 0', more: 0, count: 1, value: 20, lead: 2 }, ask: null, open: null }],
} as unknown as Page;

test('a list that is longer than a screen goes on on the next one', () => {
  const slides = slidesOf(page, [], RU);
  assert.deepEqual(
    slides.map(({ key, lines }) => [key, lines.length]),
    [
      ['sdr:calls:0', LINES],
      ['sdr:calls:8', 1],
    ],
  );
  assert.equal(slides[0]?.title, 'Поиск');
  assert.match(slides[0]?.said ?? '', /впереди Менеджер 0 — 20/);
});

test('a list in which nobody has anything is not shown', () => {
  const found = { ...page, findings: page.findings.map((said) => ({ ...said, kind: 'nobody' })) } as Page;
  assert.deepEqual(slidesOf(found, [], RU), []);
});

test('contests on their way are shown with the prize, those that are over are not', () => {
  const said = { kind: 'leader', tone: 'neutral', values: { names: 'Анна', more: 0, count: 1, value: 5, lead: 1 }, ask: null, open: null };
  const contest = { contest_id: 3, title: 'Марафон', prize: 'Торт', metric: 'calls', metric_title: column.title, from: '2026-03-01', to: '2026-03-31', between: 'employee', state: 'running', said, table: { columns: [column], rows: rows.slice(0, 2), totals: {} } };
  const slides = slidesOf({ ...page, tables: {} } as Page, [contest, { ...contest, state: 'over' }] as unknown as Contest[], RU);
  assert.equal(slides.length, 1);
  assert.match(slides[0]?.title ?? '', /Марафон/);
  assert.match(slides[0]?.note ?? '', /Торт/);
});

test('bars are as long as the figures are to the largest', () => {
  const lines = linesOf([{ place: 1, employee: 'А', calls: 10 }, { place: 2, employee: 'Б', calls: 5, calls_attainment: 50 }, { place: 3, employee: 'В', calls: 0 }], 'employee', 'calls', 'count', RU);
  assert.deepEqual(
    lines.map(({ size }) => size),
    [1, 0.5, 0],
  );
  assert.match(lines[1]?.share ?? '', /50/);
});
