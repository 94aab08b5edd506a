from voronka.analyses.apportion import apportion, whole_above


def test_what_is_missing_goes_to_the_largest_remainders_and_the_first_of_equals() -> None:
    assert apportion(10, [3.5, 3.3, 3.2]) == [4, 3, 3]
    assert apportion(11, [3.5, 3.5, 3.0]) == [4, 4, 3]
    assert apportion(2, [0.5, 0.5, 0.5]) == [1, 1, 0]


def test_whole_parts_stay_though_sums_of_fractions_are_off() -> None:
    assert apportion(7, [0.1 * 30, 4.0]) == [3, 4]
    assert apportion(3, [2.9999999999999996]) == [3]
    assert apportion(0, []) == []
    assert (whole_above(0.1 * 30), whole_above(2.1)) == (3, 3)
