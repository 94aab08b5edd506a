from pathlib import Path

import pytest

import voronka.transform
from voronka.domain.documents import read_own_yaml, read_yaml
from voronka.transform.header_names import squeezed
from voronka.transform.import_tables import import_tables
from voronka.transform.vendor_layouts import known_words, layouts, recognised_layout

AMO = ["ID", "Название сделки", "Бюджет ", "Этап сделки", "Ответственный", "Кем редактирована"]
HUBSPOT = ["Record ID", "Deal Name", "Deal Stage", "Deal owner", "Amount", "Close Date"]


def test_an_export_is_told_by_headers_that_only_it_has() -> None:
    found = recognised_layout(AMO)
    assert found is not None
    assert (found.layout.vendor, found.layout.table) == ("amoCRM", "deals")
    assert found.reason == (
        "the headers are those of amoCRM's export of deals, such as «Название сделки», «Бюджет », «Этап сделки»"
    )


def test_too_few_signs_tell_nothing() -> None:
    assert recognised_layout(["ID", "Название сделки", "Ответственный"]) is None
    assert recognised_layout([]) is None


def test_what_must_be_there_must() -> None:
    assert recognised_layout([header for header in HUBSPOT if header != "Deal Stage"]) is None
    found = recognised_layout(HUBSPOT)
    assert found is not None
    assert found.layout.vendor == "HubSpot"


def test_a_header_of_another_vendor_speaks_against_it() -> None:
    assert recognised_layout([*HUBSPOT, "Responsible person"]) is None


def test_only_exports_of_the_table_asked_for_count() -> None:
    assert recognised_layout(AMO, "leads") is None
    assert recognised_layout(AMO, "deals") is not None


@pytest.mark.parametrize("layout", layouts(), ids=lambda layout: f"{layout.vendor} {layout.table}")
def test_a_layout_names_columns_that_there_are_and_can_be_met(layout) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    known = import_tables()[layout.table].columns
    assert set(layout.columns) | set(layout.together) <= set(known)
    assert layout.signs, "nothing would tell it"
    assert layout.least <= len(layout.signs)
    assert not layout.signs & layout.without
    named = {name for names in (*layout.columns.values(), *layout.together.values()) for name in names}
    assert not named & set(layout.not_ours), "a header cannot be ours and not ours"


def test_headers_of_tables_and_of_exports_are_known_to_who_looks_for_a_header() -> None:
    assert squeezed("Ответственный") in known_words()
    assert squeezed("Ответственный за контакт") in known_words()
    assert squeezed("Deal - Lost reason") in known_words()


@pytest.mark.parametrize(
    "file", sorted(Path(voronka.transform.__path__[0]).glob("**/*.yml")), ids=lambda file: file.name
)
def test_what_is_read_fast_is_what_a_strict_reader_reads(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert read_own_yaml(text) == read_yaml(text, file.name)
