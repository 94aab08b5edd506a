import pytest

from voronka.demo.words import CHANNELS, LOSS_REASONS, PRODUCTS, REJECT_REASONS, feminine


@pytest.mark.parametrize(("his", "hers"), [("Белов", "Белова"), ("Успенский", "Успенская"), ("Зимин", "Зимина")])
def test_a_surname_has_a_womans_form(his: str, hers: str) -> None:
    assert feminine(his) == hers


def test_shares_make_a_whole() -> None:
    channels = [share for _, _, share, *_ in CHANNELS]
    reasons = [[share for _, share in listed] for listed in (LOSS_REASONS, REJECT_REASONS)]
    temperatures = [each[3] for each in CHANNELS]
    for shares in (channels, [each[3] for each in PRODUCTS], *reasons, *temperatures):
        assert sum(shares) == pytest.approx(1)
