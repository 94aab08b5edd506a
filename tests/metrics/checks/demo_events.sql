-- What happened in the made company, read from its exports alone: one view per kind of thing, each with its day, whose
-- it was then, and in which team. Written by hand and knowing nothing of the core, so that the two can disagree.

CREATE MACRO moment(given) AS coalesce(
  try_strptime(given, '%d.%m.%Y %H:%M:%S'), try_strptime(given, '%Y-%m-%d %H:%M:%S'), try_strptime(given, '%d.%m.%Y')
);
CREATE MACRO amount(given) AS TRY_CAST(replace(given, ',', '.') AS DECIMAL(18, 2));

CREATE VIEW people AS
SELECT
  ID AS employee,
  "Отдел" AS team,
  CAST(moment("В отделе с") AS DATE) AS since,
  coalesce(CAST(moment("В отделе до") AS DATE), DATE '9999-12-31') AS until
FROM employees;

-- calls: the legs of one conversation are one call of whoever talked longest, else of the first who was rung
CREATE VIEW call_events AS
WITH legs AS (
  SELECT
    coalesce(nullif(c."ID разговора", ''), c."ID звонка") AS call,
    c."ID звонка" AS leg,
    moment(c."Дата и время") AS began,
    c."Тип" = 'Исходящий' AS is_out,
    e."ID в CRM" AS employee,
    CAST(nullif(c."Разговор, с", '') AS INTEGER) AS talk,
    CAST(nullif(c."Ожидание, с", '') AS INTEGER) AS wait
  FROM calls AS c
  LEFT JOIN extensions AS e ON e."Внутренний номер" = c."Внутренний номер"
  WHERE moment(c."Дата и время") IS NOT NULL
)
SELECT
  call,
  min(began) AS began,
  CAST(min(began) AS DATE) AS day,
  bool_or(is_out) AS is_out,
  bool_or(talk > 0) AS answered,
  sum(talk) AS talk,
  min(wait) FILTER (WHERE talk > 0) AS wait,
  coalesce(arg_max(employee, talk) FILTER (WHERE talk > 0), arg_min(employee, (began, leg))) AS employee
FROM legs
GROUP BY call;

-- mails: an answer of the client is to the latest mail of ours before it in the same thread
CREATE VIEW mail_events AS
WITH read AS (
  SELECT *, moment(date) AS began FROM mail
),
answers AS (
  SELECT
    i.message_id AS answer,
    i.began AS answered_at,
    arg_max(o.message_id, (o.began, o.message_id)) AS answered
  FROM read AS i
  JOIN read AS o ON o.thread_id = i.thread_id AND o.direction = 'out' AND o.began < i.began
  WHERE i.direction = 'in'
  GROUP BY ALL
),
first_answers AS (
  SELECT answered, min(answered_at) AS replied_at FROM answers GROUP BY answered
)
SELECT
  m.message_id,
  m.began,
  CAST(m.began AS DATE) AS day,
  m.crm_user AS employee,
  m.direction,
  f.replied_at,
  a.answer IS NOT NULL AS is_answer
FROM read AS m
LEFT JOIN first_answers AS f ON f.answered = m.message_id
LEFT JOIN answers AS a ON a.answer = m.message_id;

CREATE VIEW message_events AS
SELECT moment(time) AS began, CAST(moment(time) AS DATE) AS day, "user" AS employee, direction
FROM messages;

CREATE VIEW meeting_events AS
SELECT
  CAST(moment("Начало") AS DATE) AS day,
  CAST(moment("Создана") AS DATE) AS booked_day,
  "Ответственный ID" AS employee,
  "Статус" AS status,
  epoch(moment("Конец") - moment("Начало")) / 3600 AS hours
FROM meetings;

CREATE VIEW demo_events AS
SELECT
  CAST(moment("Начало") AS DATE) AS day,
  "Ответственный ID" AS employee,
  "Статус" AS status,
  epoch(moment("Конец") - moment("Начало")) / 3600 AS hours
FROM demos;

CREATE VIEW proposal_events AS
SELECT CAST(moment("Отправлено") AS DATE) AS day, "Кто ID" AS employee
FROM proposals;

CREATE VIEW task_events AS
SELECT
  CAST(moment("Выполнена") AS DATE) AS done_day,
  CAST(moment("Срок") AS DATE) AS due_day,
  "Готово" = 'да' AS is_done,
  "Ответственный ID" AS employee
