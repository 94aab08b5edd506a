import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Format } from '../format.ts';
import '../i18n/data.words.ts';
import { asideSaid, columnSaid, dateSaid, ENTERED, flagDetail, flagSaid, idSaid, isOfDates, needSaid, readSaid, reasonSaid, refusalSaid, rowSaid, separatorSaid, sizeSaid, streamSaid, sureOf, tableSaid, troubleSaid, warningsSaid } from './told.ts';

const ru = new Format('ru');
const en = new Format('en');

test('a failure is told with what to do about it; one without words in words of the page', () => {
  assert.equal(troubleSaid(en, { what: 'The load is being undone', where: 'load 7', do: 'Wait for its end', kind: 'conflict' }), 'The load is being undone. Wait for its end');
  assert.equal(troubleSaid(en, { what: 'The load is gone', where: '', do: '', kind: 'input' }), 'The load is gone');
  assert.equal(troubleSaid(ru, { what: '', where: '', do: '', kind: 'unreached' }), 'Сервер не отвечает.');
});

test('a reason is said in the language of the visit, part by part', () => {
  assert.equal(reasonSaid(ru, 'header «Создан» is a known name; 3 of 3 values are dates'), 'известное название; читаются 3 из 3 значений');
  assert.equal(reasonSaid(en, 'header «Суммма» is nearly the known name «Сумма»'), 'nearly “Сумма”');
  assert.equal(reasonSaid(ru, 'would be amount, but only 2 of 3 values are amounts: abc'), 'похоже на «Сумма», но читаются только 2 из 3: abc');
  assert.equal(reasonSaid(ru, "so it is called in amoCRM's export of deals"), 'так этот столбец называется в выгрузке amoCRM');
  assert.equal(reasonSaid(ru, 'something new'), 'something new');
});

test('a stream of a second table is called as its table, with its number', () => {
  assert.equal(streamSaid(ru, 'crm', 'deals_2'), 'CRM · Сделки 2');
  assert.equal(streamSaid(en, 'crm', 'ours_2'), 'CRM · ours_2');
});

test('beside the words of a flag stand the columns that it names, no options of the command line', () => {
  const message = 'rows with the same `День, Канал` differ: the last of them counts. If they are parts, say that they add up (`--repeats add`, or on the page)';
  assert.equal(flagDetail(ru, message), 'День, Канал');
});

test('how sure a column is follows from what the server reckons, and from the values that cannot be read', () => {
  assert.equal(sureOf('deal_id', 'header «Номер» is a known name', 0.95), 'high');
  assert.equal(sureOf('created_at', 'header «Создан» is a known name; 3 of 3 values are dates', 0.95), 'high');
  assert.equal(sureOf('created_at', 'header «Создан» is a known name; 9 of 10 values are dates', 0.95), 'middle');
  assert.equal(sureOf('amount', 'header «Суммма» is nearly the known name «Сумма»', 0.55), 'middle');
  assert.equal(sureOf('amount', 'by its values', 0.3), 'low');
  assert.equal(sureOf('', 'would be amount, but only 2 of 3 values are amounts: abc', null), 'low');
  assert.equal(sureOf('created_at', 'header «Создан» is a known name; the dates contradict each other', 0.98), 'low');
  assert.equal(sureOf('', '', null), 'none');
  assert.equal(sureOf('title', 'chosen by a person', 1), 'chosen');
});

test('a row put aside is told by its kind of fault, with the column and the value', () => {
  assert.equal(asideSaid(ru, 'bad_time', 'Создан: not a date: 31.02.2026'), 'Не дата — Создан: 31.02.2026');
  assert.equal(asideSaid(ru, 'missing_key', 'no value in the key: Номер'), 'Нет номера, по которому узнаётся запись: нет значения в столбце Номер');
  assert.equal(asideSaid(en, 'too_few_fields', '4 fields, the header has 6'), 'Fewer fields than in the header');
  assert.equal(asideSaid(ru, 'unknown_metric', 'Показатель: not a metric: Звонкки. Did you mean звонки?'), 'Нет такого показателя — Показатель: Звонкки. Может быть, «звонки»?');
  assert.equal(asideSaid(ru, 'unknown_metric', 'Показатель: not a metric: Радость; `voronka metrics` lists them'), 'Нет такого показателя — Показатель: Радость');
  assert.equal(asideSaid(en, 'unheard_of', 'as the server says'), 'as the server says');
});

