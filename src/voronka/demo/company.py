"""Makes a whole company's folder: settings, mappings, pipelines and the exports of its systems; imports nothing."""

import json
import shutil
from dataclasses import dataclass, replace
from importlib.resources import as_file, files
from pathlib import Path

import duckdb
import numpy as np

from voronka.demo import crm, marketing, money
from voronka.demo.clients import Clients, make_clients
from voronka.demo.contacts import DONE, NONE, Past, forgotten, make_contacts
from voronka.demo.conversations import call_table, mail_table, message_table
from voronka.demo.deals import make_deals, owner_at
from voronka.demo.leads import make_leads
from voronka.demo.money import Tally
from voronka.demo.people import make_staff
from voronka.demo.plan import ZONE, DemoPlan, Truth
from voronka.demo.routine import Stretch, make_routine
from voronka.demo.rows import Rows, joined, texts
from voronka.demo.stories import draw_plot, told
from voronka.demo.words import METRICS, OFF_PROFILE_REASONS
from voronka.demo.worktime import DAY, WorkTime
from voronka.demo.writing import ISO, OLD_RUSSIAN, RUSSIAN, Style, engine, write_csv, write_workbook
from voronka.settings import FILE, Calendar, template

__all__ = ["DemoPlan", "Truth", "make_company"]

NAME = "Северный ветер"
MADE_WITH = 4
"""The version of the generator: another one makes other files of the same plan."""
_WARM_UP_DAYS = 130
_AHEAD_DAYS = 60
_PLANNED_DAYS = 10
_KINDS = ("call", "email", "message", "meeting", "task")
_NUMBERS = 10_000_000
"""The ids of one stretch of days lie apart from those of the next by so many."""
_PEOPLE_MONTHS = 1500
"""Managers x months whose routine is made and written at once: what bounds the memory."""


@dataclass
class _Folder:
    """The folder being written, and how many rows each export got."""

    path: Path
    rows: dict[str, int]
    connection: duckdb.DuckDBPyConnection

    def csv(self, name: str, rows: Rows, style: Style = RUSSIAN, more: tuple[str, ...] = ()) -> None:
        """Write exports/<name>.csv."""
        self.rows[name] = write_csv(self.connection, self.path / "exports" / f"{name}.csv", rows, style, more)


def make_company(folder: Path, plan: DemoPlan) -> Truth:
    """Write a company's folder and return what is planted in it; a folder that is there gets the files anew."""
    _found(folder)
    past, clients = made_past(plan)
    with engine() as connection:
        out = _Folder(folder, {}, connection)
        _write(out, past, clients)
    truth = Truth(tuple(told(plan, past.staff, past.plot)), dict(sorted(out.rows.items())))
    (folder / "truth.json").write_text(truth.as_json(), encoding="utf-8")
    (folder / "demo.json").write_text(_made(plan), encoding="utf-8")
    return truth


def _write(out: _Folder, past: Past, clients: Clients) -> None:
    """Write the exports of all systems."""
    plan = past.plan
    for name, rows in {**crm.people_tables(past), **crm.client_tables(past, clients)}.items():
        out.csv("telephony/extensions" if name == "extensions" else f"crm/{name}", rows)
    _write_leads(out, past, clients)
    renamed_on = plan.first_day + (plan.today - plan.first_day) // 3
    for name, rows in crm.deal_tables(past, renamed_on).items():
        out.csv(f"crm/{name}", rows)
    tally = Tally(past)
    _write_contacts(out, past, clients, tally)
    _write_marketing(out, past)
    out.csv("accounting/payments", money.payment_table(past), OLD_RUSSIAN)
    _write_plans(out, past, tally)


_SCORES = """
[score.sdr]
weights = { calls = 2, talk_time = 2, emails_sent = 1, tasks_done = 1, leads_handed = 3 }
targets = { leads_handed = 1 }

[score.ae]
weights = { calls = 1, talk_time = 1, meetings = 2, proposals = 2, deals_won = 3, revenue = 3 }

[score.am]
weights = { calls = 1, talk_time = 1, emails_sent = 1, meetings = 1, deals_won = 2, revenue = 3 }
""".lstrip()
"""What people of each role are measured by."""


