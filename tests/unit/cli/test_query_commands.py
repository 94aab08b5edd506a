import csv
import io
import json
from collections.abc import Callable

import pytest

from tests.company import CompanyFolder
from tests.unit.cli.conftest import Voronka
from voronka.cli.query_commands import _is_unknown_everywhere

Ask = Callable[..., str]


@pytest.fixture
def ask(voronka: Voronka, built_company: CompanyFolder) -> Ask:
    """Return a function that asks the built company and returns the text printed."""

    def run(*arguments: str) -> str:
        result = voronka("query", *arguments, company=built_company)
        assert result.exit_code == 0, result.stderr
        return result.stdout

    return run


def test_an_answer_in_json_has_whole_numbers(ask: Ask) -> None:
    assert json.loads(ask("win_rate", "revenue", "cycle_days", "--format", "json")) == [
        {"win_rate": 75, "revenue": 1107.75, "cycle_days": (5 + 35 + 35) / 3}
    ]
    assert json.loads(ask("average_deal", "--format", "json")) == [{"average_deal": 369.25}]


def test_a_share_is_not_rounded(ask: Ask) -> None:
    text = ask("won_of_taken", "win_rate", "--where", "employee=Anna,Boris", "--format", "json")
    assert json.loads(text)[0]["win_rate"] == 100 * 2 / 3
    assert "66.66666666666667" in text


def test_money_as_text_keeps_every_digit(ask: Ask) -> None:
    assert json.loads(ask("revenue", "deals_won", "--money", "text", "--format", "json")) == [
        {"revenue": "1107.75", "deals_won": 3}
    ]


def test_an_answer_by_people_in_json_has_names_and_ids_and_null_for_not_given(ask: Ask) -> None:
    rows = json.loads(ask("deals_won", "--by", "employee", "--format", "json"))
    assert {row["employee"]: row["deals_won"] for row in rows} == {"Anna": 1, "Boris": 1, None: 1}
    assert all(("employee_id" in row) for row in rows)


def test_a_table_has_a_total_and_says_not_given_and_hides_ids(ask: Ask) -> None:
    lines = ask("deals_won", "revenue", "--by", "employee").splitlines()
    assert lines[0].split() == ["employee", "deals_won", "revenue"]
    cells = {line[:12].strip(): line.split()[-2:] for line in lines[2:]}
    assert cells == {
        "Anna": ["1", "100.50"],
        "Boris": ["1", "1,000.25"],
        "(не указано)": ["1", "7.00"],
        "ИТОГО": ["3", "1,107.75"],
    }


def test_a_dash_in_a_table_is_explained_below_it(voronka: Voronka, built_company: CompanyFolder) -> None:
    result = voronka("query", "win_rate", "--where", "employee=Anna", "--from", "2025-01-01", "--to", "2025-01-31",
                     company=built_company)  # fmt: skip
    assert result.stdout.splitlines()[-1].strip() == "–"
    assert "win_rate: – неизвестно: не на что делить, или неизвестна часть: 100 *" in result.stderr
    assert "voronka metrics explain win_rate" in result.stderr
    assert "неизвестно" not in voronka("query", "win_rate", company=built_company).stderr


def test_csv_is_read_by_every_tool(ask: Ask) -> None:
    rows = list(csv.DictReader(io.StringIO(ask("revenue", "--by", "team", "--by", "month", "--format", "csv"))))
    assert {(row["team"], row["month"]): row["revenue"] for row in rows} == {
        ("North", "2026-01"): "100.50",
        ("North", "2026-02"): "0.00",
        ("South", "2026-02"): "1000.25",
        ("", "2026-02"): "7.00",
    }


def test_a_period_a_comparison_and_a_filter(ask: Ask) -> None:
    period = ("--from", "2026-02-01", "--to", "2026-02-28")
    assert json.loads(ask("deals_won", "deals_lost", *period, "--compare", "previous", "--format", "json")) == [
        {"deals_won": 2, "deals_won_previous": 1, "deals_lost": 1, "deals_lost_previous": 0}
    ]
    assert json.loads(ask("deals_won", *period, "--where", "team=South", "--format", "json")) == [{"deals_won": 1}]
    assert json.loads(ask("deals_won", *period, "--where", "employee=", "--format", "json")) == [{"deals_won": 1}]


def test_an_envelope_has_titles_units_totals_and_the_version_of_the_data(ask: Ask) -> None:
    told = json.loads(ask("win_rate", "revenue", "--by", "team", "--envelope", "--money", "text"))
    columns = {column["name"]: column for column in told["columns"]}
    assert (columns["win_rate"]["unit"], columns["win_rate"]["title"]["en"]) == ("percent", "Win rate")
    assert columns["revenue"]["unit"] == "money"
    assert told["totals"] == {"win_rate": 75, "revenue": "1107.75"}
    assert len(told["rows"]) == 3
    assert 0 < len(told["data_version"]) < 40
    assert told["left_out"] == []


def test_intervals_are_added_to_shares(ask: Ask) -> None:
    (row,) = json.loads(ask("win_rate", "--intervals", "--format", "json"))
    assert row["win_rate_low"] < 75 < row["win_rate_high"]


def test_the_sql_is_shown_instead_of_the_answer(ask: Ask) -> None:
    assert "FROM fct_deals" in ask("deals_won", "--sql")


