from voronka.connectors.files.header_rows import find_header, folded, hits, numbers_columns

TABLE = [["ID", "Client", "Sum"], ["1", "Ann", "5"], ["2", "Bob", "7"]]
KNOWN = frozenset({"id", "client", "sum", "manager", "nсделки"})


def test_names_are_compared_by_their_letters_and_digits() -> None:
    assert folded("\ufeff № Сделки_1 ") == "nсделки1"
    assert hits(["ID", "id", "Other", ""], {"id", "sum"}) == 1


def test_the_row_with_most_of_the_wanted_names_is_the_header() -> None:
    rows = [["Client: Ann", "", ""], ["Client", "Bob", ""], *TABLE]
    assert find_header(rows, ["client", "SUM"]) == 2


def test_else_the_first_row_of_known_words_is() -> None:
    rows = [["Period", "March", ""], ["Manager", "Ann", ""], *TABLE]
    assert find_header(rows, known=KNOWN) == 2
    assert find_header(rows, ["not there"], KNOWN) == 2


def test_else_the_first_row_as_wide_as_the_rows_below_is() -> None:
    table = [["x", "y", "z", ""], ["1", "2", "3", "4"], ["5", "6", "7", ""]]
    assert find_header(table) == 0
    assert find_header([["Report of March", "", "", ""], ["", "", "", ""], *table]) == 2
    assert find_header([["Group A", "", "Group B", ""], ["a", "b", "c", "d"], *table[1:]]) == 1


def test_names_of_groups_above_the_names_are_none_though_they_are_known_words_too() -> None:
    names = ["ID", "Client", "Manager", "Sum"]
    assert find_header([["Client", "", "", "Sum"], names, ["1", "Ann", "Bob", "5"]], known=KNOWN) == 1
    assert find_header([names, ["one", "Client", "Manager", "Sum"], ["two", "Ann", "Bob", "5"]], known=KNOWN) == 0
    assert find_header([["ID", "Client"], ["ID", "Client"], ["one", "Ann"]], known=KNOWN) == 0


def test_one_column_has_its_header_on_top_whatever_its_values_hold() -> None:
    assert find_header([["phone"], ["+7 912", " home"], ["+7 913"], ["+7 914"]]) == 0


def test_nothing_has_no_header() -> None:
    assert find_header([]) is None
    assert find_header([["", " "]]) is None


def test_a_row_that_counts_the_columns_is_told_from_records() -> None:
    assert numbers_columns(["1", " 2", "3", "4", "5", ""])
    assert not numbers_columns(["1", "2", "3"])
    assert not numbers_columns(["1", "2", "3", "4", "6"])
