from voronka.connectors.files.row_ends import learned_ends

NAMES = [["1", "Ann", "5"], ["2", "Bob", "7"], ["3", "Eve", ""]]


def test_one_empty_value_too_many_is_a_shift_where_the_last_column_may_be_empty() -> None:
    ends = learned_ends(3, 3, [["1", "Ann", ""], ["2", "Bob", ""], ["3", "pipe", "steel", ""]])
    assert ends.fit(["3", "pipe", "steel", ""]) is None
    assert ends.fit(["1", "Ann", ""]) == ["1", "Ann", ""]


def test_one_empty_value_too_many_is_left_out_where_the_last_value_is_in_its_place() -> None:
    ends = learned_ends(3, 3, NAMES)
    assert ends.fit(["4", "Zoe", "9", "", " "]) == ["4", "Zoe", "9"]
    assert ends.fit(["4", "Zoe", "Old", ""]) is None
    assert ends.fit(["4", "Zoe", "9", "1"]) is None


def test_a_value_that_the_column_before_may_hold_too_is_in_no_place() -> None:
    ends = learned_ends(3, 3, [["1", "100", "5"], ["2", "200", "7"]])
    assert ends.fit(["3", "100", "50", ""]) is None


def test_empty_values_that_most_records_end_in_are_left_out() -> None:
    ends = learned_ends(2, 2, [["1", "a", "", ""], ["2", "b", "", ""], ["3", "c"]])
    assert ends.spare == 2
    assert ends.fit(["4", "free text", "", ""]) == ["4", "free text"]
    assert ends.fit(["4", "free", "text", "", ""]) is None
    assert ends.fit(["4", "text", ""]) is None


def test_columns_without_a_name_at_the_end_may_be_left_out_or_empty() -> None:
    ends = learned_ends(3, 2, [["1", "a", ""], ["2", "b", ""], ["3", "c", "d"]])
    assert ends.is_open
    assert ends.fit(["1", "a"]) == ["1", "a", ""]
    assert ends.fit(["1"]) is None
    assert ends.fit(["3", "c", "d"]) is None


def test_columns_without_a_name_that_records_fill_are_columns() -> None:
    ends = learned_ends(3, 2, [["1", "a", "x"], ["2", "b", ""]])
    assert ends.fit(["3", "c", "d"]) == ["3", "c", "d"]


def test_nothing_is_learned_of_no_records() -> None:
    assert learned_ends(2, 2, []).fit(["1", "2", ""]) is None


def test_values_behind_the_last_column_are_shifted_where_many_records_have_them() -> None:
    shifted = [["1", "100", "50", "Ann"], ["2", "200", "75", ""], ["3", "300", "00", ""]]
    assert learned_ends(3, 3, shifted).fit(["2", "200", "75", ""]) is None
    remarked = [[str(number), "100", "Ann", ""] for number in range(40)]
    ends = learned_ends(3, 3, [*remarked, ["41", "100", "Ann", "call back"]])
    assert ends.fit(["2", "200", "Bob", ""]) == ["2", "200", "Bob"]
    assert ends.fit(["41", "100", "Ann", "call back"]) is None


def test_columns_that_were_left_out_may_be_there_or_not() -> None:
    ends = learned_ends(2, 2, [["1", "a", *[""] * 30], ["2", "b", *[""] * 30]], 30)
    assert ends.fit(["3", "c"]) == ["3", "c"]
    assert ends.fit(["3", "c", *[""] * 12]) == ["3", "c"]
    assert ends.fit(["3", "c", *[""] * 31]) is None
    assert ends.fit(["3", "c", "d", *[""] * 29]) is None
