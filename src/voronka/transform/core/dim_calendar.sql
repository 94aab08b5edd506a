-- one row per day
SELECT day, is_working, working_seconds, holiday
FROM cfg_calendar
