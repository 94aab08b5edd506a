import re

import numpy as np

from voronka.demo.clients import Clients, company_names, people_names, phones, spelled
from voronka.demo.contacts import Past


def test_clients_buy_again_of_whoever_keeps_them(past: Past, clients: Clients) -> None:
    orders = clients.orders(np.random.default_rng(1), past.plan, past.work)
    days = orders["created"] // 86_400
    account = orders["account"]
    expected = np.where(days >= clients.handed[account], clients.heir[account], clients.keeper[account])
    assert (orders["owner"] == expected).all()
    assert past.work.is_working(days).all()


def test_half_of_the_hidden_churners_clients_stop_and_the_others_buy_more(past: Past, clients: Clients) -> None:
    own = clients.keeper == past.plot.churner
    gone = clients.buys_until < past.plan.today
    assert gone[own].mean() == 0.5
    assert not gone[~own].any()
    orders = clients.orders(np.random.default_rng(1), past.plan, past.work)
    late = orders["created"] // 86_400 > (past.plan.first_day + past.plan.today) // 2
    theirs = own[orders["account"]]
    assert set(orders["times"][late & theirs].tolist()) == {2.6}
    assert set(orders["times"][~theirs].tolist()) == {1.0}


def test_names_are_like_those_of_companies_and_people() -> None:
    draws = np.random.default_rng(1)
    assert all(
        re.fullmatch(r"(ООО|АО) «[А-Яа-яЁё]+( \d+)?»|ИП \w+ \w\. \w\.", name) for name in company_names(draws, 200)
    )
    assert all(re.fullmatch(r"[А-ЯЁ][а-яё]+ [А-ЯЁ][а-яё]+", name) for name in people_names(draws, 200))


def test_one_number_is_spelled_in_several_ways() -> None:
    draws = np.random.default_rng(1)
    numbers = np.full(200, 79_001_234_567)
    found = set(spelled(numbers, draws).tolist())
    assert found == {"+7 (900) 123-45-67", "79001234567", "8 900 123-45-67", "+79001234567", "8(900)1234567"}


def test_numbers_are_of_a_range_that_is_nobodys() -> None:
    assert all(str(number).startswith("7900") for number in phones(np.random.default_rng(1), 50).tolist())