def test_an_answer_without_rows_still_has_its_columns(ask: Ask) -> None:
    nothing = ("revenue", "--by", "month", "--where", "team=South", "--where", "employee=Anna")
    assert json.loads(ask(*nothing, "--format", "json")) == []
    assert ask(*nothing, "--format", "csv").split() == ["month,revenue"]
    assert "(нет строк)" in ask(*nothing)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("win_rat",), "Unknown metric: win_rat. Did you mean win_rate?"),
        (("win_rate", "--by", "emploee"), "Unknown dimension: emploee. Did you mean employee"),
        (("win_rate", "--from", "2026-13-01", "--to", "2026-12-01"), "--from is not a day: 2026-13-01"),
        (("win_rate", "--to", "2026-03-01"), "a period needs --from"),
        (("win_rate", "--to", "2026-13-01"), "--to is not a day"),
        (("win_rate", "--from", "2026-03-02", "--to", "2026-03-01"), "ends before it begins"),
        (("win_rate", "--where", "team"), "Write dimension=value"),
        (("win_rate", "--where", "team=Nrth"), "Did you mean North?"),
        (("win_rate", "--where", "month=2026-01"), "Give the period's first and last day"),
        (("win_rate", "--compare", "previous"), "period"),
    ],
)
def test_what_cannot_be_answered_is_a_sentence_and_exit_code_two(
    voronka: Voronka, built_company: CompanyFolder, arguments: tuple[str, ...], said: str
) -> None:
    result = voronka("query", *arguments, company=built_company)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_first_day_alone_means_until_today(ask: Ask) -> None:
    assert json.loads(ask("deals_won", "--from", "2026-02-01", "--format", "json")) == [{"deals_won": 2}]


def test_filters_of_one_dimension_are_one(ask: Ask) -> None:
    both = ("--where", "team=North", "--where", "team=South")
    assert json.loads(ask("deals_won", *both, "--format", "json")) == [{"deals_won": 2}]


def test_a_completeness_that_is_unknown_everywhere_is_not_shown() -> None:
    assert _is_unknown_everywhere("deals_complete", [{"deals_complete": None}, {}])
    assert not _is_unknown_everywhere("deals_complete", [{"deals_complete": None}, {"deals_complete": True}])
    assert not _is_unknown_everywhere("deals", [{"deals": None}])


def test_the_records_behind_a_figure_are_printed_a_page_at_a_time(
    voronka: Voronka, built_company: CompanyFolder
) -> None:
    page = ("--records", "--limit", "2", "--format", "json")
    first = voronka("query", "deals_won", *page, company=built_company)
    rest = voronka("query", "deals_won", *page, "--offset", "2", company=built_company)
    rows = [*json.loads(first.stdout), *json.loads(rest.stdout)]
    assert (len(json.loads(first.stdout)), len(rows), len({row["id"] for row in rows})) == (2, 3, 3)
    assert sorted(row["amount"] for row in rows) == [7, 100.5, 1000.25]
    assert first.stderr.splitlines() == ["Записи 1-2 из 3: deals_won", "Дальше: --offset 2"]
    assert rest.stderr.splitlines() == ["Записи 3-3 из 3: deals_won"]


def test_the_records_of_a_formula_are_those_of_one_of_its_parts(voronka: Voronka, built_company: CompanyFolder) -> None:
    result = voronka("query", "win_rate", "--records", "--part", "deals_lost", "--format", "csv", company=built_company)
    assert len(list(csv.DictReader(io.StringIO(result.stdout)))) == 1
    assert result.stderr.splitlines() == ["Записи 1-1 из 1: deals_lost (win_rate)", "Другие части: deals_won: --part"]


def test_records_are_narrowed_as_their_figure_and_told_with_columns(ask: Ask) -> None:
    narrowed = ("--records", "--from", "2026-02-01", "--to", "2026-02-28", "--where", "team=South")
    told = json.loads(ask("deals_won", *narrowed, "--envelope", "--money", "text"))
    assert (told["total"], told["entity"], told["rows"][0]["amount"]) == (1, "deal", "1000.25")
    assert "employee" in {column["name"] for column in told["columns"]}
    assert json.loads(ask("deals_won", *narrowed, "--offset", "5", "--format", "json")) == []
    assert "Boris" in ask("deals_won", *narrowed)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("deals_won", "--records", "--by", "team", "--sql"), "--records has no --by, --sql"),
        (("deals_won", "revenue", "--records"), "--records are of one metric, not of 2"),
        (("win_rate", "--records", "--part", "calls"), "win_rate has no part: calls"),
        (("deals_won", "--records", "--sort", "amounts"), "Did you mean amount?"),
    ],
)
def test_records_that_cannot_be_had_are_a_sentence(
    voronka: Voronka, built_company: CompanyFolder, arguments: tuple[str, ...], said: str
) -> None:
    result = voronka("query", *arguments, company=built_company)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_the_variant_in_force_is_told_beside_the_table(voronka: Voronka, built_company: CompanyFolder) -> None:
    assert "win_rate: вариант by_count" in voronka("query", "win_rate", company=built_company).stderr.splitlines()
    told = json.loads(voronka("query", "win_rate", "--envelope", company=built_company).stdout)
    assert told["columns"][0]["variant"] == "by_count"
