"""A department's first day, from an empty folder: invited, loaded, planned, met one-to-one, taken to Excel."""

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, expect

from tests.e2e.served import DESKTOP

ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2}")
PROGRAM = (sys.executable, "-c", "from voronka.cli.main import main; main()")
ZONE = ZoneInfo("Europe/Moscow")
LONG = 120_000
"""How long the figures of a small file may take where many tests run at once, in milliseconds."""

STARTS = {"head": "/", "team_lead": "/team", "manager": "/manager", "marketing": "/channels"}
NAMES = {"head": "Наталья", "team_lead": "Виктор", "manager": "Анна", "marketing": "Мария"}

PEOPLE = """ID;ФИО;Отдел;Должность
1;Анна Белова;Отдел продаж;Менеджер по продажам
2;Пётр Ким;Отдел продаж;Менеджер по продажам
3;Виктор Орлов;Отдел продаж;Руководитель отдела
"""


def deals(now: datetime) -> str:
    """Return an export in which this month brought 100,000 and 50,000 by Anna, 30,000 by Pyotr, and one was lost."""
    made, closed = now.replace(day=1, hour=0, minute=5) - timedelta(days=9), now.replace(minute=0)
    rows = [(1, "Успешно реализовано", 100_000), (1, "Успешно реализовано", 50_000), (1, "Отказ", 70_000)]
    rows += [(2, "Успешно реализовано", 30_000)]
    lines = [
        f"{number};{who};{stage};{money};{made:%d.%m.%Y %H:%M};{closed:%d.%m.%Y %H:%M}"
        for number, (who, stage, money) in enumerate(rows, start=1)
    ]
    return "ID;ID ответственного;Этап;Сумма;Дата создания;Дата закрытия\n" + "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Return the address of an empty company that is being served, and the code for its first administrator."""
    folder = tmp_path_factory.mktemp("day") / "company"
    subprocess.run([*PROGRAM, "init", str(folder), "--name", "Северный ветер"], check=True, capture_output=True)
    serve = [*PROGRAM, "serve", "--company", str(folder), "--port", "0"]
    with subprocess.Popen(serve, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        said = ""
        for line in server.stdout or ():
            said += line
            if CODE.search(said):
                break
        address, code = ADDRESS.search(said), CODE.search(said)
        assert address is not None, said
        assert code is not None, said
        try:
            yield address.group(), code.group()
        finally:
            server.terminate()


@pytest.fixture
def doors(browser: Browser) -> Iterator[list[BrowserContext]]:
    """Return browsers of their own, one for whoever needs one."""
    opened = [
        browser.new_context(viewport=DESKTOP, locale="ru-RU", timezone_id="Europe/Moscow", accept_downloads=True)
        for _ in range(5)
    ]
    yield opened
    for context in opened:
        context.close()


def set_up(page: Page, address: str, code: str) -> None:
    page.goto(f"{address}/setup")
    page.get_by_label("Код").fill(code)
    page.get_by_label("Ваше имя").fill("Ольга")
    page.get_by_label("Новый пароль").fill("десять знаков и больше")
    page.get_by_role("button", name="Создать администратора").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Обзор")
    expect(page.get_by_role("main")).to_contain_text("Данных ещё нет")


def invite(page: Page, address: str) -> dict[str, str]:
    """Invite one person of each role; return their links."""
    page.goto(f"{address}/settings?section=access")
    form = page.get_by_role("form", name="Пригласить")
    links = {}
    for role, name in NAMES.items():
        form.get_by_label("Имя").fill(name)
        form.get_by_label("Роль").select_option(role)
        form.get_by_role("button", name="Пригласить").click()
        card = page.locator("[data-block=users]")
        expect(card).to_contain_text(f"Ссылка для пользователя «{name}»")
        links[role] = card.locator("input[readonly]").input_value()
    return links


def come_in(page: Page, link: str, role: str) -> None:
    """Follow an invitation: one is told the name to sign in by, and begins where the role does."""
    page.goto(link)
    expect(page.get_by_role("main")).to_contain_text(f"по имени «{NAMES[role]}»")
    page.get_by_label("Новый пароль").fill(f"пароль для роли {role}")
    page.get_by_role("button", name="Сохранить пароль и войти").click()
    expect(page.get_by_role("navigation")).to_be_visible()
    page.wait_for_url(f"**{STARTS[role]}")


def load(page: Page, address: str) -> None:
    """Load two tables one after the other, as the wizard leads."""
    page.goto(f"{address}/data")
    given = {"Сотрудники.csv": PEOPLE, "Сделки.csv": deals(datetime.now(ZONE))}
    files = [FilePayload(name=name, mimeType="text/csv", buffer=text.encode()) for name, text in given.items()]
    page.locator("input[type=file]").first.set_input_files(files)
    page.get_by_role("button", name="Загрузить 3 строки").click(timeout=LONG)
    page.get_by_role("button", name="К следующему файлу").click(timeout=LONG)
    page.get_by_role("button", name="Загрузить 4 строки").click(timeout=LONG)
    expect(page.locator("[data-block=headline]")).to_contain_text("Загружены 2 таблицы, всё в цифрах", timeout=LONG)


def tie(page: Page, address: str, user: str, employee: str) -> None:
    page.goto(f"{address}/settings?section=access")
    chosen = page.get_by_label(f"Сотрудник в данных: {user}")
    row = page.locator("[data-block=users] tr").filter(has=chosen)
    expect(row).to_contain_text("не видит строк")
    chosen.select_option(label=employee)
    expect(row).not_to_contain_text("не видит строк")


def plan(page: Page, address: str) -> None:
    """State Anna's plan of the month in the grid."""
    page.goto(f"{address}/plan")
    card = page.locator("[data-block=plans]")
    card.get_by_label("Показатель").select_option("revenue")
    row = card.locator("tr.employee").filter(has=page.get_by_role("rowheader", name="Анна Белова"))
    cell = row.get_by_role("gridcell").nth(datetime.now(ZONE).month - 1)  # the grid begins with January
    cell.click()
    page.keyboard.type("300000")
    page.keyboard.press("Enter")
    expect(cell).to_have_text(re.compile(r"300\s000"))


def meet(page: Page, address: str) -> None:
    """Hold the one-to-one: it is noted, something is agreed, and something is kept to oneself."""
    page.goto(f"{address}/manager")
    page.get_by_role("button", name="Анна Белова").click()
    one = page.locator("[data-block=one_to_one]")
    one.get_by_role("button", name="Встреча прошла").click()
    expect(one).to_contain_text("Встреча была сегодня")
    for kind, text in (("agreement", "перезвонить трём клиентам"), ("note", "устала")):
        one.get_by_role("button", name="Добавить", exact=True).click()
        form = one.get_by_role("form")
        form.get_by_label("Что записать").select_option(kind)
        form.get_by_label("Текст").fill(text)
        form.get_by_role("button", name="Записать").click()
        expect(form).to_have_count(0)
    expect(one.locator("[data-kept=note]")).to_contain_text("устала")


def in_excel(page: Page, address: str) -> set[object]:
    """Return what stands in the cells of the workbook of the company's plan."""
    page.goto(f"{address}/plan")
    page.locator("[data-block=company]").get_by_role("button", name=re.compile("Действия:")).click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name="Скачать Excel").click()
    with Path(download.value.path()).open("rb") as file:  # the name it is kept under says no kind
        book = openpyxl.load_workbook(file, data_only=True)
    return {cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}


