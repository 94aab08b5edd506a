"""Tells what is doubtful about values that were read: guesses, sentinels, times that never were, extreme amounts."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from voronka.lake.session import Session, literal
from voronka.transform.contact_readers import has_more_emails, has_more_phones, is_masked
from voronka.transform.currencies import is_code
from voronka.transform.identities import is_error, is_rounded
from voronka.transform.known_words import KIND, METRIC, unknown
from voronka.transform.mapping import StagingSelect
from voronka.transform.mistaken_columns import SMALLEST, SUMMED, mistaken_for, otherwise_named
from voronka.transform.number_marks import ASSUMED_POINT, ASSUMED_THOUSANDS, UNCLEAR_NUMBER
from voronka.transform.number_readers import currency
from voronka.transform.readers import LOST_SIGN, Reading, exact
from voronka.transform.readings import ASSUMED, Need
from voronka.transform.time_readers import ISO, local, within

PAST = frozenset(
    {
        *("created_at", "updated_at", "deleted_at", "closed_at", "changed_at", "happened_at", "started_at", "ended_at"),
        *("completed_at", "paid_at", "first_response_at", "qualified_at", "handed_at", "accepted_at", "rejected_at"),
        *("touched_at", "entered_at"),
    }
)
"""Times of what has happened: they cannot lie ahead."""
NO_NUMBER = "no_number"
_NEVER_NEGATIVE = frozenset({"amount", "cost", "price", "discount"})
_EXTREME = 10**12
_TIMES_THE_USUAL = 10_000
_FEW = 5
_MANY, _LARGE = 20, 10**8
"""Of fewer amounts than these the middle one tells little: what is far from it has to be large of itself too."""
_CYRILLIC, _LATIN = "АВЕКМНОРСТУХ", "ABEKMHOPCTYX"
"""Letters that look alike."""
_SHOWN_IDS = 100
_SWAPPED, _IN_ALL = 2, 5
"""Dates and texts, each and together, from which on their days tell that a spreadsheet swapped day and month."""
_DAYS_AHEAD = 1
_LONGEST = 7 * 86400
_UNCLEAR_DAY = r"(?:^|[^0-9])(?:0?[1-9]|1[0-2])[/-](?:0?[1-9]|1[0-2])[/-](?:[0-9]{4}|[0-9]{2})(?:$|[^0-9])"


@dataclass(frozen=True)
class Kept:
    """The relations of a load: with the texts of its mapping, and with the values that were read of these."""

    texts: str
    values: str


@dataclass(frozen=True)
class Suspicion:
    """Something doubtful: a flag's code and message, and the SQL that is true for a row of `StagingSelect.base`."""

    code: str
    message: str
    predicate: str


def suspicions(
    session: Session, mapping: StagingSelect, kept: Kept, readings: Mapping[str, Reading], now: datetime
) -> list[Suspicion]:
    """Return what to look for in the rows of a load; `now` is UTC without a zone, `kept` holds the rows.

    What is usual in the load (the middle amount, the commonest currency) is asked of all its rows first.
    """
    load = _Load(session, mapping, kept, readings, now)
    return [*load.of_times(), *load.of_numbers(), *load.of_currencies(), *load.of_texts(), *load.of_words()]


@dataclass(frozen=True)
class _Usual:
    """What is usual in a column of a load: how many numbers it has, and the middle one of those that are not 0."""

    n: int
    middle: float


