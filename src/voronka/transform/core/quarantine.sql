-- one row per row put aside, with its reason
SELECT load_id, source, stream, file, row_number, key, reason, message, payload
FROM stg_quarantine
