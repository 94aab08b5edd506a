"""What the values of a file's column look like: how many there are, whether they read as a type, names or ids."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from voronka.domain.errors import InputError
from voronka.lake.raw import raw_name
from voronka.lake.session import Session, literal, quoted
from voronka.transform.header_names import vocabulary
from voronka.transform.import_tables import Reader
from voronka.transform.readers import cleaned, failed, read, typed_text
from voronka.transform.readings import Need, Zones, decide
from voronka.transform.sources import Read

SAMPLES = 3
_CLOCK = r"[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?([.][0-9]+)?( ?[AaPp][Mm])?"
_ZONES = Zones("UTC", "UTC")
_SHAPES: Mapping[str, str] = {
    "numbers": "TRY_CAST(x AS DOUBLE) IS NOT NULL",
    "people": r"regexp_matches(x, '\p{L}') AND NOT regexp_matches(x, '[0-9]')",
    "codes": r"regexp_matches(x, '[0-9]') AND regexp_full_match(x, "
    r"'[0-9]+|[0-9a-fA-F-]{16,}|[A-Za-z0-9]{15}|[A-Za-z0-9]{18}|[a-z]{2,6}_[0-9]{4,}')",
    "clocks": f"regexp_full_match(x, {literal(_CLOCK)})",
    "days": r"regexp_full_match(x, '[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}')",
    "zeros": "x = '0'",
    "lists": r"regexp_full_match(x, '[0-9]+((\s*;\s*|,\s+)[0-9]+)+')",
}
"""What a text is of the shape of, by the name of its count in a profile."""
_TOGETHER = 64
_CELLS = 500_000
"""How many columns, and about how many cells of them, one query looks at."""


@dataclass(frozen=True)
class Profile:
    """One column's values: rows, filled ones, distinct ones, samples by frequency, and how many are of a shape."""

    header: str
    rows: int
    filled: int
    distinct: int
    samples: tuple[str, ...]
    numbers: int
    people: int
    codes: int
    clocks: int
    days: int
    zeros: int
    lists: int
    nulls: Mapping[str, int]

    @property
    def is_key(self) -> bool:
        """Return whether every row has a value and no value repeats."""
        return 0 < self.rows == self.filled == self.distinct

    @property
    def is_clock(self) -> bool:
        """Return whether the values are times of day alone."""
        return 0 < self.filled == self.clocks

    @property
    def is_day(self) -> bool:
        """Return whether the values are dates without a time of day."""
        return 0 < self.filled == self.days

    @property
    def looks_like_names(self) -> bool:
        """Return whether most values are words without digits."""
        return self.people * 2 > self.filled

    @property
    def looks_like_ids(self) -> bool:
        """Return whether every value is a number or a code as systems make them."""
        return 0 < self.filled == self.codes


