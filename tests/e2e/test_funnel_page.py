"""The page of the funnel: its numbers are those of `voronka funnel`, and each leads to the cases that it counts."""

import json
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from click.testing import CliRunner
from playwright.sync_api import Page, expect

from tests.e2e.figures import near
from tests.e2e.served import Demo, shown
from voronka.cli.main import main

DAYS = ("2026-01-01", "2099-12-31")
PERIOD = f"from={DAYS[0]}&to={DAYS[1]}"
READ = """
(block) => [...document.querySelectorAll(`[data-table=${block}] tbody tr`)].map(row =>
  Object.fromEntries([...row.querySelectorAll('[data-name]')].map(({dataset}) =>
    [dataset.name, JSON.parse(dataset.value)])))
"""


def told(demo: Demo, *more: str) -> dict[str, Any]:
    """Return what the command line says of the deals of the year."""
    asked = ["--pipeline", "sales", "--entity", "deal", "--from", DAYS[0], "--to", DAYS[1], *more]
    done = CliRunner().invoke(main, ["funnel", *asked, "--format", "json", "--company", str(demo.folder)])
    assert done.exit_code == 0, done.output
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_steps_are_those_of_the_command_line(page: Page, demo: Demo) -> None:
    shown(page, f"{demo.address}/funnel?{PERIOD}&lang=en", "steps")
    answer = told(demo)
    found = page.evaluate(READ, "steps")
    assert len(found) == len(answer["steps"]) > 4
    for row, step, stopped in zip(found, answer["steps"], answer["stopped"], strict=True):
        assert row["cases"] == step["cases"]
        assert (row["lost"], row["open"]) == (stopped["lost"], stopped["open"])
        assert row["overall"] == near(step["overall"])
        assert row["median_hours"] == near(step["median_seconds"] and step["median_seconds"] / 3600)


def test_a_cut_and_money_stand_in_the_address_and_back_takes_them_out(page: Page, demo: Demo) -> None:
    shown(page, f"{demo.address}/funnel?{PERIOD}&lang=en", "steps")
    page.get_by_role("button", name=re.compile("^Cut")).click()
    page.get_by_role("menuitemradio", name="Channel").click()
    groups = page.locator("[data-table=groups]")
    expect(groups).to_be_visible()
    answer = {group["channel"]: group["steps"] for group in told(demo, "--by", "channel")["groups"]}
    assert [row["finished"] for row in page.evaluate(READ, "groups")] == [each[-1]["cases"] for each in answer.values()]
    page.get_by_role("button", name="Money", exact=True).click()
    expect(page.locator("[data-table=steps] [data-name=money]").first).to_be_visible()
    asked = parse_qs(urlsplit(page.url).query)
    assert (asked["by"], asked["measure"]) == (["channel"], ["money"])
    page.go_back()
    page.go_back()
    expect(groups).to_have_count(0)


def test_a_number_leads_to_the_cases_that_it_counts(page: Page, demo: Demo) -> None:
    shown(page, f"{demo.address}/funnel?{PERIOD}&lang=en", "losses")
    number = page.locator("[data-table=losses] tbody [data-name=lost]").first
    with page.expect_response(re.compile("/api/funnel/cases")) as answer:
        number.click()
    assert answer.value.json()["total"] == int(number.inner_text())
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("tbody tr").first).to_be_visible()
    expect(dialog.get_by_role("link", name="Open").first).to_be_visible()
    page.reload()  # a link that was sent opens the same list
    expect(page.get_by_role("dialog").locator("tbody tr").first).to_be_visible()


def test_a_finding_opens_its_cases(page: Page, demo: Demo) -> None:
    shown(page, f"{demo.address}/funnel?{PERIOD}&lang=en", "steps")
    finding = page.locator("[data-block=finding]").first
    with page.expect_response(re.compile("/api/funnel/cases")) as answer:
        finding.get_by_role("button", name="Open the list").click()
    assert answer.value.json()["total"] > 0


def test_a_step_that_is_left_out_is_counted_no_more(page: Page, demo: Demo) -> None:
    shown(page, f"{demo.address}/funnel?{PERIOD}&lang=en", "steps")
    rows = page.locator("[data-table=steps] tbody tr")
    before = rows.count()
    page.get_by_role("button", name="Order", exact=True).click()
    page.get_by_role("button", name=re.compile("^Leave out")).nth(1).click()
    expect(rows).to_have_count(before - 1)
    assert len(parse_qs(urlsplit(page.url).query)["step"]) == before - 1
