import numpy as np
import pytest

from voronka.demo.contacts import (
    CANCELLED,
    NO_SHOW,
    PLANNED,
    Past,
    make_contacts,
    settled,
    with_answers,
    with_replies,
)
from voronka.demo.leads import NEVER
from voronka.demo.rows import Rows


@pytest.fixture(scope="module")
def contacts(past: Past) -> dict[str, Rows]:
    return make_contacts(past)


def test_the_first_contact_with_a_lead_is_its_response(past: Past, contacts: dict[str, Rows]) -> None:
    first = np.full(len(past.leads), NEVER)
    for kind in ("call", "email", "message"):
        own = contacts[kind].where((contacts[kind]["lead"] >= 0) & contacts[kind]["is_out"])
        np.minimum.at(first, own["lead"], own["at"])
    known = past.leads["response"] <= past.plan.now
    assert (first[known] == past.leads["response"][known]).all()
    assert (first[~known] == NEVER).all()


def test_nothing_is_known_of_what_comes_later_but_what_is_planned(past: Past, contacts: dict[str, Rows]) -> None:
    now = past.plan.now
    assert all((contacts[kind]["at"] <= now).all() for kind in ("call", "email", "message", "proposal"))
    assert (contacts["meeting"]["created"] <= now).all()
    ahead = contacts["meeting"]["start"] > now
    assert ahead.any()
    assert set(contacts["meeting"]["status"][ahead].tolist()) <= {PLANNED, CANCELLED}
    assert not (contacts["meeting"]["status"][~ahead] == PLANNED).any()


def test_an_open_deal_has_a_task_ahead_unless_it_is_forgotten(past: Past, contacts: dict[str, Rows]) -> None:
    deals, now = past.deals, past.plan.now
    is_open = (deals["created"] <= now) & (deals["closed"] > now)
    tasks = contacts["task"]
    waiting = tasks["deal"][(tasks["done"] > now) & (tasks["deal"] >= 0)]
    planned = np.isin(np.arange(len(deals)), waiting)
    assert planned[is_open & ~deals["is_forgotten"]].all()
    assert not planned[is_open & deals["is_forgotten"]].any()


def test_who_sells_without_calls_makes_none(past: Past, contacts: dict[str, Rows]) -> None:
    assert not (contacts["call"]["owner"] == past.plot.callless).any()
    assert (contacts["email"]["owner"] == past.plot.callless).any()


def test_a_meeting_ahead_is_planned_and_one_that_was_has_its_fate() -> None:
    rows = Rows({"start": np.repeat([100, 10_000], 500)})
    found = settled(np.random.default_rng(1), rows, 5_000, (30, 90))
    assert set(found["status"][:500].tolist()) == {0, NO_SHOW, CANCELLED}
    assert set(found["status"][500:].tolist()) == {PLANNED, CANCELLED}
    minutes = (found["end"] - found["start"]) // 60
    assert set(minutes.tolist()) == {30, 40, 50, 60, 70, 80, 90}


def test_a_reply_names_the_mail_it_answers_and_comes_after_it(past: Past) -> None:
    sent = Rows({"at": past.work.days[:300] * 86_400 + 36_000, "is_out": np.ones(300, dtype=bool)})
    mails = with_replies(np.random.default_rng(1), sent, past.work)
    replies = mails.where(~mails["is_out"])
    assert 70 < len(replies) < 135  # a third of three hundred
    when = dict(zip(mails["id"].tolist(), mails["at"].tolist(), strict=True))
    assert all(
        when[answered] < at for answered, at in zip(replies["answers"].tolist(), replies["at"].tolist(), strict=True)
    )
    assert len(set(mails["id"].tolist())) == len(mails)


def test_a_client_answers_in_the_same_chat() -> None:
    sent = Rows({"at": np.arange(100) * 100_000})
    messages = with_answers(np.random.default_rng(1), sent)
    back = messages.where(~messages["is_out"])
    assert 35 < len(back) < 75
    assert (back["at"] > back["chat"] * 100_000).all()
