import pytest

from voronka.domain.faults import FAULTS
from voronka.pipeline.aside_words import aside_told


def test_a_message_names_the_fault_its_column_and_the_value() -> None:
    said = aside_told("bad_money", "Сумма: not an amount of money: договорная", "ru")
    assert said == "не сумма — Сумма: договорная"
    assert aside_told("missing_key", "no value in the key: ID", "ru").endswith(": ID")
    assert aside_told("bad_money", "sum: not an amount of money: many", "en") == "sum: not an amount of money: many"
    assert aside_told("something_new", "as it is told", "ru") == "as it is told"


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_of_a_record_has_words(fault: str) -> None:
    assert not aside_told(fault, FAULTS[fault], "ru").isascii()
