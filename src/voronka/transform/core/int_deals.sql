-- one row per deal: stage, outcome and money settled, owners at the time not yet
WITH linked AS (
  SELECT deal_id, min_by(lead_id, (created_at, lead_id)) AS lead_id
  FROM src_leads
  WHERE deal_id IS NOT NULL
  GROUP BY deal_id
),
staged AS (
  SELECT
    d.*,
    coalesce(d.lead_id, l.lead_id) AS linked_lead_id,
    k.pipeline_id,
    k.stage_id,
    k.position AS stage_position,
    k.in_model,
    k.probability AS stage_probability,
    k.forecast_category AS stage_category,
    coalesce(
      CASE WHEN lower(trim(d.outcome)) IN ('won', 'lost', 'open') THEN lower(trim(d.outcome)) END,
      k.outcome,
      'open'
    ) AS settled_outcome
  FROM src_deals AS d
  LEFT JOIN linked AS l ON l.deal_id = d.deal_id
  LEFT JOIN int_stage_keys AS k
    ON k._source = d._source
    AND k.entity = 'deal'
    AND k.pipeline IS NOT DISTINCT FROM d.pipeline
    AND k.stage IS NOT DISTINCT FROM d.stage
),
timed AS (
  SELECT
    *,
    CASE WHEN settled_outcome <> 'open' THEN closed_at END AS settled_closed_at,
    coalesce(expected_close_at, CASE WHEN settled_outcome = 'open' THEN closed_at END) AS settled_expected_at,
    CAST(
      timezone(
        $zone, timezone('UTC', coalesce(CASE WHEN settled_outcome <> 'open' THEN closed_at END, created_at))
      ) AS DATE
    ) AS priced_on
  FROM staged
),
priced AS (
  SELECT t.*, r.rate
  FROM timed AS t
  LEFT JOIN int_rate AS r
    ON r.currency = coalesce(upper(t.currency), $currency)
    AND coalesce(t.priced_on, DATE '9999-12-30') >= r.valid_from
    AND coalesce(t.priced_on, DATE '9999-12-30') < r.valid_to
)
SELECT
  p.deal_id,
  coalesce('lead:' || p.linked_lead_id, 'deal:' || p.deal_id) AS journey_id,
  p.linked_lead_id AS lead_id,
  p.title,
  p.created_at,
  p.updated_at,
  p.deleted_at,
  p.settled_closed_at AS closed_at,
  p.settled_expected_at AS expected_close_at,
  p.employee_id,
  m.team_id,
  p.handed_by_id AS handed_by,
  p.contact_id,
  p.account_id,
  coalesce(p.channel_id, l.channel_id) AS channel_id,
  coalesce(p.campaign_id, l.campaign_id) AS campaign_id,
  p.pipeline_id,
  p.stage_id,
  p.settled_outcome AS outcome,
  p.amount,
  p.margin,
  p.discount,
  CAST(CASE WHEN p.rate = 1 THEN p.amount ELSE p.amount * p.rate END AS DECIMAL(18,2)) AS amount_home,
  CAST(CASE WHEN p.rate = 1 THEN p.margin ELSE p.margin * p.rate END AS DECIMAL(18,2)) AS margin_home,
  CAST(CASE WHEN p.rate = 1 THEN p.discount ELSE p.discount * p.rate END AS DECIMAL(18,2)) AS discount_home,
  coalesce(upper(p.currency), $currency) AS currency,
  coalesce(p.probability, p.stage_probability) AS probability,
  coalesce(p.forecast_category, p.stage_category) AS forecast_category,
  p.loss_reason,
  p.kind,
  p.product_id,
  p.url,
  reached.reached_at AS accepted_at,
  CASE
    WHEN reached.entity_id IS NOT NULL THEN true
    WHEN accepted.position IS NULL THEN NULL
    WHEN p.settled_outcome <> 'lost' AND p.stage_position >= accepted.position THEN true
    WHEN p.settled_outcome = 'open' AND p.stage_position < accepted.position THEN false
  END AS reached_accepted
FROM priced AS p
LEFT JOIN src_leads AS l ON l.lead_id = p.linked_lead_id
LEFT JOIN int_membership_now AS m ON m.employee_id = p.employee_id
LEFT JOIN int_milestones AS reached
  ON reached.entity = 'deal' AND reached.entity_id = p.deal_id AND reached.milestone = 'accepted'
LEFT JOIN int_milestone_positions AS accepted ON accepted.pipeline_id = p.pipeline_id AND accepted.milestone = 'accepted'
