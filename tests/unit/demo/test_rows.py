import numpy as np

from voronka.demo.rows import Rows, joined, repeated, texts

ROWS = Rows({"who": np.array([2, 1, 2]), "at": np.array([30, 20, 10])})


def test_rows_are_kept_by_a_mask_or_taken_by_position() -> None:
    assert ROWS.where(ROWS["at"] > 15)["at"].tolist() == [30, 20]
    assert ROWS.where(np.array([2, 0]))["at"].tolist() == [10, 30]


def test_rows_stand_in_the_order_of_the_foremost_column() -> None:
    assert ROWS.sorted_by("who", "at")["at"].tolist() == [20, 10, 30]


def test_a_column_is_added_or_takes_the_place_of_its_namesake() -> None:
    changed = ROWS.plus(at=np.array([1, 2, 3]), sum=np.array([4, 5, 6]))
    assert changed["at"].tolist() == [1, 2, 3]
    assert list(changed.columns) == ["who", "at", "sum"]
    assert ROWS["at"].tolist() == [30, 20, 10]


def test_tables_are_put_under_each_other_by_the_names_of_their_columns() -> None:
    other = Rows({"at": np.array([5]), "who": np.array([9])})
    both = joined([ROWS, other])
    assert (len(both), both["who"].tolist()) == (4, [2, 1, 2, 9])


def test_columns_are_chosen_in_the_order_asked() -> None:
    assert list(ROWS.only(["at", "who"]).columns) == ["at", "who"]


def test_no_columns_are_no_rows() -> None:
    assert len(Rows({})) == 0


def test_texts_and_copies_are_looked_up_by_position() -> None:
    assert texts(["a", None])[np.array([1, 0])].tolist() == [None, "a"]
    assert repeated(np.array([3, 0, 1])).tolist() == [0, 0, 0, 2]
