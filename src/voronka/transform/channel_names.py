"""Tells which channels may be one: a name spelled in two alphabets, with other marks, or another known name of it."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from voronka.domain.documents import read_own_yaml
from voronka.lake.session import literal

CHANNEL_NAMES = "int_channel_names"
"""The table of what a channel's name says: one row per channel, kind (spelling, other_name), value and how it is shown.
"""
_ADDRESS = r"^\s*(https?://)?(www\.)?|\.(ru|com|net|org|рф)(/.*)?\s*$"
_LETTERS: Mapping[str, str] = {
    "щ": "sh",
    "ш": "sh",
    "ч": "ch",
    "ж": "zh",
    "ю": "iu",
    "я": "ia",
    "ё": "e",
    "х": "h",
    "ц": "ts",
    "ph": "f",
    "ck": "k",
    "ch": "4",
    "x": "ks",
    "kh": "h",
}
"""Letters and pairs of them that sound as another one; the Russian `ч` and the English `ch` meet in a digit."""
_ONE_BY_ONE = ("абвгдезийклмнопрстуфыэcqwyj", "abvgdeziiklmnoprstufiekkvii")
"""Letters, each with the one that it is read as."""
_DOUBLED = "abdefgiklmnoprstuvz"


@cache
def known_names() -> Mapping[str, tuple[str, ...]]:
    """Return the channels that people write by unlike names, each with these."""
    held = read_own_yaml(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"))
    return {title: tuple(map(str, names)) for title, names in held.items()}


def heard(name: str) -> str:
    """Return the SQL of a channel's name by which its spellings meet, '' where it has no letters and digits."""
    found = f"regexp_replace(lower({name}), '{_ADDRESS}', '', 'g')"
    for written, read in _LETTERS.items():
        found = f"replace({found}, '{written}', '{read}')"
    found = f"translate({found}, '{_ONE_BY_ONE[0]}', '{_ONE_BY_ONE[1]}')"
    found = f"regexp_replace({found}, '[^0-9a-z]', '', 'g')"
    for letter in _DOUBLED:
        found = f"replace({found}, '{letter}{letter}', '{letter}')"
    return found


def channel_names() -> str:
    """Return the SELECT of what the channels' names say: (`channel_id`, `kind`, `value`, `shown`)."""
    known = ", ".join(
        f"({literal(title)}, {literal(name)})" for title, names in known_names().items() for name in names
    )
    return f"""
    WITH said AS (
      SELECT channel_id, {heard("name")} AS value FROM dim_channel
    ),
    known AS (
      SELECT DISTINCT title, {heard("name")} AS value FROM (VALUES {known}) AS k(title, name)
    )
    SELECT channel_id, 'spelling' AS kind, value, '' AS shown FROM said WHERE value <> ''
    UNION ALL
    SELECT s.channel_id, 'other_name', k.title, k.title FROM said AS s JOIN known AS k ON k.value = s.value
    """
