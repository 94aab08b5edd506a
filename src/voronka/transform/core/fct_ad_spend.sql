-- one row per day, channel and campaign
WITH named AS (
  SELECT
    _source,
    _stream,
    _received_at,
    channel_id,
    campaign_id,
    min(_received_at) OVER (PARTITION BY _source, _stream, channel_id, campaign_id) AS first_at
  FROM (SELECT DISTINCT _source, _stream, _received_at, channel_id, campaign_id FROM src_ad_spend)
),
-- what a load knows of a channel: how many campaigns, how many of them were named before, how many others there were
told AS (
  SELECT
    _source,
    _stream,
    _received_at,
    channel_id,
    count(*) AS campaigns,
    count(*) FILTER (WHERE first_at < _received_at) AS known,
    sum(count(*) FILTER (WHERE first_at = _received_at)) OVER (
      PARTITION BY _source, _stream, channel_id ORDER BY _received_at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS earlier
  FROM named
  GROUP BY _source, _stream, _received_at, channel_id
),
-- the last load that says all of a channel's day: what it leaves out of the days it names is no more.
-- One campaign alone of several is an export of that campaign; campaigns that nobody named before are another account's
restated AS (
  SELECT t._source, t._stream, t.channel_id, d.day, max(t._received_at) AS at
  FROM told AS t
  JOIN (SELECT DISTINCT _source, _stream, _received_at, day FROM src_ad_spend) AS d
    ON d._source = t._source AND d._stream = t._stream AND d._received_at = t._received_at
  WHERE t.known > 0 AND (t.campaigns > 1 OR t.earlier = 1)
  GROUP BY t._source, t._stream, t.channel_id, d.day
),
standing AS (
  SELECT s.*
  FROM src_ad_spend AS s
  LEFT JOIN restated AS r
    ON r._source = s._source
    AND r._stream = s._stream
    AND r.channel_id IS NOT DISTINCT FROM s.channel_id
    AND r.day IS NOT DISTINCT FROM s.day
  WHERE r.at IS NULL OR s._received_at >= r.at
  QUALIFY s._received_at = max(s._received_at) OVER (
    PARTITION BY s._source, s._stream, s.day, s.channel_id, s.campaign_id
  )
),
-- the same figures of the same day under a name that a later load brings: a campaign was given another name
last_word AS (
  SELECT s.*
  FROM standing AS s
  ANTI JOIN (
    SELECT l.*
    FROM standing AS l
    JOIN named AS n
      ON n._source = l._source
      AND n._stream = l._stream
      AND n.channel_id IS NOT DISTINCT FROM l.channel_id
      AND n.campaign_id IS NOT DISTINCT FROM l.campaign_id
      AND n._received_at = l._received_at
      AND n.first_at = l._received_at
  ) AS l
    ON l._source = s._source
    AND l._stream = s._stream
    AND l.day = s.day
    AND l.channel_id IS NOT DISTINCT FROM s.channel_id
    AND l.cost = s.cost
    AND l.impressions IS NOT DISTINCT FROM s.impressions
    AND l.clicks IS NOT DISTINCT FROM s.clicks
    AND l._received_at > s._received_at
    AND s.cost > 0
    AND coalesce(s.impressions, s.clicks, 0) > 0
),
priced AS (
  SELECT s.*, coalesce(upper(s.currency), $currency) AS paid_in, r.rate
  FROM last_word AS s
  LEFT JOIN int_rate AS r
    ON r.currency = coalesce(upper(s.currency), $currency)
    AND coalesce(s.day, DATE '9999-12-30') >= r.valid_from
    AND coalesce(s.day, DATE '9999-12-30') < r.valid_to
),
-- a row is a repetition where its money stands already: in its own stream with equal figures, or in another stream
compared AS (
  SELECT
    *,
    row_number() OVER (
      PARTITION BY day, channel_id, campaign_id, paid_in, cost, _source, _stream, impressions, clicks ORDER BY _row
    ) AS copy,
    dense_rank() OVER (PARTITION BY day, channel_id, campaign_id, paid_in, cost ORDER BY _source, _stream) AS place
  FROM priced
)
SELECT
  day,
  channel_id,
  campaign_id,
  sum(cost) AS cost,
  sum(CAST(CASE WHEN rate = 1 THEN cost ELSE cost * rate END AS DECIMAL(18,2))) AS cost_home,
  paid_in AS currency,
  sum(impressions) AS impressions,
  sum(clicks) AS clicks,
  count(*) FILTER (WHERE cost > 0 AND (copy > 1 OR place > 1)) AS repeated_rows
FROM compared
GROUP BY day, channel_id, campaign_id, paid_in
