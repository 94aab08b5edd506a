import numpy as np

from voronka.demo.contacts import Past
from voronka.demo.conversations import call_table, mail_table, message_table
from voronka.demo.people import SDR
from voronka.demo.rows import Rows


def calls(past: Past, number: int, *, rings_all: bool) -> Rows:
    owner = past.staff.of_role(SDR)[0]
    start = past.plan.first_day * 86_400 + 40_000
    columns = {name: np.full(number, -1) for name in ("lead", "deal", "account")}
    return Rows(
        {
            "owner": np.full(number, owner),
            "at": start + np.arange(number) * 3_600,
            **columns,
            "is_out": np.zeros(number, dtype=bool),
            "rings_all": np.full(number, rings_all),
            "talk": np.full(number, 50),
            "wait": np.full(number, 5),
        }
    )


def test_a_call_to_one_person_is_one_line(past: Past) -> None:
    table = call_table(past, calls(past, 20, rings_all=False), 100)
    assert table["ID звонка"].tolist() == [str(number) for number in range(100, 120)]
    assert set(table["ID разговора"].tolist()) == {-1}


def test_a_call_to_a_group_has_a_leg_for_each_who_was_rung_and_one_of_them_talks(past: Past) -> None:
    table = call_table(past, calls(past, 200, rings_all=True), 100)
    assert len(table) > 300
    assert len(set(table["ID звонка"].tolist())) == len(table)
    assert len(set(table["ID разговора"].tolist())) == 200
    talked = table.where(table["Разговор, с"] > 0)
    assert sorted(talked["ID разговора"].tolist()) == list(range(100, 300))
    first = [name for name in table["ID звонка"].tolist() if "-" not in name]
    assert talked["ID звонка"].tolist() == first


def test_a_client_of_a_lead_calls_from_one_number(past: Past) -> None:
    of_lead = calls(past, 10, rings_all=False).plus(lead=np.full(10, 3))
    table = call_table(past, of_lead, 100)
    assert len(set(table["Номер клиента"].tolist())) == 1
    assert set(table["Лид"].tolist()) == {past.leads["number"][3]}


def test_most_of_the_missed_are_called_back_within_the_hour_from_the_same_number(past: Past) -> None:
    missed = calls(past, 400, rings_all=False).plus(talk=np.zeros(400, dtype=np.int64), lead=np.full(400, 3))
    missed = missed.plus(at=past.plan.first_day * 86_400 + 40_000 + np.arange(400))
    table = call_table(past, missed, 100)
    back = table.where(table["Тип"] == "Исходящий")
    assert 0.7 < len(back) / 400 < 0.86
    assert len(set(table["ID звонка"].tolist())) == len(table) == 400 + len(back)
    assert set(back["Номер клиента"].tolist()) == set(table["Номер клиента"].tolist())
    waited = back["Дата и время"] - np.sort(table["Дата и время"])[0]
    assert waited.min() >= np.timedelta64(3, "m")
    assert waited.max() <= np.timedelta64(60, "m")


def test_a_reply_stands_in_the_thread_of_the_mail_it_answers(past: Past) -> None:
    mails = Rows(
        {
            "id": np.array([1, 2]),
            "answers": np.array([-1, 1]),
            "at": np.array([200, 100]),
            "owner": np.array([0, 0]),
            "is_out": np.array([True, False]),
            "subject": np.array([2, 2]),
            "lead": np.array([-1, -1]),
            "deal": np.array([0, 0]),
        }
    )
    table = mail_table(past, mails)
    assert table["message_id"].tolist() == [2, 1]  # by time
    assert table["thread_id"].tolist() == [1, 1]
    assert table["in_reply_to"].tolist() == [1, -1]
    assert table["subject"].tolist() == ["Re: Коммерческое предложение", "Коммерческое предложение"]
    assert table["template"].tolist() == [None, "КП"]


def test_the_text_of_a_chat_is_the_clients_own(past: Past) -> None:
    columns = {"at": [10, 20], "chat": [4, 4], "owner": [0, 0], "lead": [-1, -1], "deal": [-1, -1]}
    rows = Rows({name: np.array(values) for name, values in columns.items()}).plus(is_out=np.array([True, False]))
    table = message_table(past, rows, 700)
    assert table["id"].tolist() == [700, 701]
    assert len(set(table["chat"].tolist())) == 1
    assert table["text"][0] is None
    assert table["text"][1]
