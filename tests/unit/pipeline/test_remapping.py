from pathlib import Path

import pytest

from voronka.domain.documents import parse_yaml
from voronka.domain.errors import InputError, SettingsError
from voronka.pipeline.remapping import Change, changes, remapped, with_names, write_columns
from voronka.transform.sources import Source, Stream

BLOCK = """\
source: crm
streams:
  deals:
    path: x/*
    into: deals
    key: No        # unique
    columns:  # ours: theirs
      deal_id: No  # the id
      # the amount
      amount: Sum
      won_reason: "= CASE WHEN Sum > 5 THEN 'big' END"
    # not mapped:
    #   Phone: 1, 2
  leads:
    path: y/*
    into: leads
    columns: { lead_id: No }
"""
HEADERS = ["No", "Sum", "Phone", "Title"]
COLUMNS = {"No": "deal_id", "Sum": "amount"}


def stream(name: str = "deals", text: str = BLOCK) -> Stream:
    return parse_yaml(text.replace("won_reason", "loss_reason"), Source, "crm.yml").streams[name]


EXPRESSION = stream().columns["loss_reason"]
AS_IT_WAS = {**COLUMNS, EXPRESSION: "loss_reason"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources/crm.yml").write_text(BLOCK.replace("won_reason", "loss_reason"), "utf-8")
    return tmp_path


def written(folder: Path, name: str, after: Stream) -> str:
    write_columns(folder, "crm", name, after)
    text = (folder / "sources/crm.yml").read_text("utf-8")
    assert parse_yaml(text, Source, "crm.yml").streams[name] == after
    return text


def test_what_is_chosen_as_it_was_changes_nothing() -> None:
    assert remapped(stream(), HEADERS, AS_IT_WAS) == stream()


def test_a_column_is_taken_another_left_out_and_every_other_line_stays(folder: Path) -> None:
    after = remapped(stream(), HEADERS, {"No": "deal_id", "Title": "title", EXPRESSION: "loss_reason"})
    assert dict(after.columns) == {"deal_id": "No", "loss_reason": EXPRESSION, "title": "Title"}
    text = written(folder, "deals", after)
    gone = set(BLOCK.replace("won_reason", "loss_reason").splitlines()) - set(text.splitlines())
    assert gone == {"      amount: Sum"}
    assert "      title: Title  # chosen on the page\n    # not mapped:" in text


def test_a_column_that_the_file_lacks_is_the_same_under_another_name(folder: Path) -> None:
    after = remapped(
        stream(), ["No", "Total, EUR"], {"No": "deal_id", "Total, EUR": "amount", EXPRESSION: "loss_reason"}
    )
    assert after.columns == stream().columns
    assert after.renamed == {"Sum": ("Total, EUR",)}
    text = written(folder, "deals", after)
    assert '    renamed:  # theirs: what it is called in later files\n      Sum: ["Total, EUR"]\n' in text
    again = with_names(after, {"Sum": "Всего"})
    assert again.renamed == {"Sum": ("Total, EUR", "Всего")}
    assert written(folder, "deals", again).count("renamed:") == 1
    assert not again.missing(["No", "всего"])


def test_a_column_that_the_file_lacks_is_not_left_out_by_not_being_chosen() -> None:
    after = remapped(stream(), ["No"], {"No": "deal_id", EXPRESSION: "loss_reason"})
    assert after.columns == stream().columns
    assert after.missing(["No"]) == ("Sum",)


def test_two_of_ours_that_share_a_column_stay_together() -> None:
    columns = {"deal_id": "No", "employee": "Owner", "employee_id": "Owner"}
    both = stream().model_copy(update={"columns": columns})
    headers = ["No", "Owner", "Title"]
    chosen = {"No": "deal_id", "Owner": "employee_id", "Title": "title"}
    assert dict(remapped(both, headers, chosen).columns) == {**columns, "title": "Title"}
    assert dict(remapped(both, headers, {"No": "deal_id"}).columns) == {"deal_id": "No"}


def test_columns_that_stand_on_one_line_get_lines_of_their_own(folder: Path) -> None:
    after = remapped(stream("leads"), HEADERS, {"No": "lead_id", "Phone": "phone"})
    assert "    columns:  # ours: theirs\n      lead_id: 'No'\n      phone: Phone\n" in written(folder, "leads", after)


@pytest.mark.parametrize("columns", [{"Phone": "deal_id", "Sum": "amount"}, {"Sum": "amount"}])
def test_what_records_are_known_by_stays(columns: dict[str, str]) -> None:
    for known in (stream(), stream().model_copy(update={"key": None})):
        with pytest.raises(InputError, match="known by No"):
            remapped(known, HEADERS, columns)


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"No": "deal"}, "no column deal"),
        ({"No": "deal_id", "Sum": "deal_id"}, "two columns"),
        ({"= 1": "amount"}, "not an expression"),
        ({}, "no column is chosen"),
    ],
)
def test_what_cannot_be_is_told(columns: dict[str, str], told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        remapped(stream(), HEADERS, columns)


def test_changes_say_what_is_otherwise() -> None:
    after = remapped(stream(), HEADERS, {"No": "deal_id", "Title": "title", "Phone": "amount"})
    assert changes(stream(), after, []) == [
        Change("other", "amount", "Sum", "Phone", 0, 0),
        Change("left", "loss_reason", EXPRESSION, "", 0, 0),
        Change("taken", "title", "", "Title", 0, 0),
    ]
    later = with_names(stream(), {"Sum": "Total"})
    assert changes(stream(), later, []) == [Change("renamed", "amount", "Sum", "Total", 0, 0)]
