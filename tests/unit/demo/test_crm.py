import numpy as np
import pytest

from voronka.demo.clients import Clients
from voronka.demo.contacts import Past, make_contacts
from voronka.demo.crm import (
    ACCOUNTS,
    client_tables,
    deal_ids,
    deal_tables,
    lead_ids,
    lead_table,
    meeting_table,
    numbered,
    people_tables,
    proposal_table,
    task_table,
)
from voronka.demo.rows import Rows
from voronka.demo.words import GREY
from voronka.demo.worktime import DAY


@pytest.fixture(scope="module")
def deals(past: Past) -> dict[str, Rows]:
    return deal_tables(past, past.plan.today - 40)


def test_ids_are_places_with_nothing_for_nobody(past: Past) -> None:
    places = np.array([2, -1])
    assert numbered(places, 100).tolist() == [102, -1]
    assert lead_ids(past, places).tolist() == [past.leads["number"][2], -1]
    assert deal_ids(past, places).tolist() == [past.deals["number"][2], -1]


def test_a_person_who_moved_has_two_lines(past: Past) -> None:
    employees = people_tables(past)["employees"]
    ids, counts = np.unique(employees["ID"], return_counts=True)
    moved = ids[counts == 2]
    assert len(moved) == 1
    lines = employees.where(employees["ID"] == moved[0])
    assert len(set(lines["Отдел"].tolist())) == 2
    assert lines["В отделе до"][0] == lines["В отделе с"][1]
    assert np.isnat(lines["В отделе до"][1])


def test_the_head_leads_the_board_and_every_team_has_a_lead(past: Past) -> None:
    tables = people_tables(past)
    titles = dict(zip(tables["employees"]["ID"].tolist(), tables["employees"]["Должность"].tolist(), strict=True))
    leads = [titles[each] for each in tables["teams"]["Руководитель ID"].tolist()]
    assert leads == ["Руководитель отдела"] * 4 + ["Руководитель продаж"]


def test_every_extension_and_absence_is_of_a_known_person(past: Past) -> None:
    tables = people_tables(past)
    known = set(tables["employees"]["ID"].tolist())
    assert set(tables["extensions"]["ID в CRM"].tolist()) == known
    assert set(tables["absences"]["Сотрудник ID"].tolist()) <= known
    assert len(set(tables["extensions"]["Внутренний номер"].tolist())) == len(known)


def test_every_client_of_a_deal_or_contact_is_in_the_list(past: Past, clients: Clients, deals: dict[str, Rows]) -> None:
    tables = client_tables(past, clients)
    known = set(tables["accounts"]["ID"].tolist())
    assert len(known) == len(tables["accounts"])
    assert set(deals["deals"]["Компания ID"].tolist()) - {-1} <= known
    assert set(tables["contacts"]["Компания ID"].tolist()) - {-1} <= known
    assert ACCOUNTS in known


def test_an_earlier_export_of_leads_knows_less(past: Past, clients: Clients) -> None:
    then = lead_table(past, clients, past.plan.now - 20 * DAY)
    now = lead_table(past, clients, past.plan.now)
    assert len(then) < len(now)
    both = now.where(np.isin(now["ID"], then["ID"]))
    assert (then["Изменён"] <= both["Изменён"]).all()
    assert (then["Стадия"] == "Сконвертирован").sum() < (both["Стадия"] == "Сконвертирован").sum()


def test_a_lead_turned_down_mostly_has_its_reason_and_no_other_has_one(past: Past, clients: Clients) -> None:
    leads = lead_table(past, clients, past.plan.now)
    is_rejected = leads["Стадия"] == "Некачественный лид"
    given = leads["Причина отказа"] != None  # noqa: E711 - of each value
    assert given[is_rejected].mean() > 0.9
    assert not given[~is_rejected].any()


def test_a_deal_is_closed_on_the_day_of_its_last_stage(past: Past, deals: dict[str, Rows]) -> None:
    table, stages = deals["deals"], deals["deal_stages"]
    ended = table.where(np.isin(table["Стадия"], ["Успешно реализована", "Закрыта и не реализована"]))
    last = dict(zip(stages["ID сделки"].tolist(), stages["Когда"].tolist(), strict=True))  # in order of time
    assert [last[each] for each in ended["ID"].tolist()] == ended["Закрыта"].tolist()
    assert np.isnat(table["Закрыта"]).sum() == len(table) - len(ended)
    assert len(table) == len(past.deals)


def test_some_deals_stand_in_the_status_that_no_pipeline_lists(deals: dict[str, Rows]) -> None:
    assert GREY in deals["deals"]["Стадия"].tolist()
    names = deals["deal_stages"]["Стадия"].tolist()
    assert {"Отправлено КП", "КП отправлено", GREY} <= set(names)


def test_every_lead_handed_over_has_somebody_who_took_or_refused_it_or_not_yet(
    past: Past, deals: dict[str, Rows]
) -> None:
    handed = deals["handovers"]
    assert len(handed) == (past.leads["handed"] <= past.plan.now).sum()
    assert not (~np.isnat(handed["Принят"]) & ~np.isnat(handed["Отклонён"])).any()
    assert handed["Заполнено, %"].min() >= 0
    assert handed["Заполнено, %"].max() <= 100


def test_owners_change_by_their_ids(past: Past, deals: dict[str, Rows]) -> None:
    changes = deals["changes"]
    turned = changes.where(changes["Поле"] == "Ответственный")
    known = {str(each) for each in past.staff.ids().tolist()}
    assert set(turned["Было"].tolist()) | set(turned["Стало"].tolist()) <= known


def test_meetings_tasks_and_proposals_keep_their_owners_and_dates(past: Past) -> None:
    own = make_contacts(past)
    meetings = meeting_table(past, own["meeting"].plus(account=np.full(len(own["meeting"]), -1)), 500)
    assert meetings["ID"][:2].tolist() == [500, 501]
    assert (meetings["Начало"] < meetings["Конец"]).all()
    tasks = task_table(past, own["task"], 900)
    assert ((tasks["Готово"] == "да") == ~np.isnat(tasks["Выполнена"])).all()
    proposals = proposal_table(past, own["proposal"])
    assert (proposals["Сделка ID"] > 0).all()
    assert set(proposals["Кто ID"].tolist()) <= set(past.staff.ids().tolist())
