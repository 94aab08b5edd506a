-- one row per channel, and one of totals
-- $p1 = '2026-02'
-- $p2 = '2026-03'
-- $p3 = datetime.date(2026, 2, 1)
-- $p4 = datetime.date(2026, 3, 31)
-- $p5 = datetime.date(2026, 3, 1)
WITH ad_spend_day AS (
  SELECT
    f.by_0 AS "channel_id",
    GROUPING(f.by_0) AS total,
    f.slot,
    CASE WHEN count(*) > 0 THEN sum(f.cost_home) ELSE 0 END AS "ad_spend",
    count(CASE WHEN ((f.cost IS NOT NULL AND f.cost_home IS NULL)) THEN 1 END) AS "ad_spend__no_rate"
  FROM (
    SELECT
      f.*,
      CASE WHEN f.day >= $p5 THEN 0 ELSE 1 END AS slot,
      f.channel_id AS by_0
    FROM fct_ad_spend AS f
    WHERE f.month BETWEEN $p1 AND $p2
      AND f.day >= $p3 AND f.day <= $p4
  ) AS f
  GROUP BY GROUPING SETS ((f.by_0, f.slot), (f.slot))
),
deals_closed AS (
  SELECT
    f.by_0 AS "channel_id",
    GROUPING(f.by_0) AS total,
    f.slot,
    CASE WHEN count(CASE WHEN (f.outcome = 'won') THEN 1 END) > 0 THEN sum(CASE WHEN (f.outcome = 'won') THEN f.amount_home END) ELSE 0 END AS "revenue",
    count(CASE WHEN (f.outcome = 'won') AND ((f.amount IS NOT NULL AND f.amount_home IS NULL)) THEN 1 END) AS "revenue__no_rate"
  FROM (
    SELECT
      f.*,
      CASE WHEN f.closed_day >= $p5 THEN 0 ELSE 1 END AS slot,
      f.channel_id AS by_0
    FROM fct_deals AS f
    WHERE f.closed_day >= $p3 AND f.closed_day <= $p4
      AND f.deleted_at IS NULL AND f.outcome IN ('won', 'lost')
  ) AS f
  GROUP BY GROUPING SETS ((f.by_0, f.slot), (f.slot))
),
united AS (
  SELECT
    "channel_id",
    total,
    slot,
    "ad_spend",
    "ad_spend__no_rate",
    1 AS "in_ad_spend_day",
    NULL AS "revenue",
    NULL AS "revenue__no_rate",
    NULL AS "in_deals_closed"
  FROM ad_spend_day
  UNION ALL
  SELECT
    "channel_id",
    total,
    slot,
    NULL AS "ad_spend",
    NULL AS "ad_spend__no_rate",
    NULL AS "in_ad_spend_day",
    "revenue",
    "revenue__no_rate",
    1 AS "in_deals_closed"
  FROM deals_closed
  UNION ALL
  SELECT
    NULL AS "channel_id",
    1 AS total,
    0 AS slot,
    NULL AS "ad_spend",
    NULL AS "ad_spend__no_rate",
    NULL AS "in_ad_spend_day",
    NULL AS "revenue",
    NULL AS "revenue__no_rate",
    NULL AS "in_deals_closed"
),
answered AS (
  SELECT
    "channel_id",
    total,
    CASE WHEN count(CASE WHEN slot = 0 THEN "in_ad_spend_day" END) > 0 THEN max(CASE WHEN slot = 0 THEN "ad_spend" END) ELSE 0 END AS "ad_spend",
    CASE WHEN count(CASE WHEN slot = 0 THEN "in_ad_spend_day" END) > 0 THEN max(CASE WHEN slot = 0 THEN "ad_spend__no_rate" END) ELSE 0 END AS "ad_spend__no_rate",
    CASE WHEN count(CASE WHEN slot = 0 THEN "in_deals_closed" END) > 0 THEN max(CASE WHEN slot = 0 THEN "revenue" END) ELSE 0 END AS "revenue",
    CASE WHEN count(CASE WHEN slot = 0 THEN "in_deals_closed" END) > 0 THEN max(CASE WHEN slot = 0 THEN "revenue__no_rate" END) ELSE 0 END AS "revenue__no_rate",
    CASE WHEN count(CASE WHEN slot = 1 THEN "in_ad_spend_day" END) > 0 THEN max(CASE WHEN slot = 1 THEN "ad_spend" END) ELSE 0 END AS "ad_spend__earlier",
    CASE WHEN count(CASE WHEN slot = 1 THEN "in_ad_spend_day" END) > 0 THEN max(CASE WHEN slot = 1 THEN "ad_spend__no_rate" END) ELSE 0 END AS "ad_spend__no_rate__earlier",
    CASE WHEN count(CASE WHEN slot = 1 THEN "in_deals_closed" END) > 0 THEN max(CASE WHEN slot = 1 THEN "revenue" END) ELSE 0 END AS "revenue__earlier",
    CASE WHEN count(CASE WHEN slot = 1 THEN "in_deals_closed" END) > 0 THEN max(CASE WHEN slot = 1 THEN "revenue__no_rate" END) ELSE 0 END AS "revenue__no_rate__earlier"
  FROM united
  GROUP BY "channel_id", total
)
SELECT
  a."channel_id",
  coalesce(channel.name, a."channel_id") AS "channel",
  a.total,
  CAST(a."revenue" AS DOUBLE) / nullif(CAST(a."ad_spend" AS DOUBLE), 0) AS "roas",
  CAST(a."revenue__earlier" AS DOUBLE) / nullif(CAST(a."ad_spend__earlier" AS DOUBLE), 0) AS "roas__earlier",
  a."ad_spend__no_rate",
  a."revenue__no_rate"
FROM answered AS a
LEFT JOIN (SELECT channel_id AS id, min(name) AS name FROM dim_channel GROUP BY channel_id) AS channel ON channel.id = a."channel_id"
