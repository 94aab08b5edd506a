-- one row per journey: a lead with its deals, or a deal of no lead
-- its deal is the one won first, else the newest open one, else the one lost last; its outcome that deal's, else the lead's
WITH numbered AS (
  SELECT j.number, d.*
  FROM fct_deals AS d
  JOIN int_journeys AS j ON j.journey_id = d.journey_id
),
chosen AS (
  SELECT *
  FROM numbered
  WHERE deleted_at IS NULL
  QUALIFY row_number() OVER (
    PARTITION BY number
    ORDER BY
      outcome <> 'won',
      outcome <> 'open',
      CASE WHEN outcome = 'won' THEN closed_at END NULLS LAST,
      CASE WHEN outcome = 'lost' THEN closed_at END DESC NULLS LAST,
      created_at DESC NULLS LAST,
      deal_id
  ) = 1
),
money AS (
  SELECT
    number,
    count(*) FILTER (WHERE deleted_at IS NULL) AS deals,
    count(*) FILTER (WHERE deleted_at IS NULL AND outcome = 'won') AS won,
    count(*) FILTER (WHERE deleted_at IS NULL AND outcome = 'open') AS open,
    sum(amount_home) FILTER (WHERE deleted_at IS NULL AND outcome = 'won') AS won_amount_home,
    count(*) FILTER (WHERE deleted_at IS NULL AND outcome = 'lost') AS lost,
    sum(amount_home) FILTER (WHERE deleted_at IS NULL AND outcome = 'open') AS open_amount_home,
    sum(amount_home) FILTER (WHERE deleted_at IS NULL AND outcome = 'lost') AS lost_amount_home,
    max(deleted_at) AS deleted_at,
    arg_min(created_employee_id, (created_at, deal_id)) AS created_owner_id
  FROM numbered
  GROUP BY number
),
ended AS (
  SELECT e.entity_id AS lead_id, s.outcome, max(e.entered_at) AS ended_at, arg_max(e.entered_employee_id, e.entered_at) AS owner_id
  FROM fct_stage_entries AS e
  JOIN dim_stage AS s ON s.pipeline_id = e.pipeline_id AND s.stage_id = e.stage_id
  WHERE e.entity = 'lead' AND s.outcome IN ('won', 'lost')
  GROUP BY ALL
),
-- a lead that was taken over into no deal is open still, where there are deals at all
leads AS (
  SELECT
    *,
    CASE
      WHEN outcome = 'lost' THEN 'lost'
      WHEN outcome = 'won' AND NOT EXISTS (SELECT 1 FROM fct_deals WHERE deleted_at IS NULL) THEN 'won'
      ELSE 'open'
    END AS own_outcome
  FROM fct_leads
),
events AS (
  SELECT number, count(*) AS events, min(happened_at) AS first_event_at, max(happened_at) AS last_event_at
  FROM fct_events
  GROUP BY number
)
SELECT
  j.number,
  j.journey_id,
  CASE WHEN j.lead_id IS NULL THEN 'deal' ELSE 'lead' END AS entity,
  j.lead_id,
  d.deal_id,
  coalesce(l.title, d.title) AS title,
  j.created_at,
  CASE WHEN d.deal_id IS NULL THEN e.ended_at ELSE d.closed_at END AS closed_at,
  CASE
    WHEN d.deal_id IS NULL AND (l.lead_id IS NULL OR l.deleted_at IS NOT NULL) THEN greatest(l.deleted_at, m.deleted_at)
  END AS deleted_at,
  coalesce(d.employee_id, l.employee_id) AS employee_id,
  coalesce(CASE WHEN d.employee_id IS NOT NULL THEN d.team_id END, l.team_id) AS team_id,
  coalesce(d.account_id, l.account_id) AS account_id,
  coalesce(d.contact_id, l.contact_id) AS contact_id,
  coalesce(l.channel_id, d.channel_id) AS channel_id,
  coalesce(l.campaign_id, d.campaign_id) AS campaign_id,
  d.product_id,
  d.kind,
  CASE WHEN l.lead_id IS NULL THEN a.segment ELSE l.segment END AS segment,
  l.temperature,
  l.is_target,
  coalesce(d.outcome, l.own_outcome, 'open') AS outcome,
  d.loss_reason,
  l.pipeline_id AS lead_pipeline_id,
  l.stage_id AS lead_stage_id,
  d.pipeline_id,
  d.stage_id,
  coalesce(m.deals, 0) AS deals,
  CASE WHEN coalesce(m.won, 0) = 0 THEN 0 ELSE m.won_amount_home END AS won_amount_home,
  CASE WHEN coalesce(m.open, 0) = 0 THEN 0 ELSE m.open_amount_home END AS open_amount_home,
  CASE WHEN coalesce(m.lost, 0) = 0 THEN 0 ELSE m.lost_amount_home END AS lost_amount_home,
  coalesce(v.events, 0) AS events,
  v.first_event_at,
  v.last_event_at,
  d.url,
  CASE WHEN l.lead_id IS NULL THEN m.created_owner_id ELSE l.created_employee_id END AS created_owner_id,
  CASE WHEN d.deal_id IS NULL THEN coalesce(e.owner_id, l.employee_id) ELSE d.closed_employee_id END AS closed_owner_id
FROM int_journeys AS j
LEFT JOIN leads AS l ON l.journey_id = j.journey_id
LEFT JOIN chosen AS d ON d.number = j.number
LEFT JOIN money AS m ON m.number = j.number
LEFT JOIN ended AS e ON e.lead_id = l.lead_id AND e.outcome = l.own_outcome
LEFT JOIN events AS v ON v.number = j.number
LEFT JOIN dim_account AS a ON a.account_id = d.account_id
