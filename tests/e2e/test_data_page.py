"""The data page as somebody new meets it: an empty company, ugly files, rows that are mended, loads that are undone."""

import csv
import io
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, FilePayload, Page, StorageState, expect

from tests.e2e.looks import looked_at
from tests.e2e.served import DESKTOP, Demo, as_anna, founded, serving

EVIL = "<img src=x onerror=\"document.title='broken into'\">"


def deals() -> bytes:
    """Return an export as it comes: cp1251, titles above, a total below, and three rows that cannot go in."""
    stages = ("Новая", "Переговоры", "Успешно реализовано", "Закрыто и не реализовано")
    rows = [
        f"{n};Сделка {n};{n * 1000},50 руб.;{stages[n % 4]};{n % 28 + 1:02d}.10.2026;{('Анна', 'Пётр')[n % 2]}"
        for n in range(1, 101)
    ]
    rows[4] = rows[4].replace("5;Сделка 5;", f"5;{EVIL};", 1)
    rows[10] = rows[10].replace("12.10.2026", "31.02.2026")
    rows[20] = "21;Сделка 21"
    rows[30] = rows[30].replace("31000,50 руб.", "много")
    head = "Отчёт по сделкам\n\nНомер;Название;Сумма;Этап;Дата создания;Ответственный\n"
    return (head + "\n".join(rows) + "\nИтого;;5050050,00;;;\n").encode("cp1251")


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """Return a new company without data, served, with an administrator."""
    with serving(founded(tmp_path_factory.mktemp("data") / "company")) as company:
        yield company


@pytest.fixture(scope="module")
def inside(company: Demo, browser: Browser) -> StorageState:
    """Return the state of a browser in which the administrator has signed in."""
    return as_anna(browser, company)


@pytest.fixture
def visit(company: Demo, browser: Browser, inside: StorageState) -> Iterator[Callable[[str], Page]]:
    contexts = []

    def opened(path: str) -> Page:
        contexts.append(browser.new_context(storage_state=inside, viewport=DESKTOP, accept_downloads=True))
        page = contexts[-1].new_page()
        page.goto(f"{company.address}{path}")
        return page

    yield opened
    for context in contexts:
        context.close()


def give(page: Page, name: str, content: bytes) -> None:
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})


def at_step(page: Page, step: str) -> None:
    expect(page.locator(f"[data-step={step}]")).to_be_visible(timeout=90_000)


def test_somebody_new_loads_a_first_file_and_mends_what_was_put_aside(
    visit: Callable[[str], Page],
) -> None:
    page = visit("/?lang=ru")
    page.get_by_role("link", name="Загрузить данные").click()
    expect(page.locator("[data-block=headline]")).to_contain_text("Данных ещё нет")

    give(page, "Сделки.csv", deals())
    at_step(page, "choosing")
    expect(page.locator("[data-outcome=quarantine]")).to_be_visible()
    expect(page.locator("[data-count=in]")).to_have_text("97")
    expect(page.locator("[data-count=aside]")).to_have_text("3")
    expect(page.locator("[data-step]")).to_contain_text("windows-1251")
    expect(page.locator("[data-step]")).to_contain_text("много")
    expect(page.locator("[data-records]")).to_contain_text(EVIL)

    page.get_by_label("Что это: столбец Ответственный").select_option("")
    expect(page.locator("[data-records] thead")).not_to_contain_text("Ответственный", timeout=60_000)
    page.get_by_label("Что это: столбец Ответственный").select_option("employee")
    expect(page.locator("[data-records] thead")).to_contain_text("Ответственный", timeout=60_000)
    page.get_by_label("Этап Переговоры").select_option("lost")
    expect(page.get_by_label("Этап Переговоры")).to_have_value("lost")
    page.get_by_role("button", name="Загрузить 97 строк").click()
    at_step(page, "done")
    expect(page.locator("[data-step=done]")).to_contain_text("загружено 97 строк")
    expect(page.locator("[data-step=done]")).to_be_in_viewport()  # the button stood at the foot of the check
    expect(page).to_have_title(re.compile("Данные"))

    card = page.locator("[data-block=aside]")
    expect(card).to_contain_text("Полей меньше, чем в заголовке", timeout=60_000)
    expect(card).to_contain_text("21;Сделка 21")
    with page.expect_download() as download:
        card.get_by_role("link", name="Скачать для исправления: Сделки.csv").click()
    mended = mend(download.value.path().read_text("utf-8-sig"))
    give(page, "исправлено.csv", mended)
    at_step(page, "choosing")
    expect(page.locator("[data-step=choosing]")).to_contain_text("Это 3 отложенные строки")
    page.locator("[data-step=choosing]").get_by_role("button", name="Загрузить 3 строки").click()
    at_step(page, "done")
    expect(card).to_contain_text("Отложенных строк нет", timeout=60_000)

    loads = page.locator("[data-block=loads]")
    expect(loads.locator("[data-load]")).to_have_count(2)
    loads.get_by_role("button", name="Отменить загрузку: Сделки.csv").click()
    loads.get_by_role("button", name="Убрать только этот файл").click()
    expect(loads.locator("[data-state=undone]")).to_have_count(1, timeout=90_000)
    expect(page.locator("[data-stream='crm.deals'] td").first).to_have_text("3")
    loads.get_by_role("button", name="Вернуть загрузку: Сделки.csv").click()
    expect(page.locator("[data-stream='crm.deals'] td").first).to_have_text("100", timeout=90_000)

    page.get_by_role("link", name="Обзор").click()
    expect(page.locator("[data-block=tiles] [data-name]").first).to_be_visible(timeout=60_000)


