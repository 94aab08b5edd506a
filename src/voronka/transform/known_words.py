"""What people call metrics and kinds of activities: their words become our codes, what is none of them is told."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from voronka.domain.documents import read_own_yaml
from voronka.lake.session import literal

GROUPS: Mapping[tuple[str, str], str] = {("plans", "metric"): "metric", ("activities", "kind"): "kind"}
"""Our columns whose words are known, by table and column: the group of words."""
METRIC, KIND = "metric", "kind"
_LIKE = 0.85
"""How like a known word a text must be (Jaro-Winkler, 0 to 1) to be asked whether it is meant."""
_LIKE_A_CODE = "^[a-z][a-z0-9_]*$"


@cache
def words() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return the words of each group by code, the code itself left out."""
    held = read_own_yaml(Path(__file__).with_name("known_words.yml").read_text(encoding="utf-8"))
    return {group: {code: tuple(map(str, said)) for code, said in codes.items()} for group, codes in held.items()}


def folded(text: str) -> str:
    """Return a text's letters and digits in lower case, as words are compared."""
    return re.sub(r"[^0-9a-zа-я]+", "", text.lower().replace("ё", "е"))


@cache
def by_word(group: str) -> Mapping[str, str]:
    """Return the code of each folded word of a group; where a code and a word are alike, the code wins."""
    codes = words()[group]
    said = {folded(word): code for code, each in codes.items() for word in each}
    return {**said, **{folded(code): code for code in codes}}


def coded(group: str, sql: str) -> str:
    """Return the SQL of a text's code, of the text itself where it is no known word."""
    known = by_word(group)
    listed = ", ".join(map(literal, known))
    codes = ", ".join(map(literal, known.values()))
    # one look into a map: of a CASE the engine writes the text anew for each of many hundred words
    return f"coalesce(map([{listed}], [{codes}])[{_folded(sql)}], {sql})"


def unknown(group: str, sql: str) -> str:
    """Return the test whether a text that `coded` gave is a word nobody knows."""
    return f"{sql} NOT IN ({', '.join(map(literal, words()[group]))})"


def no_metric(sql: str) -> str:
    """Return the test whether a text that `coded` gave can be no metric, be it a company's own: these are codes."""
    return f"({unknown(METRIC, sql)} AND NOT regexp_matches({sql}, {literal(_LIKE_A_CODE)}))"


def nearest(group: str, sql: str) -> str:
    """Return the SQL of the known word that a text is most like, NULL where none is like it."""
    listed = ", ".join(literal(word) for code, said in words()[group].items() for word in (code, *said))
    near = f"list_transform([{listed}], lambda w: {{s: jaro_winkler_similarity(lower({sql}), lower(w)), w: w}})"
    best = f"list_reverse_sort({near})[1]"
    return f"CASE WHEN {best}.s >= {_LIKE} THEN {best}.w END"


def _folded(sql: str) -> str:
    return f"regexp_replace(replace(lower({sql}), 'ё', 'е'), '[^0-9a-zа-я]+', '', 'g')"
