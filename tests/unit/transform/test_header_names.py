import pytest

from voronka.transform.header_names import header_names, says, words
from voronka.transform.import_tables import import_tables


def best(table: str, header: str) -> str:
    return header_names()[table].matches(header)[0].ours


def test_every_table_has_names_for_columns_that_it_has() -> None:
    assert set(header_names()) == set(import_tables())
    for name, names in header_names().items():
        met = {ours for meanings in names.known.values() for _, _, ours, _ in meanings}
        assert met <= set(import_tables()[name].columns)


def test_spellings_of_one_name_are_the_same() -> None:
    assert words("CloseDate") == words("close_date") == words("Close Date#2") == ("close", "date")
    assert words("№ Приёма") == ("n", "приема")


@pytest.mark.parametrize(
    ("table", "header", "ours"),
    [
        ("ad_spend", "Impr.", "impressions"),
        ("stage_changes", "Когда", "changed_at"),
        ("touches", "Когда", "touched_at"),
        ("deals", "LEADID", "lead_id"),
        ("deals", "Deal - Deal created", "created_at"),
        ("deals", "Бюджет сделки, руб.", "amount"),
        ("deals", "Closing Date", "closed_at"),
        ("deals", "Expected Close Date", "expected_close_at"),
        ("calls", "Call Duration (in seconds)", "talk_seconds"),
        ("calls", "Call Owner Id", "employee_id"),
        ("tasks", "Task Owner", "employee"),
        ("leads", "Lead Status", "stage"),
        ("deals", "Probabilty", "probability"),
        ("employees", "Принят", "hired_on"),
        ("employees", "ID в CRM", "employee_id"),
        ("teams", "Руководитель ID", "lead_employee_id"),
        ("employees", "Уволен", "left_on"),
    ],
)
def test_a_header_is_known_without_brackets_units_and_words_of_its_table(table: str, header: str, ours: str) -> None:
    assert best(table, header) == ours


def test_an_owner_of_something_else_is_not_the_owner() -> None:
    assert header_names()["deals"].matches("Price Book Owner") == []


def test_a_phrase_is_found_by_whole_words() -> None:
    assert says("sales_pipeline_2024", "pipeline")
    assert not says("pipelines", "pipeline")


def test_an_id_is_never_nearly_another_id() -> None:
    assert header_names()["deals"].matches("Contract ID") == []
    assert [match.ours for match in header_names()["deals"].matches("Responsable")] == ["employee"]
