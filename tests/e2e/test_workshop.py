"""The workshop of hypotheses on the page of the path: entered, read, closed, and the same as the commands say."""

import json
import re
import subprocess
import sys

from playwright.sync_api import Page, expect

from tests.e2e.served import Demo, shown


def test_a_hypothesis_is_entered_beside_the_map_and_closed(page: Page, demo: Demo) -> None:
    address = f"{demo.address}/path?lang=en&period=last_12_months&pipeline=sales&entity=deal"
    workshop = shown(page, address, "workshop").locator("[data-block=workshop]")
    workshop.get_by_role("button", name="New hypothesis").click()
    form = workshop.get_by_role("form")
    form.get_by_label("What about").select_option("reach")
    step = form.get_by_label("Those at step")
    chosen = step.locator("option").nth(0).inner_text()
    form.get_by_role("spinbutton").fill("1")
    form.get_by_label("Why you think so").fill("hardly anybody is lost at once")
    form.get_by_role("button", name="Keep it").click()
    row = workshop.locator("[data-hypothesis]", has_text="hardly anybody is lost at once")
    expect(row).to_contain_text(f"Of those at {chosen} at least 1% reach")
    expect(row).to_have_attribute("data-verdict", "holds")

    program = "from voronka.cli.main import main; main()"
    asked = ["hypothesis", "list", "--company", str(demo.folder), "--format", "json"]
    ran = subprocess.run([sys.executable, "-c", program, *asked], check=True, capture_output=True, text=True)
    (told,) = json.loads(ran.stdout)
    expect(row).to_contain_text(re.compile(rf"Cases: {told['now']['cases']:,}\b"))
    expect(row).to_contain_text(f"Now: {told['now']['value']:.1f}".removesuffix(".0"))

    row.get_by_role("button", name="Close or take back").click()
    row.get_by_label("What came of it").fill("so it is")
    row.get_by_role("button", name="Close", exact=True).click()
    expect(row).to_have_count(0)
    workshop.get_by_label("Show closed").check()
    expect(row).to_contain_text("so it is")
    expect(row).to_contain_text("At the end:")
