import pytest

from voronka.domain.networks import is_within, known_networks


def test_addresses_and_networks_are_taken_as_they_were_given() -> None:
    assert known_networks(("10.0.0.5", "10.1.0.0/16", "::1")) == ("10.0.0.5", "10.1.0.0/16", "::1")


@pytest.mark.parametrize("strange", ["*", "proxy.example.com", "10.0.0.5/24", ""])
def test_what_is_no_address_is_told(strange: str) -> None:
    with pytest.raises(ValueError, match=r"addresses are written 10\.0\.0\.5"):
        known_networks((strange,))


@pytest.mark.parametrize(
    ("address", "within"),
    [
        ("10.1.2.3", True),
        ("10.2.0.1", False),
        ("::1", True),
        ("", False),
        ("unix", False),
        ("10.1.2.3, 1.1.1.1", False),
    ],
)
def test_an_address_lies_in_a_network_or_not(address: str, *, within: bool) -> None:
    assert is_within(address, ("10.1.0.0/16", "::1")) is within