test('a flag without words is told as the server tells it', () => {
  assert.equal(flagSaid(ru, 'mojibake', 'x'), 'Текст испорчен ещё до выгрузки (кракозябры): значения загрузятся как есть');
  assert.equal(flagSaid(ru, 'unheard_of', 'as the server says'), 'as the server says');
  assert.equal(flagDetail(ru, 'the column `Скидка` is empty in all rows'), 'Скидка');
  assert.equal(flagDetail(en, 'line 9 says 5 in `Sum`; the rows above it make 4'), 'Sum: line 9 says 5, the rows above make 4');
  assert.equal(flagDetail(en, 'line 9 says 5 in `Sum`; the rows above it make 4 (without 2 put aside)'), 'Sum: line 9 says 5, the rows above make 4; 2 of them are set aside and not in it');
  assert.equal(flagDetail(ru, '`Сумма сделки` is not loaded: would be amount, but only 0 of 12 values are amounts: abc'), 'Сумма сделки — похоже на «Сумма», но читаются только 0 из 12: abc');
  assert.match(flagDetail(ru, 'this file is in `crm.deals` already, since 2026-11-23T07:47:10'), /^CRM · Сделки, 23 нояб/);
  assert.equal(flagDetail(ru, 'none of the 2 ids in `ID сделки` is known in `accounting`, and 2 of them are deals of `crm`: these rows'), '«ID сделки», 2 из 2: Сделки (CRM)');
  assert.match(flagDetail(ru, 'by `updated_at` these rows are older than what is loaded of their records (the newest of them of 2026-09-20, of those 2026-10-09): the records stay as they are'), /^«updated_at»: самая поздняя дата 20 сент\.? 2026.*, у загруженных 9 окт\.? 2026/);
  assert.equal(flagDetail(ru, 'no column is named'), '');
});

test('dates in both orders are refused with their column, values and lines', () => {
  const message = 'deals.csv: the dates of `Создана` contradict each other: 13/01/2024 (line 2) has the day first, 01/13/2024 (line 3) the month. Split the file';
  assert.equal(isOfDates(message), true);
  assert.match(refusalSaid(ru, message) ?? '', /«Создана».*строка 2: 13\/01\/2024.*строка 3: 01\/13\/2024/);
  assert.equal(isOfDates('the file is empty'), false);
});

test('what should be known of a proposal is told in words, what flags tell is not', () => {
  const key = '«Договор» is the id of the договор, and no column is one of the deals themselves: two of them with one договор would count as one';
  const twice = '10 of 31 values of «E-mail» are in the stream crm.leads too: where both files hold the same leads, these count twice. Keep one of them';
  const said = warningsSaid(ru, [key, twice, 'stages of unknown meaning were taken as open: Новая']);
  assert.equal(said.length, 1);
  assert.match(said[0] ?? '', /«Договор»/);
});

test('separators, sizes, tables and columns are called as people call them', () => {
  assert.equal(separatorSaid(ru, '\t'), 'табуляция');
  assert.equal(separatorSaid(ru, '~'), '~');
  assert.equal(sizeSaid(ru, 512), '512 Б');
  assert.equal(sizeSaid(ru, 12_340_000), '12,3 МБ');
  assert.equal(sizeSaid(en, 2_000_000_000), '2 GB');
  assert.equal(tableSaid(ru, 'deals'), 'Сделки');
  assert.equal(columnSaid(en, 'deal_id'), "Deal's id");
  assert.equal(columnSaid(en, 'own'), 'own');
});

