-- one row per handing of a lead from one person to another
SELECT
  lead_id,
  from_employee_id,
  to_employee_id,
  handed_at,
  accepted_at,
  rejected_at,
  reason,
  met_criteria,
  filled_share
FROM src_handovers
