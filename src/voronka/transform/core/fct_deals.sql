-- one row per deal
SELECT * FROM int_deals
