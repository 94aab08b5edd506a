"""Addresses of machines and of their networks, as people write them: 10.0.0.5, 10.0.0.0/24, ::1."""

from collections.abc import Iterable
from ipaddress import ip_address, ip_network


def known_networks(given: tuple[str, ...]) -> tuple[str, ...]:
    """Return addresses and networks as they were given; ValueError where one of them is none."""
    for each in given:
        try:
            ip_network(each)
        except ValueError:
            message = f"addresses are written 10.0.0.5 or 10.0.0.0/24, not {each}"
            raise ValueError(message) from None
    return given


def is_within(address: str, networks: Iterable[str]) -> bool:
    """Say whether an address is one of these or lies in one of these networks; what is no address lies in none."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return any(found in ip_network(each) for each in networks)
