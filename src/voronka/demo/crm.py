"""The CRM's exports: people, clients, leads, deals, their histories, and what is planned and done for them."""

import numpy as np

from voronka.demo.clients import Clients, company_names, people_names, phones, spelled
from voronka.demo.contacts import CANCELLED, DONE, NO_SHOW, PLANNED, Past
from voronka.demo.deals import STEPS, called, owner_at, stage_now
from voronka.demo.leads import COLD, IN_WORK, NEVER, stage_of
from voronka.demo.people import AE, HEAD
from voronka.demo.rows import Array, Rows, joined, texts
from voronka.demo.words import (
    CHANNELS,
    DEAL_STAGES,
    EXISTING,
    GREY,
    HANDOVER_REASONS,
    INDUSTRIES,
    LEAD_STAGES,
    LOSS_REASONS,
    POSITIONS,
    PRODUCTS,
    REGIONS,
    REJECT_REASONS,
    ROLE_TITLES,
    SEGMENTS,
    SIZES,
    TASKS,
    TEMPERATURES_RU,
)
from voronka.demo.worktime import DAY, HOUR
from voronka.demo.writing import NOTHING, days, moments

ACCOUNTS, CONTACTS = 3_001, 7_001
MOVES = ("response", "qualified", "handed", "nurtured", "returned", "rejected")
"""The steps of a lead that change its card."""
_EMPTY = texts([None])
_YES_NO = texts(["нет", "да"])


def numbered(values: Array, start: int) -> Array:
    """Return positions as ids that begin at `start`, NOTHING where there is none."""
    return np.where(values >= 0, values + start, NOTHING)


def lead_ids(past: Past, values: Array) -> Array:
    """Return the ids of leads by their places, NOTHING where there is none."""
    return np.where(values >= 0, past.leads["number"][values], NOTHING)


def deal_ids(past: Past, values: Array) -> Array:
    """Return the ids of deals by their places, NOTHING where there is none."""
    return np.where(values >= 0, past.deals["number"][values], NOTHING)


def people_tables(past: Past) -> dict[str, Rows]:
    """Return the tables of employees (a row per span of team and role), teams and absences."""
    staff = past.staff
    ids, names = staff.ids(), texts(staff.names())
    who = np.array([s.person for s in staff.spans])
    teams = texts([team.name for team in staff.teams])
    roles = texts(list(ROLE_TITLES))
    employees = Rows(
        {
            "ID": ids[who],
            "Сотрудник": names[who],
            "Отдел": teams[np.array([s.team for s in staff.spans])],
            "Должность": roles[np.array([s.role for s in staff.spans])],
            "E-mail": texts([f"user{staff.people[p].id}@severveter.example" for p in who]),
            "Принят": days(np.array([staff.people[p].hired for p in who])),
            "Уволен": days(np.array([staff.people[p].left for p in who])),
            "В отделе с": days(np.array([s.first for s in staff.spans])),
            "В отделе до": days(np.array([s.until for s in staff.spans])),
        }
    )
    head = next((s.person for s in staff.spans if s.role == HEAD), None)
    leads = [head if team.role == HEAD else team.lead for team in staff.teams]
    table = Rows({"Отдел": teams, "Руководитель ID": np.array([NOTHING if p in {None, -1} else ids[p] for p in leads])})
    away = staff.absences
    absences = Rows(
        {
            "Сотрудник ID": ids[np.array([a.person for a in away], dtype=np.int64)],
            "Вид": texts(["Больничный" if a.is_sick else "Отпуск" for a in away]),
            "Начало": moments(np.array([a.first for a in away], dtype=np.int64) * DAY),
            "Окончание": moments(np.array([a.last + 1 for a in away], dtype=np.int64) * DAY),
        }
    )
    extensions = Rows(
        {
            "Внутренний номер": np.array([p.extension for p in staff.people]),
            "Имя": names,
            "ID в CRM": ids,
        }
    )
    return {"employees": employees, "teams": table, "absences": absences, "extensions": extensions}