test('why a file is read so, and why it is refused, is said in the language of the visit where the sentence is known', () => {
  assert.equal(readSaid(ru, 'byte order mark'), 'метка в начале файла');
  assert.equal(readSaid(ru, '7 columns in the header and the records below'), 'столбцов в заголовке и строках под ним: 7');
  assert.equal(readSaid(ru, 'a new reason'), 'a new reason');
  assert.equal(refusalSaid(ru, 'x.csv: the file is empty. Export it again.'), 'Файл пуст. Выгрузите его ещё раз.');
  assert.match(refusalSaid(ru, 'x.csv: this is a web page, not a table: it asks for a password') ?? '', /страница сайта/);
  assert.match(refusalSaid(en, 'x.xlsx: the workbook has a password') ?? '', /has a password/);
  assert.equal(refusalSaid(ru, 'unheard of'), null);
});

test('the writing of dates is said in letters of the language', () => {
  assert.equal(dateSaid(ru, '%d.%m.%Y %H:%M'), 'дд.мм.гггг чч:мм');
  assert.equal(dateSaid(en, 'iso'), 'yyyy-mm-dd, with a time or without');
  assert.equal(dateSaid(en, 'other'), 'other');
});

test('what a check needs is said as a table and its column, or either of two', () => {
  assert.equal(needSaid(ru, 'fct_deals.expected_close_at'), 'Сделки — Ожидаемая дата закрытия');
  assert.equal(needSaid(ru, 'dim_account.tax_number|identity.value@account'), 'Компании-клиенты — ИНН или телефон или почта');
  assert.equal(needSaid(ru, 'fct_activities.due_at@task'), `Задачи — ${columnSaid(ru, 'due_at')}`);
  assert.equal(needSaid(en, 'fct_deals.employee_id|fct_deals.lead_id'), `Deals: ${columnSaid(en, 'employee')} or ${columnSaid(en, 'lead_id')}`);
  assert.equal(needSaid(ru, 'fct_activities.journey_id'), 'Разные дела в одной таблице — номер лида или сделки');
});

test('a table that would hold the same records is told with what is called otherwise', () => {
  const said = 'the file has 6 of 8 columns of the stream crm.leads; `Телефон` is now called `Контактный номер`, `E-mail` is not there. As a new table it would hold the same leads once more: add it';
  assert.equal(flagDetail(ru, said), 'в таблице CRM · Лиды и заявки столбцов 8, в файле из них 6 — «Телефон» теперь называется «Контактный номер», нет столбца «E-mail»');
  assert.equal(flagDetail(ru, '10 of 31 values of «E-mail» are in the stream crm.leads too: where both'), '10 из 31 значений столбца «E-mail» уже есть в CRM · Лиды и заявки');
});

test('an id is shown as its source has it, and what is entered here is said to be', () => {
  assert.deepEqual(['crm:18440004', 'name:вектор', '17'].map(idSaid), ['18440004', 'вектор', '17']);
  assert.equal(streamSaid(ru, 'crm', 'deals'), 'CRM · Сделки');
  assert.equal(streamSaid(ru, 'crm', 'leads_2'), 'CRM · Лиды и заявки 2');
  assert.equal(streamSaid(ru, ENTERED, 'merges'), 'введено в Voronka');
});

test('a row of a file that two places name is told by the file as it was sent, and its line', () => {
  const given = ['crm.deals uploads/crm.deals/0001_сделки.csv:13', 'uploads/crm.deals/0001_сделки.csv:1300', 'exports/2026_deals.csv:2', 'crm.deals exports/deals.csv'];
  assert.deepEqual(given.map((id) => rowSaid(ru, id)), ['сделки.csv, строка 13', 'сделки.csv, строка 1\u202f300', '2026_deals.csv, строка 2', 'deals.csv']);
  assert.equal(idSaid('telephony:call:c1'), 'c1');
});

test('numbers in the sentences of the server are written as everywhere', () => {
  assert.equal(flagDetail(ru, 'line 12 says 184400.50 in `Бюджет`; the rows above it make 34400.50 (without 1 put aside)'), 'Бюджет: в строке 12 стоит 184\u202f400,5, а строки выше дают 34\u202f400,5; отложено и не посчитано строк: 1');
  assert.equal(reasonSaid(en, '1,200 of 1,234 values are dates'), '1,200 of 1,234 values can be read');
});
