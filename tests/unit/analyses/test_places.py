from voronka.analyses.places import Place, places


def test_who_has_as_much_shares_the_place_and_the_ones_after_it_stay_empty() -> None:
    found = places({"a": 5, "b": 3, "c": 3, "d": 1})
    assert {key: (place.number, place.is_shared) for key, place in found.items()} == {
        "a": (1, False),
        "b": (2, True),
        "c": (2, True),
        "d": (4, False),
    }


def test_all_who_did_nothing_share_one_place() -> None:
    assert set(places({"a": 0, "b": 0, "c": 0}).values()) == {Place(1, is_shared=True)}


def test_shares_of_records_that_add_up_to_the_same_are_the_same() -> None:
    assert places({"a": 0.1 + 0.2, "b": 0.3})["b"] == Place(1, is_shared=True)


def test_nobody_has_no_place() -> None:
    assert places({}) == {}
