-- one row per day
SELECT day, is_working, working_seconds, holiday, opens_at, closes_at, worked_before_seconds
FROM cfg_calendar
