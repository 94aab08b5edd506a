"""The records behind a figure are the rows that it counts, and no others."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.metrics.memory_engine import TODAY, MemoryEngine, built_in, lake_of, march, metrics_over, query
from voronka.domain.errors import QuestionError
from voronka.domain.period import Period
from voronka.domain.scope import Scope, Span
from voronka.metrics.dimensions import Title
from voronka.metrics.query import Metrics, MetricsCompany
from voronka.metrics.question import Filter
from voronka.metrics.record_columns import RecordColumn
from voronka.metrics.records import Records, RecordsQuery, local_rows

ALL = Scope.everything()
ANNA = Scope.of("name:anna")
MOSCOW = ZoneInfo("Europe/Moscow")

CALLS = """
        call_id|employee|started_at|direction|answered|talk_seconds|potential|account|client_phone|url|is_cold|is_called_back
        1|Anna|2026-03-02 09:10|out|true|60|new|Acme|700|https://a/1|true|
        2|Anna|2026-03-02 09:50|out|false|| existing|| 701 ||false|
        3|Boris|2026-03-08 10:50|in|true|30|| ||||
        4|Boris|2026-02-08 10:50|in|true|90|new||  |||
        5|| |in|true|10|new|| |||
        6|Boris|2026-01-08 10:50|in|false||||703|||false"""

COMPANY = {
    "fct_calls": CALLS,
    "fct_emails": """activity_id | employee | started_at       | direction | replied_at       | is_reply
                     11          | Anna     | 2026-03-02 09:10 | out       | 2026-03-03 09:10 |
                     12          | Anna     | 2026-03-03 09:10 | in        |                  | true
                     13          | Boris    | 2026-03-04 09:10 | out       |                  |""",
    "fct_messages": """activity_id | employee | started_at       | direction
                       15          | Boris    | 2026-03-02 09:10 | out""",
    "fct_meetings": """activity_id | employee | created_at       | started_at       | status
                       21          | Anna     | 2026-02-27 09:10 | 2026-03-02 09:10 | done
                       22          | Anna     | 2026-03-02 09:10 | 2026-03-04 09:10 | planned
                       23          | Boris    | 2026-03-02 09:10 | 2026-04-04 09:10 | planned""",
    "fct_demos": "activity_id | employee | started_at | status\n25 | Boris | 2026-03-02 09:10 | done",
    "fct_proposals": "activity_id | employee | started_at | status\n26 | Boris | 2026-03-02 09:10 | done",
    "fct_tasks": """activity_id | employee | started_at       | due_at           | completed_at     | status
                    31          | Anna     | 2026-03-02 09:10 | 2026-03-02 09:10 | 2026-03-03 09:10 | done
                    32          | Boris    | 2026-03-04 09:10 | 2026-03-04 09:10 |                  | planned
                    33          | Boris    | 2026-03-02 09:10 | 2026-02-25 09:10 | 2026-03-02 09:10 | done""",
    "fct_leads": """
        lead_id|employee|created_at|outcome|is_answered|has_deal|is_won|temperature|is_target|reached_qualified|is_answered_in_time|is_undecided|is_label_wrong|response_due_at
        41|Anna|2026-03-02 09:10|open|false|false|false|hot|true|true||true|true|2026-03-02 09:25
        42|Anna|2026-03-02 09:10|won|true|true|true|warm|false|true|true|false|false|
        43|Boris|2026-02-02 09:10|open|true|true|false|cold|true|false|true|true||
        44|Boris|2026-03-02 09:10|open|false|true|true|hot|| true|false|false|true|""",
    "fct_handovers": """
        handover_id|lead_id|employee|handed_at|is_accepted|is_rejected|is_accepted_late|accept_due_at|is_off_profile|has_won
        42#1|42|Anna|2026-03-02 10:00|true|false|true|2026-03-02 11:00|false|true
        43#1|43|Boris|2026-03-03 10:00|false|true|false|2026-03-03 11:00|true|false
        43#2|43|Boris|2026-03-04 10:00|false|false|false|2026-03-04 11:00|false|false""",
    "fct_nurtures": """lead_id | employee | entered_at       | is_returned
                       41      | Anna     | 2026-03-02 10:00 | true
                       43      | Boris    | 2026-03-03 10:00 | false""",
    "fct_nurture_states": """lead_id | employee | entered_day | from_day   | to_day
                             41      | Anna     | 2026-03-02  | 2026-03-02 | 2026-03-20
                             43      | Boris    | 2026-03-03  | 2026-03-03 | 9999-12-31""",
    "fct_dues": """
        regulation|entity|entity_id|lead_id|employee|started_at|due_at|stopped_at|is_stopped|is_in_time
        First response|lead|41|41|Anna|2026-03-02 09:10|2026-03-02 09:25|2026-03-02 09:20|true|true
        First response|lead|42|42|Anna|2026-03-02 09:10|2026-03-02 09:25|2026-03-02 10:20|true|false
        First response|lead|43|43|Boris|2026-02-02 09:10|2026-02-02 09:25||false|
        First response|lead|44|44|Boris|2026-03-02 09:10|2027-03-02 09:25||false|""",
    "fct_deals": """deal_id | title | employee | created_at | closed_at | outcome | amount_home | reached_accepted
                    51 | One | Anna | 2026-03-01 10:00 | 2026-03-11 22:00 | won | 100 | true
                    52 | Two | Anna | 2026-03-01 10:00 | 2026-03-11 22:00 | lost | | true
                    53 | Three | Boris | 2026-02-01 10:00 | | open | 70 | false
                    54 | Four | Boris | 2026-02-01 10:00 | | won | 30 | true""",
    "fct_deal_states": """deal_id | employee | from_day   | to_day     | amount_home | has_next_step | is_stalled
                          51      | Anna     | 2026-03-01 | 2026-03-11 | 100         | false         | false
                          53      | Boris    | 2026-02-01 | 2026-03-05 | 70          | true          | false
                          53      | Boris    | 2026-03-05 | 9999-12-31 | 70          | false         | true""",
    "fct_outgoing_touches": """activity_id | employee | started_at       | kind | journey_id | client_id | is_answered
                               1           | Anna     | 2026-03-02 09:10 | call | lead:41    | lead:41   | true
                               2           | Anna     | 2026-03-02 09:50 | call |            | phone:701 |
                               11          | Anna     | 2026-03-02 09:10 | email| lead:41    | lead:41   | false
                               15          | Boris    | 2026-02-02 09:10 | message |         |           | """,
    "fct_account_states": """account | employee | from_day   | to_day     | segment
                             Acme    | Anna     | 2026-02-01 | 9999-12-31 | small
                             Beta    | Boris    | 2026-03-20 | 9999-12-31 | large""",
    "fct_account_days": """account | employee | touched_at
                           Acme    | Anna     | 2026-03-02 09:10""",
    "fct_contact_states": """contact | account | employee | from_day   | to_day     | has_phone | has_email
                             Petr    | Acme    | Anna     | 2026-02-01 | 9999-12-31 | true      | false
                             Olga    | Beta    | Boris    | 2026-03-03 | 9999-12-31 | false     | false""",
    "fct_quality_issues": """
                    check|class|entity|entity_id|record_id|employee|from_day|to_day
                    late|stale|deal|53|deal 53|Boris|2026-03-02|9999-12-31
                    late|stale|deal|52|deal 52|Anna|2026-04-02|9999-12-31
                    bare|empty|lead|41|lead 41|Anna|2026-02-02|9999-12-31
                    bare|empty|lead|44|lead 44|Boris|2026-02-02|2026-03-03""",
    "fct_checked_records": """entity | employee | from_day   | to_day     | records | for_empty | for_stale
                              deal   | Boris    | 2026-02-01 | 9999-12-31 | 3       | true      | true""",
    "fct_payments": "payment_id | employee | paid_at | amount_home\n61 | Anna | 2026-03-11 22:00 | 100",
    "fct_ad_spend": "day | channel | cost_home | clicks\n2026-03-01 | K | 60 | 5\n2026-03-02 | K | 40 | 4",
}  # fmt: skip


