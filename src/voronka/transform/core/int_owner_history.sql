-- one row per record and span whose owner is not simply today's: of several sharing owners the one with the largest share
SELECT entity, entity_id, employee_id, valid_from, valid_to
FROM int_owner_shares
QUALIFY row_number() OVER (
  PARTITION BY entity, entity_id, valid_from ORDER BY employee_id IS NULL, share DESC, employee_id
) = 1
