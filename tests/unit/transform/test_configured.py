import pytest

from voronka.settings import Settings
from voronka.transform.configured import CALENDAR, CONFIGURED, BuildInputs, calendar, configured
from voronka.transform.pipelines import Pipeline

PIPELINE = Pipeline.model_validate(
    {
        "pipeline": "sales",
        "match": {"source": "crm"},
        "stages": [
            {"id": "new", "title": {"ru": "Новая", "en": "New"}, "match": ["Новая ", "New"]},
            {"id": "won", "outcome": "won", "milestone": "sale"},
        ],
    }
)


def inputs(language: str = "ru") -> BuildInputs:
    settings = Settings.model_validate({"currency": "RUB", "language": language, "ramp": {"months": [25, 50]}})
    return BuildInputs(settings, (), (PIPELINE,), ("revenue", "calls"), 2027)


def test_stages_stand_in_the_order_of_their_pipeline_titled_in_the_companys_language() -> None:
    shown = [
        (row["position"], row["stage_id"], row["title"], row["outcome"]) for row in configured("cfg_stages", inputs())
    ]
    assert shown == [(1, "new", "Новая", "open"), (2, "won", "won", "won")]
    assert configured("cfg_stages", inputs("en"))[0]["title"] == "New"


def test_a_stage_is_known_by_its_id_and_by_what_sources_call_it() -> None:
    keys = [(row["stage_id"], row["name_key"]) for row in configured("cfg_stage_names", inputs())]
    assert keys == [("new", "new"), ("new", "новая"), ("won", "won")]


def test_lists_of_settings_are_rows() -> None:
    assert configured("cfg_additive_metrics", inputs()) == [{"metric": "calls"}, {"metric": "revenue"}]
    assert configured("cfg_ramp", inputs()) == [
        {"months_worked": 0, "share": 0.25},
        {"months_worked": 1, "share": 0.5},
    ]


@pytest.mark.parametrize("name", [name for name in CONFIGURED if name != CALENDAR])
def test_rows_have_the_columns_of_their_table(name: str) -> None:
    assert all(set(row) == set(CONFIGURED[name]) for row in configured(name, inputs()))


def test_the_calendar_goes_to_the_end_of_its_last_year() -> None:
    assert str(calendar(inputs()).column("day").to_pylist()[-1]) == "2027-12-31"
