"""What a file of figures is called: the titles of what it holds, and the period."""

import re
from collections.abc import Sequence

from voronka.domain.period import Period
from voronka.metrics.dimensions import Title
from voronka.metrics.query import Metrics
from voronka.reports.ask import Ask, stem_of
from voronka.reports.legend import title_of
from voronka.reports.tables import Language, in_words

LONGEST = 80
"""Characters of a name with its ending: Windows takes 260 of a whole path."""
NAMED = 2
"""Titles that are named where there are more than one beyond them."""
MORE = Title("{} и ещё {}", "{} and {} more")
RECORDS = Title("записи", "records")
UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f-\x9f]+')
"""What a file's name may not hold on one system or another."""
UNIT = re.compile(r", (%|ч|мин|с|дней)(?=:|$)")
"""The unit at the end of a title: the name of a file needs none."""


def name_of_answer(metrics: Metrics, ask: Ask, language: Language, ending: str) -> str:
    """Return the name of an answer's file; QuestionError where a metric is unknown."""
    asked = dict.fromkeys(ask.metrics)
    names = [name for name in asked if (stem := stem_of(metrics, name)) == name or stem not in asked]
    return file_name(
        [in_words(title_of(metrics, name), language) for name in names], _days(ask.period), language, ending
    )


def name_of_records(metrics: Metrics, ask: Ask, part: str, language: Language, ending: str) -> str:
    """Return the name of the file of the records behind a figure, or behind one `part` of it."""
    parts = [part] if part in metrics.catalogue.metrics else []
    titles = [in_words(title_of(metrics, name), language) for name in (*ask.metrics, *parts)]
    return file_name(titles, (in_words(RECORDS, language), *_days(ask.period)), language, ending)


def file_name(titles: Sequence[str], tail: Sequence[str], language: Language, ending: str) -> str:
    """Return a name that every system takes, LONGEST characters at most: the first titles, how many more, the tail."""
    plain = list(dict.fromkeys(_safe(title) for title in titles))
    last = "".join(f", {text}" for text in tail) + f".{ending}"
    most = len(plain) if len(plain) <= NAMED + 1 else NAMED
    names = [_listed(plain, count, language) for count in range(most, 0, -1)]
    name = next((each for each in names if len(each + last) <= LONGEST), "")
    return (name or f"{plain[0][: LONGEST - len(last) - 1]}…") + last


def plain_name(ask: Ask, ending: str) -> str:
    """Return a name of plain ASCII for a browser that reads no other: the metrics' own names."""
    days = f"-{ask.period.first}-{ask.period.last}" if ask.period else ""
    return "-".join(ask.metrics[:NAMED])[:LONGEST] + f"{days}.{ending}"


def _safe(title: str) -> str:
    return re.sub(r"\s+", " ", UNSAFE.sub(" ", UNIT.sub("", title))).strip(" .") or "voronka"


def _listed(titles: Sequence[str], count: int, language: Language) -> str:
    shown = ", ".join(titles[:count])
    more = len(titles) - count
    return in_words(MORE, language).format(shown, more) if more else shown


def _days(period: Period | None) -> tuple[str, ...]:
    if period is None:
        return ()
    return (f"{period.first}" if period.first == period.last else f"{period.first}—{period.last}",)
