import pytest

from voronka.connectors.files.closing_rows import Kind, RowKinds

HEADER = ["ID", "Client", "Sum", "Day"]
KNOWN = frozenset({"phone", "email", "city", "source"})


def _kinds(*first_values: str) -> RowKinds:
    kinds = RowKinds(HEADER, KNOWN)
    for value in first_values or ("1", "2", "15"):
        kinds.learn([value, "Ann", "5", ""])
    return kinds


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["1", "Ann", "5", ""], Kind.DATA),
        (["17", "Total Ltd", "5", ""], Kind.DATA),
        (["", " ", "", ""], Kind.BLANK),
        (["id", " CLIENT ", "Sum", "Day"], Kind.HEADER),
        (["ID", "Client", "Sum"], Kind.OTHER_HEADER),
        (["Phone", "Email", "City", "Source"], Kind.OTHER_HEADER),
        (["Итого", "", "1 300,50", ""], Kind.TOTAL),
        (["Всего:", "", "12 500 ₽", "2"], Kind.TOTAL),
        (["Итого", "", "0:10:00", ""], Kind.TOTAL),
        (["Итого", "", "1 day, 3:30:00", "5"], Kind.TOTAL),
        (["Итого", "", "1900-01-01T03:30:00", ""], Kind.TOTAL),
        (["Total", "", "27 ч 30 мин", ""], Kind.TOTAL),
        (["Total", "", "05.03.2024 10:00", ""], Kind.DATA),
        (["", "Total", "5", ""], Kind.TOTAL),
        (["Grand total", "", "$5,000.00", ""], Kind.TOTAL),
        (["Итого по отделу", "", "5", ""], Kind.TOTAL),
        (["Всего: 2", "", "30", ""], Kind.TOTAL),
        (["Итого 15 сделок", "", "30", ""], Kind.TOTAL),
        (["Итого Иванов Иван", "", "5", ""], Kind.TOTAL),
        (["Итого Иванов Иван", "", "", ""], Kind.DATA),
        (["Total: Account", "--", "1,200.50", "USD"], Kind.TOTAL),
        (["Итого и средние", "", "5", "7"], Kind.TOTAL),
        (["Сумма", "", "5", ""], Kind.TOTAL),
        (["Сумма", "5", "5", "7"], Kind.DATA),
        (["Total: Account", "Ann", "1,200.50", "USD"], Kind.DATA),
        (["Анна Итог", "", "5", ""], Kind.TOTAL),
        (["", "Ann Total:", "5", ""], Kind.TOTAL),
        (["Ann Total", "", "5", "2026-03-01"], Kind.DATA),
        (["Ann Total", "", "", "2026-03-01"], Kind.DATA),
        (["Ann Total", "Bob", "", ""], Kind.DATA),
        (["Total Energies", "", "5", ""], Kind.DATA),
        (["Итого-5", "Ann", "5", ""], Kind.DATA),
        (["Totally new", "", "5", ""], Kind.DATA),
        (["Total", "Ann", "5", ""], Kind.DATA),
        (["Итого", "3", "5", "7"], Kind.TOTAL),
        (["Total", "3", "5", "05.03.2024"], Kind.DATA),
        (["---", "------", "-----", "---"], Kind.BLANK),
        (["-", "-", "-", "-"], Kind.DATA),
        (["9", "Total", "5", ""], Kind.DATA),
    ],
)
def test_rows_are_told_apart_by_their_cells(cells: list[str], kind: Kind) -> None:
    assert _kinds().of(cells) is kind


@pytest.mark.parametrize(
    ("cells", "is_whole"),
    [
        (["Сформировано 01.02.2024", "", "", ""], True),
        (["Made by Ann", "", "", ""], True),
        (["Records: 3"], False),
        (["----------"], False),
        (["Report made on 1.2.2024", " Ann"], False),
        (["Manager:", "Ann"], False),
    ],
)
def test_remarks_below_a_table_are_known(cells: list[str], *, is_whole: bool) -> None:
    assert _kinds().may_close(cells, is_whole=is_whole)


@pytest.mark.parametrize(
    ("cells", "is_whole"),
    [
        (["18", "", "", ""], True),
        (["18", "Ann"], False),
        (["18"], False),
        (["x", "Ann", "5", ""], True),
    ],
)
def test_records_are_no_remarks(cells: list[str], *, is_whole: bool) -> None:
    assert not _kinds().may_close(cells, is_whole=is_whole)


def test_a_name_alone_is_no_remark_where_names_are_the_first_values() -> None:
    assert not _kinds("Ann Lee", "Bob", "Cid Day").may_close(["Dan Roe", "", "", ""], is_whole=True)


def test_most_records_are_known_at_a_glance() -> None:
    kinds = _kinds()
    assert kinds.is_surely_data("17", "x")
    assert kinds.is_surely_data('"Ann Lee"', "x")
    assert not kinds.is_surely_data("Total for March", "x")
    assert not kinds.is_surely_data("Client", "x")
    assert not kinds.is_surely_data("Ann", "Day")
    assert not kinds.is_surely_data("", "x")


def test_a_value_is_like_the_others_of_the_first_column() -> None:
    assert _kinds().is_like("77")
    assert not _kinds().is_like("the end")
    assert not _kinds("D-1", "D-2").is_like("the end")
    assert RowKinds(HEADER).is_like("anything at all")


def test_words_of_headers_are_no_header_where_all_rows_are_words() -> None:
    kinds = RowKinds(["Kind", "Source", "City"], KNOWN | {"call"})
    kinds.learn(["Call", "Site", "Riga"])
    assert kinds.of(["Email", "Phone", "City"]) is Kind.DATA
