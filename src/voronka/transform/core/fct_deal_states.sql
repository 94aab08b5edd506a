-- one row per deal and span of days in which it was open with one owner, team and amount, with a next step or none, stalled or not
-- a deal that does not say when it was created is known to be open from the day on which it was received
WITH open_whole AS (
  SELECT
    d.deal_id,
    d.employee_id,
    coalesce(d.created_day, CAST(timezone($zone, timezone('UTC', s._received_at)) AS DATE)) AS from_day,
    CASE WHEN d.outcome = 'open' THEN DATE '9999-12-31' ELSE d.closed_day END AS to_day,
    d.amount,
    d.amount_home,
    d.currency,
    d.account_id,
    d.channel_id,
    d.campaign_id,
    d.product_id,
    d.kind,
    d.pipeline_id,
    d.stage_id
  FROM fct_deals AS d
  LEFT JOIN src_deals AS s ON s.deal_id = d.deal_id
  WHERE d.deleted_at IS NULL AND (d.outcome = 'open' OR d.closed_day IS NOT NULL)
),
-- the amount as it was then, by the rate of the deal
open_days AS (
  SELECT
    w.* EXCLUDE (amount, currency) REPLACE (
      greatest(w.from_day, coalesce(a.from_day, w.from_day)) AS from_day,
      least(w.to_day, coalesce(a.to_day, w.to_day)) AS to_day,
      CASE
        WHEN a.is_last IS NOT FALSE THEN w.amount_home
        WHEN w.currency = $currency THEN a.amount
        ELSE CAST(CAST(a.amount AS DOUBLE) * CAST(w.amount_home AS DOUBLE) / nullif(CAST(w.amount AS DOUBLE), 0) AS DECIMAL(18,2))
      END AS amount_home
    )
  FROM open_whole AS w
  LEFT JOIN int_amounts AS a ON a.deal_id = w.deal_id AND a.from_day < w.to_day AND a.to_day > w.from_day
),
turned AS (
  SELECT
    entity_id,
    employee_id,
    share,
    CAST(timezone($zone, timezone('UTC', greatest(valid_from, TIMESTAMP '1900-01-02'))) AS DATE) AS from_day,
    CAST(timezone($zone, timezone('UTC', least(valid_to, TIMESTAMP '9999-12-30'))) AS DATE) AS to_day,
    valid_from <= TIMESTAMP '1900-01-02' AS is_first,
    valid_to >= TIMESTAMP '9999-12-30' AS is_last
  FROM int_owner_shares
  WHERE entity = 'deal'
),
owned AS (
  SELECT
    d.* REPLACE (
      coalesce(t.employee_id, CASE WHEN t.entity_id IS NULL THEN d.employee_id END) AS employee_id,
      CASE WHEN t.is_first IS NOT FALSE THEN d.from_day ELSE greatest(d.from_day, t.from_day) END AS from_day,
      CASE WHEN t.is_last IS NOT FALSE THEN d.to_day ELSE least(d.to_day, t.to_day) END AS to_day
    ),
    coalesce(t.share, 1.0) AS share
  FROM open_days AS d
  LEFT JOIN turned AS t ON t.entity_id = d.deal_id
),
placed AS (
  SELECT
    o.* REPLACE (
      greatest(o.from_day, coalesce(s.valid_from, o.from_day)) AS from_day,
      least(o.to_day, coalesce(s.valid_to, o.to_day)) AS to_day
    ),
    s.team_id,
    s.role
  FROM owned AS o
  LEFT JOIN int_owner_days AS s ON s.employee_id = o.employee_id AND s.valid_from < o.to_day AND s.valid_to > o.from_day
  WHERE o.from_day < o.to_day
),
-- where no source tells of tasks or appointments, or of whose they are, it is not known which deals have none; nor, where
-- none tells of anything done, which have stalled
told AS (
  SELECT
    EXISTS (
      SELECT 1
      FROM fct_activities
      WHERE kind IN ('task', 'meeting', 'demo') AND (deal_id IS NOT NULL OR lead_id IS NOT NULL)
    ) AS has_plans,
    EXISTS (
      SELECT 1 FROM fct_activities WHERE status = 'done' AND (deal_id IS NOT NULL OR lead_id IS NOT NULL)
    ) AS has_activities
),
planned AS (
  SELECT
    p.* REPLACE (
      greatest(p.from_day, coalesce(n.from_day, p.from_day)) AS from_day,
      least(p.to_day, coalesce(n.to_day, p.to_day)) AS to_day
    ),
    CASE WHEN told.has_plans THEN coalesce(n.has_next_step, false) END AS has_next_step,
    told.has_activities
  FROM placed AS p
  CROSS JOIN told
  LEFT JOIN int_next_steps AS n ON n.deal_id = p.deal_id AND n.from_day < p.to_day AND n.to_day > p.from_day
)
-- a deal with something planned has not stalled, whatever was done about it: such spans are not cut
SELECT
  p.deal_id,
  p.employee_id,
  p.team_id,
  p.role,
  greatest(p.from_day, coalesce(q.from_day, p.from_day)) AS from_day,
  least(p.to_day, coalesce(q.to_day, p.to_day)) AS to_day,
  p.amount_home,
  p.share,
  p.has_next_step,
  CASE WHEN p.has_activities THEN coalesce(q.is_quiet, false) END AS is_stalled,
  p.account_id,
  p.channel_id,
  p.campaign_id,
  p.product_id,
  p.kind,
  p.pipeline_id,
  p.stage_id
FROM planned AS p
LEFT JOIN int_quiet_spans AS q
  ON q.deal_id = p.deal_id
  AND p.has_activities
  AND p.has_next_step IS NOT TRUE
  AND q.from_day < p.to_day
  AND q.to_day > p.from_day
