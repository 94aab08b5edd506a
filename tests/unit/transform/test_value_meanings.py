from voronka.transform.value_meanings import recognised, respelled, to_be_said


def test_known_words_are_recognised_and_others_left_out() -> None:
    assert recognised("answered", ["NO ANSWER", "ANSWERED", "Отвечен", "???"]) == {
        "NO ANSWER": False,
        "ANSWERED": True,
        "Отвечен": True,
    }


def test_what_the_core_knows_by_itself_is_not_said() -> None:
    assert to_be_said("direction", {"Inbound": "in", "Обратный звонок": "out"}) == {"Обратный звонок": "out"}


def test_a_name_in_another_spelling_is_found() -> None:
    assert respelled(["GTXPro", "GTX Basic", "House!"], ["GTX Pro", "GTX Basic", "House"]) == {"GTXPro": "GTX Pro"}


def test_two_names_of_the_same_letters_are_left_alone() -> None:
    assert respelled(["ab c"], ["a bc", "abc"]) == {}
