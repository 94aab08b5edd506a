-- one row per open deal with nothing planned, from the day on which that is so
SELECT s.deal_id AS entity_id, max(n.from_day) AS from_day
FROM fct_deal_states AS s
LEFT JOIN int_next_steps AS n
  ON n.deal_id = s.deal_id AND NOT n.has_next_step AND n.to_day = DATE '9999-12-31'
WHERE s.to_day = DATE '9999-12-31' AND NOT s.has_next_step
GROUP BY s.deal_id
