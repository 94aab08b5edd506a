-- one row per open deal with nothing planned, from the day on which that is so
SELECT deal_id AS entity_id, max(from_day) AS from_day
FROM fct_deal_states
WHERE to_day = DATE '9999-12-31' AND NOT has_next_step
GROUP BY deal_id
