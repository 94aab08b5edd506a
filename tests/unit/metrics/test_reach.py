from datetime import date, datetime, timedelta

from tests.metrics.memory_engine import MemoryEngine, built_in, lake_of, query
from voronka.domain.period import Counted, Period
from voronka.metrics.query import Metrics, MetricsCompany

# Monday 2 to Friday 20 March 2026 in Moscow (UTC+3): 9 to 18 is 6 to 15 in UTC
WEDNESDAY = date(2026, 3, 18)
HEADINGS = "day | is_working | opens_at | closes_at"
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


def calendar() -> str:
    days = [date(2026, 2, 1) + timedelta(days=n) for n in range(59)]
    lines = [
        f"{day} | {day.weekday() < 5} | {day} 06:00 | {day} 15:00" if day.weekday() < 5 else f"{day} | false | |"
        for day in days
    ]
    return "\n".join([HEADINGS, *lines])


def calls(*days: date) -> str:
    lines = [f"{n} | Anna | {day} 09:00" for n, day in enumerate(days)]
    return "\n".join(["call_id | employee | started_at", *lines])


def working(first: date, last: date) -> list[date]:
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [day for day in days if day.weekday() < 5]


def reaching(lake: MemoryEngine, now: str, today: date = WEDNESDAY, *, may_end: bool = True) -> Metrics:
    moment = datetime.fromisoformat(now)
    company = MetricsCompany("RUB", lambda: today, "Europe/Moscow", lambda: moment, data_may_end=may_end)
    return Metrics(lake, built_in(), company)


def test_a_day_counts_by_the_share_of_its_working_hours_before_the_last_build() -> None:
    lake = lake_of(dim_calendar=calendar())
    for now, share, until in (
        ("2026-03-17 21:30", 0.0, 17),  # half past midnight in Moscow: nothing of Wednesday
        ("2026-03-18 08:15", 0.25, 17),  # a quarter past eleven: a quarter of nine hours
        ("2026-03-18 10:30", 0.5, 18),
        ("2026-03-18 16:00", 1.0, 18),
    ):
        counted = reaching(lake, now, may_end=False).counted()
        assert (counted, counted.until) == (Counted(WEDNESDAY, share), date(2026, 3, until))


def test_up_to_when_days_count_is_looked_up_once_for_a_version_of_the_data() -> None:
    lake = lake_of(dim_calendar=calendar(), fct_calls=calls(*working(date(2026, 3, 2), WEDNESDAY)))
    metrics = reaching(lake, "2026-03-18 10:30")
    first = metrics.counted()
    asked = len(lake.asked)
    assert metrics.counted() == first
    metrics.query(query("calls", period=MARCH))
    assert len([sql for sql, _ in lake.asked[asked:] if "max(" in sql or "dim_calendar" in sql]) <= 1
    lake.version += 1
    metrics.counted()
    assert len(lake.asked) > asked + 3  # of other data it is looked up again


def test_days_after_the_last_build_do_not_count() -> None:
    lake = lake_of(dim_calendar=calendar())
    assert reaching(lake, "2026-03-16 15:00", may_end=False).counted() == Counted(date(2026, 3, 16))


def test_of_a_day_off_the_whole_day_is_counted_by_the_clock() -> None:
    lake = lake_of(dim_calendar=calendar())
    sunday = date(2026, 3, 15)
    assert reaching(lake, "2026-03-15 03:00", sunday, may_end=False).counted() == Counted(sunday, 0.25)


def test_what_is_due_of_a_day_on_its_way_is_the_share_of_its_plan() -> None:
    plans = """metric | scope | scope_id | day | value | counts_for_company
               calls | company | | 2026-03-17 | 8 | true
               calls | company | | 2026-03-18 | 8 | true"""
    days = [date(2026, 3, 17)] * 5
    lake = lake_of(dim_calendar=calendar(), fct_calls=calls(*days), fct_plan_days=plans)
    metrics = reaching(lake, "2026-03-18 08:15", may_end=False)
    # 5 calls of the 8 of Tuesday and a quarter of Wednesday's 8
    assert metrics.query(query("calls_pace", period=MARCH)).totals == {"calls_pace": 50.0}


def test_a_company_whose_events_stop_is_counted_to_the_last_of_them() -> None:
    lake = lake_of(dim_calendar=calendar(), fct_activities=activities(date(2026, 3, 12)))
    assert reaching(lake, "2026-03-18 16:00").counted() == Counted(date(2026, 3, 12))
    assert reaching(lake, "2026-03-18 16:00", may_end=False).counted() == Counted(WEDNESDAY)


