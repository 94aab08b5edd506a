"""The settings: saved into the company's file with its comments kept, refused at their field, taken back."""

import json
import re

from playwright.sync_api import Browser, Locator, Page, Route, StorageState, expect

from tests.e2e.served import DESKTOP, Demo


def opened(browser: Browser, state: StorageState, demo: Demo, section: str = "company") -> Page:
    page = browser.new_context(storage_state=state, viewport=DESKTOP).new_page()
    page.goto(f"{demo.address}/settings?lang=ru&section={section}")
    expect(page.locator("[data-setting], ol").first).to_be_visible()
    return page


def field(page: Page, name: str) -> Locator:
    return page.locator(f'[data-setting="{name}"]')


def save(page: Page) -> None:
    page.get_by_role("button", name="Сохранить", exact=True).click()


def text_of(demo: Demo) -> str:
    return (demo.folder / "voronka.toml").read_text("utf-8")


def test_a_name_is_saved_beside_its_comment_shown_everywhere_and_taken_back(
    browser: Browser, signed_in: StorageState, demo: Demo
) -> None:
    before = text_of(demo)
    page = opened(browser, signed_in, demo)
    field(page, "name").get_by_role("textbox").fill("Южный ветер")
    expect(field(page, "name").get_by_text("Не сохранено")).to_be_visible()
    save(page)
    expect(page.get_by_text("Настройки сохранены")).to_be_visible()
    assert text_of(demo) == before.replace("Северный ветер", "Южный ветер")
    expect(page.get_by_text("Южный ветер").first).to_be_visible()
    page.get_by_role("link", name="История изменений").click()
    expect(page.locator("ol")).to_contain_text("Название компании: Северный ветер → Южный ветер")
    page.get_by_role("button", name="Вернуть как было").first.click()
    expect(page.get_by_text("Прежнее значение возвращено")).to_be_visible()
    assert text_of(demo) == before
    page.context.close()


def test_what_cannot_be_is_told_beside_its_field_and_what_was_typed_stays(
    browser: Browser, signed_in: StorageState, demo: Demo
) -> None:
    before = text_of(demo)
    page = opened(browser, signed_in, demo, "calendar")
    hours = field(page, "calendar.working_hours")
    hours.locator("input").nth(0).fill("19:00")
    hours.locator("input").nth(1).fill("09:00")
    hours.locator("input").nth(1).blur()
    save(page)
    expect(hours.get_by_role("alert")).to_contain_text("рабочий день кончается раньше, чем начинается")
    expect(hours.locator("input").nth(0)).to_have_value("19:00")
    assert text_of(demo) == before
    page.context.close()


def test_of_two_who_save_the_second_is_told_and_keeps_what_they_typed(
    browser: Browser, signed_in: StorageState, demo: Demo
) -> None:
    before = text_of(demo)
    first, second = (opened(browser, signed_in, demo) for _ in range(2))
    field(first, "name").get_by_role("textbox").fill("Первый")
    save(first)
    expect(first.get_by_text("Настройки сохранены")).to_be_visible()
    field(second, "name").get_by_role("textbox").fill("Второй")
    save(second)
    expect(second.get_by_role("alert").first).to_contain_text(re.compile("настройки тем временем изменены.*name"))
    expect(field(second, "name").get_by_role("textbox")).to_have_value("Второй")
    save(second)
    expect(second.get_by_text("Настройки сохранены")).to_be_visible()
    assert 'name = "Второй"' in text_of(demo)
    first.context.close()
    second.context.close()
    (demo.folder / "voronka.toml").write_text(before, "utf-8")


def test_stages_that_somebody_else_changed_meanwhile_are_shown_with_what_was_typed(
    browser: Browser, signed_in: StorageState, demo: Demo
) -> None:
    page = opened(browser, signed_in, demo, "stages")
    stages = page.locator("ol > li")
    stages.nth(2).get_by_role("button", name="Изменить").click()
    stages.nth(2).get_by_role("textbox").first.fill("Моё")

    def told(route: Route) -> None:
        if route.request.method == "PUT":
            trouble = {"what": "changed meanwhile", "where": "", "do": "", "kind": "settings"}
            route.fulfill(status=409, body=json.dumps({"error": trouble}))
            return
        answer = route.fetch()
        told = answer.json()
        told["pipelines"][0]["seen"] = "another"
        told["pipelines"][0]["stages"][1]["title"]["ru"] = "Чужое"
        route.fulfill(response=answer, body=json.dumps(told))

    page.route("**/api/settings/pipelines*", told)
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("этапы изменил кто-то ещё")
    expect(stages.nth(1)).to_contain_text("Чужое")
    expect(stages.nth(2).get_by_role("textbox").first).to_have_value("Моё")
    page.context.close()


def test_a_role_of_ones_own_is_added_and_taken_back(browser: Browser, signed_in: StorageState, demo: Demo) -> None:
    before = text_of(demo)
    page = opened(browser, signed_in, demo, "roles")
    page.get_by_role("button", name="Добавить роль").click()
    form = page.get_by_role("form", name="Новая роль")
    form.get_by_label("Название по-русски").fill("Тендеры")
    form.get_by_label("Название по-английски").fill("Tenders")
    form.get_by_role("button", name="Добавить", exact=True).click()
    expect(form).to_have_count(0)
    expect(page.get_by_role("main")).to_contain_text("Тендеры")
    assert "Тендеры" in text_of(demo)
    page.get_by_role("link", name="История изменений").click()
    page.get_by_role("button", name="Вернуть как было").first.click()
    expect(page.get_by_text("Прежнее значение возвращено")).to_be_visible()
    assert text_of(demo) == before
    page.context.close()


def test_what_a_stage_changes_is_seen_before_it_is_saved_and_is_undone(
    browser: Browser, signed_in: StorageState, demo: Demo
) -> None:
    file = demo.folder / "pipelines" / "leads.yml"
    before = file.read_text("utf-8")
    page = opened(browser, signed_in, demo, "stages")
    stage = page.locator("[data-stage=put_off]")
    stage.get_by_role("button", name=re.compile("изменить")).click()
    stage.get_by_label("Название по-русски").fill("На потом")
    page.get_by_role("button", name="Что изменится").click()
    expect(page.locator("[data-block=foreseen]")).to_contain_text("останутся прежними")  # a name moves no figure
    assert file.read_text("utf-8") == before
    save(page)
    expect(page.get_by_text("Этапы сохранены")).to_be_visible()
    assert "На потом" in file.read_text("utf-8")
    page.get_by_role("button", name=re.compile("Вернуть прежние этапы")).first.click()
    expect(page.get_by_text("Прежние этапы возвращены")).to_be_visible()
    assert file.read_text("utf-8") == before
    page.context.close()
