"""The exports of advertising and of the site: what was spent, by day and campaign, and who came by what link."""

import numpy as np

from voronka.demo.contacts import Past
from voronka.demo.rows import Array, Rows, joined, texts
from voronka.demo.words import CHANNELS, EXISTING, PAID
from voronka.demo.worktime import DAY, HOUR, weekday
from voronka.demo.writing import days, moments

DIRECT = 0
"""The channel that has an account of its own; the others stand in one table that marketing keeps."""
FAIRS = "Выставки"
_ONLINE = ("Яндекс Директ", "VK Реклама", "Сайт (SEO)", "Telegram Ads", "Авито")
_SOURCES = {
    "Яндекс Директ": "yandex",
    "VK Реклама": "vk",
    "Telegram Ads": "telegram",
    "Авито": "avito",
    "Сайт (SEO)": "google",
}
_FAIR_DAY = 12


def spend_tables(past: Past) -> dict[str, Rows]:
    """Return the spend of the advertising account and of the other paid channels, and the list of campaigns."""
    draws = past.plan.draws("spend")
    every = np.arange(past.plan.first_day, past.plan.today + 1)
    parts = {place: _spend(past, draws, place, every) for place, each in enumerate(CHANNELS) if each[1] == PAID}
    own = parts.pop(DIRECT)
    direct = Rows(
        {
            "День": own["День"],
            "Кампания": own["Кампания"],
            "Показы": own["Показы"],
            "Клики": own["Клики"],
            "Расход, руб.": own["Расход"],
        }
    )
    named = [(name, each[0]) for each in CHANNELS for name in each[5]]
    campaigns = Rows(
        {
            "campaign": texts([name for name, _ in named]),
            "channel": texts([channel for _, channel in named]),
            "utm_source": texts([_SOURCES.get(channel, "offline") for _, channel in named]),
            "utm_medium": texts(["cpc"] * len(named)),
            "utm_campaign": texts([f"camp_{place + 1}" for place in range(len(named))]),
        }
    )
    channels = [(each[0], each[1]) for each in CHANNELS] + [EXISTING]
    kinds = Rows({"channel": texts([name for name, _ in channels]), "kind": texts([kind for _, kind in channels])})
    return {"direct": direct, "other_ads": joined(list(parts.values())), "campaigns": campaigns, "channels": kinds}


def _spend(past: Past, draws: np.random.Generator, place: int, every: Array) -> Rows:
    """Return what a channel cost by day and campaign: bought at the pace of a usual demand, whatever it brought."""
    name, _, share, _, cost, campaigns = CHANNELS[place]
    leads_a_day = 0.82 * past.plan.managers * 0.9 * share * past.plot.season[_months(every)]
    usual = leads_a_day * cost * np.where(weekday(every) < 5, 1.1, 0.75)  # noqa: PLR2004 - the weekend's bids are lower
    if name == FAIRS:
        on = _day_of_month(every) == _FAIR_DAY
        usual, every = usual[on] * 30, every[on]
    parts = draws.dirichlet(np.full(len(campaigns), 6.0), len(every))
    money = np.round(usual[:, None] * parts * np.exp(draws.normal(0, 0.15, parts.shape)), 2)
    day, campaign = np.divmod(np.arange(money.size), len(campaigns))
    clicks = draws.poisson(money.ravel() / 68.0)
    return Rows(
        {
            "День": days(every[day]),
            "Канал": np.full(money.size, name, dtype=object),
            "Кампания": texts(campaigns)[campaign],
            "Показы": clicks * draws.integers(14, 40, money.size),
            "Клики": clicks,
            "Расход": money.ravel(),
        }
    )


def _months(every: Array) -> Array:
    return every.astype("M8[D]").astype("M8[M]").astype(np.int64) % 12


def _day_of_month(every: Array) -> Array:
    days_ = every.astype("M8[D]")
    found: Array = (days_ - days_.astype("M8[M]").astype("M8[D]")).astype(np.int64) + 1
    return found


def touch_table(past: Past) -> Rows:
    """Return the visits to the site before a lead came, the last of them on the day it came."""
    draws = past.plan.draws("touches")
    leads = past.leads
    online = np.isin(leads["channel"], [place for place, each in enumerate(CHANNELS) if each[0] in _ONLINE])
    lead = np.flatnonzero(online & (leads["created"] <= past.plan.now))
    visits = 1 + draws.poisson(0.9, len(lead))
    who = np.repeat(lead, visits)
    last = np.concatenate([[True], who[1:] != who[:-1]]) if len(who) else np.zeros(0, dtype=bool)
    back = np.where(last, draws.integers(30, 1200, len(who)), draws.integers(HOUR, 20 * DAY, len(who)))
    others = draws.choice(len(_ONLINE), len(who))
    own = texts([each[0] for each in CHANNELS])[leads["channel"][who]]
    channel = np.where(last | (draws.random(len(who)) < 0.6), own, texts(_ONLINE)[others])  # noqa: PLR2004 - most come back the same way
    sources = texts([_SOURCES.get(each, "") for each in channel.tolist()])
    names = texts([*(name for each in CHANNELS for name in each[5]), None])
    first = np.cumsum([0, *(len(each[5]) for each in CHANNELS)])[:-1]
    is_bought = last & np.array([bool(each[5]) for each in CHANNELS])[leads["channel"][who]]
    campaign = names[np.where(is_bought, first[leads["channel"][who]] + leads["campaign"][who], -1)]
    found = Rows(
        {
            "visit": np.arange(len(who)) + 1,
            "visitor": who + 50_001,
            "at": leads["created"][who] - back,
            "utm_source": sources,
            "channel": channel,
            "campaign": campaign,
            "lead": np.where(last, leads["number"][who], -1),
        }
    ).sorted_by("at")
    return found.plus(at=moments(found["at"]))
