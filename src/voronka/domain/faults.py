"""Why a record of a file could not be taken as it stands, before any of its values is looked at."""

FAULTS = {
    "bad_encoding": "the line holds bytes that are no letters in the encoding of the file",
    "bad_json": "the line is not one whole JSON object",
    "nul_character": "the row holds NUL characters, which no export writes on purpose",
    "other_header": "the row stands below a second header with other columns",
    "stray_quote": "a quote in the row is not closed or has text beside it, so its values cannot be told apart",
    "too_few_fields": "the row has fewer values than the header has columns",
    "too_many_fields": "the row has more values than the header has columns",
    "truncated": "the file breaks off in the middle of this row",
    "malformed_row": "the row has other fields than the header",
}
"""The codes that `_fault` of a raw row may hold, each with the sentence for people."""
