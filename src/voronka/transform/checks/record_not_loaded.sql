-- one row per deal and lead that rows of a stream name and that no loaded table holds
-- where no deal, or no lead, is loaded at all nothing is said: then none of them can be held
WITH named AS (
  SELECT lower(coalesce(kind, 'activity')) AS entity, deal_id, lead_id, _source, _stream FROM src_activities
  UNION ALL
  SELECT 'stage_change', deal_id, lead_id, _source, _stream FROM src_stage_changes
  UNION ALL
  SELECT 'change', deal_id, lead_id, _source, _stream FROM src_changes
  UNION ALL
  SELECT 'handover', NULL, lead_id, _source, _stream FROM src_handovers
  UNION ALL
  SELECT 'payment', deal_id, NULL, _source, _stream FROM src_payments
  UNION ALL
  SELECT 'deal_line', deal_id, NULL, _source, _stream FROM src_deal_lines
),
lacking AS (
  SELECT n.entity, 'deal' AS record, n.deal_id AS id, n._source, n._stream
  FROM named AS n
  ANTI JOIN src_deals AS d ON d.deal_id = n.deal_id
  ANTI JOIN int_deals_of_accounts AS o ON o.id = n.deal_id
  WHERE n.deal_id IS NOT NULL AND EXISTS (SELECT 1 FROM src_deals)
  UNION ALL
  SELECT n.entity, 'lead', n.lead_id, n._source, n._stream
  FROM named AS n
  ANTI JOIN src_leads AS l ON l.lead_id = n.lead_id
  WHERE n.lead_id IS NOT NULL AND EXISTS (SELECT 1 FROM src_leads)
)
SELECT
  entity,
  record || ' ' || id AS entity_id,
  _source || '.' || _stream AS title,
  count(*) || ' ×' AS detail
FROM lacking
GROUP BY entity, record, id, _source, _stream
