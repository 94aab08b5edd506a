"""The exports of the telephone exchange, the mail server and the messengers."""

import numpy as np

from voronka.demo.contacts import Past
from voronka.demo.crm import ACCOUNTS, deal_ids, lead_ids, numbered
from voronka.demo.people import SDR
from voronka.demo.rows import Array, Rows, joined, texts
from voronka.demo.words import MESSENGERS, REPLIES, SUBJECTS, TEMPLATES
from voronka.demo.worktime import DAY
from voronka.demo.writing import NOTHING, moments

_EMPTY = texts([None])
_CALLED_BACK, _REACHED_AGAIN = 0.78, 0.7
_WAYS = texts(["Входящий", "Исходящий"])


def call_table(past: Past, calls: Rows, start: int) -> Rows:
    """Return calls as the exchange writes them: a row per leg, those of a ring group with one conversation id."""
    draws = past.plan.draws("calls", "table", start)
    calls = calls.sorted_by("at").plus(id=np.arange(len(calls)) + start)
    calls = calls.plus(conversation=np.where(calls["rings_all"], calls["id"], NOTHING), phone=_phones(draws, calls))
    calls = joined([calls, _called_back(past, calls, start)])
    legs = joined([calls, _ringing(past, draws, calls)]).sorted_by("id")
    ids = texts([str(number) for number in legs["id"].tolist()])
    leg = np.concatenate([[0], np.where(np.diff(legs["id"]) == 0, 1, 0)]) if len(legs) else np.zeros(0, dtype=np.int64)
    place = _place_in_group(leg)
    extensions = np.array([person.extension for person in past.staff.people])
    return Rows(
        {
            "ID звонка": np.where(place > 0, ids + "-" + place.astype(str).astype(object), ids),
            "ID разговора": legs["conversation"],
            "Тип": _WAYS[legs["is_out"].astype(int)],
            "Дата и время": moments(legs["at"]),
            "Внутренний номер": extensions[legs["owner"]],
            "Номер клиента": legs["phone"],
            "Ожидание, с": legs["wait"],
            "Разговор, с": legs["talk"],
            "Лид": lead_ids(past, legs["lead"]),
            "Сделка": deal_ids(past, legs["deal"]),
            "Компания": numbered(legs["account"], ACCOUNTS),
        }
    )


def _phones(draws: np.random.Generator, calls: Rows) -> Array:
    """Return the clients' numbers: one for each lead and client, anybody's for a cold call; all of an unused range."""
    anybody = draws.integers(0, 10_000_000, len(calls))
    lead, account = calls["lead"], calls["account"]
    known = np.where(lead >= 0, lead * 7919 % 9_999_991, account * 6101 % 9_999_973)
    return 79_000_000_000 + np.where((lead >= 0) | (account >= 0), known, anybody)


def _called_back(past: Past, calls: Rows, start: int) -> Rows:
    """Return the calls to those who were missed: most are called back within the hour, by whom they had called."""
    draws = past.plan.draws("calls", "back", start)
    missed = calls.where(~calls["is_out"] & (calls["talk"] == 0))
    number = len(missed)
    at = missed["at"] + draws.integers(3, 45, number) * 60
    reached = draws.random(number) < _REACHED_AGAIN
    back = missed.plus(
        at=at,
        is_out=np.ones(number, dtype=bool),
        rings_all=np.zeros(number, dtype=bool),
        conversation=np.full(number, NOTHING),
        talk=np.where(reached, draws.integers(40, 420, number), 0),
        wait=draws.integers(4, 30, number),
    )
    back = back.where((draws.random(number) < _CALLED_BACK) & (at <= past.plan.now))
    return back.plus(id=np.arange(len(back)) + start + len(calls))


def _ringing(past: Past, draws: np.random.Generator, calls: Rows) -> Rows:
    """Return the legs of those who were rung too and did not take the call."""
    rung = calls.where(calls["rings_all"])
    rung = rung.where(np.repeat(np.arange(len(rung)), draws.integers(1, 4, len(rung))))
    other = past.staff.drawn(draws, SDR, rung["at"] // DAY)
    nothing = np.zeros(len(rung), dtype=np.int64)
    return rung.plus(owner=other, talk=nothing).where(other != rung["owner"])


def _place_in_group(follows: Array) -> Array:
    """Return 0 1 2 0 0 1 for rows of which those marked 1 follow one of their group."""
    place = np.arange(len(follows))
    start = np.maximum.accumulate(np.where(follows == 0, place, 0)) if len(follows) else place
    found: Array = place - start
    return found


def mail_table(past: Past, mails: Rows) -> Rows:
    """Return mails as the mail server's log has them; a reply names the mail it answers."""
    threads = np.where(mails["answers"] >= 0, mails["answers"], mails["id"])
    subject = texts(SUBJECTS)[mails["subject"]]
    return Rows(
        {
            "message_id": mails["id"],
            "thread_id": threads,
            "in_reply_to": np.where(mails["answers"] >= 0, mails["answers"], NOTHING),
            "date": moments(mails["at"]),
            "direction": texts(["in", "out"])[mails["is_out"].astype(int)],
            "crm_user": past.staff.ids()[mails["owner"]],
            "subject": np.where(mails["is_out"], subject, "Re: " + subject),
            "template": np.where(mails["is_out"], texts(TEMPLATES)[mails["subject"]], _EMPTY),
            "crm_lead": lead_ids(past, mails["lead"]),
            "crm_deal": deal_ids(past, mails["deal"]),
        }
    ).where(np.argsort(mails["at"], kind="stable"))


def message_table(past: Past, messages: Rows, start: int) -> Rows:
    """Return chat messages as the aggregator of messengers exports them."""
    draws = past.plan.draws("messages", "table", start)
    messages = messages.sorted_by("at")
    number = len(messages)
    said = texts(REPLIES)[draws.integers(0, len(REPLIES), number)]
    return Rows(
        {
            "id": np.arange(number) + start,
            "chat": messages["chat"],
            "messenger": texts(MESSENGERS)[messages["chat"] % len(MESSENGERS)],
            "time": moments(messages["at"]),
            "direction": texts(["in", "out"])[messages["is_out"].astype(int)],
            "user": past.staff.ids()[messages["owner"]],
            "text": np.where(messages["is_out"], _EMPTY, said),
            "lead": lead_ids(past, messages["lead"]),
            "deal": deal_ids(past, messages["deal"]),
        }
    )