@pytest.fixture(scope="module")
def company() -> Metrics:
    return metrics_over(lake_of(**COMPANY))


def ids(found: Records) -> list[object]:
    return [row["id"] for row in found.rows]


def records(metrics: Metrics, metric: str, **more: object) -> Records:
    return metrics.records(RecordsQuery(**({"metric": metric, "scope": ALL} | more)))  # type: ignore[arg-type]


COUNTS = [name for name in built_in().names if built_in().metrics[name].verb == "count"]


@pytest.mark.parametrize("name", COUNTS)
@pytest.mark.parametrize("period", [None, march(), Period(date(2026, 2, 1), date(2026, 3, 10))])
def test_there_are_as_many_records_as_the_figure_says(company: Metrics, name: str, period: Period | None) -> None:
    for scope in (ALL, ANNA, Scope(spans=(Span("name:boris", date(2026, 3, 1), date(2026, 3, 4)),)), Scope()):
        figure = company.query(query(name, period=period, scope=scope)).totals[name]
        assert records(company, name, period=period, scope=scope).total == figure


@pytest.mark.parametrize("name", COUNTS)
def test_a_cell_has_the_records_of_its_cut(company: Metrics, name: str) -> None:
    timed = [] if built_in().metrics[name].is_as_of else ["weekday", "hour"]
    for row in company.query(query(name, by=["employee", *timed], period=march())).rows:
        cut = {"employee": row["employee_id"], **{each: row[each] for each in timed}}
        where = tuple(Filter(each, (None if value is None else str(value),)) for each, value in cut.items())
        assert records(company, name, where=where, period=march()).total == row[name]