@dataclass(frozen=True)
class _Load:
    session: Session
    mapping: StagingSelect
    kept: Kept
    readings: Mapping[str, Reading]
    now: datetime

    def _needs(self, *readers: str) -> Iterator[tuple[Need, Reading]]:
        for need in self.mapping.needs:
            reading = self.readings[need.key]
            if reading.reader in readers:
                yield need, reading

    def of_times(self) -> Iterator[Suspicion]:
        company = self.mapping.zones.company
        for need, reading in self._needs("time", "day"):
            name, given = need.name, need.given
            none = f"{need.value} IS NULL AND {given} IS NOT NULL"
            yield Suspicion("sentinel_date", f"`{name}`: days that stand for none were read as none", none)
            if reading.note == ASSUMED:
                is_unclear = f"regexp_matches({given}, {literal(_UNCLEAR_DAY)}) AND {_days_differ(given)}"
                said = f"`{name}`: the day was taken to stand before the month, as nothing in the file tells"
                yield Suspicion("assumed_day_first", said, is_unclear)
            at = local(reading.clock(company), given)
            yield from self._of_swapped(need, reading, at)
            if reading.gaps:
                said = f"`{name}`: at these times the clock of {reading.zone} was moved on: they never were"
                yield Suspicion("nonexistent_time", said, _timed(within(reading.gaps, at), given))
            if reading.folds:
                said = f"`{name}`: at these times the clock of {reading.zone} was put back: the first of two is taken"
                yield Suspicion("ambiguous_time", said, _timed(within(reading.folds, at), given))
        latest = f"TIMESTAMP '{(self.now + timedelta(days=_DAYS_AHEAD)).isoformat(sep=' ', timespec='seconds')}'"
        for ours in self.mapping.stream.columns:
            if ours in PAST:
                said = f"`{self.mapping.stream.columns[ours]}` lies in the future"
                yield Suspicion("future_date", said, f"CAST({self.mapping.cells[ours]} AS TIMESTAMP) > {latest}")

    def _of_swapped(self, need: Need, reading: Reading, at: str) -> Iterator[Suspicion]:
        """Yield a doubt where only what cannot be a month is left as text, and dates have what can be one alone.

        A spreadsheet of another order of day and month makes dates of 03.05.2024, swapped, and leaves 25.03.2024.
        """
        if ISO not in reading.formats or not any(re.match("%[dm][./-]%[dm]", f) for f in reading.formats):
            return
        is_date = f"regexp_matches({need.given}, '^[0-9]{{4}}-')"
        late = f"day({at}) > 12"
        row = self.session.rows(
            f"SELECT count(*) FILTER (WHERE {is_date}) AS dates, count(*) FILTER (WHERE NOT {is_date}) AS texts, "
            f"coalesce(bool_and(({late}) <> {is_date}), false) AS is_parted "
            f"FROM {self.kept.values} WHERE {at} IS NOT NULL"
        )[0]
        if row["is_parted"] and min(row["dates"], row["texts"]) >= _SWAPPED and row["dates"] + row["texts"] >= _IN_ALL:
            said = (
                f"`{need.name}`: no date has a day above 12, and every day left as text has one: "
                "a spreadsheet seems to have swapped day and month in these dates"
            )
            yield Suspicion("swapped_days", said, f"{is_date} AND day({at}) <> month({at})")

    def of_numbers(self) -> Iterator[Suspicion]:
        for need, reading in self._needs("money", "number", "integer", "share", "duration"):
            name, value, given = need.name, need.value, need.given
            if reading.note in {ASSUMED_THOUSANDS, ASSUMED_POINT} and reading.reader != "integer":
                mark = "thousands" if reading.note == ASSUMED_THOUSANDS else "decimals"
                said = f"`{name}`: the mark before three digits was taken for one of {mark}, as nothing tells"
                yield Suspicion("ambiguous_number", said, f"regexp_full_match({given}, {literal(UNCLEAR_NUMBER)})")
            if reading.reader == "share":
                said = f"`{name}`: less than nothing or more than the whole"
                yield Suspicion("unlikely_share", said, f"NOT ({value} BETWEEN 0 AND 1)")
                said = f"`{name}`: below 1 among percents: taken for less than one percent"
                is_below = f"{value} > 0 AND {value} < 0.01 AND NOT contains({given}, '%')"
                yield Suspicion("ambiguous_share", said, is_below if reading.percent else "false")
            if reading.reader == "duration":
                yield Suspicion("negative_duration", f"`{name}`: less than no time", f"{value} < 0")
                yield Suspicion("extreme_duration", f"`{name}`: longer than a week", f"{value} > {_LONGEST}")
            if reading.reader in SUMMED:
                usual = self._usual(need)
                yield from self._of_no_number(need, usual)
                if reading.reader == "money":
                    yield from self._of_money(need, reading, usual)

    def _of_no_number(self, need: Need, usual: _Usual) -> Iterator[Suspicion]:
        """Yield a doubt where a column that is summed up holds something else, by its values or by its name."""
        name = need.name
        if usual.middle >= SMALLEST:
            relation = self.kept.values
            if mistaken := mistaken_for(self.session, relation, need.given):
                said = f"`{name}`: the values look like {mistaken[0]}, and are summed up as amounts"
                yield Suspicion(NO_NUMBER, said, mistaken[1])
                return
        for ours in (each for each, theirs in self.mapping.stream.columns.items() if theirs == name):
            if meant := otherwise_named(self.mapping.stream.into, ours, name):
                said = f"`{name}` is taken as {ours}, though by its name it is {meant}"
                yield Suspicion(NO_NUMBER, said, f"{need.value} IS NOT NULL")

    def _of_money(self, need: Need, reading: Reading, usual: _Usual) -> Iterator[Suspicion]:
        name, value = need.name, need.value
        if reading.has_lost_sign:
            said = f"`{name}`: the sign behind the amounts was lost before the file was written (? in its place)"
            yield Suspicion("lost_sign", said, f"regexp_matches({need.text}, {literal(LOST_SIGN)})")
        # what has two decimals or fewer needs no second reading
        rounded = f"regexp_matches({need.given}, '[.,][0-9]{{3}}') AND {exact(reading, need.given)} <> {value}"
        yield Suspicion("rounded_amount", f"`{name}`: more than two decimals were rounded", rounded)
        if any(self.mapping.need_of(ours) == need for ours in _NEVER_NEGATIVE):
            yield Suspicion("negative_amount", f"`{name}`: less than nothing", f"{value} < 0")
        most = min(_EXTREME, _far_off(usual))
        yield Suspicion("extreme_amount", f"`{name}`: far from the file's other amounts", f"abs({value}) >= {most}")

    def _usual(self, need: Need) -> _Usual:
        row = self.session.rows(
            f"SELECT median(abs({need.value})) FILTER (WHERE {need.value} <> 0) AS middle, count({need.value}) AS n "
            f"FROM {self.kept.values}"
        )[0]
        return _Usual(row["n"], float(row["middle"] or 0))

    def of_currencies(self) -> Iterator[Suspicion]:
        if (name := self.mapping.stream.columns.get("currency", "=")) and not name.startswith("="):
            cell = self.mapping.cells["currency"]
            said = f"`{name}`: no currency that is known: its amounts stay unknown"
            yield Suspicion("unknown_currency", said, f"{cell} IS NOT NULL AND NOT {is_code(cell)}")
        for need, reading in self._needs("money"):
            if not reading.is_signed:
                continue
            code = "_currency" if need == self.mapping.signed else currency(need.given)
            rows = self.session.rows(
                f"SELECT {code} AS code FROM {self.kept.values} "
                "WHERE code IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, code"
            )
            if len(rows) > 1:
                listed = ", ".join(row["code"] for row in rows)
                said = f"`{need.name}` holds amounts in several currencies: {listed}"
                yield Suspicion("mixed_currency", said, f"{code} <> {literal(rows[0]['code'])}")
            if rows and self.mapping.signed != need and "currency" not in self.mapping.stream.columns:
                said = f"`{need.name}`: the amounts bear a currency ({rows[0]['code']}), which has no column to go to"
                yield Suspicion("currency_not_kept", said, f"{code} IS NOT NULL")

    def of_words(self) -> Iterator[Suspicion]:
        said = {
            KIND: (
                "unknown_kind",
                "kinds of activities nobody knows count as activities only: say in `values` what each is",
            ),
            METRIC: ("unknown_metric", "no metric of Voronka: it counts only where the company defines it"),
        }
        for group, (name, text) in self.mapping.spoken.items():
            code, told = said[group]
            texts = f"SELECT DISTINCT {text} AS x FROM {self.kept.texts}"
            asked = f"{texts} WHERE {unknown(group, text)} ORDER BY 1 LIMIT {_FEW}"
            listed = ", ".join(str(row["x"]) for row in self.session.rows(asked))
            yield Suspicion(code, f"`{name}`: {told} ({listed})", unknown(group, text))

    def of_texts(self) -> Iterator[Suspicion]:
        for need, _ in self._needs("phone"):
            said = f"`{need.name}`: several phones in one field: the first is taken"
            yield Suspicion("several_phones", said, has_more_phones(need.given))
            said = f"`{need.name}`: phones with hidden digits were read as none"
            yield Suspicion("masked_phone", said, f"{need.given} IS NULL AND {is_masked(need.text)}")
        for need, _ in self._needs("email"):
            said = f"`{need.name}`: several addresses in one field: the first is taken"
            yield Suspicion("several_emails", said, has_more_emails(need.given))
        for need in self.mapping.needs:
            said = f"`{need.name}`: errors of a spreadsheet's formulas were read as nothing"
            yield Suspicion("error_cell", said, f"{need.given} IS NULL AND {is_error(need.text)}")
        for name, text in self.mapping.ids.items():
            said = f"`{name}`: long ids that end in zeros: a spreadsheet may have cut their last digits off"
            yield Suspicion("rounded_id", said, is_rounded(text))
            if listed := self._look_alike(text):
                said = f"`{name}`: letters of two alphabets that look alike make two records of these ids"
                yield Suspicion("lookalike_id", said, f"{text} IN ({', '.join(map(literal, listed))})")

    def _look_alike(self, text: str) -> list[str]:
        """Return ids with Cyrillic letters that differ from others of the load by look-alike letters alone."""
        texts = self.kept.texts
        if not self.session.value(f"SELECT bool_or(strlen({text}) > length({text})) FROM {texts}"):
            return []  # all letters are Latin
        ids = f"(SELECT DISTINCT {text} AS x FROM {texts})"
        latin = f"translate(upper(x), {literal(_CYRILLIC)}, {literal(_LATIN)})"
        rows = self.session.rows(
            f"WITH cyrillic AS (SELECT x, {latin} AS y FROM {ids} WHERE regexp_matches(x, '[А-Яа-яЁё]')) "
            f"SELECT DISTINCT c.x AS x FROM cyrillic AS c JOIN {ids} AS o ON c.y = upper(o.x) "
            "WHERE c.y <> upper(c.x) "  # else it has no letter that looks like another's: it has found itself
            f"ORDER BY 1 LIMIT {_SHOWN_IDS}"
        )
        return [row["x"] for row in rows]


def _far_off(usual: _Usual) -> int:
    """Return from where on an amount is far from the usual ones of the load."""
    if usual.n < _FEW or not usual.middle:
        return _EXTREME
    far = int(usual.middle * _TIMES_THE_USUAL) + 1
    return far if usual.n >= _MANY else max(far, _LARGE)


def _days_differ(given: str) -> str:
    parts = f"regexp_extract({given}, '([0-9]{{1,2}})[/-]([0-9]{{1,2}})[/-]', ['a', 'b'])"
    return f"TRY_CAST({parts}.a AS INTEGER) <> TRY_CAST({parts}.b AS INTEGER)"


def _timed(test: str, given: str) -> str:
    return f"contains({given}, ':') AND {test}"
