"""Cases and their events: chosen by their own columns, seen whole by whoever had a part in them, refused by name."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.metrics.memory_engine import MemoryEngine, lake_of, march, metrics_over
from voronka.domain.errors import QuestionError, RetryError
from voronka.domain.scope import Scope, Span
from voronka.metrics.answer import records
from voronka.metrics.journeys import JourneysQuery
from voronka.metrics.query import Metrics
from voronka.metrics.question import Filter

EVERYTHING = Scope.everything()


@pytest.fixture
def lake() -> MemoryEngine:
    return lake_of(
        fct_journeys="""number|journey_id|lead_id|deal_id|created_at|closed_at|employee|channel|is_target|outcome|won_amount_home|segment|pipeline_id
        1|lead:1|1|11|2026-02-10 10:00|2026-03-10 10:00|Anna|Site|true|won|100|A|sales
        2|lead:2|2|12|2026-03-02 10:00||Boris|Site|false|open|0|B|sales
        3|deal:13||13|2026-03-03 10:00|2026-03-20 10:00|Anna|||lost|0||repeat
        4|lead:4|4||2026-03-04 10:00|||Ads||open|0||""",
        fct_leads="""lead_id|journey_id|created_at|employee|channel|outcome
        1|lead:1|2026-02-10 10:00|Anna|Site|won
        2|lead:2|2026-03-02 10:00|Boris|Site|open
        4|lead:4|2026-03-04 10:00||Ads|open""",
        fct_deals="""deal_id|journey_id|lead_id|created_at|closed_at|employee|outcome|amount_home|pipeline_id
        11|lead:1|1|2026-02-20 10:00|2026-03-10 10:00|Boris|won|100|sales
        14|lead:1|1|2026-03-11 10:00||Anna|open|70|sales
        12|lead:2|2|2026-03-05 10:00||Boris|open|50|sales
        13|deal:13||2026-03-03 10:00|2026-03-20 10:00|Anna|lost|30|repeat""",
        fct_journey_owners="""number|entity|entity_id|employee|part|from_day|to_day
        1|lead|1|Anna|owner|2026-02-10|2026-02-18
        1|lead|1|Clara|sdr|2026-02-17|2026-03-11
        1|deal|11|Boris|owner|2026-02-20|2026-03-11
        1|deal|14|Anna|owner|2026-03-11|9999-12-31
        2|lead|2|Boris|owner|2026-03-02|9999-12-31
        2|deal|12|Boris|owner|2026-03-05|9999-12-31
        3|deal|13|Anna|owner|2026-03-03|2026-03-21""",
        fct_events="""number|position|step_number|step|kind|deal_id|pipeline_id|happened_at|happened_working_clock|employee
        1|1|1|lead_created|created|||2026-02-10 10:00|10|Anna
        1|2|4|call_out|activity|||2026-02-10 10:00|10|Clara
        1|3|2|stage:sales:Won|stage|11|sales|2026-03-10 10:00|30|Boris
        1|4|5|change:sum|change|11||2026-03-10 11:00|40|Boris
        2|1|4|call_out|activity|12||2026-03-05 10:00|25|Boris
        2|2|3|stage:repeat:In|stage|12|repeat|2026-03-06 10:00|26|Boris
        3|1|3|stage:repeat:In|stage|13|repeat|2026-03-03 10:00|20|Anna""",
        dim_step="""step_number|step|kind|pipeline_id
        1|lead_created|created|
        2|stage:sales:Won|stage|sales
        3|stage:repeat:In|stage|repeat
        4|call_out|activity|
        5|change:sum|change|""",
        dim_stage="pipeline_id|stage_id\nsales|Won\nrepeat|In",
        dim_employee="employee_id|name\nname:clara|Clara",
    )  # fmt: skip


def asked(*where: str, **more: object) -> JourneysQuery:
    filters = tuple(Filter.parse(text) for text in where)
    return JourneysQuery(**({"scope": EVERYTHING, "where": filters} | more))  # type: ignore[arg-type]


def cases(metrics: Metrics, query: JourneysQuery) -> list[object]:
    found = records(metrics.journeys(query))
    assert [row["place"] for row in found] == list(range(len(found)))
    return [row["case_id"] for row in found]


def events(metrics: Metrics, query: JourneysQuery) -> list[tuple[object, object]]:
    return [(row["place"], row["step_number"]) for row in records(metrics.events(query))]


def test_cases_stand_as_they_began_and_their_events_as_they_happened(lake: MemoryEngine) -> None:
    metrics = metrics_over(lake)
    assert cases(metrics, asked()) == ["lead:1", "lead:2", "deal:13", "lead:4"]
    assert events(metrics, asked()) == [(0, 4), (0, 2), (1, 4), (1, 3), (2, 3)]
    every = ("created", "stage", "owner", "activity", "change", "closed", "payment")
    assert events(metrics, asked(kinds=every))[:4] == [(0, 1), (0, 4), (0, 2), (0, 5)]


def test_events_carry_the_columns_asked_for_and_their_clock(lake: MemoryEngine) -> None:
    found = records(metrics_over(lake).events(asked("outcome=won"), ["employee_id", "step"]))
    assert [(row["employee_id"], row["step"], row["happened_working_clock"]) for row in found] == [
        ("name:clara", "call_out", 10),
        ("name:boris", "stage:sales:Won", 30),
    ]


@pytest.mark.parametrize(
    ("where", "more", "expected"),
    [
        (["outcome=won"], {}, ["lead:1"]),
        (["outcome=won,lost", "employee=anna"], {}, ["lead:1", "deal:13"]),
        (["channel=site"], {}, ["lead:1", "lead:2"]),
        (["channel="], {}, ["deal:13"]),
        (["employee="], {}, ["lead:4"]),
        (["is_target=нет"], {}, ["lead:2"]),
        (["is_target=true,"], {}, ["lead:1", "deal:13", "lead:4"]),
        (["segment=A,B"], {}, ["lead:1", "lead:2"]),
        (["weekday=2"], {}, ["lead:1", "deal:13"]),
        ([], {"period": march()}, ["lead:2", "deal:13", "lead:4"]),
        ([], {"period": march(), "axis": "closed"}, ["lead:1", "deal:13"]),
        ([], {"pipeline": "sales"}, ["lead:1"]),
        ([], {"pipeline": "repeat"}, ["lead:2", "deal:13"]),
        (["employee=boris"], {"entity": "deal"}, ["11", "12"]),
        (["is_target=true"], {"entity": "deal"}, ["11", "14"]),
        ([], {"entity": "deal", "period": march()}, ["14", "12", "13"]),
        ([], {"entity": "deal", "pipeline": "repeat"}, ["12", "13"]),
        ([], {"entity": "lead"}, ["1", "2", "4"]),
        (["pipeline=sales"], {"entity": "lead"}, []),
        ([], {"entity": "lead", "axis": "closed", "period": march()}, ["1"]),
    ],
)
def test_cases_are_chosen(lake: MemoryEngine, where: list[str], more: dict[str, object], expected: list[str]) -> None:
    assert cases(metrics_over(lake), asked(*where, **more)) == expected


def test_a_deal_has_its_own_events_and_money_and_a_lead_those_before_its_deals(lake: MemoryEngine) -> None:
    metrics = metrics_over(lake)
    assert events(metrics, asked(entity="deal")) == [(0, 2), (2, 4), (2, 3), (3, 3)]
    assert events(metrics, asked(entity="lead")) == [(0, 4)]
    names = ["won_amount_home", "open_amount_home", "lost_amount_home"]
    money = records(metrics.journeys(asked(entity="deal"), names))
    assert [tuple(row[name] for name in names) for row in money] == [
        (100, 0, 0), (0, 70, 0), (0, 50, 0), (0, 0, 30)
    ]  # fmt: skip


def test_events_of_another_pipeline_are_left_out(lake: MemoryEngine) -> None:
    assert events(metrics_over(lake), asked(pipeline="repeat")) == [(0, 4), (0, 3), (1, 3)]
    assert events(metrics_over(lake), asked(pipeline="sales")) == [(0, 4), (0, 2)]


def always(*names: str) -> Scope:
    return Scope.of(*(f"name:{name}" for name in names))


def within(name: str, first: str, beyond: str) -> Scope:
    return Scope(spans=(Span(f"name:{name}", date.fromisoformat(first), date.fromisoformat(beyond)),))


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (always("anna"), ["lead:1", "deal:13"]),
        (always("clara"), ["lead:1"]),  # a part of another role
        (always("boris", "clara"), ["lead:1", "lead:2"]),
        (Scope(), []),
        (Scope(unowned=True), []),
        (within("anna", "2026-02-17", "2026-02-18"), ["lead:1"]),  # the last day of her week
        (within("anna", "2026-02-18", "2026-03-03"), []),
        (within("anna", "2026-03-01", "2026-03-04"), ["deal:13"]),
        (within("boris", "2026-03-11", "2026-03-12"), ["lead:2"]),  # his deal was closed the day before
    ],
)
def test_a_case_is_seen_whole_or_not_at_all(lake: MemoryEngine, scope: Scope, expected: list[str]) -> None:
    metrics = metrics_over(lake)
    seen = asked(scope=scope)
    assert cases(metrics, seen) == expected
    whole = {case: [step for place, step in events(metrics, asked()) if place == n]
             for n, case in enumerate(cases(metrics, asked()))}  # fmt: skip
    found = events(metrics, seen)
    assert {case: [step for place, step in found if place == n] for n, case in enumerate(expected)} == {
        case: whole[case] for case in expected
    }


def test_a_deal_or_a_lead_is_seen_by_its_own_owners(lake: MemoryEngine) -> None:
    metrics = metrics_over(lake)
    assert cases(metrics, asked(scope=always("anna"), entity="deal")) == ["14", "13"]
    assert cases(metrics, asked(scope=always("boris"), entity="lead")) == ["2"]
    assert cases(metrics, asked(scope=within("boris", "2026-03-10", "2026-03-11"), entity="deal")) == ["11", "12"]


def test_the_owner_of_then_or_of_now_is_asked_for(lake: MemoryEngine) -> None:
    lake.columns("fct_journeys")
    lake.connection.execute("UPDATE fct_journeys SET employee_id = 'name:boris' WHERE number = 3")
    metrics = metrics_over(lake)
    assert cases(metrics, asked("employee=Boris")) == ["lead:2"]
    assert cases(metrics, asked("employee=Boris", owner="now")) == ["lead:2", "deal:13"]
    found = records(metrics.journeys(asked(owner="now"), ["employee_id"]))
    assert [row["employee_id"] for row in found] == ["name:anna", "name:boris", "name:boris", None]


def test_a_deleted_case_is_not_there(lake: MemoryEngine) -> None:
    for fact in ("fct_journeys", "fct_deals"):
        lake.columns(fact)
        lake.connection.execute(f"UPDATE {fact} SET deleted_at = created_at WHERE deal_id = '13'")
    metrics = metrics_over(lake)
    assert cases(metrics, asked()) == ["lead:1", "lead:2", "lead:4"]
    assert cases(metrics, asked(entity="deal")) == ["11", "14", "12"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (asked(kinds=("stages",)), "Unknown kind of event: stages. Did you mean stage"),
        (asked(kinds=()), "No kind of event was asked for"),
        (asked(pipeline="sale"), "Unknown pipeline: sale. Did you mean sales"),
        (asked(entity="deals"), "Unknown case: deals. Did you mean deal"),
        (asked(axis="create"), "Unknown time of journeys: create. Did you mean created"),
        (asked("chanel=Site"), "Unknown dimension of journeys: chanel. Did you mean channel"),
        (asked("channel=Syte"), "No such channel: Syte. Did you mean Site"),
        (asked("is_target=perhaps"), "is_target is true or false: perhaps"),
        (asked("weekday=8"), "weekday is a number from 1 to 7: 8"),
        (asked("stage=Won", entity="journey", kinds=("stage", "x")), "Unknown kind of event: x"),
    ],
)
def test_a_name_of_nothing_is_refused(lake: MemoryEngine, query: JourneysQuery, said: str) -> None:
    refused: tuple[Callable[[JourneysQuery], object], ...] = (metrics_over(lake).journeys, metrics_over(lake).events)
    for ask in refused:
        with pytest.raises(QuestionError, match=said):
            ask(query)


def test_columns_there_are_not_are_refused(lake: MemoryEngine) -> None:
    with pytest.raises(QuestionError, match=r"Unknown column of events: emploee_id\. Did you mean employee_id"):
        metrics_over(lake).events(asked(), ["emploee_id"])
    with pytest.raises(QuestionError, match=r"Unknown column of journeys: titel\. Did you mean title"):
        metrics_over(lake).journeys(asked(), ["titel"])


def test_values_go_in_as_parameters(lake: MemoryEngine) -> None:
    query = asked("segment=A' OR true --", scope=within("anna", "2026-01-01", "2026-12-31"), pipeline="sales",
                  period=march())  # fmt: skip
    assert cases(metrics_over(lake), query) == []
    sql, parameters = lake.asked[-1]
    assert "OR true" not in sql
    assert {"A' OR true --", "sales", "name:anna", date(2026, 3, 1)} <= set(parameters.values())


def test_cases_and_events_of_one_version_come_together_or_not_at_all(lake: MemoryEngine) -> None:
    metrics = metrics_over(lake)
    found = metrics.journey_tables(asked(), ["outcome"], ["kind"])
    assert (found.journeys.num_rows, found.events.num_rows, found.steps.num_rows, found.data_version) == (4, 5, 5, "1")
    assert found.journeys.column_names == ["place", "case_id", "outcome"]
    assert found.events.column_names[-1] == "kind"

    class Building(MemoryEngine):
        """A lake of which builds end all the time."""

        def data_version(self) -> str:
            """Return another version every time."""
            lake.version += 1
            return str(lake.version)

    building = Building()
    building.__dict__.update(lake.__dict__)
    with pytest.raises(RetryError):
        metrics_over(building).journey_tables(asked())
