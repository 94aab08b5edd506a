import pytest

from voronka.domain.errors import InputError, SettingsError, did_you_mean


def test_a_message_says_where_what_and_what_to_do() -> None:
    error = InputError("the file is empty", where="deals.csv", do="Export it again")
    assert str(error) == "deals.csv: the file is empty. Export it again."


def test_a_message_leaves_out_what_is_not_known() -> None:
    assert str(InputError("the file is empty")) == "the file is empty"
    assert str(InputError("the file is empty", where="a.csv")) == "a.csv: the file is empty"


def test_a_question_ends_the_message_without_a_full_stop() -> None:
    assert str(SettingsError("unknown metric `call`", do="Did you mean calls?")).endswith("Did you mean calls?")


def test_what_a_person_set_wrongly_exits_with_2() -> None:
    assert (InputError.exit_code, SettingsError.exit_code) == (1, 2)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("cals", "Did you mean calls?"),
        ("CALLS", "Did you mean calls?"),
        ("zzz", "Known: calls, win_rate"),
    ],
)
def test_an_unknown_name_gets_the_nearest_ones_or_the_whole_short_list(name: str, hint: str) -> None:
    assert did_you_mean(name, ["win_rate", "calls"]) == hint


def test_a_long_list_is_not_read_out() -> None:
    assert did_you_mean("zzz", [f"metric_{n}" for n in range(13)]) == ""
    assert did_you_mean("zzz", []) == ""