def test_a_department_begins_to_work(served: tuple[str, str], doors: list[BrowserContext]) -> None:
    address, code = served
    admin, head, lead, manager, marketing = (door.new_page() for door in doors)
    set_up(admin, address, code)
    pages = {"head": head, "team_lead": lead, "manager": manager, "marketing": marketing}
    for role, link in invite(admin, address).items():
        come_in(pages[role], link, role)
    expect(manager.get_by_role("link", name="Загрузить данные")).to_have_count(0)  # whom to ask is told instead
    expect(manager.get_by_role("main")).to_contain_text("Попросите их")
    expect(manager.get_by_role("navigation")).not_to_contain_text("Данные")
    expect(marketing.get_by_role("navigation")).not_to_contain_text("Встреча 1:1")

    load(head, address)
    tie(admin, address, "Анна", "Анна Белова")
    tie(admin, address, "Виктор", "Виктор Орлов")
    manager.goto(f"{address}/manager")
    revenue = manager.locator("[data-block=own] [data-name=revenue]")
    expect(revenue).to_have_attribute("data-value", "150000")

    plan(head, address)
    fresh = manager.get_by_role("status").get_by_role("button", name="Показать", exact=True)
    fresh.click(timeout=LONG)  # the server tells that there are new figures
    expect(manager.locator("[data-block=own] [data-name=revenue_plan]")).to_have_attribute("data-value", "300000")

    meet(lead, address)
    manager.reload()
    one = manager.locator("[data-block=one_to_one]")
    one.get_by_role("checkbox", name="перезвонить трём клиентам").check()
    expect(one).to_contain_text("Встреча была сегодня")
    expect(one).not_to_contain_text("устала")
    manager.goto(f"{address}/manager?employee=crm:2")
    expect(manager.get_by_role("main")).not_to_contain_text("Пётр Ким")

    assert in_excel(head, address) >= {180_000, 300_000}
    manager.goto(f"{address}/plan")
    manager.locator("[data-block=company]").get_by_role("button", name=re.compile("Действия:")).click()
    expect(manager.get_by_role("menuitem", name="Скачать Excel")).to_have_count(0)