FROM tasks;

-- leads: the second export holds the later word; a lead made twice is the one it was merged into
CREATE VIEW lead_words AS
SELECT *, 1 AS export FROM leads_1 UNION ALL SELECT *, 2 FROM leads_2;

CREATE VIEW lead_latest AS
SELECT * FROM lead_words QUALIFY row_number() OVER (PARTITION BY ID ORDER BY export DESC) = 1;

CREATE VIEW deal_events AS
WITH turned AS (
  SELECT
    "ID сделки" AS deal,
    moment("Когда") AS began,
    "Было" AS before,
    "Стало" AS after
  FROM changes
  WHERE "Поле" = 'Ответственный'
)
SELECT
  d.ID AS deal,
  d."Лид ID" AS lead,
  nullif(d."Источник", '') AS channel,
  CASE d."Стадия" WHEN 'Успешно реализована' THEN 'won' WHEN 'Закрыта и не реализована' THEN 'lost' ELSE 'open' END AS outcome,
  amount(d."Сумма") AS amount,
  amount(d."Скидка") AS discount,
  amount(d."Маржа") AS margin,
  moment(d."Создана") AS created_at,
  moment(d."Закрыта") AS closed_at,
  CAST(moment(d."Создана") AS DATE) AS created_day,
  CAST(moment(d."Закрыта") AS DATE) AS closed_day,
  d."Ответственный ID" AS employee_now,
  -- who held it then: the last change until then says so, else the first change after it says who did before
  coalesce(
    (SELECT arg_max(t.after, t.began) FROM turned AS t WHERE t.deal = d.ID AND t.began <= moment(d."Закрыта")),
    (SELECT arg_min(t.before, t.began) FROM turned AS t WHERE t.deal = d.ID),
    d."Ответственный ID"
  ) AS closed_employee,
  coalesce(
    (SELECT arg_max(t.after, t.began) FROM turned AS t WHERE t.deal = d.ID AND t.began <= moment(d."Создана")),
    (SELECT arg_min(t.before, t.began) FROM turned AS t WHERE t.deal = d.ID),
    d."Ответственный ID"
  ) AS created_employee
FROM deals AS d;

-- who wrote or called first: what we did towards the lead, or a call of theirs that we took
CREATE VIEW lead_contacts AS
SELECT nullif(c."Лид", '') AS lead, moment(c."Дата и время") AS began
FROM calls AS c
WHERE c."Тип" = 'Исходящий' OR CAST(nullif(c."Разговор, с", '') AS INTEGER) > 0
UNION ALL
SELECT nullif(crm_lead, ''), moment(date) FROM mail WHERE direction = 'out'
UNION ALL
SELECT nullif(lead, ''), moment(time) FROM messages WHERE direction = 'out';

CREATE VIEW lead_events AS
WITH same AS (
  SELECT ID AS twin, "Объединён с" AS lead FROM lead_latest WHERE "Объединён с" <> ''
),
dealt AS (
  SELECT
    coalesce(s.lead, d.lead) AS lead,
    bool_or(d.outcome = 'won') AS is_won,
    min(d.closed_at) FILTER (WHERE d.outcome = 'won') AS won_at
  FROM deal_events AS d
  LEFT JOIN same AS s ON s.twin = d.lead
  WHERE d.lead <> ''
  GROUP BY ALL
),
qualified AS (
  SELECT DISTINCT coalesce(s.lead, c."ID лида") AS lead
  FROM lead_stages AS c
  LEFT JOIN same AS s ON s.twin = c."ID лида"
  WHERE c."Стадия" = 'Квалифицирован'
)
SELECT
  l.ID AS lead,
  EXISTS (
    SELECT 1
    FROM lead_contacts AS k
    LEFT JOIN same AS s ON s.twin = k.lead
    WHERE coalesce(s.lead, k.lead) = l.ID AND k.began >= moment(l."Создан")
  ) AS is_answered,
  l."Стадия" NOT IN ('Сконвертирован', 'Некачественный лид') AS is_open,
  CAST(moment(l."Создан") AS DATE) AS day,
  l."Ответственный ID" AS employee,
  nullif(l."Источник", '') AS channel,
  l."Температура" AS temperature,
  l."Целевой" = 'да' AS is_target,
  l."Стадия" AS stage,
  coalesce(d.is_won, false) AS is_won,
  d.lead IS NOT NULL AS has_deal,
  q.lead IS NOT NULL OR l."Стадия" IN ('Квалифицирован', 'Передан в продажи', 'Сконвертирован') AS is_qualified
