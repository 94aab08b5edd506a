"""How regulations are kept, at the command line: METRICS.md's first responses at 10:20 on a Monday."""

import json

import pytest

from tests.company import CompanyFolder, at
from tests.unit.cli.conftest import Voronka
from voronka.cli.regulation_commands import titles_of

LEADS = """\
id,made,answered,who,stage
1,2026-03-13 17:55,2026-03-16 09:05,Anna,new
2,2026-03-16 10:00,,Anna,new
3,2026-03-16 10:10,,Boris,new
"""
PIPELINE = """\
pipeline: leads
entity: leads
stages: [{ id: new }, { id: talks, title: Talks }, { id: lost, outcome: lost }]
regulations:
  - { id: first_response, start: created, stop: first_outgoing, minutes: 15, owner: Head, version: 2,
      reviewed_on: 2026-02-01 }
"""
NOTHING = {"due": 0, "kept": 0, "breached": 0, "waiting": 0, "within": None, "median_minutes": None, "never": 0}
NOTHING["unsure"] = 0


@pytest.fixture(scope="module")
def morning(tmp_path_factory: pytest.TempPathFactory) -> CompanyFolder:
    """Return a company whose data are known until 10:20."""
    company = CompanyFolder(tmp_path_factory.mktemp("sla"), settings='language = "en"')
    columns = {
        "lead_id": "id",
        "created_at": "made",
        "first_response_at": "answered",
        "employee": "who",
        "stage": "stage",
    }
    company.stream("crm", "leads", LEADS, into="leads", columns=columns)
    company.sources["crm"]["urls"] = {"lead": "https://crm.example/leads/{id}"}
    company.space("crm", "crm")
    company.pipeline(PIPELINE, "leads")
    company.load()
    company.now = at("2026-03-16 07:20")
    company.build()
    return company


def test_each_regulation_says_what_was_due_and_what_became_of_it(voronka: Voronka, morning: CompanyFolder) -> None:
    result = voronka("sla", "--format", "json", company=morning)
    assert result.exit_code == 0
    # one in ten minutes, one overdue by five, one with five left; the median is above what half have waited for
    first = {"due": 3, "kept": 1, "breached": 1, "waiting": 1, "within": 50, "median_minutes": None, "never": 1}
    first["unsure"] = 0
    assert json.loads(result.stdout) == [
        {"regulation": "first_response", **first},
        {"regulation": "acceptance", **NOTHING},
        {"regulation": "call_back", **dict.fromkeys(NOTHING)},  # no source of this company tells of calls or deals
        {"regulation": "next_task", **dict.fromkeys(NOTHING)},
    ]
    assert list(json.loads(result.stdout)[0]) == ["regulation", *first]


def test_it_is_cut_filtered_and_of_a_period(voronka: Voronka, morning: CompanyFolder) -> None:
    by = voronka("sla", "--by", "employee", "--format", "json", company=morning)
    found = [(row["employee"], row["due"], row["within"]) for row in json.loads(by.stdout)]
    assert found == [("Anna", 2, 50), ("Boris", 1, None)]
    friday = voronka("sla", "--from", "2026-03-13", "--to", "2026-03-15", "--format", "json", company=morning)
    row = json.loads(friday.stdout)[0]
    assert (row["due"], row["within"], row["median_minutes"]) == (1, 100, 10)
    anna = voronka("sla", "--where", "regulation=first_response", "--where", "employee=Anna", company=morning)
    assert anna.stdout.splitlines()[2].split() == ["First", "response", "2", "1", "1", "0", "50.00", "10", "min", "1"]
    csv = voronka("sla", "--by", "employee", "--format", "csv", company=morning).stdout.splitlines()
    assert csv[0] == "regulation,employee,employee_id,due,kept,breached,waiting,within,median_minutes,never,unsure"
    wrong = voronka("sla", "--where", "regulation=first_respons", company=morning)
    assert wrong.exit_code == 2
    # it is asked for by its id, and so the id is proposed
    assert "No such regulation: first_respons. Did you mean first_response?" in wrong.stderr


def test_the_table_says_who_answers_for_what_and_which_steps_have_none(
    voronka: Voronka, morning: CompanyFolder
) -> None:
    said = voronka("sla", company=morning).stderr.splitlines()
    assert said[0] == (
        "First response (first_response): 15 min, working time; owner: Head, version: 2, last review: 2026-02-01"
    )
    assert said[3].startswith("Next step of a deal (next_task): 9 h, working time; owner: not given")
    assert said[4:] == ["Steps of the pipeline “leads” without a regulation: Talks"]
    whole = json.loads(voronka("sla", "--envelope", company=morning).stdout)
    assert whole["steps_without"] == [{"pipeline": "leads", "steps": ["Talks"]}]
    assert (whole["regulations"][0]["owner"], whole["rows"][0]["due"]) == ("Head", 3)
    assert whole["known_until"] == "2026-03-16T07:20:00"


def test_live_lists_what_is_due_now_and_what_is_overdue(voronka: Voronka, morning: CompanyFolder) -> None:
    rows = json.loads(voronka("sla", "--live", "--format", "json", company=morning).stdout)
    assert rows[0] == {
        "regulation": "first_response",
        "state": "waiting",
        "entity": "lead",
        "id": "crm:3",
        "title": None,
        "employee": "Boris",
        "employee_id": rows[0]["employee_id"],
        "since": "2026-03-16T10:10:00",
        "due_at": "2026-03-16T10:25:00",
        "minutes_over": -5,
        "url": "https://crm.example/leads/3",
    }
    assert [(row["id"], row["state"], row["minutes_over"]) for row in rows[1:]] == [("crm:2", "overdue", 5)]
    table = voronka("sla", "--live", "--limit", "1", company=morning)
    assert "5 min left" in table.stdout
    assert table.stderr == "1 of 2 are shown; all of them with --limit 2 or in --format json\n"
    nobody = voronka("sla", "--live", "--where", "regulation=call_back", company=morning)
    assert nobody.stdout == "Nobody waits for anything now.\n"


def test_regulations_of_one_title_are_told_apart_by_their_ids() -> None:
    named = {"first_response": "First response", "first_response:b2b": "First response", "acceptance": "Acceptance"}
    known = [{"regulation_id": key, "title": title} for key, title in named.items()]
    assert titles_of(known) == {
        "first_response": "First response (first_response)",
        "first_response:b2b": "First response (first_response:b2b)",
        "acceptance": "Acceptance",
    }
