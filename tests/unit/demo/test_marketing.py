import numpy as np

from voronka.demo.contacts import Past
from voronka.demo.marketing import spend_tables, touch_table
from voronka.demo.words import CHANNELS, EXISTING, PAID


def test_every_paid_channel_has_spend_on_its_days_and_no_other_has(past: Past) -> None:
    tables = spend_tables(past)
    days = past.plan.today - past.plan.first_day + 1
    assert len(tables["direct"]) == 3 * days  # three campaigns a day
    paid = {each[0] for each in CHANNELS if each[1] == PAID} - {"Яндекс Директ"}
    assert set(tables["other_ads"]["Канал"].tolist()) == paid
    assert (tables["other_ads"]["Расход"] > 0).all()


def test_a_fair_is_paid_once_a_month(past: Past) -> None:
    others = spend_tables(past)["other_ads"]
    fairs = others.where(others["Канал"] == "Выставки")
    assert [str(day)[-2:] for day in fairs["День"]] == ["12"] * 4


def test_campaigns_and_kinds_of_channels_are_listed(past: Past) -> None:
    tables = spend_tables(past)
    assert len(tables["campaigns"]) == sum(len(each[5]) for each in CHANNELS)
    kinds = dict(zip(tables["channels"]["channel"].tolist(), tables["channels"]["kind"].tolist(), strict=True))
    assert kinds["Авито"] == PAID
    assert kinds[EXISTING[0]] == EXISTING[1]


def test_the_last_visit_before_a_lead_names_it_and_its_channel(past: Past) -> None:
    visits = touch_table(past)
    named = visits.where(visits["lead"] >= 0)
    created = dict(zip(past.leads["number"].tolist(), past.leads["created"].tolist(), strict=True))
    names = [each[0] for each in CHANNELS]
    channel = dict(zip(past.leads["number"].tolist(), past.leads["channel"].tolist(), strict=True))
    seconds = named["at"].astype("M8[s]").astype(np.int64)
    assert all(
        created[lead] - 1_200 < at < created[lead] for lead, at in zip(named["lead"].tolist(), seconds, strict=True)
    )
    assert [names[channel[lead]] for lead in named["lead"].tolist()] == named["channel"].tolist()
