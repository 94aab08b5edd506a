import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Format } from '../format.ts';
import { NOTHING_CHOSEN } from '../state/url.ts';
import { cutText, daysShown, linesOf, periodLine } from './cut.ts';

const format = new Format('ru');
const english = new Format('en');
const named = (id: string, name: string) => ({ id, name });
const offered = {
  teams: [named('t1', 'Север'), named('t2', 'Юг')],
  employees: Array.from({ length: 9 }, (_, at) => named(`e${at + 1}`, `М${at + 1}`)),
  channels: [named('c1', 'Сайт')],
};
const TODAY = '2026-11-23';

test('what is left in is named; where nothing is left out, that is said', () => {
  assert.equal(cutText({ team: ['t1', 't2'], employee: [], channel: ['c1'] }, offered, format), 'Команда: Север, Юг; Канал: Сайт');
  assert.equal(cutText({ team: [], employee: [], channel: [] }, offered, format), 'Все команды, менеджеры и каналы');
});

test('a long list of names is counted from the seventh on', () => {
  const employee = offered.employees.map(({ id }) => id);
  assert.equal(cutText({ team: [], employee, channel: [] }, offered, format), 'Менеджер: М1, М2, М3, М4, М5, М6 и ещё 3');
});

test('who is not known any more is called by the id', () => {
  assert.equal(cutText({ team: ['gone'], employee: [], channel: [] }, offered, format), 'Команда: неизвестно: gone');
});

test('a period has its name, its days, and what it is compared with', () => {
  assert.equal(periodLine(NOTHING_CHOSEN, TODAY, english), 'This month, 1–30 Nov 2026. Compared with the previous period');
  assert.equal(periodLine({ period: { from: '2026-11-02', to: '2026-11-05' }, compare: 'none' }, TODAY, english), '2–5 Nov 2026');
});

test('a block that asks for days of its own tells them, not those of the page', () => {
  const own = { from: '2025-12-01', to: '2026-11-30' };
  assert.deepEqual(daysShown(NOTHING_CHOSEN, own, TODAY), own);
  assert.deepEqual(daysShown(NOTHING_CHOSEN, { from: null, to: null }, TODAY), { from: '2026-11-01', to: '2026-11-30' });
  assert.deepEqual(linesOf(NOTHING_CHOSEN, own, offered, TODAY, english), ['1 Dec 2025–30 Nov 2026', 'All teams, managers and channels']);
});

test('a log of another process has no period and no people: its name is told', () => {
  assert.deepEqual(linesOf({ ...NOTHING_CHOSEN, view: { log: ['claims'] } }, null, offered, TODAY, format), ['claims']);
});
