"""The path of real event logs comes out as it is known: figures, edges beside SQL, alignments beside a search."""

import csv
import gzip
import json
from collections import Counter
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import duckdb
import pytest
from click.testing import CliRunner

from tests.unit.analyses.alignment_search import searched
from voronka.analyses.alignment import Model
from voronka.cli.main import main

HELPDESK = ("--case", "case_id", "--activity", "activity", "--time", "timestamp")
STANDARD = ("--case", "case:concept:name", "--activity", "concept:name", "--time", "time:timestamp")
STAGES = ("Assign seriousness", "Take in charge ticket", "Wait", "Resolve ticket", "Closed")
FOLLOWED = """
WITH followed AS (
  SELECT case_id, activity, lead(activity) OVER w AS next,
    epoch_us(lead("timestamp") OVER w) - epoch_us("timestamp") AS micros
  FROM (SELECT *, row_number() OVER () AS place FROM read_csv($path))
  WINDOW w AS (PARTITION BY case_id ORDER BY "timestamp", place)
)
SELECT activity, next, count(*), count(DISTINCT case_id),
  median(micros / 1e6), avg(micros / 1e6), quantile_cont(micros / 1e6, 0.9)
FROM followed WHERE next IS NOT NULL GROUP BY activity, next
"""
EDGE = ("from", "to", "count", "cases", "median_seconds", "mean_seconds", "p90_seconds")


def path_of(log: Path, *options: str) -> dict[str, Any]:
    found = CliRunner().invoke(main, ["path", "--log", str(log), *options, "--format", "json"], catch_exceptions=False)
    assert (found.exit_code, found.stderr) == (0, "")
    told: dict[str, Any] = json.loads(found.stdout)
    return told


@pytest.fixture(scope="module")
def helpdesk(real_tables: Path) -> dict[str, Any]:
    """Return the path of the helpdesk's log."""
    return path_of(real_tables / "event-logs" / "helpdesk.csv", *HELPDESK)


def test_the_figures_of_the_helpdesk_are_those_that_are_known(helpdesk: dict[str, Any]) -> None:
    assert {name: helpdesk[name] for name in ("cases", "events", "activities", "variant_count")} == {
        "cases": 4580,
        "events": 21348,
        "activities": 14,
        "variant_count": 226,
    }
    assert helpdesk["repeated_events"] == 127  # rows of equal case, activity and time, by SQL
    assert (helpdesk["median_days"], helpdesk["mean_days"]) == (39.859, 40.858)
    assert [variant["cases"] for variant in helpdesk["variants"][:5]] == [2366, 552, 228, 213, 164]
    assert helpdesk["variants"][0]["steps"] == [*STAGES[:2], *STAGES[3:]]
    assert helpdesk["variants"][0]["share"] == pytest.approx(51.659, abs=0.001)
    assert sum(variant["cases"] for variant in helpdesk["variants"]) == 4580
    assert sum(edge["count"] for edge in helpdesk["edges"]) == 21348 - 4580


def test_the_edges_of_the_helpdesk_are_those_of_sql(helpdesk: dict[str, Any], real_tables: Path) -> None:
    with duckdb.connect() as sql:
        rows = sql.execute(FOLLOWED, {"path": str(real_tables / "event-logs" / "helpdesk.csv")}).fetchall()
    found = {(edge["from"], edge["to"]): [edge[name] for name in EDGE[2:]] for edge in helpdesk["edges"]}
    assert found.keys() == {(row[0], row[1]) for row in rows}
    for one, other, *figures in rows:
        assert found[one, other] == pytest.approx(figures)


@pytest.mark.parametrize("exits", [(), ("INVALID", "DUPLICATE")])
def test_the_alignments_of_the_helpdesk_cost_what_a_search_says(
    helpdesk: dict[str, Any], real_tables: Path, exits: tuple[str, ...]
) -> None:
    asked = ["--model", ",".join(STAGES), *(["--exits", ",".join(exits)] if exits else [])]
    told = path_of(real_tables / "event-logs" / "helpdesk.csv", *HELPDESK, *asked)
    model = Model(STAGES, exits)
    costs = [(searched(each["steps"], model), len(each["steps"]), each["cases"]) for each in helpdesk["variants"]]
    shortest = 2 if exits else 5
    fitness = sum(cases * (1 - cost / (events + shortest)) for cost, events, cases in costs) / 4580
    assert told["fitness"] == pytest.approx(fitness, abs=1e-12)
    assert told["conforming"] == sum(cases for cost, _, cases in costs if cost == 0)
    assert sum(each["count"] for each in told["deviations"]) == sum(cost * cases for cost, _, cases in costs)
    outside: Counter[str] = Counter()
    for variant in helpdesk["variants"]:
        for step in variant["steps"]:
            outside[step] += variant["cases"] * (step not in model.steps)
    found = {each["step"]: each["count"] for each in told["deviations"] if each["kind"] == "outside"}
    assert found == {step: count for step, count in outside.items() if count}


def test_a_log_in_xes_is_the_same_as_in_csv(real_tables: Path, tmp_path: Path) -> None:
    source = real_tables / "event-logs" / "running-example.csv"
    told = path_of(source, *STANDARD)
    assert (told["cases"], told["events"], told["activities"], told["variant_count"]) == (6, 42, 8, 6)
    plain, packed = tmp_path / "log.xes", tmp_path / "log.xes.gz"
    plain.write_text(as_xes(source), encoding="utf-8")
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert path_of(plain, *STANDARD) == told
    assert path_of(packed) == told


def as_xes(source: Path) -> str:
    """Return a log of CSV with the standard's keys as XES, times with a T as the standard has them."""
    traces: dict[str, list[str]] = {}
    with source.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            at = row["time:timestamp"].replace(" ", "T")
            event = "".join(
                f"<{kind} key={quoteattr(key)} value={quoteattr(value)}/>"
                for kind, key, value in (
                    ("string", "concept:name", row["concept:name"]),
                    ("date", "time:timestamp", at),
                    ("string", "org:resource", row["org:resource"]),
                    ("int", "Costs", row["Costs"]),
                )
            )
            traces.setdefault(row["case:concept:name"], []).append(f"<event>{event}</event>")
    told = (
        f'<trace><string key="concept:name" value={quoteattr(case)}/>{"".join(events)}</trace>'
        for case, events in traces.items()
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><log xes.version="1.0">{"".join(told)}</log>'
