// A made overview by the API's contract, for tests and for work without a server; never part of the bundle.
import type { Answer, Ask, Column, Finding, Overview, RecordColumn, Records, Row } from '../src/api/types.ts';

type Titled = [name: string, ru: string, en: string, unit: string, better?: 'up' | 'down' | null];

const METRICS: Titled[] = [
  ['calls', 'Звонки', 'Calls', 'count', 'up'],
  ['outgoing_calls', 'Исходящие звонки', 'Outgoing calls', 'count', 'up'],
  ['taken_calls', 'Принятые звонки', 'Taken calls', 'count', 'up'],
  ['answered_calls', 'Состоявшиеся разговоры', 'Answered calls', 'count', 'up'],
  ['talk_time', 'Время разговоров, ч', 'Talk time', 'hours', 'up'],
  ['emails_sent', 'Письма отправлены', 'E-mails sent', 'count', 'up'],
  ['messages_sent', 'Сообщения', 'Messages sent', 'count', 'up'],
  ['meetings', 'Проведённые встречи', 'Meetings held', 'count', 'up'],
  ['demos', 'Демонстрации', 'Demos', 'count', 'up'],
  ['proposals', 'КП отправлены', 'Proposals sent', 'count', 'up'],
  ['tasks_done', 'Задачи выполнены', 'Tasks done', 'count', 'up'],
  ['activities', 'Действия', 'Activities', 'count', 'up'],
  ['deals_won', 'Продажи', 'Deals won', 'count', 'up'],
  ['revenue', 'Сумма продаж', 'Revenue', 'money', 'up'],
  ['leads', 'Лиды', 'Leads', 'count', 'up'],
  ['leads_answered', 'Лиды с ответом', 'Leads answered', 'count', 'up'],
  ['leads_qualified', 'Квалифицированные лиды', 'Qualified leads', 'count', 'up'],
  ['leads_with_deal', 'Лиды со сделкой', 'Leads with a deal', 'count', 'up'],
  ['leads_won', 'Лиды с продажей', 'Leads won', 'count', 'up'],
  ['leads_unanswered', 'Лиды без ответа', 'Unanswered leads', 'count', 'down'],
  ['deals_without_task', 'Сделки без задач', 'Deals without a task', 'count', 'down'],
  ['deals_open', 'Сделки в работе', 'Open deals', 'count', null],
  ['deals_without_task_amount', 'Сумма сделок без задач', 'Amount of deals without a task', 'money', 'down'],
];
const DIMENSIONS: Titled[] = [
  ['employee', 'Менеджер', 'Manager', 'text'],
  ['day', 'День', 'Day', 'day'],
  ['month', 'Месяц', 'Month', 'month'],
  ['weekday', 'День недели', 'Weekday', 'count'],
  ['hour', 'Час', 'Hour', 'count'],
];
const PEOPLE: [name: string, team: number][] = [
  ['Алексей Иванов', 0],
  ['Павел Степанов', 0],
  ['Сергей Васильев', 0],
  ['Дмитрий Смирнов', 1],
  ['Кирилл Морозов', 1],
  ['Кирилл Макаров', 1],
  ['Мария Семёнова', 2],
  ['Наталья Фёдорова', 2],
  ['Алексей Алексеев', 2],
  ['Анна Егорова', 3],
  ['Наталья Андреева', 3],
  ['Павел Соколов', 3],
  ['Елена Михайлова', 0],
  ['Юлия Никитина', 1],
  ['Ольга Петрова', 2],
  ['Сергей Павлов', 3],
  ['Анна Попова', 0],
  ['Игорь Новиков', 1],
  ['Мария Кузнецова', 2],
  ['Елена Николаева', 3],
  ['Дмитрий Лебедев', 0],
  ['Игорь Орлов', 1],
  ['Юлия Волкова', 2],
  ['Александра Константинопольская-Рождественская', 3],
];
const TEAMS = ['Входящие', 'Новые клиенты', 'Корпоративные продажи', 'Аккаунтинг и развитие клиентской базы'];
const CHANNELS = ['Яндекс Директ', 'Сайт', 'Рекомендации', 'Выставки'];
const MODULUS = 2147483647;

/** Numbers from 0 to 1 that are the same on every run. */
function chance(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % MODULUS) / MODULUS;
}

function titled(name: string, from: Titled[]): Column {
  const [, ru, en, unit, better = null] = from.find(([known]) => known === name) as Titled;
  const kind = from === METRICS ? 'metric' : 'dimension';
  return { name, title: { ru, en }, unit, kind, better, variant: null, since: null };
}

