"""What the values of a file's column look like: how many there are, whether they read as a type, names or ids."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voronka.domain.errors import InputError
from voronka.lake.raw import raw_name
from voronka.lake.session import Session, literal, quoted
from voronka.transform.header_names import vocabulary
from voronka.transform.import_tables import Reader
from voronka.transform.readers import cleaned, read, typed_text
from voronka.transform.readings import Need, Zones, decide
from voronka.transform.sources import Read

SAMPLES = 3
_CLOCK = r"[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?([.][0-9]+)?( ?[AaPp][Mm])?"
_ZONES = Zones("UTC", "UTC")


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


def profiles(session: Session, relation: str, headers: Sequence[str]) -> dict[str, Profile]:
    """Return the profile of each header over a relation that holds the raw columns."""
    return {header: _profile(session, relation, header) for header in headers}


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
    value = read(reading, typed_text(text), "UTC")
    row = session.rows(
        f"SELECT count({typed_text(text)}) AS n, count({value}) AS good, "
        f"any_value({text}) FILTER (WHERE {value} IS NULL AND {typed_text(text)} IS NOT NULL) AS bad FROM {source}",
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


def is_readable(session: Session, relation: str, header: str, reader: Reader, nulls: Sequence[str]) -> bool:
    """Return whether all values of a filled column can be read."""
    try:
        n, good, _ = readable(session, relation, header, reader, nulls)
    except InputError:
        return False
    return 0 < n == good


def _profile(session: Session, relation: str, header: str) -> Profile:
    known = ", ".join(literal(str(word)) for word in vocabulary()["nulls"])
    rows = session.rows(
        f"WITH found AS (SELECT {cleaned(quoted(raw_name(header)), ())} AS x FROM {relation}), "
        f"said AS (SELECT x FROM found WHERE x NOT IN ({known})) "
        "SELECT (SELECT count(*) FROM found) AS n, count(*) AS filled, count(DISTINCT x) AS distinct_values, "
        "count(*) FILTER (WHERE TRY_CAST(x AS DOUBLE) IS NOT NULL) AS numbers, "
        r"count(*) FILTER (WHERE regexp_matches(x, '\p{L}') AND NOT regexp_matches(x, '[0-9]')) AS people, "
        r"count(*) FILTER (WHERE regexp_matches(x, '[0-9]') AND regexp_full_match(x, "
        r"'[0-9]+|[0-9a-fA-F-]{16,}|[A-Za-z0-9]{15}|[A-Za-z0-9]{18}')) AS codes, "
        f"count(*) FILTER (WHERE regexp_full_match(x, {literal(_CLOCK)})) AS clocks, "
        r"count(*) FILTER (WHERE regexp_full_match(x, '[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}')) AS days, "
        "count(*) FILTER (WHERE x = '0') AS zeros, "
        f"(SELECT list(x) FROM (SELECT x FROM said GROUP BY x ORDER BY count(*) DESC, x LIMIT {SAMPLES})) AS samples "
        "FROM said",
    )[0]
    nulls = session.rows(
        f"SELECT x, count(*) AS n FROM (SELECT {cleaned(quoted(raw_name(header)), ())} AS x FROM {relation}) "
        f"WHERE x IN ({known}) GROUP BY x ORDER BY n DESC, x",
    )
    return Profile(
        header,
        rows["n"],
        rows["filled"],
        rows["distinct_values"],
        tuple(rows["samples"] or ()),
        rows["numbers"],
        rows["people"],
        rows["codes"],
        rows["clocks"],
        rows["days"],
        rows["zeros"],
        {row["x"]: row["n"] for row in nulls},
    )
