"""People, teams and absences on the page of settings: what a head of sales does there, and how it looks."""

from playwright.sync_api import Page, expect

from tests.e2e.served import Demo, shown


def test_somebody_is_moved_from_a_day_on_and_back(page: Page, demo: Demo) -> None:
    shown(page, f"{demo.address}/settings?section=staff&lang=en", "staff_people")
    card = page.locator("[data-block=staff_people]")
    row = card.locator("tbody tr").first
    name = row.get_by_role("button").inner_text()
    team = row.locator("td").nth(0).inner_text()
    row.get_by_role("button").click()
    form = card.get_by_role("form", name="Move", exact=True)
    choice = form.get_by_role("combobox").first
    other = next(each for each in choice.locator("option").all_inner_texts() if each not in {team, "No team"})
    choice.select_option(label=other)
    form.get_by_role("button", name="Move", exact=True).click()
    expect(card.get_by_role("list").get_by_text("stated here")).to_be_visible()
    expect(card.locator("tbody tr").first.locator("td").nth(0)).to_have_text(other)
    edits = page.locator("[data-block=staff_edits]")
    expect(edits.get_by_text(f"moved: {name}").first).to_be_visible()
    edits.get_by_role("button", name=f"Undo the change: {name}").click()
    expect(card.get_by_role("list").get_by_text("stated here")).to_have_count(0)
    expect(card.locator("tbody tr").first.locator("td").nth(0)).to_have_text(team)


def test_a_list_that_does_not_fit_says_of_each_line_why_and_enters_nothing(page: Page, demo: Demo) -> None:
    shown(page, f"{demo.address}/settings?section=staff&lang=en", "staff_times")
    card = page.locator("[data-block=staff_times]")
    rows = card.locator("tbody tr").count()
    card.get_by_role("button", name="Paste a list").click()
    card.get_by_role("textbox").fill("Nobody Atall\t01.08.2026\t14.08.2026")
    card.get_by_role("button", name="Keep").click()
    expect(card.get_by_role("alert")).to_contain_text("nobody is called Nobody Atall")
    assert card.locator("tbody tr").count() == rows


def test_somebody_of_no_source_is_added_is_away_for_hours_and_is_taken_back(page: Page, demo: Demo) -> None:
    shown(page, f"{demo.address}/settings?section=staff&lang=en", "staff_people")
    people = page.locator("[data-block=staff_people]")
    people.get_by_role("button", name="Add a person").click()
    form = people.get_by_role("form", name="New person")
    form.get_by_label("Name").fill("Vera Newcomer")
    form.get_by_label("E-mail").fill("vera.newcomer@north.example")
    form.get_by_role("button", name="Add", exact=True).click()
    expect(people.get_by_role("button", name="Vera Newcomer")).to_be_visible()
    times = page.locator("[data-block=staff_times]")
    times.get_by_role("button", name="Add", exact=True).click()
    form = times.get_by_role("form")
    form.get_by_role("combobox").first.select_option(label="Vera Newcomer")
    form.get_by_role("checkbox").check()  # a part of the day
    opens, closes = form.locator("input[type=time]").all()
    opens.fill("14:00")
    closes.fill("18:00")
    form.get_by_role("button", name="Keep").click()
    row = times.get_by_role("row").filter(has_text="Vera Newcomer")
    expect(row).to_contain_text("14:00")
    edits = page.locator("[data-block=staff_edits]")
    for left in (1, 0):
        edits.get_by_role("button", name="Undo the change: Vera Newcomer").first.click()
        expect(edits.get_by_role("button", name="Undo the change: Vera Newcomer")).to_have_count(left)
    expect(people.get_by_role("button", name="Vera Newcomer")).to_have_count(0)
