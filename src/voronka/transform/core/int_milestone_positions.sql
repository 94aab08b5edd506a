-- one row per pipeline and milestone: the position of its first stage
SELECT pipeline_id, milestone, min(position) AS position
FROM cfg_stages
WHERE milestone IS NOT NULL
GROUP BY pipeline_id, milestone
