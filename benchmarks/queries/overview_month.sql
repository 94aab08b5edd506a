-- fourteen metrics of one month, uncut
WITH c AS (
  SELECT
    count(*) AS calls,
    count(*) FILTER (WHERE answered) AS answered_calls,
    sum(talk_seconds) FILTER (WHERE answered) / 3600 AS talk_time
  FROM fct_activities
  WHERE kind = 'call' AND month = '2026-06' AND started_day BETWEEN DATE '2026-06-01' AND DATE '2026-06-30'
),
l AS (
  SELECT count(*) AS leads, count(*) FILTER (WHERE is_won) AS won
  FROM fct_leads
  WHERE month = '2026-06' AND created_day BETWEEN DATE '2026-06-01' AND DATE '2026-06-30' AND deleted_at IS NULL
),
n AS (
  SELECT count(*) AS deals_created
  FROM fct_deals
  WHERE month = '2026-06' AND created_day BETWEEN DATE '2026-06-01' AND DATE '2026-06-30' AND deleted_at IS NULL
),
d AS (
  SELECT
    count(*) FILTER (WHERE outcome = 'won') AS deals_won,
    count(*) FILTER (WHERE outcome = 'lost') AS deals_lost,
    sum(amount_home) FILTER (WHERE outcome = 'won') AS revenue,
    avg(CAST(amount_home AS DOUBLE)) FILTER (WHERE outcome = 'won') AS average_deal,
    avg((epoch_us(closed_at) - epoch_us(created_at)) / 86400000000) FILTER (WHERE outcome = 'won') AS cycle_days
  FROM fct_deals
  WHERE closed_day BETWEEN DATE '2026-06-01' AND DATE '2026-06-30' AND deleted_at IS NULL
),
o AS (
  SELECT sum(share) AS deals_open
  FROM fct_deal_states
  WHERE from_day <= DATE '2026-06-30' AND to_day > DATE '2026-06-30'
),
a AS (
  SELECT sum(cost_home) AS ad_spend
  FROM fct_ad_spend
  WHERE month = '2026-06' AND day BETWEEN DATE '2026-06-01' AND DATE '2026-06-30'
)
SELECT
  1 AS total, calls, answered_calls, talk_time, 60 * talk_time / answered_calls AS average_call, leads,
  100 * won / leads AS lead_conversion, deals_created, deals_won, deals_lost, revenue,
  100 * deals_won / (deals_won + deals_lost) AS win_rate, average_deal, cycle_days, deals_open, ad_spend
FROM c, l, n, d, o, a
