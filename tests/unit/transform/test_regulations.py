"""Which regulations are in force, of the settings and of the files of pipelines/."""

import pytest

from voronka.domain.errors import SettingsError
from voronka.settings import Settings
from voronka.transform.pipelines import Pipeline
from voronka.transform.regulations import regulation_rows, regulations_in_force


def pipeline(name: str, entity: str, *regulations: dict[str, object]) -> Pipeline:
    return Pipeline.model_validate(
        {"pipeline": name, "entity": entity, "stages": [{"id": "New"}], "regulations": list(regulations)}
    )


def first_response(minutes: int, **more: object) -> dict[str, object]:
    return {"id": "first_response", "start": "created", "stop": "first_outgoing", "minutes": minutes, **more}


def test_a_company_that_says_nothing_has_those_of_its_settings() -> None:
    settings = Settings.model_validate({"regulations": {"call_back_minutes": 30}})
    found = {
        each.regulation.id: (each.regulation.minutes, each.pipeline) for each in regulations_in_force(settings, [])
    }
    assert found == {
        "first_response": (15, None),
        "acceptance": (60, None),
        "call_back": (30, None),
        "next_task": (540, None),
    }


def test_a_pipeline_of_leads_binds_its_own_and_one_of_deals_binds_all_leads() -> None:
    inbound = pipeline("inbound", "leads", first_response(5))
    sales = pipeline("sales", "deals", first_response(30))
    found = [
        (each.regulation.minutes, each.pipeline)
        for each in regulations_in_force(Settings(), [inbound, sales])
        if each.regulation.id == "first_response"
    ]
    assert found == [(30, None), (5, "inbound")]


def test_two_files_may_not_say_two_things_about_the_same_leads() -> None:
    both = [pipeline("one", "deals", first_response(5)), pipeline("two", "deals", first_response(30))]
    with pytest.raises(SettingsError, match="first_response of leads stands in two pipelines: one and two"):
        regulations_in_force(Settings(), both)


def test_a_row_has_a_title_in_the_companys_language_and_a_place() -> None:
    own = first_response(5, title={"ru": "Ответ", "en": "Answer"}, owner="Head")
    other = {"id": "other", "start": "created", "stop": "accepted", "minutes": 1}
    rows = regulation_rows(Settings(), [pipeline("inbound", "leads", own, other)])
    assert [(row["regulation_id"], row["pipeline_id"], row["title"], row["position"]) for row in rows] == [
        ("first_response", None, "Первая реакция", 1),
        ("acceptance", None, "Взятие лида в работу", 2),
        ("call_back", None, "Перезвонить на пропущенный", 3),
        ("next_task", None, "Следующий шаг по сделке", 4),
        ("first_response", "inbound", "Ответ", 1),
        ("other", "inbound", "other", 5),
    ]
    assert rows[4]["owner"] == "Head"
    assert (rows[2]["entity"], rows[3]["entity"]) == ("call", "deal")
