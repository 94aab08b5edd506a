"""What settings and stages would make of figures, worked out by hand."""

from typing import Any, cast

from fastapi import Request

from voronka.bootstrap import OpenCompany
from voronka.domain.scope import Scope
from voronka.settings import Settings
from voronka.transform.pipelines import pipeline_of
from voronka.web.foreseen import settings_foreseen, stages_foreseen
from voronka.web.settings_shown import offered_to
from voronka.web.visitor import Visitor, rights_of


def looking(company: OpenCompany) -> Visitor:
    who = ("Анна", "admin", Scope.everything(), "ru", company, cast("Request", None))
    return Visitor(*who, rights=rights_of("admin"))


def foreseen(company: OpenCompany, name: str, **more: Any) -> tuple[bool, list[tuple[object, ...]]]:  # noqa: ANN401
    visitor = looking(company)
    (setting,) = (each for each in offered_to(visitor, company.settings) if each.name == name)
    tried = Settings.model_validate({**company.settings.model_dump(exclude_unset=True), **more})
    found = settings_foreseen(visitor, tried, [setting])
    return found.rebuilds, [(each.group, each.name, each.before, each.after) for each in found.figures]


def test_a_day_off_takes_a_day_and_its_hours_of_its_month_and_of_the_year(shared: OpenCompany) -> None:
    """20 March 2026 is a Friday, of nine hours, and no public holiday in Russia; April stays as it is."""
    rebuilds, figures = foreseen(shared, "calendar.days_off", calendar={"days_off": ["2026-03-20"]})
    assert rebuilds
    taken = [(group, before - after) for group, _, before, after in figures]  # type: ignore[operator]
    march, april, year = taken[:2], taken[2:4], taken[4:]
    assert march == year == [("working_days", 1), ("working_hours", 9)]
    assert april == [("working_days", 0), ("working_hours", 0)]


def test_a_variant_is_asked_of_the_month_before_and_builds_nothing(shared: OpenCompany) -> None:
    name = next(each.name for each in offered_to(looking(shared), shared.settings) if each.kind == "variant")
    metric = name.removeprefix("variants.")
    other = shared.metrics.catalogue.metric(metric).alternatives[-1].name
    rebuilds, figures = foreseen(shared, name, variants={metric: other})
    assert not rebuilds
    assert [each[:2] for each in figures] == [("metric", metric)]


def test_what_cannot_be_counted_at_once_has_no_figures(shared: OpenCompany) -> None:
    assert foreseen(shared, "ramp.months", ramp={"months": [50]}) == (True, [])


def test_a_pipeline_without_records_stays_at_nothing(shared: OpenCompany) -> None:
    pipeline = pipeline_of("pipeline: sales\nmatch: { source: none }\nstages: [{ id: New }]\n", "sales.yml")
    found = stages_foreseen(looking(shared), pipeline, None)
    assert [(each.group, each.before, each.after) for each in found.figures] == [
        *(("outcome", 0, 0) for _ in range(3)),
        ("outside", 0, 0),
    ]