function column(name: string): Column {
  const suffix = ['_plan', '_attainment', '_pace', '_previous'].find((ending) => name.endsWith(ending));
  if (!suffix) return titled(name, METRICS);
  const base = titled(name.slice(0, -suffix.length), METRICS);
  return { ...base, name, unit: suffix === '_attainment' || suffix === '_pace' ? 'percent' : base.unit };
}

function ask(metrics: string[], by: string[], from: string | null, to: string | null, compare: Ask['compare'] = null): Ask {
  return { metrics, by, where: {}, from, to, compare };
}

function answer(asked: Ask, names: string[], rows: Row[], totals: Row): Answer {
  const dimensions = asked.by.map((name) => titled(name, DIMENSIONS));
  const columns = [...dimensions, ...names.map(column)];
  return { ask: asked, columns, rows, totals, data_version: '41', as_of: '2026-11-20T12:00:00', left_out: [] };
}

function summed(rows: Row[], names: string[]): Row {
  const sum = (name: string): number => rows.reduce((total, row) => total + Number(row[name] ?? 0), 0);
  return Object.fromEntries(names.map((name) => [name, sum(name)]));
}

function person(index: number): Row {
  const [name, team] = PEOPLE[index] as [string, number];
  return { employee: name, employee_id: `crm:${index + 1}`, team: TEAMS[team] ?? null, team_id: `crm:t${team + 1}` };
}

const TILES: Record<string, [fact: number, plan: number, pace: number, previous: number]> = {
  calls: [7412, 11424, 99.8, 7105],
  talk_time: [318.4, 456, 104.7, 301.2],
  meetings: [402, 672, 89.7, 441],
  proposals: [266, 392, 101.8, 214],
  deals_won: [88, 140, 94.3, 97],
  revenue: [19_412_000, 31_000_000, 93.9, 21_160_500],
};

function tiles(): Overview['tiles'] {
  const random = chance(7);
  const metrics = Object.keys(TILES);
  const facts: Row = {};
  const plans: Row = {};
  for (const [name, [fact, plan, pace, previous]] of Object.entries(TILES)) {
    Object.assign(facts, { [name]: fact, [`${name}_previous`]: previous });
    Object.assign(plans, { [name]: fact, [`${name}_plan`]: plan, [`${name}_attainment`]: (100 * fact) / plan, [`${name}_pace`]: pace });
  }
  const trend = Array.from({ length: 20 }, (_, index) => {
    const isWorking = ![0, 6, 7, 13, 14, 3].includes(index);
    const row: Row = { day: `2026-11-${String(index + 1).padStart(2, '0')}` };
    for (const [name, [fact]] of Object.entries(TILES)) row[name] = isWorking ? Math.round((fact / 14) * (0.7 + 0.6 * random())) : 0;
    return row;
  });
  return {
    metrics,
    facts: answer(
      ask(metrics, [], '2026-11-01', '2026-11-20', 'previous'),
      metrics.flatMap((name) => [name, `${name}_previous`]),
      [facts],
      facts,
    ),
    plans: answer(
      ask(metrics, [], '2026-11-01', '2026-11-30'),
      metrics.flatMap((name) => [name, `${name}_plan`, `${name}_attainment`, `${name}_pace`]),
      [plans],
      plans,
    ),
    trend: answer(ask(metrics, ['day'], '2026-11-01', '2026-11-20'), metrics, trend, summed(trend, metrics)),
    grain: 'day',
  };
}

const DAILY: Record<string, number> = { calls: 24, talk_time: 3, emails_sent: 12, meetings: 2, proposals: 1, tasks_done: 10 };

function withAttainment(row: Row, names: string[]): Row {
  const share = (name: string): number | null => (row[`${name}_plan`] ? (100 * Number(row[name])) / Number(row[`${name}_plan`]) : null);
  return { ...row, ...Object.fromEntries(names.map((name) => [`${name}_attainment`, share(name)])) };
}

function daily(): Answer {
  const random = chance(11);
  const names = Object.keys(DAILY);
  const rows = PEOPLE.map((_, index) => {
    const row = person(index);
    for (const [name, plan] of Object.entries(DAILY)) {
      const fact = plan * (0.35 + random());
      row[name] = name === 'talk_time' ? fact : Math.round(fact);
      row[`${name}_plan`] = index === 20 && name === 'proposals' ? null : plan;
    }
    return withAttainment(row, names);
  });
  const columns = names.flatMap((name) => [name, `${name}_plan`, `${name}_attainment`]);
  const totals = withAttainment(
    summed(
      rows,
      names.flatMap((name) => [name, `${name}_plan`]),
    ),
    names,
  );
  return answer(ask(names, ['employee'], '2026-11-19', '2026-11-19'), columns, rows, totals);
}

