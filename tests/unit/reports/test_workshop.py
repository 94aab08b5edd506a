"""Hypotheses are held against the company's own cases, as one reader sees them."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from tests.metrics.memory_engine import MemoryEngine, lake_of, metrics_over
from tests.reports.untold_lake import untold_lake
from tests.unit.reports.test_journey_path import STEPS
from voronka.domain.errors import QuestionError
from voronka.domain.hypotheses import Chosen, Claim
from voronka.domain.scope import Scope, Span
from voronka.reports.workshop import Workshop

HEAD = "number|position|step_number|kind|happened_at|happened_working_clock|entity_id|pipeline_id"
CALL, NEW, TALK, WON = 1, 3, 4, 5
OF_CASES = "number|journey_id|created_at|closed_at|outcome|employee|team|pipeline_id"
OWNED = "\n".join(
    [
        "number | employee | from_day | to_day",
        *(f"{n} | {'Anna' if n < 9 else 'Boris'} | 2026-03-02 | 9999-12-31" for n in range(1, 11)),
    ]
)
STAYS = """employee | team | valid_from | valid_to
    Anna  | West | 2020-01-01 |
    Boris | West | 2020-01-01 | 2026-01-01
    Boris | East | 2026-01-01 |"""
CHANNELS = "channel_id | name\nweb | Web"
STAGES = "pipeline_id | stage_id | title | position | in_model\nsales | New | New | 1 | true"


def cases() -> str:
    """Return ten cases: eight won of Anna's in the West, one lost and one open of Boris's in the East."""
    rows = [f"{n}|deal:{n}|2026-03-02 08:00|2026-03-05 10:00|won|Anna|West|sales" for n in range(1, 9)]
    rows.append("9|deal:9|2026-03-02 08:00|2026-03-05 10:00|lost|Boris|East|sales")
    rows.append("10|deal:10|2026-03-02 08:00||open|Boris|East|sales")
    return "\n".join([OF_CASES, *rows])


def events() -> str:
    """Return New at 9:00, a call at 10:00, Talk n hours after New and Won behind it; two have New and a call only.

    The clock of work shows half of the seconds since 9:00.
    """
    rows = []
    for number in range(1, 11):
        moments = [(NEW, 0), (CALL, 60), *([(TALK, 60 * number), (WON, 60 * number)] if number < 9 else [])]
        for place, (step, minutes) in enumerate(moments, start=1):
            kind = "activity" if step == CALL else "stage"
            at = f"2026-03-02 {9 + minutes // 60:02}:{minutes % 60:02}"
            rows.append(f"{number}|{place}|{step}|{kind}|{at}|{minutes * 30}|e|" + ("" if step == CALL else "sales"))
    return "\n".join([HEAD, *rows])


@pytest.fixture(scope="module")
def lake() -> MemoryEngine:
    return lake_of(
        fct_journeys=cases(),
        fct_events=events(),
        dim_step=STEPS,
        dim_stage=STAGES,
        employee_team=STAYS,
        fct_journey_owners=OWNED,
        dim_channel=CHANNELS,
    )


@pytest.fixture
def workshop(lake: MemoryEngine) -> Workshop:
    return Workshop(metrics_over(lake, today=date(2026, 3, 6)), Scope.everything())


SALES = Chosen(pipeline="sales")
TIME = Claim(kind="time", step="New", to="Talk", bound="most", value=8 * 3600.0, chosen=SALES)


def test_steps_are_named_as_people_do_and_kept_by_key(workshop: Workshop) -> None:
    known = workshop.understood(replace(TIME, chosen=replace(SALES, team="west")))
    assert (known.step, known.to, known.chosen.team) == ("stage:sales:New", "stage:sales:Talk", "name:west")
    assert workshop.understood(replace(TIME, step="call_out")).step == "call_out"


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        (replace(TIME, to="Tolk"), "there is no step Tolk. Did you mean Talk"),
        (replace(TIME, chosen=Chosen(pipeline="sale")), "no pipeline sale"),
        (replace(TIME, chosen=replace(SALES, team="Nord")), "no such team: Nord"),
        (replace(TIME, chosen=replace(SALES, where=(("channel", ("Wob",)),))), "Wob"),
        (replace(TIME, chosen=replace(SALES, where=(("colour", ("red",)),))), "colour"),
        (replace(TIME, kind="skip", step="Lost", to="", value=5.0), "no stage that leads on"),
        (replace(TIME, kind="skip", step="call_out", to="", value=5.0), "no stage that leads on"),
    ],
)
def test_what_there_is_not_is_refused(workshop: Workshop, claim: Claim, said: str) -> None:
    with pytest.raises(QuestionError, match=said):
        workshop.understood(claim)


def test_each_kind_is_measured_from_the_cases_as_they_are_now(workshop: Workshop) -> None:
    time = workshop.understood(TIME)
    reach = replace(time, kind="reach", bound="least", value=60.0)
    back = replace(time, kind="return", step=time.to, to=time.step, value=40.0)
    skip = replace(time, kind="skip", to="", step=time.to, value=50.0)
    found = workshop.look([time, reach, back, skip])
    # Talk came 1 .. 8 hours after New: the median is 4.5 h; one is lost, one is open still and may come
    assert (found[0].value, found[0].cases, found[0].open_cases) == (4.5 * 3600, 9, 1)
    assert (found[1].value, found[1].cases, found[1].open_cases) == (80.0, 10, 1)
    assert (found[2].value, found[2].cases, found[2].verdict) == (0.0, 8, "holds")
    # who was lost at once has skipped nothing: it left by an exit, or did so without an event
    assert found[3].cases == 10
    assert {each.data_version for each in found} == {found[0].data_version}


def test_a_working_clock_that_does_not_reach_until_now_is_missed(workshop: Workshop) -> None:
    working = replace(workshop.understood(TIME), clock="working")
    assert workshop.look([working])[0].reason == "no_clock"


def test_working_time_goes_by_the_companys_clock() -> None:
    calendar = """day | worked_before_seconds | opens_at | closes_at
        2026-03-06 | 100000 | 2026-03-06 06:00 | 2026-03-06 15:00"""
    lake_now = lake_of(
        fct_journeys=cases(), fct_events=events(), dim_step=STEPS, dim_stage=STAGES, dim_calendar=calendar
    )
    moment = datetime(2026, 3, 6, 12)  # noqa: DTZ001 - UTC without a zone
    now = metrics_over(lake_now, today=date(2026, 3, 6))
    now.company = replace(now.company, now=lambda: moment)
    workshop = Workshop(now, Scope.everything())
    working = replace(workshop.understood(TIME), clock="working")
    assert workshop.look([working])[0].value == 4.5 * 1800


def test_a_team_is_held_against_its_own_cases(workshop: Workshop) -> None:
    west = workshop.understood(
        replace(TIME, kind="reach", bound="least", value=60.0, chosen=replace(SALES, team="West"))
    )
    assert (workshop.look([west])[0].value, workshop.look([west])[0].cases) == (100.0, 8)


def test_a_reader_sees_the_cases_and_the_teams_of_their_scope(workshop: Workshop) -> None:
    time = workshop.understood(TIME)
    since = date(2026, 1, 1)
    of_boris = replace(workshop, scope=Scope(spans=(Span("name:boris", valid_from=since),)))
    assert of_boris.look([replace(time, kind="reach", value=60.0)])[0].cases == 2
    west, east = (replace(time, chosen=replace(SALES, team=team)) for team in ("name:west", "name:east"))
    assert [of_boris.sees(each) for each in (time, west, east)] == [True, False, True]
    assert [workshop.sees(each) for each in (time, west, east)] == [True, True, True]
    assert of_boris.understood(east) == east
    with pytest.raises(QuestionError, match="not yours to speak of"):
        of_boris.understood(west)
    always = replace(workshop, scope=Scope.of("name:boris"))
    assert always.sees(west)  # he was there, and sees what was his


def test_what_there_is_no_more_is_told_and_the_others_are_looked_at(workshop: Workshop) -> None:
    time = workshop.understood(TIME)
    gone = replace(time, step="stage:sales:Old")
    cut = replace(time, chosen=replace(SALES, where=(("channel", ("gone",)),)))
    assert [each.reason for each in workshop.look([gone, cut, time])][:2] == ["gone", "gone"]
    assert workshop.look([gone, cut, time])[2].value == 4.5 * 3600


def test_members_are_in_the_order_of_their_names(workshop: Workshop) -> None:
    assert list(workshop.members("team").items()) == [("name:east", "East"), ("name:west", "West")]


def test_cases_whose_stages_nobody_tells_speak_for_no_claim() -> None:
    # four deals began; of the third alone it is known that it came to New and to Won
    workshop = Workshop(metrics_over(untold_lake(), today=date(2026, 3, 16)), Scope.everything())
    claim = replace(TIME, kind="reach", step="deal_created", to="Won", value=50.0)
    [found] = workshop.look([workshop.understood(claim)])
    assert (found.cases, found.value) == (1, 100)
