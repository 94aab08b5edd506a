import assert from 'node:assert/strict';
import { test } from 'node:test';
import { broken, sheet } from './sheet.ts';

const letters = (text: string): number => text.length;
const told = { title: 'Звонки <по> "часам"', lines: ['1–30 нояб. 2026', 'Команда: Север & Юг'], foot: 'Северный ветер' };
const inner = { parts: ['<rect width="10" height="10" fill="#3557d4"/>'], width: 700, height: 200 };
const made = sheet(told, inner, "'Noto Sans', sans-serif", (text, size) => (text.length * size) / 2);

test('a text is broken between words, and a word that is too wide stays whole', () => {
  assert.deepEqual(broken('один два три', 8, letters), ['один два', 'три']);
  assert.deepEqual(broken('невообразимо да', 5, letters), ['невообразимо', 'да']);
  assert.deepEqual(broken('', 5, letters), []);
});

test('a picture carries its title, period, cut and company, on white', () => {
  for (const text of ['Звонки &lt;по&gt; &quot;часам&quot;', '1–30 нояб. 2026', 'Команда: Север &amp; Юг', 'Северный ветер']) assert.ok(made.svg.includes(`>${text}<`), text);
  assert.ok(made.svg.includes('<rect width="100%" height="100%" fill="#ffffff"/>'));
});

test('what is drawn keeps its size inside the margins', () => {
  // 24 on either side of 700; above: 24, a title's line of 25, two of 18, 14; below: 14, a line of 15, 24 less 7
  assert.equal(made.width, 748);
  assert.equal(made.height, 24 + 25 + 36 + 14 + 200 + 14 + 15 + 17);
  assert.ok(made.svg.includes('<g transform="translate(24 99)">'));
});

test('a narrow drawing still has room for its title, and nothing is fetched from elsewhere', () => {
  assert.equal(sheet(told, { ...inner, width: 90 }, 'sans-serif', (text, size) => text.length * size).width, 520);
  assert.deepEqual([...made.svg.matchAll(/(?:href|src|url\()[^>]*/g)], []);
});
