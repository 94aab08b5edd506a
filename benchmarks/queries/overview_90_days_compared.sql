-- the same of 90 days, and of the 90 before them
WITH slots AS (
  SELECT * FROM (VALUES (0, DATE '2026-04-02', DATE '2026-06-30'), (1, DATE '2026-01-02', DATE '2026-04-01')) AS s(slot, first, last)
),
c AS (
  SELECT
    CASE WHEN started_day >= DATE '2026-04-02' THEN 0 ELSE 1 END AS slot,
    count(*) AS calls,
    count(*) FILTER (WHERE answered) AS answered_calls,
    sum(talk_seconds) FILTER (WHERE answered) / 3600 AS talk_time
  FROM fct_activities
  WHERE kind = 'call' AND month BETWEEN '2026-01' AND '2026-06' AND started_day BETWEEN DATE '2026-01-02' AND DATE '2026-06-30'
  GROUP BY 1
),
l AS (
  SELECT
    CASE WHEN created_day >= DATE '2026-04-02' THEN 0 ELSE 1 END AS slot,
    count(*) AS leads,
    count(*) FILTER (WHERE is_won) AS won
  FROM fct_leads
  WHERE month BETWEEN '2026-01' AND '2026-06' AND created_day BETWEEN DATE '2026-01-02' AND DATE '2026-06-30' AND deleted_at IS NULL
  GROUP BY 1
),
n AS (
  SELECT CASE WHEN created_day >= DATE '2026-04-02' THEN 0 ELSE 1 END AS slot, count(*) AS deals_created
  FROM fct_deals
  WHERE month BETWEEN '2026-01' AND '2026-06' AND created_day BETWEEN DATE '2026-01-02' AND DATE '2026-06-30' AND deleted_at IS NULL
  GROUP BY 1
),
d AS (
  SELECT
    CASE WHEN closed_day >= DATE '2026-04-02' THEN 0 ELSE 1 END AS slot,
    count(*) FILTER (WHERE outcome = 'won') AS deals_won,
    count(*) FILTER (WHERE outcome = 'lost') AS deals_lost,
    sum(amount_home) FILTER (WHERE outcome = 'won') AS revenue,
    avg(CAST(amount_home AS DOUBLE)) FILTER (WHERE outcome = 'won') AS average_deal,
    avg((epoch_us(closed_at) - epoch_us(created_at)) / 86400000000) FILTER (WHERE outcome = 'won') AS cycle_days
  FROM fct_deals
  WHERE closed_day BETWEEN DATE '2026-01-02' AND DATE '2026-06-30' AND deleted_at IS NULL
  GROUP BY 1
),
o AS (
  SELECT s.slot, sum(f.share) AS deals_open
  FROM fct_deal_states AS f
  JOIN slots AS s ON f.from_day <= s.last AND f.to_day > s.last
  GROUP BY 1
),
a AS (
  SELECT CASE WHEN day >= DATE '2026-04-02' THEN 0 ELSE 1 END AS slot, sum(cost_home) AS ad_spend
  FROM fct_ad_spend
  WHERE month BETWEEN '2026-01' AND '2026-06' AND day BETWEEN DATE '2026-01-02' AND DATE '2026-06-30'
  GROUP BY 1
),
r AS (
  SELECT
    slot, calls, answered_calls, talk_time, 60 * talk_time / answered_calls AS average_call, leads,
    100 * won / leads AS lead_conversion, deals_created, deals_won, deals_lost, revenue,
    100 * deals_won / (deals_won + deals_lost) AS win_rate, average_deal, cycle_days, deals_open, ad_spend
  FROM c JOIN l USING (slot) JOIN n USING (slot) JOIN d USING (slot) JOIN o USING (slot) JOIN a USING (slot)
)
SELECT
  1 AS total, x.* EXCLUDE (slot), y.calls AS calls_previous, y.answered_calls AS answered_calls_previous,
  y.talk_time AS talk_time_previous, y.average_call AS average_call_previous, y.leads AS leads_previous,
  y.lead_conversion AS lead_conversion_previous, y.deals_created AS deals_created_previous,
  y.deals_won AS deals_won_previous, y.deals_lost AS deals_lost_previous, y.revenue AS revenue_previous,
  y.win_rate AS win_rate_previous, y.average_deal AS average_deal_previous, y.cycle_days AS cycle_days_previous,
  y.deals_open AS deals_open_previous, y.ad_spend AS ad_spend_previous
FROM r AS x, r AS y
WHERE x.slot = 0 AND y.slot = 1