def client_tables(past: Past, clients: Clients) -> dict[str, Rows]:
    """Return the tables of accounts, contacts and products, and nothing of clients who only asked once."""
    draws = past.plan.draws("clients", "tables")
    leads, ids = past.leads, past.staff.ids()
    own = np.flatnonzero((leads["account"] >= 0) & (leads["qualified"] <= past.plan.now))
    number = len(clients) + len(own)
    keeper = np.where(clients.handed <= past.plan.today, clients.heir, clients.keeper)
    owner = np.concatenate([ids[keeper], ids[leads["sdr"][own]]])
    long_ago = np.full(len(clients), past.plan.first_day * DAY - 200 * DAY)
    accounts = Rows(
        {
            "ID": np.concatenate([np.arange(len(clients)), leads["account"][own]]) + ACCOUNTS,
            "Название": company_names(draws, number),
            "Сегмент": texts(SEGMENTS)[np.concatenate([clients.segment, leads["segment"][own]])],
            "Отрасль": texts(INDUSTRIES)[draws.integers(len(INDUSTRIES), size=number)],
            "Город": texts(REGIONS)[draws.choice(len(REGIONS), number, p=[0.4, 0.2, 0.12, 0.07, 0.08, 0.06, 0.07])],
            "Сотрудников": texts(SIZES)[draws.integers(len(SIZES), size=number)],
            "Ответственный ID": owner,
            "Создана": moments(np.concatenate([long_ago, leads["qualified"][own]])),
        }
    )
    people = len(clients) + len(leads)
    account = np.concatenate(
        [np.arange(len(clients)), np.where(leads["qualified"] <= past.plan.now, leads["account"], -1)]
    )
    numbers = phones(draws, people)
    contacts = Rows(
        {
            "ID": np.arange(people) + CONTACTS,
            "Имя": people_names(draws, people),
            "Компания ID": numbered(account, ACCOUNTS),
            "Должность": texts([*POSITIONS, None])[draws.integers(len(POSITIONS) + 1, size=people)],
            "Телефон": spelled(numbers, draws),
            "Создан": moments(np.concatenate([long_ago, leads["created"]])),
        }
    )
    goods = Rows(
        {
            "Артикул": np.arange(len(PRODUCTS)) + 101,
            "Наименование": texts([name for name, *_ in PRODUCTS]),
            "Группа": texts([series for _, series, *_ in PRODUCTS]),
            "Цена": np.array([float(price) for *_, price, _ in PRODUCTS]),
        }
    )
    return {"accounts": accounts, "contacts": contacts, "products": goods}


def lead_table(past: Past, clients: Clients, now: int) -> Rows:
    """Return the leads as the CRM had them at a moment: an export of an earlier day knows less."""
    draws = past.plan.draws("leads", "table")
    leads = past.leads
    kind = np.array([len(each[5]) for each in CHANNELS])[leads["channel"]]
    campaigns = texts([name for each in CHANNELS for name in each[5]] + [None])
    first = np.cumsum([0, *(len(each[5]) for each in CHANNELS)])[:-1]
    campaign = campaigns[np.where(kind > 0, first[leads["channel"]] + leads["campaign"], len(campaigns) - 1)]
    rejected = leads["rejected"] <= now
    reasons = texts([name or None for name, _ in REJECT_REASONS])[leads["reason"]]
    reasons = np.where(
        leads["refused"] <= now, texts(HANDOVER_REASONS)[leads["reason"] % len(HANDOVER_REASONS)], reasons
    )
    moved = np.maximum.reduce([np.where(leads[n] <= now, leads[n], 0) for n in MOVES])
    people = np.arange(len(leads)) + len(clients)
    wanted = texts([name for name, *_ in PRODUCTS])[leads["number"] % len(PRODUCTS)]
    return Rows(
        {
            "ID": leads["number"],
            "Название": wanted,
            "Стадия": texts(LEAD_STAGES)[stage_of(leads, now)],
            "Ответственный ID": past.staff.ids()[leads["sdr"]],
            "Ответственный": _spaced(draws, texts(past.staff.names())[leads["sdr"]]),
            "Источник": texts([each[0] for each in CHANNELS])[leads["channel"]],
            "Кампания": campaign,
            "Температура": np.where(
                leads["response"] <= now, texts(TEMPERATURES_RU)[leads["label"]], TEMPERATURES_RU[COLD]
            ),
            "Целевой": np.where(leads["qualified"] <= now, _YES_NO[1], _YES_NO[leads["target"].astype(int)]),
            "Сегмент": texts(SEGMENTS)[leads["segment"]],
            "Контакт ID": people + CONTACTS,
            "Компания ID": np.where(leads["qualified"] <= now, numbered(leads["account"], ACCOUNTS), NOTHING),
            "Причина отказа": np.where(rejected, reasons, _EMPTY),
            "Создан": moments(leads["created"]),
            "Изменён": moments(np.maximum(leads["created"], moved)),
            "Объединён с": np.full(len(leads), NOTHING),
        }
    ).where(leads["created"] <= now)


