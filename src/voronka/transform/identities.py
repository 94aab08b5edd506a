"""Reads ids and texts: spellings of nothing, ids that a spreadsheet made numbers of, and those that it damaged."""

from voronka.lake.session import literal

NOTHING = ("NULL", "null", "(null)", "<null>", "\\N", "#N/A", "#Н/Д", "N/A", "n/a", "None", "NaN", "nan", "-", "–", "—")
"""Spellings of nothing in a column of texts, in these very letters: somebody may be called Null."""
_NO_NAME = (
    *("нет", "нет данных", "пусто", "не указан", "не указана", "не указано", "не задан", "не задана", "не задано"),
    *("не назначен", "не назначена", "не назначено", "не заполнено", "не выбран", "не выбрано", "не определено"),
    *("not set", "not assigned", "unassigned", "undefined", "blank", "n/a", "-none-", "{}", '""', "''"),
)
"""Texts in small letters, without brackets around them, that nobody and nothing is called."""
_WIDE = "\u00a0\u202f\u2007\u2009"
_ERRORS = r"(?i)^#(?:ref!|value!|div/0!|name\?|num!|null!|ссылка!|знач!|дел/0!|имя\?|число!|пусто!)$"
_MARKED = "'[0-9]+"
_LONGEST = max(len(word.encode()) for word in NOTHING)
_NO_NAME_LONGEST = max(len(word.encode()) for word in _NO_NAME) + 2


def known_text(text: str) -> str:
    """Return the SQL of a cleaned text, NULL where it is a spelling of nothing or an error of a spreadsheet."""
    listed = ", ".join(literal(word) for word in NOTHING)
    return (
        f"CASE WHEN strlen({text}) <= {_LONGEST} AND {text} IN ({listed}) THEN NULL "
        f"WHEN {is_error(text)} THEN NULL ELSE {text} END"
    )


def name_text(text: str) -> str:
    """Return the SQL of a name of somebody or something: as `known_text`, NULL too where it says that there is none."""
    listed = ", ".join(literal(word) for word in _NO_NAME)
    bare = f"lower(trim({text}, '()<>[] '))"
    return (
        f"CASE WHEN strlen({text}) <= {_NO_NAME_LONGEST} AND {bare} IN ({listed}) THEN NULL ELSE {known_text(text)} END"
    )


def identity(text: str) -> str:
    """Return the SQL of an id: as `known_text`, and what a spreadsheet made of 123 is 123 again: 123.0 or '123."""
    wide = " OR ".join(f"contains({text}, {literal(space)})" for space in _WIDE)
    narrow = f"CASE WHEN {wide} THEN translate({text}, {literal(_WIDE)}, '{' ' * len(_WIDE)}') ELSE {text} END"
    known = f"CASE WHEN {known_text(text)} IS NOT NULL THEN {narrow} END"
    digits = f"regexp_extract({text}, '^([0-9]+)[.,]0{{1,2}}$', 1)"
    is_padded = " OR ".join(f"ends_with({text}, '{end}')" for end in (".0", ",0", ".00", ",00"))
    # an apostrophe before digits is how spreadsheets keep them a text
    is_marked = f"{text} >= chr(39) AND {text} < '(' AND regexp_full_match({text}, {literal(_MARKED)})"
    whole = f"coalesce(nullif({digits}, ''), {text})"
    return f"CASE WHEN {is_padded} THEN {whole} WHEN {is_marked} THEN {text}[2:] ELSE {known} END"


def is_damaged(text: str) -> str:
    """Return the SQL that says whether an id lost its last digits when a spreadsheet wrote it as 1.23457E+11."""
    pattern = r"[0-9](?:[.,][0-9]+)?[eE]\+[0-9]{1,3}"
    return f"(contains({text}, '+') AND regexp_full_match({text}, {literal(pattern)}))"


def is_rounded(text: str) -> str:
    """Return the SQL that says whether an id may have lost digits: it has more than 17, zeros behind the fifteenth."""
    return f"(strlen({text}) >= 18 AND regexp_full_match({text}, '[1-9][0-9]{{14}}0+'))"


def is_error(text: str) -> str:
    """Return the SQL that says whether a text is an error of a spreadsheet's formula: #REF!, #VALUE!, #ДЕЛ/0!."""
    return f"({text} >= '#' AND {text} < '$' AND regexp_matches({text}, {literal(_ERRORS)}))"