def profiles(session: Session, relation: str, headers: Sequence[str], nulls: Sequence[str] = ()) -> dict[str, Profile]:
    """Return the profile of each header over a relation that holds the raw columns.

    nulls: spellings of nothing beside those that everybody has.
    """
    words = (*(str(word) for word in vocabulary()["nulls"]), *nulls)
    rows = int(session.rows(f"SELECT count(*) AS n FROM {relation}")[0]["n"])
    many = max(1, min(_TOGETHER, _CELLS // max(1, rows)))
    found: dict[str, Profile] = {}
    for start in range(0, len(headers), many):
        found |= _profiled(session, relation, headers[start : start + many], words, rows)
    return found


def readable(
    session: Session, relation: str, header: str, reader: Reader, nulls: Sequence[str]
) -> tuple[int, int, str]:
    """Return how many values there are, how many the reader can read, and one that it cannot ('' where there is none).

    Raises InputError where the dates contradict each other.
    """
    text = "x"
    source = f"(SELECT {cleaned(quoted(raw_name(header)), nulls)} AS x FROM {relation})"
    need = Need(header, reader, text, "v", header)
    reading = decide(session, source, [need], Read(), _ZONES)[need.key]
    value = read(reading, "g", "UTC")
    row = session.rows(
        "SELECT count(g) AS n, count(*) FILTER (WHERE g IS NOT NULL AND NOT f) AS good, "
        f"any_value(x) FILTER (WHERE f) AS bad FROM (SELECT *, {failed(reading, 'g', 'v', 'UTC')} AS f "
        f"FROM (SELECT *, {value} AS v FROM (SELECT x, {typed_text(text, reading)} AS g FROM {source})))",
    )[0]
    return row["n"], row["good"], row["bad"] or ""


def texts(session: Session, relation: str, header: str, nulls: Sequence[str], limit: int = 200) -> dict[str, int]:
    """Return a column's distinct texts with their counts, the most frequent first; case and spaces around are one."""
    source = f"(SELECT {cleaned(quoted(raw_name(header)), nulls)} AS x FROM {relation})"
    rows = session.rows(
        f"SELECT mode(x) AS x, count(*) AS n FROM {source} WHERE x IS NOT NULL GROUP BY lower(x) "
        f"ORDER BY n DESC, x LIMIT {limit}",
    )
    return {row["x"]: row["n"] for row in rows}


def filled_beside(
    session: Session, relation: str, headers: tuple[str, str], nulls: Sequence[str], limit: int = 200
) -> dict[str, int]:
    """Return the distinct texts of the first column, as `texts` does, with the rows whose second column is filled."""
    text, other = (cleaned(quoted(raw_name(header)), nulls) for header in headers)
    rows = session.rows(
        f"SELECT mode(x) AS x, count(y) AS filled FROM (SELECT {text} AS x, {other} AS y FROM {relation}) "
        f"WHERE x IS NOT NULL GROUP BY lower(x) ORDER BY count(*) DESC, x LIMIT {limit}"
    )
    return {row["x"]: row["filled"] for row in rows}


def is_readable(session: Session, relation: str, header: str, reader: Reader, nulls: Sequence[str]) -> bool:
    """Return whether all values of a filled column can be read."""
    try:
        n, good, _ = readable(session, relation, header, reader, nulls)
    except InputError:
        return False
    return 0 < n == good


def _profiled(
    session: Session, relation: str, headers: Sequence[str], words: Sequence[str], rows: int
) -> dict[str, Profile]:
    """Return the profiles of some headers, by one scan: every different text is looked at once."""
    known = ", ".join(literal(word) for word in words)
    texts = ", ".join(cleaned(quoted(raw_name(header)), ()) for header in headers)
    counted = session.rows(
        f"WITH cells AS (SELECT unnest([{', '.join(str(n) for n in range(len(headers)))}]) AS c, "
        f"unnest([{texts}]) AS x FROM {relation}), "
        "counted AS (SELECT c, x, count(*) AS n FROM cells WHERE x IS NOT NULL GROUP BY c, x), "
        f"told AS (SELECT *, x IN ({known}) AS nothing FROM counted) "
        "SELECT c, list(struct_pack(x := x, n := n) ORDER BY n DESC, x) FILTER (nothing) AS nulls, "
        f"min_by(x, row(-n, x), {SAMPLES}) FILTER (NOT nothing) AS samples, "
        "count(*) FILTER (NOT nothing) AS different, sum(n) FILTER (NOT nothing) AS filled, "
        + ", ".join(f"sum(n) FILTER (NOT nothing AND {test}) AS {name}" for name, test in _SHAPES.items())
        + " FROM told GROUP BY c",
    )
    by_number = {row["c"]: row for row in counted}
    return {header: _of_counts(header, rows, by_number.get(n, {})) for n, header in enumerate(headers)}


def _of_counts(header: str, rows: int, counted: Mapping[str, Any]) -> Profile:
    """Return the profile of what was counted of a column: nothing at all where it is empty."""
    shapes = {name: int(counted.get(name) or 0) for name in _SHAPES}
    nulls = {each["x"]: int(each["n"]) for each in counted.get("nulls") or ()}
    filled, different = int(counted.get("filled") or 0), int(counted.get("different") or 0)
    return Profile(
        header=header,
        rows=rows,
        filled=filled,
        distinct=different,
        samples=tuple(counted.get("samples") or ()),
        nulls=nulls,
        **shapes,
    )
