"""Figures counted under other stages and calendars before anything is written, worked out by hand."""

from datetime import date

from voronka.pipeline.foreseeing import (
    Restaging,
    StageCounts,
    StandingRecord,
    WorkingTime,
    month_of,
    stage_counts,
    working_time,
)
from voronka.settings import Settings
from voronka.transform.pipelines import Pipeline, pipeline_of

SALES = """\
pipeline: sales
stages:
  - { id: New }
  - { id: Talks, match: [Встреча] }
  - { id: Offer, milestone: proposal }
  - { id: Won, outcome: won }
  - { id: Lost, outcome: lost }
"""
STANDING = [
    StandingRecord("1", "New", "open"),
    StandingRecord("2", "Talks", "open"),
    StandingRecord("3", "Offer", "open"),
    StandingRecord("4", "Won", "won"),
    StandingRecord("5", "Lost", "lost"),
    StandingRecord("6", "Strange", "open"),
    StandingRecord("7", "New", "won"),
    StandingRecord("8", None, None),
]
ENTERED = [("5", "Offer"), ("1", "New"), ("gone", "Offer")]


def sales(*changes: tuple[str, str]) -> Pipeline:
    text = SALES
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return pipeline_of(text, "sales.yml")


def counted(before: Pipeline | None, after: Pipeline) -> StageCounts:
    return stage_counts(Restaging(before, after), STANDING, ENTERED)


def test_records_are_counted_by_the_stages_as_they_stand() -> None:
    """Open: 1, 2, 3, 6 outside, 8 without a stage; the source says of 7 that it is won. In Offer were 3, 4, 5."""
    assert counted(sales(), sales()) == StageCounts({"open": 5, "won": 2, "lost": 1}, 1, {"proposal": 3})


def test_other_stages_count_otherwise_and_what_the_source_says_of_a_record_stays() -> None:
    """From the talks on deal 2 has reached the milestone too; Strange is lost now; New is lost, but not deal 7."""
    after = sales(("{ id: Talks,", "{ id: Talks, milestone: proposal,"), ("lost }", "lost, match: [strange] }"))
    assert counted(sales(), after) == StageCounts({"open": 4, "won": 2, "lost": 2}, 0, {"proposal": 4})
    lost = sales(("{ id: New }", "{ id: New, outcome: lost }"))
    assert counted(sales(), lost).outcomes == {"open": 4, "won": 2, "lost": 2}


def test_a_stage_left_out_leaves_its_records_open_and_outside() -> None:
    """Offer is gone, and the milestone with it: deals 3 and 6 are outside."""
    after = sales(("  - { id: Offer, milestone: proposal }\n", ""))
    assert counted(sales(), after) == StageCounts({"open": 5, "won": 2, "lost": 1}, 2, {})


def test_a_stage_that_goes_elsewhere_is_reached_by_others() -> None:
    """Offer stands first: whoever is in the pipeline has reached it, but for deal 6 outside and 8 without a stage."""
    after = sales(
        ("  - { id: Offer, milestone: proposal }\n", ""),
        ("stages:\n", "stages:\n  - { id: Offer, milestone: proposal }\n"),
    )
    assert counted(sales(), after).milestones == {"proposal": 6}


def test_under_no_file_all_is_open_and_outside() -> None:
    bare = [StandingRecord("1", "New", "open"), StandingRecord("2", "Won", "open")]
    nothing = sales().model_copy(update={"stages": ()})
    assert stage_counts(Restaging(None, nothing), bare, []) == StageCounts({"open": 2}, 2, {})
    assert stage_counts(Restaging(None, sales()), bare, []) == StageCounts({"open": 1, "won": 1}, 0, {"proposal": 1})


def test_names_that_are_parted_cannot_be_counted() -> None:
    parted = sales((", match: [Встреча]", ""), ("{ id: New }", "{ id: New, match: [Встреча] }"))
    assert Restaging(sales(), parted).unclear(["New", "Talks", "Strange"]) == ["Talks"]
    assert Restaging(sales(), sales()).unclear(["New", "Talks", "Strange"]) == []


def test_working_time_is_that_of_the_calendar() -> None:
    """March 2026 has 22 weekdays from Monday to Friday; without public holidays, eight or nine hours each."""
    whole = (date(2026, 3, 1), date(2026, 3, 31))
    assert month_of(date(2026, 3, 2)) == whole
    assert month_of(date(2026, 12, 31)) == (date(2026, 12, 1), date(2026, 12, 31))
    bare = {"country": "", "working_hours": "09:00-17:00"}
    assert working_time(Settings.model_validate({"calendar": bare}), *whole) == WorkingTime(22, 176.0)
    off = {**bare, "days_off": ["2026-03-09"], "working_hours": "09:00-18:00"}
    assert working_time(Settings.model_validate({"calendar": off}), *whole) == WorkingTime(21, 189.0)
