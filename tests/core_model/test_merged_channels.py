"""Channels spelled differently: proposed as one, joined by a person, two again when that is undone."""

from decimal import Decimal

from tests.company import CompanyFolder
from tests.core_model.test_identity import merge

LEADS = {"lead_id": "id", "channel": "from", "created_at": "at", "deal_id": "deal"}
SPEND = {"day": "day", "channel": "from", "cost": "cost"}
DEALS = {"deal_id": "id", "channel": "from", "outcome": "state", "amount": "sum"}


def proposed(company: CompanyFolder) -> list[tuple[object, ...]]:
    rows = company.table("fct_merge_candidates", "entity entity_id into_id reasons detail")
    return [row[1:] for row in rows if row[0] == "channel"]


def by_channel(company: CompanyFolder) -> list[tuple[object, ...]]:
    """Return of each channel its name, leads, money spent and money of deals won."""
    return company.ask("""
      SELECT
        c.channel_id,
        c.name,
        (SELECT count(*) FROM fct_leads AS l WHERE l.channel_id = c.channel_id),
        (SELECT sum(cost_home) FROM fct_ad_spend AS s WHERE s.channel_id = c.channel_id),
        (SELECT sum(amount_home) FROM fct_deals AS d WHERE d.channel_id = c.channel_id AND d.outcome = 'won')
      FROM dim_channel AS c ORDER BY ALL
    """)


def test_spend_and_revenue_of_a_channel_spelled_in_two_alphabets_stand_under_one_once_joined(
    company: CompanyFolder,
) -> None:
    leads = "id,from,at,deal\n1,Авито,2026-01-05 10:00,7\n2,Авито,2026-01-06 10:00,\n3,Выставка,2026-01-06 10:00,8\n"
    deals = "id,from,state,sum\n7,Авито,won,900\n8,Выставка,won,50\n"
    company.stream("crm", "leads", leads, into="leads", columns=LEADS)
    company.stream("crm", "deals", deals, into="deals", columns=DEALS)
    spend = "day,from,cost\n2026-01-05,avito,100\n2026-01-06,avito,20\n"
    company.stream("ads", "spend", spend, into="ad_spend", key=[], columns=SPEND)
    company.load_and_build()
    apart = [
        ("name:avito", "avito", 0, Decimal(120), None),
        ("name:авито", "Авито", 2, None, Decimal(900)),
        ("name:выставка", "Выставка", 1, None, Decimal(50)),
    ]
    assert by_channel(company) == apart
    # leads came from «Авито»: this is the name that people know
    assert proposed(company) == [("name:avito", "name:авито", "other_name, spelling", "Авито")]
    merge(company, "channel", "name:avito", "name:авито")
    company.build()
    assert by_channel(company) == [
        ("name:авито", "Авито", 2, Decimal(120), Decimal(900)),
        ("name:выставка", "Выставка", 1, None, Decimal(50)),
    ]
    assert company.table("fct_leads", "lead_id spend_home")[:2] == [("crm:1", Decimal(60)), ("crm:2", Decimal(60))]
    assert proposed(company) == []
    merge(company, "channel", "name:avito", None)
    company.build()
    assert by_channel(company) == apart


def test_channels_are_proposed_by_alphabet_marks_and_known_other_names(company: CompanyFolder) -> None:
    said = (
        "Яндекс.Директ",
        "yandex_direct",
        "ВК",
        "ВКонтакте",
        "гугл",
        "Google Ads",
        "Телеграм",
        "https://telegram.org/",
        "Выставка",
        "Выставка 2026",
        "—",
    )
    leads = "id,from,at\n" + "".join(f"{n},{name},2026-01-{n:02} 10:00\n" for n, name in enumerate(said, start=1))
    columns = {name: theirs for name, theirs in LEADS.items() if theirs != "deal"}
    company.stream("crm", "leads", leads, into="leads", columns=columns)
    company.load_and_build()
    assert proposed(company) == [
        ("name:google ads", "name:гугл", "other_name", "Google Ads"),
        ("name:https://telegram.org/", "name:телеграм", "other_name, spelling", "Telegram"),
        ("name:yandex_direct", "name:яндекс.директ", "other_name, spelling", "Яндекс.Директ"),
        ("name:вконтакте", "name:вк", "other_name", "ВКонтакте"),
    ]


def test_channels_joined_by_their_names_stay_one_when_a_source_gives_the_names_ids(company: CompanyFolder) -> None:
    leads = "id,from,at,deal\n1,Авито,2026-01-05 10:00,\n"
    company.stream("crm", "leads", leads, into="leads", columns=LEADS)
    company.stream("ads", "spend", "day,from,cost\n2026-01-05,avito,100\n", into="ad_spend", key=[], columns=SPEND)
    company.load_and_build()
    merge(company, "channel", "name:avito", "name:авито")
    channels = "id,title\n5,Авито\n6,avito\n"
    columns = {"channel_id": "id", "name": "title"}
    company.stream("crm", "channels", channels, into="channels", columns=columns)
    company.load_and_build()
    assert by_channel(company) == [("crm:5", "Авито", 1, Decimal(100), None)]
