-- one row per lead in nurture and span of days with one owner and team
-- a lead of which no stage change tells is known to be there from the day on which it was received
WITH stays AS (
  SELECT
    lead_id,
    entered_at,
    CAST(timezone($zone, timezone('UTC', entered_at)) AS DATE) AS from_day,
    coalesce(CAST(timezone($zone, timezone('UTC', left_at)) AS DATE), DATE '9999-12-31') AS to_day
  FROM int_nurture_stays
  UNION ALL
  SELECT
    l.lead_id,
    CAST(NULL AS TIMESTAMP),
    CAST(timezone($zone, timezone('UTC', r._received_at)) AS DATE),
    DATE '9999-12-31'
  FROM fct_leads AS l
  JOIN cfg_stages AS s ON s.pipeline_id = l.pipeline_id AND s.stage_id = l.stage_id AND s.milestone = 'nurture'
  JOIN src_leads AS r ON r.lead_id = l.lead_id
  WHERE NOT EXISTS (SELECT 1 FROM fct_stage_entries AS e WHERE e.entity = 'lead' AND e.entity_id = l.lead_id)
),
leads AS (
  SELECT
    s.*,
    l.employee_id,
    l.account_id,
    l.channel_id,
    l.campaign_id,
    l.segment,
    l.temperature,
    l.pipeline_id,
    l.stage_id
  FROM stays AS s
  JOIN fct_leads AS l ON l.lead_id = s.lead_id
  WHERE l.deleted_at IS NULL
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
  WHERE entity = 'lead'
),
owned AS (
  SELECT
    s.* REPLACE (
      CASE WHEN t.entity_id IS NULL THEN s.employee_id ELSE t.employee_id END AS employee_id,
      CASE WHEN t.is_first IS NOT FALSE THEN s.from_day ELSE greatest(s.from_day, t.from_day) END AS from_day,
      CASE WHEN t.is_last IS NOT FALSE THEN s.to_day ELSE least(s.to_day, t.to_day) END AS to_day
    ),
    coalesce(t.share, 1.0) AS share
  FROM leads AS s
  LEFT JOIN turned AS t ON t.entity_id = s.lead_id
)
SELECT
  o.lead_id,
  o.employee_id,
  m.team_id,
  m.role,
  CAST(timezone($zone, timezone('UTC', o.entered_at)) AS DATE) AS entered_day,
  greatest(o.from_day, coalesce(m.valid_from, o.from_day)) AS from_day,
  least(o.to_day, coalesce(m.valid_to, o.to_day)) AS to_day,
  o.share,
  o.account_id,
  o.channel_id,
  o.campaign_id,
  o.segment,
  o.temperature,
  o.pipeline_id,
  o.stage_id
FROM owned AS o
LEFT JOIN int_owner_days AS m ON m.employee_id = o.employee_id AND m.valid_from < o.to_day AND m.valid_to > o.from_day
WHERE o.from_day < o.to_day