def _spaced(draws: np.random.Generator, names: Array) -> Array:
    """Return names of which a few have the spaces that people type."""
    few = draws.random(len(names)) < 0.01  # noqa: PLR2004 - rare, but always there
    return np.where(few, " " + names + "  ", names)


def deal_tables(past: Past, renamed_on: int) -> dict[str, Rows]:
    """Return the tables of deals, of the stages they and the leads went through, and of fields changed."""
    deals, now = past.deals, past.plan.now
    ids, number = past.staff.ids(), np.arange(len(past.deals))
    owner = owner_at(deals, number, np.full(len(number), now))
    stage = texts([*DEAL_STAGES, GREY])[stage_now(deals, now)]
    stages = np.where(stage == "КП отправлено", called("КП отправлено", deals["s4"], renamed_on), stage)
    channels = texts([*(each[0] for each in CHANNELS), EXISTING[0]])
    is_lost = deals[STEPS[7]] <= now
    is_closed = deals["closed"] <= now
    kinds = np.where(deals["is_repeated"], "Повторная", "Новая").astype(object)
    expected = deals["closed"] + past.plan.draws("deals", "expected").integers(-6, 15, len(deals)) * DAY
    changed = (deals["first_amount"] > 0) & (deals[STEPS[4]] <= now)
    table = Rows(
        {
            "ID": deals["number"],
            "Лид ID": lead_ids(past, deals["lead"]),
            "Стадия": stages,
            "Ответственный ID": ids[owner],
            "Передал ID": np.where(deals["sdr"] >= 0, ids[deals["sdr"]], NOTHING),
            "Компания ID": numbered(deals["account"], ACCOUNTS),
            "Источник": channels[deals["channel"]],
            "Продукт": texts([name for name, *_ in PRODUCTS])[deals["product"]],
            "Тип": kinds,
            "Сумма": np.where(changed | (deals["first_amount"] <= 0), deals["amount"], deals["first_amount"]),
            "Скидка": deals["discount"],
            "Маржа": deals["margin"],
            "Причина отказа": np.where(is_lost, texts([r or None for r, _ in LOSS_REASONS])[deals["reason"]], _EMPTY),
            "Создана": moments(deals["created"]),
            "Закрыта": moments(np.where(is_closed, deals["closed"], NEVER)),
            "Ожидаемая дата": days(np.maximum(expected, deals["created"] + DAY) // DAY),
        }
    )
    return {
        "deals": table,
        "deal_stages": _deal_stages(past, renamed_on),
        "lead_stages": _lead_stages(past),
        **_changes(past, changed),
    }


def _deal_stages(past: Past, renamed_on: int) -> Rows:
    deals = past.deals
    parts = []
    steps = [*zip(DEAL_STAGES, STEPS, strict=True), (GREY, "grey")]
    for stage, step in steps:
        place = np.flatnonzero(deals[step] <= past.plan.now)
        at = deals[step][place]
        who = past.staff.ids()[owner_at(deals, place, at)]
        parts.append(
            Rows(
                {"ID сделки": deals["number"][place], "Стадия": called(stage, at, renamed_on), "at": at, "Кто ID": who}
            )
        )
    found = joined(parts).sorted_by("at", "ID сделки")
    return Rows(
        {
            "ID сделки": found["ID сделки"],
            "Стадия": found["Стадия"],
            "Когда": moments(found["at"]),
            "Кто ID": found["Кто ID"],
        }
    )


def _lead_stages(past: Past) -> Rows:
    leads = past.leads
    steps = ("created", "response", "qualified", "handed", "accepted", "rejected", "nurtured")
    parts = []
    for stage, step in [*zip(LEAD_STAGES, steps, strict=True), (LEAD_STAGES[IN_WORK], "returned")]:
        place = np.flatnonzero(leads[step] <= past.plan.now)
        names = np.full(len(place), stage, dtype=object)
        parts.append(Rows({"ID лида": leads["number"][place], "Стадия": names, "at": leads[step][place]}))
    found = joined(parts).sorted_by("at", "ID лида")
    return Rows({"ID лида": found["ID лида"], "Стадия": found["Стадия"], "Когда": moments(found["at"])})


def _changes(past: Past, changed: Array) -> dict[str, Rows]:
    """Return the changes of owners and amounts, and the hand-overs of leads."""
    deals, leads, now = past.deals, past.leads, past.plan.now
    ids = past.staff.ids()
    turned = np.flatnonzero(deals["since"] <= now)
    priced = np.flatnonzero(changed)
    amounts = [[f"{value:.2f}" for value in deals[name][priced].tolist()] for name in ("first_amount", "amount")]
    fields = Rows(
        {
            "ID сделки": np.concatenate([deals["number"][turned], deals["number"][priced]]),
            "Поле": texts(["Ответственный"] * len(turned) + ["Сумма"] * len(priced)),
            "Было": texts([*map(str, ids[deals["owner"][turned]].tolist()), *amounts[0]]),
            "Стало": texts([*map(str, ids[deals["heir"][turned]].tolist()), *amounts[1]]),
            "at": np.concatenate([deals["since"][turned], deals[STEPS[4]][priced] - HOUR]),
        }
    ).sorted_by("at", "ID сделки")
    handed = np.flatnonzero(leads["handed"] <= now)
    lead = leads.where(handed)
    of_lead = np.full(len(leads), -1)
    known = np.flatnonzero(deals["lead"] >= 0)
    of_lead[deals["lead"][known]] = deals["owner"][known]
    draws = past.plan.draws("handovers")
    others = past.staff.drawn(draws, AE, lead["handed"] // DAY)
    to = np.where(of_lead[handed] >= 0, of_lead[handed], others)
    handovers = Rows(
        {
            "Лид ID": lead["number"],
            "От кого ID": ids[lead["sdr"]],
            "Кому ID": ids[to],
            "Передан": moments(lead["handed"]),
            "Принят": moments(np.where(lead["accepted"] <= now, lead["accepted"], NEVER)),
            "Отклонён": moments(np.where(lead["refused"] <= now, lead["refused"], NEVER)),
            "Причина": np.where(lead["refused"] <= now, texts(HANDOVER_REASONS)[lead["reason"] % 4], _EMPTY),
            "По критериям": _YES_NO[lead["target"].astype(int)],
            "Заполнено, %": np.round(draws.beta(6, 2, len(handed)) * 100).astype(np.int64),
        }
    )
    table = Rows({**{n: fields[n] for n in ("ID сделки", "Поле", "Было", "Стало")}, "Когда": moments(fields["at"])})
    return {"changes": table, "handovers": handovers}


_STATUS = {DONE: "Состоялась", PLANNED: "Запланирована", CANCELLED: "Отменена", NO_SHOW: "Клиент не пришёл"}


def meeting_table(past: Past, rows: Rows, start: int) -> Rows:
    """Return meetings or demos as the CRM's calendar exports them; ids go on from `start`."""
    ids = past.staff.ids()
    return Rows(
        {
            "ID": np.arange(len(rows)) + start,
            "Ответственный ID": ids[rows["owner"]],
            "Создана": moments(rows["created"]),
            "Начало": moments(rows["start"]),
            "Конец": moments(rows["end"]),
            "Статус": texts([_STATUS[place] for place in range(len(_STATUS))])[rows["status"]],
            "Сделка ID": deal_ids(past, rows["deal"]),
            "Компания ID": numbered(rows["account"], ACCOUNTS),
        }
    )


def task_table(past: Past, rows: Rows, start: int) -> Rows:
    """Return tasks as the CRM exports them; ids go on from `start`."""
    is_done = rows["done"] <= past.plan.now
    return Rows(
        {
            "ID": np.arange(len(rows)) + start,
            "Задача": texts(TASKS)[rows["subject"]],
            "Ответственный ID": past.staff.ids()[rows["owner"]],
            "Поставлена": moments(rows["created"]),
            "Срок": moments(rows["due"]),
            "Выполнена": moments(np.where(is_done, rows["done"], NEVER)),
            "Готово": _YES_NO[is_done.astype(int)],
            "Лид ID": lead_ids(past, rows["lead"]),
            "Сделка ID": deal_ids(past, rows["deal"]),
        }
    )


def proposal_table(past: Past, rows: Rows) -> Rows:
    """Return the proposals sent."""
    return Rows(
        {
            "ID": np.arange(len(rows)) + 1,
            "Сделка ID": deal_ids(past, rows["deal"]),
            "Кто ID": past.staff.ids()[rows["owner"]],
            "Отправлено": moments(rows["at"]),
            "Документ": texts([f"КП-{number}" for number in range(1, len(rows) + 1)]),
        }
    )