FROM lead_latest AS l
LEFT JOIN dealt AS d ON d.lead = l.ID
LEFT JOIN qualified AS q ON q.lead = l.ID
WHERE l."Объединён с" = '' OR l."Объединён с" IS NULL;

CREATE VIEW payment_events AS
SELECT
  CAST(moment(p."Дата") AS DATE) AS day,
  amount(p."Сумма") AS amount,
  amount(p."Маржа") AS margin,
  d.closed_employee AS employee,
  d.channel
FROM payments AS p
LEFT JOIN deal_events AS d ON d.deal = p."Сделка";

CREATE VIEW spend_events AS
SELECT
  CAST(moment("День") AS DATE) AS day,
  'Яндекс Директ' AS channel,
  amount("Расход, руб.") AS cost,
  CAST("Показы" AS BIGINT) AS impressions,
  CAST("Клики" AS BIGINT) AS clicks
FROM direct
UNION ALL
SELECT CAST("День" AS DATE), "Канал", amount("Расход"), CAST("Показы" AS BIGINT), CAST("Клики" AS BIGINT)
FROM other_ads;

CREATE VIEW handover_events AS
SELECT
  CAST(moment(h."Передан") AS DATE) AS day,
  moment(h."Передан") AS handed_at,
  moment(h."Принят") AS accepted_at,
  moment(h."Отклонён") AS rejected_at,
  h."От кого ID" AS employee,
  h."Кому ID" AS receiver,
  nullif(h."Причина", '') AS reason,
  h."По критериям" AS met_criteria,
  CAST(h."Заполнено, %" AS DOUBLE) AS filled,
  l.channel,
  l.is_won,
  l.is_target,
  (
    SELECT sum(d.amount) FROM deal_events AS d WHERE d.lead = h."Лид ID" AND d.outcome = 'won'
  ) AS won_amount
FROM handovers AS h
LEFT JOIN lead_events AS l ON l.lead = h."Лид ID";

-- touches: what of ours went to clients; one that names neither lead nor deal is in nobody's journey
CREATE VIEW touch_events AS
SELECT
  CAST(moment(c."Дата и время") AS DATE) AS day,
  e."ID в CRM" AS employee,
  c."Лид" IS NOT NULL OR c."Сделка" IS NOT NULL AS has_journey
FROM calls AS c
LEFT JOIN extensions AS e ON e."Внутренний номер" = c."Внутренний номер"
WHERE c."Тип" = 'Исходящий' AND moment(c."Дата и время") IS NOT NULL
UNION ALL
SELECT CAST(moment(date) AS DATE), crm_user, crm_lead IS NOT NULL OR crm_deal IS NOT NULL FROM mail WHERE direction = 'out'
UNION ALL
SELECT CAST(moment(time) AS DATE), "user", lead IS NOT NULL OR deal IS NOT NULL FROM messages WHERE direction = 'out';

-- open at the end of each day of the period: what was made by then and not closed by then, for the amount of then
CREATE VIEW open_deals AS
WITH repriced AS (
  SELECT
    "ID сделки" AS deal,
    CAST(moment("Когда") AS DATE) AS day,
    moment("Когда") AS began,
    amount("Было") AS before,
    amount("Стало") AS after
  FROM changes
  WHERE "Поле" = 'Сумма'
)
SELECT
  d.*,
  ends.day AS last_day,
  coalesce(
    (SELECT arg_max(r.after, r.began) FROM repriced AS r WHERE r.deal = d.deal AND r.day <= ends.day),
    (SELECT arg_min(r.before, r.began) FROM repriced AS r WHERE r.deal = d.deal),
    d.amount
  ) AS amount_then
FROM deal_events AS d
JOIN (SELECT CAST(range AS DATE) AS day FROM range(DATE '2026-01-01', DATE '2027-01-01', INTERVAL 1 DAY)) AS ends
  ON d.created_day <= ends.day AND (d.outcome = 'open' OR d.closed_day > ends.day);