function activity(): Answer {
  const random = chance(13);
  const mean: Record<string, number> = {
    outgoing_calls: 230,
    taken_calls: 60,
    emails_sent: 160,
    messages_sent: 90,
    meetings: 17,
    demos: 6,
    proposals: 11,
    tasks_done: 120,
  };
  const names = Object.keys(mean);
  const rows = PEOPLE.map((_, index) => {
    const row = person(index);
    const effort = index === 9 ? 0.25 : 0.75 + 0.5 * random();
    for (const [name, value] of Object.entries(mean)) row[name] = Math.round(value * effort * (0.8 + 0.4 * random()));
    row.activities = names.reduce((total, name) => total + Number(row[name]), 0);
    return row;
  });
  const all = [...names, 'activities'];
  return answer(ask(all, ['employee'], '2026-11-01', '2026-11-20'), all, rows, summed(rows, all));
}

function callsByHour(): Answer {
  const random = chance(17);
  const rows: Row[] = [];
  for (let weekday = 1; weekday <= 6; weekday++) {
    for (let hour = weekday === 6 ? 11 : 8; hour <= (weekday === 6 ? 14 : 19); hour++) {
      const shape = weekday === 6 ? 0.06 : Math.max(0.08, 1 - Math.abs(hour - 12.5) / 6);
      const calls = Math.round(210 * shape * (0.8 + 0.4 * random()));
      rows.push({ weekday, hour, calls, answered_calls: Math.round(calls * (0.45 + 0.2 * random())) });
    }
  }
  const names = ['calls', 'answered_calls'];
  return answer(ask(names, ['weekday', 'hour'], '2026-11-01', '2026-11-20'), names, rows, summed(rows, names));
}

function funnel(): Answer {
  const totals: Row = { leads: 812, leads_answered: 747, leads_qualified: 391, leads_with_deal: 302, leads_won: 41 };
  const names = Object.keys(totals);
  return answer(ask(names, [], '2026-11-01', '2026-11-20'), names, [totals], totals);
}

function revenueByMonth(): Answer {
  const revenue = [26.4, 41.9, 17.2, 22.8, 27.5, 29.9, 24.1, 26.3, 23.7, 25.2, 30.8, 31.6, 19.412];
  const rows = revenue.map((millions, index): Row => {
    const month = new Date(Date.UTC(2025, 10 + index, 1)).toISOString().slice(0, 7);
    return {
      month,
      revenue: millions * 1e6,
      revenue_previous: index === 0 ? null : millions * 0.86e6 + 5e5 * (index % 3),
      deals_won: Math.round(millions * 4.5),
      deals_won_previous: Math.round(millions * 4),
      revenue_plan: (25 + 0.5 * index) * 1e6,
    };
  });
  const names = ['revenue', 'revenue_previous', 'deals_won', 'deals_won_previous', 'revenue_plan'];
  const asked = ask(['revenue', 'deals_won'], ['month'], '2025-11-01', '2026-11-30', 'year');
  return answer(asked, names, rows, summed(rows, names));
}

function recordColumn(name: string, ru: string, en: string, kind: RecordColumn['kind']): RecordColumn {
  return { name, title: { ru, en }, kind };
}

function longestUnanswered(): Records {
  const names = [
    'Ирина Галкина',
    'ООО «Северный ветер»',
    'Пётр Журавлёв',
    '+7 900 000-14-08',
    'АО «Трансконтинентальные грузоперевозки Урала и Сибири»',
    'Виктор Лапин',
    'ИП Захарова М. А.',
    'Тимур Ахметов',
    'Заявка с сайта',
    'Олег Крылов',
  ];
  const rows = names.map((title, index) => ({
    id: `crm:L${9000 + index}`,
    open: `https://crm.example.com/leads/${9000 + index}`,
    title,
    ...person((index * 5) % PEOPLE.length),
    channel: CHANNELS[index % CHANNELS.length] ?? null,
    created_at: `2026-11-${String(12 + Math.floor(index * 0.8)).padStart(2, '0')}T1${index % 9}:25:00`,
    waiting_seconds: 190800 - index * 18400,
  }));
  const columns = [
    recordColumn('title', 'Лид', 'Lead', 'text'),
    recordColumn('employee', 'Менеджер', 'Manager', 'text'),
    recordColumn('channel', 'Канал', 'Channel', 'text'),
    recordColumn('created_at', 'Создан', 'Created', 'time'),
    recordColumn('waiting_seconds', 'Ждёт', 'Waiting', 'seconds'),
  ];
  return {
    metric: 'leads_unanswered',
    part: 'leads_unanswered',
    parts: [{ name: 'leads_unanswered', title: { ru: 'Лиды без ответа', en: 'Unanswered leads' } }],
    entity: 'lead',
    columns,
    rows,
    total: 41,
    limit: 10,
    offset: 0,
    data_version: '41',
  };
}

