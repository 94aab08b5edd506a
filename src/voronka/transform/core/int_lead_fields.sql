-- one row per lead: the fields that a company's rules may speak of
WITH numbers AS (
  SELECT
    entity_id,
    max(value) FILTER (WHERE kind = 'phone') AS phone,
    max(value) FILTER (WHERE kind = 'email') AS email
  FROM identity
  WHERE entity = 'contact'
  GROUP BY entity_id
)
SELECT
  l.lead_id,
  l.title,
  k.pipeline_id AS pipeline,
  k.stage_id AS stage,
  l.temperature,
  l.segment,
  ch.name AS channel,
  ch.kind AS channel_kind,
  ca.name AS campaign,
  coalesce(co.name, l.contact) AS contact,
  co.position,
  coalesce(l.phone, n.phone) AS phone,
  coalesce(l.email, n.email) AS email,
  coalesce(ac.name, l.account) AS account,
  ac.segment AS account_segment,
  ac.industry,
  ac.region,
  TRY_CAST(regexp_extract(regexp_replace(ac.size, '\s', '', 'g'), '[0-9]+') AS DOUBLE) AS size
FROM src_leads AS l
LEFT JOIN int_stage_keys AS k
  ON k._source = l._source
  AND k.entity = 'lead'
  AND k.pipeline IS NOT DISTINCT FROM l.pipeline
  AND k.stage IS NOT DISTINCT FROM l.stage
LEFT JOIN dim_channel AS ch ON ch.channel_id = l.channel_id
LEFT JOIN dim_campaign AS ca ON ca.campaign_id = l.campaign_id
LEFT JOIN dim_contact AS co ON co.contact_id = l.contact_id
LEFT JOIN dim_account AS ac ON ac.account_id = l.account_id
LEFT JOIN numbers AS n ON n.entity_id = l.contact_id
