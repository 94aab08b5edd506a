"""The page of a one-to-one: chosen, held, kept; and what the manager of it is shown when they sign in."""

import re

from playwright.sync_api import Browser, Locator, Page, StorageState, expect

from tests.e2e.looks import looked_at
from tests.e2e.served import Demo, shown


def chosen(page: Page, demo: Demo) -> str:
    """Return the id of the person whose page is opened, the first of those to choose from."""
    shown(page, f"{demo.address}/manager?lang=en&period=last_quarter", "choose")
    page.locator("[data-block=choose] li button").first.click()
    who = page.locator("[data-block=who]")
    expect(who).to_be_visible()
    return who.get_attribute("data-employee") or ""


def keep(one: Locator, kind: str, text: str, *, is_visible: bool = True) -> None:
    """Write an entry of a kind."""
    one.get_by_role("button", name="Add", exact=True).click()
    form = one.get_by_role("form")
    form.get_by_label("What to keep").select_option(kind)
    form.get_by_label("Text").fill(text)
    form.get_by_label("The manager sees it").set_checked(is_visible)
    form.get_by_role("button", name="Save").click()
    expect(form).to_have_count(0)


def test_a_one_to_one_is_held_and_the_manager_sees_what_is_shown_to_them(page: Page, demo: Demo) -> None:
    employee = chosen(page, demo)
    for block in ("steps", "proof", "own", "discuss"):
        expect(page.locator(f"[data-block={block}]")).to_be_visible()
    one = page.locator("[data-block=one_to_one]")
    expect(one).to_contain_text("No meeting noted yet")
    one.get_by_role("button", name="Meeting held").click()
    expect(one).to_contain_text("Met today")
    keep(one, "agreement", "call three clients back")
    keep(one, "note", "looks tired", is_visible=False)
    expect(one.locator("[data-kept=note]")).to_contain_text("hidden from the manager")

    page.emulate_media(media="print")  # the sheet is handed over
    expect(one.locator("[data-kept=agreement]")).to_be_visible()
    expect(one.get_by_text("looks tired")).to_be_hidden()
    page.emulate_media(media="screen")

    looks = {"role": "manager", "employee_id": employee}
    assert page.request.post(f"{demo.address}/api/account/look-as", data=looks).ok
    try:
        shown(page, f"{demo.address}/manager?lang=en&period=last_quarter", "one_to_one")
        expect(page.locator("[data-block=who]")).to_have_attribute("data-employee", employee)
        expect(one.locator("[data-kept=agreement]")).to_contain_text("call three clients back")
        assert "looks tired" not in page.content()
        expect(one.get_by_role("button", name="Add", exact=True)).to_have_count(0)
        one.get_by_role("checkbox", name="call three clients back").check()
        expect(one.locator("[data-kept=agreement]")).to_contain_text("done as told by")
    finally:
        assert page.request.post(f"{demo.address}/api/account/look-as", data={"role": None}).ok
    shown(page, f"{demo.address}/manager?lang=en&period=last_quarter&employee={employee}", "one_to_one")
    expect(one.get_by_role("checkbox", name=re.compile("call three"))).to_be_checked()
    expect(one.locator("[data-kept=note]")).to_contain_text("looks tired")


def test_it_can_be_read_by_everybody(browser: Browser, signed_in: StorageState, page: Page, demo: Demo) -> None:
    address = f"{demo.address}/manager?period=last_quarter&employee={chosen(page, demo)}"
    assert looked_at(browser, signed_in, address, "own") == []
