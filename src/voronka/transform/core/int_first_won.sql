-- one row per account or contact: when its first deal was won
SELECT 'account' AS entity, account_id AS client_id, min(closed_at) AS won_at
FROM int_deals
WHERE outcome = 'won' AND account_id IS NOT NULL AND closed_at IS NOT NULL AND deleted_at IS NULL
GROUP BY account_id
UNION ALL
SELECT 'contact', contact_id, min(closed_at)
FROM int_deals
WHERE outcome = 'won' AND contact_id IS NOT NULL AND closed_at IS NOT NULL AND deleted_at IS NULL
GROUP BY contact_id
