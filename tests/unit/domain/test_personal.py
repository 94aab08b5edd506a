import pytest

from voronka.domain.personal import masked, masked_text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Заявка от +7 (916) 123-45-12", "Заявка от 7 ••• ••12"),
        ("89161234512", "8 ••• ••12"),
        ("тел.8-916-123-45-12, ждёт", "тел.8 ••• ••12, ждёт"),
        ("20.02.2026 8 916 123 45 12", "20.02.2026 8 ••• ••12"),
        ("№ 12345 89161234512", "№ 12345 8 ••• ••12"),
        ("crm:79161234512", "crm:7 ••• ••12"),
        ("https://wa.me/79161234512", "https://wa.me/7 ••• ••12"),
        ("8\u00a0916\u00a0123\u201145\u201112", "8 ••• ••12"),
        ("+44 20 7946 0912", "4 ••• ••12"),
        ("Иван <ivan.petrov@mail.ru>", "Иван <i•••@mail.ru>"),
        ("Почта@Домен.рф", "П•••@Домен.рф"),
        ("crm:ivan@mail.ru;+998901234512", "crm:i•••@mail.ru;9 ••• ••12"),
    ],
)
def test_numbers_and_addresses_are_hidden_wherever_they_stand(text: str, shown: str) -> None:
    assert masked_text(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ООО «Ромашка»",
        "2026-02-20 12:00:00+03:00",
        "2026-02-01—2026-02-28",
        "20.02.2026 12:00",
        "1 234 567 890 ₽",
        "ИНН 7707083893",
        "https://crm.example.com/deals/12345678",
        "ab12-1234-5678-9012-1234",
        "заказ 123456",
        "0b7d41c2e9",
    ],
)
def test_days_amounts_and_ids_are_not_taken_for_numbers(text: str) -> None:
    assert masked_text(text) == text


def test_addresses_of_the_companys_own_people_stay() -> None:
    own = {"anna@firm.ru", "74951234567"}
    text = "anna@Firm.ru +7 495 123-45-67 ivan@mail.ru"
    assert masked_text(text, own) == "anna@Firm.ru +7 495 123-45-67 i•••@mail.ru"


def test_everything_json_says_is_walked_but_names_of_fields_and_numbers() -> None:
    said = {"phone 89161234512": [{"client": "89161234512", "amount": 89161234512.0, "won": None}], "who": ("a@b.ru",)}
    shown = {
        "phone 89161234512": [{"client": "8 ••• ••12", "amount": 89161234512.0, "won": None}],
        "who": ["a•••@b.ru"],
    }
    assert masked(said) == shown