def test_every_part_of_every_metric_has_records_that_can_be_sorted_by_each_column(company: Metrics) -> None:
    done: set[tuple[bool, tuple[str, ...]]] = set()
    for name in built_in().names:
        if name == "score":
            continue
        for part in records(company, name).parts:
            listed = records(company, name, part=part.name)
            assert listed.part == part.name
            columns = tuple(column.name for column in listed.columns)
            # columns are of a kind of record, not of a metric: each list of them is sorted once, and once without rows
            if (bool(listed.rows), columns) in done:
                continue
            done.add((bool(listed.rows), columns))
            for column in columns:
                found = records(company, name, part=part.name, sort=column)
                assert sorted(map(str, ids(found))) == sorted(map(str, ids(listed)))


def test_what_is_made_of_other_metrics_has_no_records(company: Metrics) -> None:
    with pytest.raises(QuestionError, match="score is made of other metrics"):
        records(company, "score")


def test_a_call_is_told_in_the_words_of_people(company: Metrics) -> None:
    [first, *_] = records(company, "calls", order="asc", period=march()).rows
    assert first == {
        "id": "1", "url": "https://a/1", "started_at": datetime.fromisoformat("2026-03-02 09:10"),
        "employee_id": "name:anna", "employee": "Anna", "account_id": "name:acme", "contact_id": None,
        "client": "Acme", "direction": "out", "answered": True, "talk_seconds": 60, "wait_seconds": None,
        "potential": "new", "channel_id": None, "channel": None, "deal_id": None, "deal": None,
    }  # fmt: skip


def test_a_client_without_a_name_is_its_number(company: Metrics) -> None:
    assert [row["client"] for row in records(company, "outgoing_calls", sort="client", order="asc").rows] == [
        "701",
        "Acme",
    ]


