-- one row per deal
SELECT d.*, t.touches_before_close
FROM int_deals AS d
LEFT JOIN int_touches_before_close AS t ON t.deal_id = d.deal_id
