-- one row per handing of a lead from one person to another
WITH clocked AS (
  SELECT
    h.*,
    b.worked_before_seconds * 1000000
      + coalesce(greatest(epoch_us(least(h.handed_at, b.closes_at)) - epoch_us(b.opens_at), 0), 0) AS handed_clock,
    e.worked_before_seconds * 1000000
      + coalesce(greatest(epoch_us(least(h.accepted_at, e.closes_at)) - epoch_us(e.opens_at), 0), 0) AS accepted_clock
  FROM int_handovers AS h
  LEFT JOIN dim_calendar AS b ON b.day = CAST(timezone($zone, timezone('UTC', h.handed_at)) AS DATE)
  LEFT JOIN dim_calendar AS e ON e.day = CAST(timezone($zone, timezone('UTC', h.accepted_at)) AS DATE)
),
won AS (
  SELECT lead_id, sum(amount_home) AS amount_home
  FROM fct_deals
  WHERE lead_id IS NOT NULL AND outcome = 'won' AND deleted_at IS NULL
  GROUP BY lead_id
),
-- what nobody tells of any hand-over is not known to be missing
told AS (
  SELECT
    EXISTS (SELECT 1 FROM int_handovers WHERE accepted_at IS NOT NULL OR rejected_at IS NOT NULL) AS has_answers,
    EXISTS (SELECT 1 FROM fct_leads WHERE has_deal) AS has_deals,
    EXISTS (SELECT 1 FROM fct_leads WHERE is_target IS NOT NULL) AS has_profile
)
SELECT
  h.handover_id,
  h.lead_id,
  h.from_employee_id,
  h.to_employee_id,
  h.handed_at,
  h.accepted_at,
  h.rejected_at,
  h.reason,
  coalesce(
    h.met_criteria,
    CASE
      WHEN $required_count = 0 AND NOT $has_profile_rule THEN NULL
      WHEN j.handover_id IS NULL THEN NULL
      ELSE j.filled = $required_count AND (NOT told.has_profile OR coalesce(s.is_target, j.is_target))
    END
  ) AS met_criteria,
  coalesce(h.filled_share, CAST(j.filled AS DOUBLE) / nullif($required_count, 0)) AS filled_share,
  CASE WHEN h.accepted_at IS NOT NULL THEN true WHEN told.has_answers THEN false END AS is_accepted,
  CASE
    WHEN h.rejected_at IS NOT NULL AND h.accepted_at IS NULL THEN true
    WHEN h.rejected_at < h.accepted_at THEN true
    WHEN told.has_answers THEN false
  END AS is_rejected,
  CASE
    WHEN h.accepted_clock <= h.handed_clock THEN 0
    ELSE (h.accepted_clock - h.handed_clock) // 1000000
  END AS accept_working_seconds,
  d.due_at AS accept_due_at,
  CASE
    WHEN h.accepted_at - to_seconds(h.accepted_before) > d.due_at THEN true
    WHEN h.accepted_at IS NOT NULL AND h.handed_clock IS NULL THEN NULL
    WHEN h.accepted_at IS NOT NULL AND NOT d.is_in_time THEN NULL  -- rejected late, accepted nobody knows when
    WHEN h.accepted_at IS NOT NULL AND d.due_at IS NOT NULL AND d.is_in_time IS NULL THEN NULL
    WHEN told.has_answers THEN false
  END AS is_accepted_late,
  CASE
    WHEN h.rejected_at IS NOT NULL AND coalesce(lower(trim(h.reason)) IN $off_profile_reasons, false) THEN true
    WHEN coalesce(l.is_target, j.is_target) IS NOT NULL THEN NOT coalesce(l.is_target, j.is_target)
    WHEN $has_off_profile_reasons THEN false
  END AS is_off_profile,
  CASE WHEN told.has_deals THEN w.lead_id IS NOT NULL END AS has_won,
  -- the money of a lead handed twice is credited once: to who gave it to those that accepted it last
  CASE
    WHEN row_number() OVER (
      PARTITION BY h.lead_id ORDER BY h.accepted_at IS NULL, h.handed_at DESC NULLS LAST, h.handover_id DESC
    ) = 1 THEN w.amount_home
  END AS won_amount_home,
  l.channel_id,
  l.campaign_id,
  l.account_id,
  l.contact_id,
  l.segment,
  l.temperature,
  l.is_target
FROM clocked AS h
LEFT JOIN fct_leads AS l ON l.lead_id = h.lead_id
LEFT JOIN src_leads AS s ON s.lead_id = h.lead_id
LEFT JOIN int_handed_fields AS j ON j.handover_id = h.handover_id
LEFT JOIN won AS w ON w.lead_id = h.lead_id
LEFT JOIN int_early_dues AS d ON d.regulation_id = 'acceptance' AND d.record_id = h.handover_id
CROSS JOIN told