function withoutTask(): Answer {
  const random = chance(19);
  const rows = PEOPLE.map((_, index): Row => {
    const count = Math.round(9 * random() * random());
    return {
      ...person(index),
      deals_without_task: count,
      deals_open: count + Math.round(8 + 14 * random()),
      deals_without_task_amount: Math.round(count * 264_000 * (0.5 + random())),
    };
  });
  const names = ['deals_without_task', 'deals_open', 'deals_without_task_amount'];
  return answer(ask(names, ['employee'], null, null), names, rows, summed(rows, names));
}

function largestWithoutTask(): Records {
  const rows = Array.from({ length: 10 }, (_, index) => ({
    id: `crm:D${500 + index}`,
    open: index === 4 ? null : `https://crm.example.com/deals/${500 + index}`,
    title: `Поставка оборудования № ${240 + index * 7}`,
    client: ['ООО «Северный ветер»', 'АО «Уралпромснабкомплект»', 'ИП Захарова М. А.'][index % 3] ?? null,
    ...person((index * 7) % PEOPLE.length),
    stage: ['Переговоры', 'КП отправлено', 'Согласование договора'][index % 3] ?? null,
    amount: 2_400_000 - index * 183_500,
  }));
  const columns = [
    recordColumn('title', 'Сделка', 'Deal', 'text'),
    recordColumn('client', 'Клиент', 'Client', 'text'),
    recordColumn('employee', 'Менеджер', 'Manager', 'text'),
    recordColumn('stage', 'Этап', 'Stage', 'text'),
    recordColumn('amount', 'Сумма', 'Amount', 'money'),
  ];
  return {
    metric: 'deals_without_task',
    part: 'deals_without_task',
    parts: [{ name: 'deals_without_task', title: { ru: 'Сделки без задач', en: 'Deals without a task' } }],
    entity: 'deal',
    columns,
    rows,
    total: 96,
    limit: 10,
    offset: 0,
    data_version: '41',
  };
}

function findings(): Finding[] {
  const unanswered = ask(['leads_unanswered'], [], null, null);
  const untasked = ask(['deals_without_task'], [], null, null);
  return [
    {
      kind: 'leads_unanswered',
      tone: 'bad',
      values: { count: 41, money: 1_214_300, since: '2026-11-12T10:25:00' },
      ask: unanswered,
      open: { metric: 'leads_unanswered', ask: unanswered },
    },
    {
      kind: 'deals_without_task',
      tone: 'bad',
      values: { count: 96, amount: 24_180_000, share: 21.4 },
      ask: untasked,
      open: { metric: 'deals_without_task', ask: untasked },
    },
    {
      kind: 'channel_without_return',
      tone: 'bad',
      values: { channel: 'Выставки', spend: 840_000, months: 6 },
      ask: ask(['ad_spend'], ['channel'], '2026-06-01', '2026-11-20'),
      open: null,
    },
  ];
}

function headline(): Finding {
  const asked = ask(['revenue'], [], '2026-11-01', '2026-11-30');
  return {
    kind: 'revenue_behind',
    tone: 'bad',
    values: { revenue: 19_412_000, plan: 31_000_000, pace: 93.9, attainment: 62.6, gap: 1_261_000 },
    ask: asked,
    open: { metric: 'revenue', ask: asked },
  };
}

/** The overview of a company of 24 managers on Friday, 20 November 2026, a little behind its plan. */
export function mockOverview(): Overview {
  const unanswered: Row = { leads_unanswered: 41 };
  return {
    period: { from: '2026-11-01', to: '2026-11-30' },
    facts: { from: '2026-11-01', to: '2026-11-20' },
    compared: { from: '2026-10-01', to: '2026-10-20' },
    day: '2026-11-19',
    day_is_working: true,
    day_before: '2026-11-18',
    day_after: '2026-11-20',
    today: '2026-11-20',
    headline: headline(),
    findings: findings(),
    tiles: tiles(),
    daily: daily(),
    activity: activity(),
    calls_by_hour: callsByHour(),
    funnel: funnel(),
    revenue_by_month: revenueByMonth(),
    unanswered: answer(ask(['leads_unanswered'], [], null, null), ['leads_unanswered'], [unanswered], unanswered),
    longest_unanswered: longestUnanswered(),
    without_task: withoutTask(),
    largest_without_task: largestWithoutTask(),
  };
}
