import pytest

from voronka.connectors.files.letters import RUSSIAN, guess

TEXTS = (
    "Сделка;Менеджер\n17;Иванова Ольга",
    "ID;Название;Сумма;Создана\n1;Столы;100\n2;Стулья",
    "Имя\nЮля\nЯна",
    "Съёмка;объект",
)


@pytest.mark.parametrize("encoding", RUSSIAN)
@pytest.mark.parametrize("text", TEXTS)
def test_a_few_words_tell_the_encoding(text: str, encoding: str) -> None:
    found = guess(text.encode(encoding))
    assert found is not None
    assert found.codec == encoding


def test_capitals_and_other_cyrillic_letters_do_no_harm() -> None:
    for text in ("ФИО;ГОРОД\nИВАНОВА ОЛЬГА;САРАТОВ", "Київ;Україна;їжак;Дніпро"):
        found = guess(text.encode("cp1251"))
        assert found is not None
        assert found.codec == "cp1251"


def test_the_number_sign_alone_is_russian_and_a_wide_space_is_not() -> None:
    number, space = guess("№ 5".encode("cp1251")), guess(b"12\xa0500")
    assert number is not None
    assert space is not None
    assert (number.codec, space.codec) == ("cp1251", "iso8859-1")


def test_plain_letters_and_noise_tell_nothing() -> None:
    assert guess(b"id;name") is None
    assert guess(bytes(range(128, 256)) * 4) is None


def test_letters_of_one_language_tell_its_encoding_and_those_of_two_none() -> None:
    polish, turkish = guess("Wałęsa Łódź".encode("cp1250")), guess("Ağaç Şehir İsim".encode("cp1254"))
    assert polish is not None
    assert turkish is not None
    assert (polish.codec, turkish.codec) == ("cp1250", "cp1254")
    assert guess("eş".encode("cp1254")) is None  # as well a Romanian ţ


def test_a_sign_of_money_at_a_word_is_a_letter_of_another_encoding() -> None:
    found = guess("id;name\n1;Яна;5\n2;Юля;7\n".encode("cp1251"))
    assert found is not None
    assert found.codec == "cp1251"
