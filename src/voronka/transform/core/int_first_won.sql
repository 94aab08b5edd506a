-- one row per account or contact: when its first deal was won
SELECT account_id AS client_id, min(closed_at) AS won_at
FROM int_deals
WHERE outcome = 'won' AND account_id IS NOT NULL AND closed_at IS NOT NULL
GROUP BY account_id
UNION ALL
SELECT contact_id, min(closed_at)
FROM int_deals
WHERE outcome = 'won' AND contact_id IS NOT NULL AND closed_at IS NOT NULL
GROUP BY contact_id