def test_a_deal_and_a_lead_without_a_title_are_called_by_their_id_in_the_source() -> None:
    deals = """deal_id  | title | created_at
               crm:7    |       | 2026-03-01 10:00
               crm:8    | Two   | 2026-03-01 10:00
               crm:a:12 |       | 2026-03-01 10:00
               9        |       | 2026-03-01 10:00"""
    calls = "call_id | deal_id | started_at\n1 | crm:7 | 2026-03-02 10:00\n2 | crm:8 | 2026-03-02 10:00"
    leads = "lead_id | title | created_at\nsite:31 | | 2026-03-02 10:00"
    metrics = metrics_over(lake_of(fct_deals=deals, fct_calls=calls, fct_leads=leads))
    up, down = (records(metrics, "deals_created", sort="title", order=order) for order in ("asc", "desc"))
    # those without a title stand behind the others in the order of their whole ids, whichever way it is sorted
    assert [row["title"] for row in up.rows] == ["Two", "9", "7", "a:12"]
    assert up.rows == down.rows
    assert [row["deal"] for row in records(metrics, "calls", sort="deal", order="asc").rows] == ["7", "Two"]
    assert [(row["id"], row["title"]) for row in records(metrics, "leads").rows] == [("site:31", "31")]


def test_the_latest_stand_first_and_those_without_a_time_last(company: Metrics) -> None:
    assert ids(records(company, "calls")) == ["3", "2", "1", "4", "6", "5"]
    assert ids(records(company, "calls", order="asc")) == ["6", "4", "1", "2", "3", "5"]
    assert ids(records(company, "calls", sort="employee", order="asc")) == ["1", "2", "3", "4", "6", "5"]


def test_equal_ones_stand_in_the_order_of_their_ids(company: Metrics) -> None:
    assert ids(records(company, "leads", period=march())) == ["41", "42", "44"]


def test_pages_cover_every_record_once(company: Metrics) -> None:
    pages = [records(company, "calls", limit=2, offset=offset) for offset in (0, 2, 4, 6)]
    assert [ids(page) for page in pages] == [["3", "2"], ["1", "4"], ["6", "5"], []]
    assert {page.total for page in pages} == {6}


def test_a_metric_with_a_time_of_its_own_is_sorted_by_it(company: Metrics) -> None:
    booked = records(company, "meetings_booked")
    assert ids(booked) == ["22", "23", "21"]
    assert ids(records(company, "tasks_done", period=march())) == ["31", "33"]


def test_a_formula_shows_the_parts_it_stands_on(company: Metrics) -> None:
    won = records(company, "win_rate", period=march())
    assert (won.part, [part.name for part in won.parts]) == ("deals_won", ["deals_won", "deals_lost"])
    assert ids(won) == ["51"]
    assert ids(records(company, "win_rate", part="deals_lost", period=march())) == ["52"]
    assert [part.title.en for part in records(company, "activities").parts][:2] == ["Outgoing calls", "Taken calls"]


def test_an_average_is_of_the_rows_that_have_a_value() -> None:
    deals = """deal_id | created_at       | closed_at        | outcome | amount_home
               1       | 2026-03-01 10:00 | 2026-03-11 22:00 | won     | 100
               2       | 2026-03-01 10:00 | 2026-03-11 22:00 | won     |"""
    metrics = metrics_over(lake_of(fct_deals=deals))
    assert ids(records(metrics, "average_deal")) == ["1"]
    assert records(metrics, "deals_won").total == 2


def test_open_deals_are_those_of_the_last_day_with_what_is_known_of_each(company: Metrics) -> None:
    early = Period(date(2026, 3, 1), date(2026, 3, 4))
    assert ids(records(company, "deals_open", period=early, sort="amount")) == ["51", "53"]
    assert ids(records(company, "deals_without_task", period=early)) == ["51"]
    [row] = records(company, "deals_without_task").rows
    assert (row["id"], row["title"], row["employee"], row["amount"]) == ("53", "Three", "Boris", 70)


def test_a_computed_metric_lists_the_leads_it_is_about(company: Metrics) -> None:
    listed = records(company, "first_response_median", period=march())
    assert (listed.entity, listed.total) == ("lead", 3)


def test_spend_has_no_name_but_days(company: Metrics) -> None:
    listed = records(company, "ad_spend")
    assert [(row["id"], row["day"], row["channel"], row["cost"]) for row in listed.rows] == [
        (None, date(2026, 3, 2), "K", 40),
        (None, date(2026, 3, 1), "K", 60),
    ]