def test_days_off_without_events_are_no_end() -> None:
    lake = lake_of(dim_calendar=calendar(), fct_activities=activities(date(2026, 3, 13)))
    sunday = date(2026, 3, 15)
    assert reaching(lake, "2026-03-15 20:00", sunday).counted() == Counted(sunday, 0.9583)


def test_what_is_planned_for_a_day_has_not_happened_on_it() -> None:
    lake = lake_of(dim_calendar=calendar(), fct_activities=activities(date(2026, 3, 12), planned=date(2026, 3, 17)))
    assert reaching(lake, "2026-03-18 16:00").counted() == Counted(date(2026, 3, 12))


def activities(done: date, planned: date | None = None) -> str:
    more = f"\n2 | meeting | planned | Anna | {planned} 09:00" if planned else ""
    return f"activity_id | kind | status | employee | started_at\n1 | task | done | Anna | {done} 09:00{more}"


def test_data_that_end_before_the_period_are_unknown_not_nothing() -> None:
    days = working(date(2026, 2, 2), date(2026, 2, 27))
    lake = lake_of(dim_calendar=calendar(), fct_calls=calls(*days), fct_activities=activities(WEDNESDAY))
    answer = reaching(lake, "2026-03-18 16:00").query(query("calls", period=MARCH, compare="previous"))
    assert answer.totals == {"calls": None, "calls_previous": None}
    assert [(item.metric, item.reason) for item in answer.left_out] == [("calls", "data end: 2026-02-27")]


def test_a_sum_ends_where_those_of_its_parts_end_that_are_told_of_at_all() -> None:
    days = working(date(2026, 2, 2), date(2026, 2, 27))
    told = "\n".join(["call_id | employee | started_at | direction | answered | talk_seconds"] + [
        f"{n} | Anna | {day} 09:00 | out | true | 60" for n, day in enumerate(days)
    ])  # fmt: skip
    deals = f"deal_id | created_at\n1 | {WEDNESDAY} 09:00"
    lake = lake_of(dim_calendar=calendar(), fct_calls=told, fct_deals=deals)
    answer = reaching(lake, "2026-03-18 16:00").query(query("activities", period=MARCH))
    assert answer.totals == {"activities": None}
    assert "data end: 2026-02-27" in [item.reason for item in answer.left_out]


def leads(*days: date, answered: date | None = None) -> str:
    lines = [f"{n} | open | {day} 09:00 | {day == answered}" for n, day in enumerate(days)]
    return "\n".join(["lead_id | outcome | created_at | is_answered", *lines])


def test_whether_leads_were_answered_is_unknown_after_the_last_of_calls_and_mails() -> None:
    came = working(date(2026, 2, 2), WEDNESDAY)
    contacts = calls(*working(date(2026, 2, 2), date(2026, 2, 27)))
    asked = query("leads", "leads_answered", "leads_unanswered", period=MARCH)
    lake = lake_of(dim_calendar=calendar(), fct_calls=contacts, fct_leads=leads(*came, answered=date(2026, 2, 3)))
    totals = reaching(lake, "2026-03-18 16:00").query(asked).totals
    assert {name: totals[name] for name in asked.metrics} == {
        "leads": 13, "leads_answered": None, "leads_unanswered": None
    }  # fmt: skip
    # a lead of later days that is answered: the leads' own source tells it
    told = lake_of(dim_calendar=calendar(), fct_calls=contacts, fct_leads=leads(*came, answered=date(2026, 3, 10)))
    totals = reaching(told, "2026-03-18 16:00").query(asked).totals
    assert (totals["leads_answered"], totals["leads_unanswered"]) == (1, 12)


def test_data_that_end_inside_the_period_are_told_and_not_compared() -> None:
    days = working(date(2026, 2, 2), date(2026, 3, 6))
    lake = lake_of(dim_calendar=calendar(), fct_calls=calls(*days), fct_activities=activities(WEDNESDAY))
    answer = reaching(lake, "2026-03-18 16:00").query(query("calls", period=MARCH, compare="previous"))
    assert answer.totals == {"calls": 5, "calls_previous": None}  # 2 to 6 March
    assert [item.reason for item in answer.left_out] == ["data end: 2026-03-06"]


def test_records_that_come_seldom_have_not_stopped() -> None:
    # 5 days of 40 have calls: in the 9 days after the last one such day is to be expected
    days = [date(2026, 1, 29), date(2026, 2, 8), date(2026, 2, 18), date(2026, 2, 28), date(2026, 3, 9)]
    lake = lake_of(dim_calendar=calendar(), fct_calls=calls(*days), fct_activities=activities(WEDNESDAY))
    answer = reaching(lake, "2026-03-18 16:00").query(query("calls", period=MARCH, compare="previous"))
    assert (answer.totals, answer.left_out) == ({"calls": 1, "calls_previous": 2}, ())


