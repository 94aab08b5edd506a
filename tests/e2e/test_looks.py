"""Every page in every look, from one load of each: nothing logged, nothing that axe finds, nothing past the window."""

import pytest
from playwright.sync_api import Browser, StorageState

from tests.e2e.looks import looked_at
from tests.e2e.served import Demo
from tests.e2e.test_print import paths

SECTIONS = ("company", "calendar", "roles", "metrics", "stages", "leads", "quality", "changes")
PAGES = {
    "/": "tiles",
    "/account": "sessions",
    "/accounts?period=last_month": "bridge",
    "/activity": "tasks",
    "/board": "places:ae",
    "/calls": "people",
    "/channels": "channels",
    "/data": "checks",
    "/funnel?period=last_quarter&by=employee": "cohorts",
    "/leads": "response",
    "/manager?period=last_quarter": "choose",
    "/path?period=last_12_months&against=outcome": "ways",
    "/plan": "company",
    "/settings?section=staff": "staff_times",
    **{f"/settings?section={section}": f"settings-{section}" for section in SECTIONS},
    "/team": "role:sdr",
}
"""Each page by its address, with the block that says that it stands."""


def test_no_page_is_left_out() -> None:
    assert {address.split("?")[0] for address in PAGES} == set(paths())


@pytest.mark.parametrize(("address", "block"), PAGES.items())
def test_a_page_can_be_read_by_everybody(
    browser: Browser, signed_in: StorageState, demo: Demo, address: str, block: str
) -> None:
    assert looked_at(browser, signed_in, f"{demo.address}{address}", block) == []