def test_times_are_those_of_the_companys_clocks() -> None:
    lake = lake_of(fct_calls="call_id | started_at\n1 | 2026-03-28 21:30\n2 | 2026-03-29 21:30")
    berlin = Metrics(lake, built_in(), MetricsCompany("EUR", lambda: TODAY, "Europe/Berlin"))
    assert [row["started_at"] for row in records(berlin, "calls", order="asc").rows] == [
        datetime.fromisoformat("2026-03-28 22:30"),
        datetime.fromisoformat("2026-03-29 23:30"),
    ]


def split_lake() -> MemoryEngine:
    return lake_of(
        fct_deals="""deal_id | employee | created_at       | closed_at        | outcome | amount_home
                     1       | Anna     | 2026-03-01 10:00 | 2026-03-11 22:00 | won     | 100
                     2       | Boris    | 2026-03-01 10:00 | 2026-03-12 22:00 | won     | 10""",
        split_credit="""entity | entity_id | axis   | employee_id | share
                        deal   | 1         | closed | name:anna   | 0.7
                        deal   | 1         | closed | name:boris  | 0.3""",
    )


def test_a_deal_of_two_is_one_record_whose_shares_add_up_to_the_figure() -> None:
    metrics = metrics_over(split_lake())
    listed = records(metrics, "deals_won")
    assert [(row["id"], row["employee"], row["share"]) for row in listed.rows] == [("2", "Boris", 1), ("1", "Anna", 1)]
    boris = records(metrics, "deals_won", where=(Filter("employee", ("Boris",)),))
    assert [(row["id"], row["share"]) for row in boris.rows] == [("2", 1), ("1", 0.3)]
    assert boris.total == 2
    assert metrics.query(query("deals_won", where=["employee=Boris"])).totals["deals_won"] == pytest.approx(1.3)
    assert [column.name for column in listed.columns][-1] == "share"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"metric": "calls_plan"}, "A plan has no records"),
        ({"metric": "cals"}, "Unknown metric: cals"),
        ({"metric": "win_rate", "part": "deals_open"}, "win_rate has no part: deals_open"),
        ({"metric": "calls", "sort": "startd_at"}, "no column: startd_at. Did you mean started_at"),
        ({"metric": "calls", "where": (Filter("product", ("X",)),)}, "calls cannot be cut by product"),
        ({"metric": "ad_spend", "scope": ANNA}, "belongs to no employee"),
    ],
)
def test_what_cannot_be_shown_is_refused_with_a_reason(company: Metrics, asked: dict[str, object], said: str) -> None:
    with pytest.raises(QuestionError, match=said):
        records(company, **({"metric": ""} | asked))  # type: ignore[arg-type]


def test_a_moment_that_is_shown_as_a_day_is_the_day_of_the_company() -> None:
    columns = [
        RecordColumn("closed_at", Title("Закрыта", "Closed"), "time"),
        RecordColumn("expected_close_at", Title("Ожидаемое закрытие", "Expected close"), "day"),
        RecordColumn("day", Title("День", "Day"), "day"),
    ]
    late = datetime.fromisoformat("2026-03-01T21:30")
    shown = local_rows([dict.fromkeys(("closed_at", "expected_close_at"), late) | {"day": None}], columns, MOSCOW)
    local = datetime.fromisoformat("2026-03-02T00:30")
    assert shown == [{"closed_at": local, "expected_close_at": date(2026, 3, 2), "day": None}]


def test_records_of_a_value_told_by_its_day_are_those_whose_value_is_known() -> None:
    states = """lead_id | employee | entered_day | from_day   | to_day
                1       | Anna     | 2026-03-01  | 2026-03-01 | 9999-12-31
                2       | Anna     |             | 2026-03-05 | 9999-12-31"""
    metrics = metrics_over(lake_of(fct_nurture_states=states))
    found = metrics.records(RecordsQuery(metric="nurture_days", scope=Scope.everything(), period=march()))
    assert [row["id"] for row in found.rows] == ["1"]
