-- one row per open deal with a closing date beside the expected one
SELECT s.deal_id AS entity_id, CAST(s.closed_at AS TEXT) AS detail
FROM src_deals AS s
JOIN fct_deals AS d ON d.deal_id = s.deal_id
WHERE d.outcome = 'open' AND s.closed_at IS NOT NULL AND s.expected_close_at IS NOT NULL