def _found(folder: Path) -> None:
    """Put down what a person would have written: settings, mappings, pipelines."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "metrics").mkdir(exist_ok=True)
    given = {
        "name": NAME,
        "language": "ru",
        "currency": "RUB",
        "time_zone": ZONE,
        "calendar.country": "RU",
        "regulations.first_response_minutes": 30,
        "profile.off_profile_reasons": OFF_PROFILE_REASONS,
    }
    (folder / FILE).write_text(f"{template(given)}\n{_SCORES}", encoding="utf-8")
    with as_file(files("voronka.demo") / "folder") as own:
        shutil.copytree(own, folder, dirs_exist_ok=True, copy_function=shutil.copyfile)


def _made(plan: DemoPlan) -> str:
    shown = {
        "seed": plan.seed,
        "managers": plan.managers,
        "months": plan.months,
        "until": plan.until.isoformat(),
        "stories": plan.stories,
        "volume": plan.volume,
        "made_with": MADE_WITH,
    }
    return json.dumps(shown, indent=2) + "\n"


def made_past(plan: DemoPlan) -> tuple[Past, Clients]:
    """Return people, leads and deals of a plan; work begins before the data, so that they do not begin with nothing."""
    first = plan.first_day - _WARM_UP_DAYS
    work = WorkTime.of(Calendar(), first - 30, plan.today + 400)
    staff = make_staff(plan, work, first, plan.today + _AHEAD_DAYS)
    plot = draw_plot(plan, staff)
    roles = np.zeros(len(staff.people), dtype=np.int64)
    for span in staff.spans:
        roles[span.person] = span.role
    clients = make_clients(plan, staff, plot)
    leads = make_leads(plan, staff, work, plot, first)
    leads = leads.plus(account=np.full(len(leads), NONE))
    deals = make_deals(plan, staff, work, plot, (leads, clients))
    leads, deals = _inside(plan, leads, deals, len(clients))
    deals = deals.plus(is_forgotten=forgotten(plan, len(deals)))
    return Past(plan, staff, work, plot, leads, deals, roles), clients


def _inside(plan: DemoPlan, leads: Rows, deals: Rows, accounts: int) -> tuple[Rows, Rows]:
    """Return the leads since the first day and the deals that were open then or later; the clients get their places."""
    start = plan.first_day * DAY
    kept = leads["created"] >= start
    place = np.where(kept, np.cumsum(kept) - 1, NONE)
    leads = leads.where(kept)
    qualified = leads["qualified"] <= plan.now
    account = np.where(qualified, accounts + np.cumsum(qualified) - 1, NONE)
    leads = leads.plus(account=account, number=np.arange(len(leads)) + 10_001)
    deals = deals.where(deals["closed"] >= start)
    lead = np.where(deals["lead"] >= 0, place[deals["lead"]], NONE)
    owned = np.where(lead >= 0, account[lead], np.where(deals["is_repeated"], deals["account"], NONE))
    return leads, deals.plus(lead=lead, account=owned)


def _write_leads(out: _Folder, past: Past, clients: Clients) -> None:
    """Write two exports that overlap: the second has anew what changed since three weeks before the first."""
    earlier = past.plan.now - 60 * DAY
    out.csv("crm/leads_1", crm.lead_table(past, clients, earlier))
    now = crm.lead_table(past, clients, past.plan.now)
    since = np.datetime64(earlier - 21 * DAY, "s")
    twins = now.where(np.arange(len(now)) % 400 == 17)  # noqa: PLR2004 - a lead of some hundreds is made twice
    twins = twins.plus(**{"Объединён с": twins["ID"], "ID": twins["ID"] + 9_000_000})
    out.csv("crm/leads_2", joined([now.where(now["Изменён"] >= since), twins]))


def _stretches(plan: DemoPlan) -> list[Stretch]:
    """Return the stretches of days that are made at once: calendar years, less where the company is large."""
    months = max(1, min(12, _PEOPLE_MONTHS // plan.managers))
    first = np.datetime64(plan.first_day, "D").astype("M8[M]").astype(int)
    last = np.datetime64(plan.today, "D").astype("M8[M]").astype(int)
    starts = [month for month in range(first, last + 1) if month == first or month % 12 % months == 0]
    days = [int(np.datetime64(month, "M").astype("M8[D]").astype(np.int64)) for month in starts]
    ends = [*(day - 1 for day in days[1:]), plan.today + _PLANNED_DAYS]
    return [Stretch(place + 1, *both) for place, both in enumerate(zip(days, ends, strict=True))]


def _write_contacts(out: _Folder, past: Past, clients: Clients, tally: Tally) -> None:
    own = make_contacts(past)
    own = {kind: rows.sorted_by("at") for kind, rows in own.items()}
    none = {kind: np.full(len(own[kind]), NONE) for kind in _KINDS}
    own["call"] = own["call"].plus(account=none["call"], rings_all=np.zeros(len(own["call"]), dtype=bool))
    for kind in ("meeting", "demo"):
        own[kind] = own[kind].plus(account=past.deals["account"][own[kind]["deal"]])
    for stretch in _stretches(past.plan):
        made = make_routine(past, clients, stretch)
        both = {kind: _together(own[kind], made[kind], stretch) for kind in _KINDS}
        _write_stretch(out, past, both, stretch)
        _count(past, tally, both)
    start = past.plan.first_day * DAY
    proposals, demos = (own[kind].where(own[kind]["at"] >= start) for kind in ("proposal", "demo"))
    out.csv("crm/demos", crm.meeting_table(past, demos, 1))
    out.csv("crm/proposals", crm.proposal_table(past, proposals))
    tally.add(money.PROPOSALS, proposals["owner"], proposals["at"])
    won = np.flatnonzero(past.deals["won"])
    closed = past.deals["closed"][won]
    sellers = owner_at(past.deals, won, closed)
    tally.add(money.SALES, sellers, closed)
    tally.add(money.REVENUE, sellers, closed, past.deals["amount"][won])


def _together(own: Rows, made: Rows, stretch: Stretch) -> Rows:
    """Return what was done for leads and deals in a stretch and its routine; numbers of mails and chats kept apart."""
    inside = (own["at"] >= stretch.first * DAY) & (own["at"] < (stretch.last + 1) * DAY)
    chosen = own.where(inside)
    linked = [name for name in ("id", "answers", "chat") if name in made.columns]
    apart = {name: np.where(made[name] >= 0, made[name] + stretch.number * _NUMBERS, NONE) for name in linked}
    return joined([chosen, made.plus(**apart).only(list(chosen.columns))])


def _suffix(stretch: Stretch) -> str:
    first = str(np.datetime64(stretch.first, "D"))[:7]
    return first.replace("-", "_")


def _write_stretch(out: _Folder, past: Past, kinds: dict[str, Rows], stretch: Stretch) -> None:
    suffix, ids, is_first = _suffix(stretch), stretch.number * _NUMBERS, stretch.number == 1
    bad_calls = (f"{ids},,Исходящий,2026-02-31 10:15:00,113,79000000000,9,61,,,",) if is_first else ()
    out.csv(f"telephony/calls_{suffix}", call_table(past, kinds["call"], ids + 1), ISO, bad_calls)
    out.csv(f"mail/mail_{suffix}", mail_table(past, kinds["email"]), ISO)
    out.csv(f"messengers/messages_{suffix}", message_table(past, kinds["message"], ids), ISO)
    torn = ("9900001;12;05.02.2026 10:00:00", "9900002;12;05.02.2026 10:00:00;;;;;;;лишнее") if is_first else ()
    out.csv(f"crm/meetings_{suffix}", crm.meeting_table(past, kinds["meeting"], ids), RUSSIAN, torn)
    out.csv(f"crm/tasks_{suffix}", crm.task_table(past, kinds["task"], ids))


def _count(past: Past, tally: Tally, kinds: dict[str, Rows]) -> None:
    calls, mails, meetings, tasks = (kinds[kind] for kind in ("call", "email", "meeting", "task"))
    tally.add(money.CALLS, calls["owner"], calls["at"])
    tally.add(money.TALK, calls["owner"], calls["at"], calls["talk"] / 3600)
    sent = mails.where(mails["is_out"])
    tally.add(money.MAILS, sent["owner"], sent["at"])
    held = meetings.where(meetings["status"] == DONE)
    tally.add(money.MEETINGS, held["owner"], held["start"])
    tally.add(money.TASKS, tasks["owner"], tasks["done"].clip(max=past.plan.now + 1))


def _write_marketing(out: _Folder, past: Past) -> None:
    for name, rows in marketing.spend_tables(past).items():
        style = replace(OLD_RUSSIAN, title=f"Отчёт по кампаниям, {NAME}") if name == "direct" else ISO
        out.csv(f"marketing/{name}", rows, style)
    out.csv("marketing/visits", marketing.touch_table(past), ISO)


def _write_plans(out: _Folder, past: Past, tally: Tally) -> None:
    rows = money.plan_rows(past, tally)
    workbook = Rows(
        {
            "Показатель": texts([title for _, title in METRICS])[rows["metric"]],
            "Сотрудник ID": texts([*past.staff.ids().tolist(), None])[rows["person"]],
            "Сотрудник": texts([*past.staff.names(), None])[rows["person"]],
            "Отдел": texts([*(team.name for team in past.staff.teams), None])[rows["team"]],
            "С": rows["first"],
            "По": rows["last"],
            "План": rows["value"],
        }
    )
    out.rows["plans"] = write_workbook(out.path / "exports" / "plans.xlsx", "Планы", workbook)
