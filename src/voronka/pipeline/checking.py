"""Check: what is wrong with the data as of today, by check and by person, in words about what to do."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voronka.domain.errors import QuestionError, did_you_mean
from voronka.domain.scope import Scope
from voronka.lake.ledger import Load
from voronka.metrics.answer import Row, records
from voronka.metrics.query import Filter, Metrics, Query
from voronka.metrics.records import Records, RecordsQuery
from voronka.pipeline.streams import remarked
from voronka.settings import QualitySettings
from voronka.transform.quality_checks import check_words

_FOUND = "quality_issues"
_LOOKED_AT = "records_checked"
_EVERYTHING = Scope.everything()


@dataclass(frozen=True)
class Remark:
    """One thing worth a look after a build: its subject, and a sentence."""

    subject: str
    text: str


def summary(metrics: Metrics) -> list[Row]:
    """Return a row per check and kind of record in which it found something, the gravest first.

    A row: check, title, class, severity, entity, records (found), share (percent of those looked at), most (the person
    with the most), most_records, example (a record's id), meaning, action.
    """
    known = {row["check_name"]: row for row in checks(metrics)}
    looked = {row["entity"]: row[_LOOKED_AT] for row in _asked(metrics, _LOOKED_AT, "entity")}
    rows = []
    people = by_employee(metrics)
    for found in _asked(metrics, _FOUND, "check", "entity"):
        name, entity, count = str(found["check_id"]), found["entity"], found[_FOUND]
        words = known.get(name, {})
        most = max(
            (row for row in people if (row["check"], row["entity"]) == (name, entity) and row["employee"]),
            key=lambda row: int(str(row["records"])),
            default=None,
        )
        rows.append(
            {
                "check": name,
                "title": found["check"],
                "class": words.get("class"),
                "severity": words.get("severity"),
                "entity": entity,
                "records": count,
                "share": _share(count, looked.get(entity)),
                "most": most["employee"] if most else None,
                "most_records": most["records"] if most else None,
                "example": issues(metrics, name, limit=1, where={"entity": str(entity)}).rows[0]["id"],
                "meaning": words.get("meaning"),
                "action": words.get("action"),
            }
        )
    return sorted(rows, key=_gravity)


def by_employee(metrics: Metrics) -> list[Row]:
    """Return a row per person, check and kind of record: employee, employee_id, check, title, entity, records."""
    found = [
        {
            "employee": row["employee"],
            "employee_id": row["employee_id"],
            "check": row["check_id"],
            "title": row["check"],
            "entity": row["entity"],
            "records": row[_FOUND],
        }
        for row in _asked(metrics, _FOUND, "employee", "check", "entity")
    ]
    return sorted(found, key=lambda row: (row["employee"] is None, str(row["employee"]), -int(str(row["records"]))))


def checks(metrics: Metrics) -> list[Row]:
    """Return every check, made or not: its words, and under `lacks` what no source gives."""
    found = records(metrics.rows("dim_check", _EVERYTHING))
    return sorted(found, key=lambda row: int(str(row["position"])))


def in_language(rows: Sequence[Row], settings: QualitySettings, language: str) -> list[Row]:
    """Return rows about checks with the checks' words in a language; one that is not known any more keeps its own."""
    words = check_words(settings, language)
    spoken = []
    for row in rows:
        known = words.get(str(row.get("check", row.get("check_name"))), {})
        spoken.append({**row, **{name: text for name, text in known.items() if name in row}})
    return spoken


def issues(
    metrics: Metrics, check: str, *, limit: int = 50, offset: int = 0, where: Mapping[str, str] | None = None
) -> Records:
    """Return a page of what one check found, as of today; QuestionError where no check is named so."""
    names = [str(row["check_name"]) for row in checks(metrics)]
    if check not in names:
        near = did_you_mean(check, names) or "`voronka check` names those that found something"
        raise QuestionError(f"no check is named {check}", do=near)
    filters = (Filter("check", (check,)), *(Filter(name, (value,)) for name, value in (where or {}).items()))
    return metrics.records(RecordsQuery(metric=_FOUND, scope=_EVERYTHING, where=filters, limit=limit, offset=offset))


def remarks(metrics: Metrics, loads: Sequence[Load]) -> list[Remark]:
    """Return what a person should look at after a build, nothing where all is well."""
    found = []
    things = int(str(metrics.query(Query(metrics=(_FOUND,), scope=_EVERYTHING)).totals[_FOUND] or 0))
    if things:
        found.append(Remark("quality", f"{things:,} {_thing(things)} to look at: voronka check"))
    aside = _aside(metrics, loads)
    if aside:
        found.append(Remark("rows aside", aside))
    found += doubts(loads)
    if _first(metrics, "fct_deals", {}) and not _first(metrics, "fct_deals", {"outcome": ["won", "lost"]}):
        text = "no deal is won or lost: compare pipelines/*.yml with the stages"
        found.append(Remark("outcomes", text))
    return found


def doubts(loads: Sequence[Load]) -> list[Remark]:
    """Return a remark for each load that was doubtful in something and whose records count, by stream."""
    found = sorted(remarked(loads), key=lambda load: (load.source, load.stream))
    return [
        Remark(
            f"load {load.source}.{load.stream}",
            f"{load.source}.{load.stream}, its load {load.load_id}: {_doubted(load)}: voronka loads",
        )
        for load in found
    ]


def _doubted(load: Load) -> str:
    return "; ".join(f"{flag.message}{f' ({flag.rows:,} rows)' if flag.rows else ''}" for flag in load.flags)


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


def _asked(metrics: Metrics, metric: str, *by: str) -> list[Row]:
    found = metrics.query(Query(metrics=(metric,), scope=_EVERYTHING, by=by)).rows
    return [row for row in found if row[metric]]


def _share(count: object, looked_at: object) -> float | None:
    return 100 * float(str(count)) / float(str(looked_at)) if looked_at else None


def _gravity(row: Row) -> tuple[int, int, str]:
    severities = ("high", "medium", "low")
    known = severities.index(str(row["severity"])) if row["severity"] in severities else len(severities)
    return known, -int(str(row["records"])), str(row["check"])
