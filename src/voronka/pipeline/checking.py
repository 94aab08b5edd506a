"""Check: what the last build found wrong with the data, in numbers and in words about what to do."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voronka.domain.errors import QuestionError, did_you_mean
from voronka.domain.scope import Scope
from voronka.lake.ledger import Load
from voronka.metrics.answer import Row, records
from voronka.metrics.query import Metrics

MEANINGS = {
    "ambiguous_person": "two or more people bear this name, so the rows belong to none: map an id of theirs",
    "closed_before_created": "closed before it was made: mend the source, or look at the order of day and month",
    "no_exchange_rate": "no rate for this currency and day, so the amount is unknown: import exchange rates",
    "closed_without_date": "won or lost without a closing date, so it is in no period: map closed_at",
    "unknown_outcome": "neither won, lost nor open: say what it means under `values: { outcome: ... }` in sources/",
    "stage_outside_model": "no pipeline lists this stage: add it to pipelines/*.yml with its outcome",
}
"""What a check that found something means and what to do, by its name."""
_OTHER = "look at its rows"
_ISSUES = "fct_quality_issues"


@dataclass(frozen=True)
class Remark:
    """One thing worth a look after a build: its subject, and a sentence."""

    subject: str
    text: str


def summary(metrics: Metrics) -> list[Row]:
    """Return a row per check and entity that found something: how many rows, an example, what it means."""
    found = _rows(metrics, _ISSUES, ("check_name", "entity", "entity_id"))
    counts = Counter((row["check_name"], row["entity"]) for row in found)
    example = {(row["check_name"], row["entity"]): row["entity_id"] for row in reversed(found)}
    return [
        {
            "check": check,
            "entity": entity,
            "rows": count,
            "example": example[check, entity],
            "meaning": MEANINGS.get(str(check), _OTHER),
        }
        for (check, entity), count in sorted(counts.items())
    ]


def issues(metrics: Metrics, check: str) -> list[Row]:
    """Return the rows of one check; QuestionError where no check is named so."""
    found = _rows(metrics, _ISSUES, (), {"check_name": check})
    if not found and check not in MEANINGS:
        raise QuestionError(f"no check is named {check}", do=did_you_mean(check, MEANINGS))
    return found


def remarks(metrics: Metrics, loads: Sequence[Load]) -> list[Remark]:
    """Return what a person should look at after a build, nothing where all is well."""
    found = []
    things = metrics.rows(_ISSUES, Scope.everything(), columns=("check_name",)).num_rows
    if things:
        found.append(Remark("quality", f"{things:,} {_thing(things)} to look at: voronka check"))
    aside = _aside(metrics, loads)
    if aside:
        found.append(Remark("rows aside", aside))
    if _first(metrics, "fct_deals", {}) and not _first(metrics, "fct_deals", {"outcome": ["won", "lost"]}):
        text = "no deal is won or lost: compare pipelines/*.yml with the stages"
        found.append(Remark("outcomes", text))
    return found


def _aside(metrics: Metrics, loads: Sequence[Load]) -> str:
    """Return how many rows are put aside, and of which stream the most of them; '' for none."""
    rows = metrics.rows("quarantine", Scope.everything(), columns=("source", "stream"))
    if not rows.num_rows:
        return ""
    streams = zip(rows.column("source").to_pylist(), rows.column("stream").to_pylist(), strict=True)
    (source, stream), count = Counter(streams).most_common(1)[0]
    read = sum(x.rows_read for x in loads if x.is_active and (x.source, x.stream) == (source, stream))
    share = "all" if count >= read else f"{100 * count // read} %" if 100 * count >= read else "under 1 %"
    verb = "row is" if rows.num_rows == 1 else "rows are"
    return f"{rows.num_rows:,} {verb} put aside ({share} of {source}.{stream}): voronka loads aside"


def _thing(number: int) -> str:
    return "thing" if number == 1 else "things"


def _first(metrics: Metrics, table: str, where: Mapping[str, object]) -> bool:
    return bool(metrics.rows(table, Scope.everything(), where, ("outcome",), limit=1).num_rows)


def _rows(metrics: Metrics, table: str, columns: Sequence[str], where: Mapping[str, object] | None = None) -> list[Row]:
    return records(metrics.rows(table, Scope.everything(), where, columns))