def mend(text: str) -> bytes:
    """Return the rows put aside as somebody mends them in a spreadsheet."""
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    for row in rows:
        row["Дата создания"] = "05.10.2026"
        row["Сумма"] = "100"
        row["Название"] = row["Название"] or "Сделка 21"
        row["Номер"] = row["Номер"] or "21"
        row["Этап"] = row["Этап"] or "Новая"
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(rows[0]), delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("export.csv", b"<!doctype html><form><input type=password></form>", "This is a web page, not a table"),
        ("deals.xlsx", b"PK\x03\x04 cut off", "damaged or was not downloaded whole|archive"),
        ("nothing.csv", b"", "The file is empty"),
        ("a.csv", b"a,b\n1,2\n", "Choose it"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_words(
    visit: Callable[[str], Page], name: str, content: bytes, said: str
) -> None:
    page = visit("/data?lang=en")
    expect(page.locator("[data-block=bring]")).to_be_visible()
    give(page, name, content)
    expect(page.locator("[data-step=choosing], [data-step=failed]")).to_contain_text(re.compile(said), timeout=90_000)
    expect(page.get_by_role("button", name="Load", exact=True)).not_to_be_enabled() if content else None
    page.get_by_role("button", name="Do not load this file").click()
    expect(page.locator("[data-step]")).to_have_count(0)


def test_several_files_come_one_after_the_other(visit: Callable[[str], Page]) -> None:
    page = visit("/data?lang=en")
    leads = "Lead ID;Lead name;Created;Status\n" + "".join(f"{n};Lead {n};2026-10-{n};New\n" for n in range(10, 28))
    files = [("leads.csv", leads), ("leads again.csv", leads.replace("New", "Rejected"))]
    expect(page.locator("[data-block=bring]")).to_be_visible()
    given = [FilePayload(name=name, mimeType="text/csv", buffer=text.encode()) for name, text in files]
    page.locator("input[type=file]").set_input_files(given)
    at_step(page, "choosing")
    expect(page.locator("[data-step]")).to_contain_text("1 more file after it")
    page.get_by_role("button", name="Load 18 rows").click()
    at_step(page, "done")
    page.get_by_role("button", name="To the next file").click()
    at_step(page, "choosing")
    expect(page.locator("[data-step]")).to_contain_text("Add to: CRM · Leads")
    page.get_by_role("button", name="Load 18 rows").click()
    at_step(page, "done")
    expect(page.locator("[data-step=done]")).to_contain_text("up to date")
    expect(page.locator("[data-stream='crm.leads'] td").first).to_have_text("36", timeout=60_000)


def test_it_can_be_read_by_everybody(browser: Browser, inside: StorageState, company: Demo) -> None:
    assert looked_at(browser, inside, f"{company.address}/data", "bring") == []