def test_where_all_data_end_like_days_are_compared() -> None:
    days = working(date(2026, 2, 2), date(2026, 3, 6))
    lake = lake_of(dim_calendar=calendar(), fct_calls=calls(*days), fct_activities=activities(date(2026, 3, 6)))
    answer = reaching(lake, "2026-03-31 16:00", date(2026, 3, 31)).query(
        query("calls", period=MARCH, compare="previous")
    )
    assert answer.totals == {"calls": 5, "calls_previous": 5}  # 2 to 6 February


def test_of_a_period_of_which_no_day_counts_nothing_is_compared() -> None:
    lake = lake_of(dim_calendar=calendar(), fct_calls=calls(date(2026, 3, 17), WEDNESDAY))
    today = Period(WEDNESDAY, WEDNESDAY)
    morning = reaching(lake, "2026-03-18 06:30", may_end=False).query(query("calls", period=today, compare="previous"))
    assert morning.totals == {"calls": 1}
    evening = reaching(lake, "2026-03-18 14:00", may_end=False).query(query("calls", period=today, compare="previous"))
    assert evening.totals == {"calls": 1, "calls_previous": 1}


def test_records_that_came_till_about_the_end_of_all_data_end_with_them() -> None:
    # the last call is of Thursday, the last event of Friday 6 March: one day is no sign
    days = working(date(2026, 2, 2), date(2026, 3, 5))
    lake = lake_of(dim_calendar=calendar(), fct_calls=calls(*days), fct_activities=activities(date(2026, 3, 6)))
    metrics = reaching(lake, "2026-03-31 16:00", date(2026, 3, 31))
    march = metrics.query(query("calls", period=MARCH, compare="previous"))
    assert (march.totals, march.left_out) == ({"calls": 4, "calls_previous": 5}, ())  # 2 to 5 March, 2 to 6 February
    later = Period(date(2026, 3, 9), date(2026, 3, 15))
    assert metrics.query(query("calls", period=later)).left_out[0].reason == "data end: 2026-03-06"


def deals(*lines: str) -> str:
    return "\n".join(["deal_id | outcome | amount | created_at | closed_at", *lines])


ONCE = deals("1 | won | 100 | 2026-02-02 09:00 | 2026-02-03 09:00", "2 | open | 50 | 2026-02-05 09:00 |")
LATER = query("deals_won", "revenue", "deals_created", period=MARCH)


def test_few_records_end_with_all_data_of_the_company() -> None:
    # something happened on 3 of 4 days: after 7 days without anything all have ended, by 18 March it is 41
    answer = reaching(lake_of(dim_calendar=calendar(), fct_deals=ONCE), "2026-03-18 16:00").query(LATER)
    assert answer.totals == {"deals_won": None, "revenue": None, "deals_created": None}
    assert {item.reason for item in answer.left_out} == {"data end: 2026-02-05"}
    early = Period(date(2026, 2, 6), date(2026, 2, 11))
    asked = reaching(lake_of(dim_calendar=calendar(), fct_deals=ONCE), "2026-02-11 16:00", early.last)
    assert asked.query(query("deals_won", period=early)).totals == {"deals_won": 0}  # 6 days


def test_few_records_of_a_company_whose_data_go_on_are_none() -> None:
    lake = lake_of(dim_calendar=calendar(), fct_deals=ONCE, fct_activities=activities(WEDNESDAY))
    answer = reaching(lake, "2026-03-18 16:00").query(LATER)
    assert (answer.totals, answer.left_out) == ({"deals_won": 0, "revenue": 0, "deals_created": 0}, ())


def test_of_records_that_never_were_nothing_is_known_after_the_end_of_all_data() -> None:
    created = deals("1 | open | 100 | 2026-02-02 09:00 |", "2 | open | 50 | 2026-02-05 09:00 |")
    lake = lake_of(dim_calendar=calendar(), fct_deals=created)
    assert reaching(lake, "2026-03-18 16:00").query(LATER).totals["deals_won"] is None
    february = query("deals_won", period=Period(date(2026, 2, 1), date(2026, 2, 28)))
    assert reaching(lake, "2026-03-18 16:00").query(february).totals == {"deals_won": 0}


def test_events_far_apart_are_no_end_until_so_many_are_missed() -> None:
    # a deal every 120 days: none in the last 90 days but one tells how often they come
    far = deals("1 | open | 1 | 2025-11-01 09:00 |", "2 | open | 1 | 2026-03-01 09:00 |")
    lake = lake_of(dim_calendar=calendar(), fct_deals=far)
    week = Period(date(2026, 3, 9), date(2026, 3, 15))
    assert reaching(lake, "2026-03-18 16:00").query(query("deals_created", period=week)).totals == {"deals_created": 0}
