-- one row per deal
SELECT d.*, t.touches_before_close, l.temperature
FROM int_deals AS d
LEFT JOIN int_touches_before_close AS t ON t.deal_id = d.deal_id
LEFT JOIN fct_leads AS l ON l.lead_id = d.lead_id
