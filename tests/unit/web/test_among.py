from voronka.web.among import Among


def test_what_is_done_once_is_done_by_the_first_and_by_one_that_is_alone() -> None:
    assert Among().is_first
    assert [Among(number=number, processes=3).is_first for number in range(3)] == [True, False, False]
