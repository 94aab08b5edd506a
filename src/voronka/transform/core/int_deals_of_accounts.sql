-- one row per id that activities give as a deal's and that is a client company's: what an activity is about may be either
-- only ids of one space for all tables tell that: numbers that each table counts for itself may coincide
WITH named AS (
  SELECT DISTINCT deal_id AS id FROM src_activities WHERE deal_id IS NOT NULL
)
SELECT n.id, min(a.member_id) AS account_id
FROM named AS n
JOIN int_members_account AS a ON a.own AND a.id = n.id
ANTI JOIN src_deals AS d ON d.deal_id = n.id
WHERE regexp_matches(n.id, ':[0-9A-Za-z-]{15,}$') AND regexp_matches(n.id, ':.*[A-Za-z]')
GROUP BY n.id
