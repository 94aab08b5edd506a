"""What each metric must be in the made company: an aggregate over a view of its exports, or a ratio of such.

Nothing here comes from the product: the views are in demo_events.sql, the aggregates below are written from the
catalogue's definitions.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import duckdb

Key = tuple[object, ...]
Values = dict[Key, float | None]


@dataclass(frozen=True)
class Sum:
    """An aggregate over a view, on the day and of the person that these columns name."""

    view: str
    measure: str
    day: str = "day"
    employee: str = "employee"
    has_channel: bool = False
    has_person: bool = True

    @property
    def is_sum(self) -> bool:
        """Say whether it is 0 where there is nothing; averages and medians of nothing are unknown."""
        return not self.measure.startswith(("avg", "median"))


@dataclass(frozen=True)
class Ratio:
    """A formula over other checks of the same cut."""

    formula: str
    of: tuple[str, ...]


def _counted(condition: str) -> str:
    return f"count(*) FILTER (WHERE {condition})"


def _calls(measure: str) -> Sum:
    return Sum("call_events", measure)


def _mails(measure: str) -> Sum:
    return Sum("mail_events", measure)


def _leads(measure: str) -> Sum:
    return Sum("lead_events", measure, has_channel=True)


def _closed(measure: str) -> Sum:
    return Sum("deal_events", measure, "closed_day", "closed_employee", has_channel=True)


def _spend(measure: str) -> Sum:
    return Sum("spend_events", measure, has_channel=True, has_person=False)


def _handed(measure: str) -> Sum:
    return Sum("handover_events", measure)


TALKED = "answered AND talk > 0"
CHECKS: Mapping[str, Sum | Ratio] = {
    "calls": _calls("count(*)"),
    "outgoing_calls": _calls(_counted("is_out")),
    "incoming_calls": _calls(_counted("NOT is_out")),
    "undirected_calls": _calls(_counted("is_out IS NULL")),
    "answered_calls": _calls(_counted("answered")),
    "reached_calls": _calls(_counted("is_out AND answered")),
    "taken_calls": _calls(_counted("NOT is_out AND answered")),
    "missed_calls": _calls(_counted("NOT is_out AND NOT answered")),
    "talk_time": _calls("coalesce(sum(talk) FILTER (WHERE answered), 0) / 3600.0"),
    "calls_under_1m": _calls(_counted(f"{TALKED} AND talk < 60")),
    "calls_1_3m": _calls(_counted("answered AND talk BETWEEN 60 AND 180")),
    "calls_over_3m": _calls(_counted("answered AND talk > 180")),
    "median_call": _calls("median(talk / 60.0) FILTER (WHERE answered AND talk > 0)"),
    "average_wait": _calls("avg(wait) FILTER (WHERE answered AND NOT is_out)"),
    "answer_rate": Ratio("100 * answered_calls / calls", ("answered_calls", "calls")),
    "reach_rate": Ratio("100 * reached_calls / outgoing_calls", ("reached_calls", "outgoing_calls")),
    "average_call": Ratio("60 * talk_time / answered_calls", ("talk_time", "answered_calls")),
    "emails_sent": _mails(_counted("direction = 'out'")),
    "emails_replied": _mails(_counted("direction = 'out' AND replied_at IS NOT NULL")),
    "undirected_emails": _mails(_counted("direction IS NULL")),
    "replies": _mails(_counted("direction = 'in' AND is_answer")),
    "median_reply_hours": _mails("median(epoch(replied_at - began) / 3600) FILTER (WHERE direction = 'out')"),
    "reply_rate": Ratio("100 * emails_replied / emails_sent", ("emails_replied", "emails_sent")),
    "messages_sent": Sum("message_events", _counted("direction = 'out'")),
    "undirected_messages": Sum("message_events", _counted("direction IS NULL")),
    "meetings_booked": Sum("meeting_events", "count(*)", "booked_day"),
    "meetings": Sum("meeting_events", _counted("status = 'Состоялась'")),
    "meeting_hours": Sum("meeting_events", "coalesce(sum(hours) FILTER (WHERE status = 'Состоялась'), 0)"),
    "meetings_due": Sum(
        "meeting_events",
        _counted("status IN ('Состоялась', 'Клиент не пришёл') OR (status = 'Запланирована' AND day < $today)"),
    ),
    "meeting_show_rate": Ratio("100 * meetings / meetings_due", ("meetings", "meetings_due")),
    "demos": Sum("demo_events", _counted("status = 'Состоялась'")),
    "demo_hours": Sum("demo_events", "coalesce(sum(hours) FILTER (WHERE status = 'Состоялась'), 0)"),
    "proposals": Sum("proposal_events", "count(*)"),
    "tasks_done": Sum("task_events", _counted("is_done"), "done_day"),
    "tasks_overdue": Sum(
        "task_events", _counted("done_day > due_day OR (NOT is_done AND due_day < $today)"), "due_day"
    ),
    "activities": Ratio(
        "outgoing_calls + taken_calls + emails_sent + messages_sent + meetings + demos + proposals + tasks_done",
        (
            *("outgoing_calls", "taken_calls", "emails_sent", "messages_sent"),
            *("meetings", "demos", "proposals", "tasks_done"),
        ),
    ),
    "selling_time": Ratio(
        "talk_time + meeting_hours + demo_hours + emails_sent * 3 / 60",
        ("talk_time", "meeting_hours", "demo_hours", "emails_sent"),
    ),
    "leads": _leads("count(*)"),
    "target_leads": _leads(_counted("is_target")),
    "leads_qualified": _leads(_counted("is_qualified")),
    "leads_answered": _leads(_counted("is_answered")),
    "leads_unanswered": _leads(_counted("NOT is_answered AND is_open")),
    "leads_won": _leads(_counted("is_won")),
    "leads_with_deal": _leads(_counted("has_deal")),
    "hot_leads": _leads(_counted("temperature = 'горячий'")),
    "hot_won": _leads(_counted("temperature = 'горячий' AND is_won")),
    "warm_leads": _leads(_counted("temperature = 'тёплый'")),
    "warm_won": _leads(_counted("temperature = 'тёплый' AND is_won")),
    "cold_leads": _leads(_counted("temperature = 'холодный'")),
    "cold_won": _leads(_counted("temperature = 'холодный' AND is_won")),
    "target_rate": Ratio("100 * target_leads / leads", ("target_leads", "leads")),
    "qualified_rate": Ratio("100 * leads_qualified / leads", ("leads_qualified", "leads")),
    "lead_conversion": Ratio("100 * leads_won / leads", ("leads_won", "leads")),
    "hot_conversion": Ratio("100 * hot_won / hot_leads", ("hot_won", "hot_leads")),
    "warm_conversion": Ratio("100 * warm_won / warm_leads", ("warm_won", "warm_leads")),
    "cold_conversion": Ratio("100 * cold_won / cold_leads", ("cold_won", "cold_leads")),
    "qualification_efficiency": Ratio("100 * leads_qualified / outgoing_calls", ("leads_qualified", "outgoing_calls")),
    "leads_handed": _handed("count(*)"),
    "leads_accepted": _handed(_counted("accepted_at IS NOT NULL")),
    "leads_rejected": _handed(_counted("rejected_at IS NOT NULL")),
    "won_from_handed": _handed(_counted("is_won")),
    "revenue_from_handed": _handed("coalesce(sum(won_amount), 0)"),
    "leads_off_profile": _handed(
        _counted(
            "(rejected_at IS NOT NULL AND reason IN ('Не лицо, принимающее решение', 'Не тот регион')) OR NOT is_target"
        )
    ),
    "met_criteria": _handed(_counted("met_criteria = 'да'")),
    "acceptance_rate": Ratio("100 * leads_accepted / leads_handed", ("leads_accepted", "leads_handed")),
    "handed_meeting_criteria_rate": Ratio("100 * met_criteria / leads_handed", ("met_criteria", "leads_handed")),
    "qualification_completeness": _handed("avg(filled)"),
    "median_accept_hours": _handed("median(epoch(accepted_at - handed_at) / 3600)"),
    "deals_created": Sum("deal_events", "count(*)", "created_day", "created_employee", has_channel=True),
    "taken_won": Sum("deal_events", _counted("outcome = 'won'"), "created_day", "created_employee", has_channel=True),
    "won_of_taken": Ratio("100 * taken_won / deals_created", ("taken_won", "deals_created")),
    "touches": Sum("touch_events", "count(*)"),
    "deals_won": _closed(_counted("outcome = 'won'")),
    "deals_lost": _closed(_counted("outcome = 'lost'")),
    "revenue": _closed("coalesce(sum(amount) FILTER (WHERE outcome = 'won'), 0)"),
    "average_deal": _closed("avg(amount) FILTER (WHERE outcome = 'won')"),
    "median_deal": _closed("median(CAST(amount AS DOUBLE)) FILTER (WHERE outcome = 'won')"),
    "cycle_days": _closed("avg(epoch(closed_at - created_at) / 86400) FILTER (WHERE outcome = 'won')"),
    "median_cycle_days": _closed("median(epoch(closed_at - created_at) / 86400) FILTER (WHERE outcome = 'won')"),
    "days_to_lost": _closed("median(epoch(closed_at - created_at) / 86400) FILTER (WHERE outcome = 'lost')"),
    "given": _closed("coalesce(sum(discount) FILTER (WHERE outcome = 'won'), 0)"),
    "lost_amount": _closed(
        "CASE WHEN bool_or(outcome = 'lost') THEN sum(nullif(amount, 0)) FILTER (WHERE outcome = 'lost') ELSE 0 END"
    ),
    "win_rate": Ratio("100 * deals_won / (deals_won + deals_lost)", ("deals_won", "deals_lost")),
    "win_rate_by_amount": Ratio("100 * revenue / (revenue + lost_amount)", ("revenue", "lost_amount")),
    "discount_share": Ratio("100 * given / (revenue + given)", ("given", "revenue")),
    "revenue_paid": Sum("payment_events", "coalesce(sum(amount), 0)", has_channel=True),
    "margin": Sum("payment_events", "coalesce(sum(margin), 0)", has_channel=True),
    "ad_spend": _spend("coalesce(sum(cost), 0)"),
    "clicks": _spend("coalesce(sum(clicks), 0)"),
    "impressions": _spend("coalesce(sum(impressions), 0)"),
    "cpl": Ratio("ad_spend / leads", ("ad_spend", "leads")),
    "cpql": Ratio("ad_spend / leads_qualified", ("ad_spend", "leads_qualified")),
    "cac": Ratio("ad_spend / leads_won", ("ad_spend", "leads_won")),
    "roas": Ratio("revenue / ad_spend", ("revenue", "ad_spend")),
    "drr": Ratio("100 * ad_spend / revenue", ("ad_spend", "revenue")),
    "romi": Ratio("100 * (margin - ad_spend) / ad_spend", ("margin", "ad_spend")),
}
HELPERS = frozenset({"meeting_hours", "demo_hours", "hot_leads", "hot_won", "warm_leads", "warm_won", "cold_leads"}) | {
    "taken_won",
    *("cold_won", "met_criteria", "given", "lost_amount"),
}
"""What only ratios use; the product need not list it."""


_WORKING_TIME = "stands on the clock of working time: hand-worked moments in tests/core_model/test_working_clock.py"
_CLIENT = "stands on who a phone belongs to: hand-made calls in tests/core_model"
_RULE = "stands on rules that the made company has not set: worked examples, tests/core_model"
EXCUSED: Mapping[str, str] = {
    "missed_not_called_back": _WORKING_TIME,
    "leads_accepted_late": _WORKING_TIME,
    "leads_not_taken": _WORKING_TIME,
    "leads_answered_in_time": _WORKING_TIME,
    "leads_judged_by_response": _WORKING_TIME,
    "first_response_within": _WORKING_TIME,
    "hot_unanswered": _WORKING_TIME,
    "cold_calls": _CLIENT,
    "new_client_calls": _CLIENT,
    "existing_client_calls": _CLIENT,
    "qualified_per_contacted": _CLIENT,
    "base_coverage": _CLIENT,
    "touches_without_journey": _CLIENT,
    "valid_contact_rate": _CLIENT,
    "average_purchase": "products of one payment are told apart by the deal's lines: tests/core_model",
    "spend_duplicates": "the made company has none: tests/core_model and the worked example",
    "lead_spend": "spend is laid on the leads of its day and campaign: worked example, tests/core_model",
    "leads_undecided": "stands on the age of a lead and the window of its temperature: worked example",
    "nurture_entries": _RULE,
    "nurture_return_rate": _RULE,
    "labels_known": _RULE,
    "labels_wrong": _RULE,
    "wrong_label_rate": _RULE,
    "sales_velocity": "a product of four figures that are checked one by one",
    "touched_answered_rate": "stands on what came after each touch: tests/core_model",
    "touched_meeting_rate": "the same",
    "touched_opportunity_rate": "the same",
    "touched_won_rate": "the same",
    **dict.fromkeys(
        ("dues", "dues_kept", "dues_breached", "dues_waiting", "dues_unsure", "regulation_within", "regulation_never"),
        "regulations of several kinds of records: tests/core_model/test_dues.py, by hand and beside leads' own",
    ),
    "records_empty_share": "what `voronka check` finds: each check has tests of its own",
    "records_contradictory_share": "the same",
    "records_stale_share": "the same",
    "duplicates_share": "the same",
}
"""Metrics that add up, and ratios, which these views do not tell; each with where it is checked instead."""


@dataclass(frozen=True)
class Asked:
    """Days, both inside, the day that is today, and what to cut by: nothing, employee and month, team, or channel."""

    first: str
    last: str
    today: str
    cut: str


def can_be_cut(name: str, cut: str) -> bool:
    """Say whether a metric knows what it is to be cut by."""
    check = CHECKS[name]
    if isinstance(check, Ratio):
        return all(can_be_cut(each, cut) for each in check.of)
    return {"channel": check.has_channel, "all": True}.get(cut, check.has_person)


def expected(connection: duckdb.DuckDBPyConnection, name: str, asked: Asked, keys: Iterable[Key]) -> Values:
    """Return the metric, read from the exports, under these keys and all others that it has a row for."""
    check = CHECKS[name]
    if isinstance(check, Sum):
        found = _summed(connection, check, asked)
        nothing = 0.0 if check.is_sum else None
        return dict.fromkeys(keys, nothing) | found
    parts = {each: expected(connection, each, asked, keys) for each in check.of}
    known = {key for values in parts.values() for key in values}
    nothing_of = {each: expected(connection, each, asked, [()])[()] for each in check.of}
    return {
        key: _ratio(check.formula, {each: parts[each].get(key, nothing_of[each]) for each in check.of}) for key in known
    }


def _summed(connection: duckdb.DuckDBPyConnection, check: Sum, asked: Asked) -> Values:
    person = f"e.{check.employee}"
    columns = {
        "all": ["'all'"],
        "employee": [person, f"strftime(e.{check.day}, '%Y-%m')"],
        "team": ["p.team"],
        "channel": ["e.channel"],
    }[asked.cut]
    joined = f"LEFT JOIN people AS p ON p.employee = {person} AND e.{check.day} >= p.since AND e.{check.day} < p.until"
    sql = f"""
        SELECT {", ".join(columns)}, {check.measure.replace("$today", "CAST($today AS DATE)")}
        FROM {check.view} AS e {joined if asked.cut == "team" else ""}
        WHERE e.{check.day} BETWEEN CAST($first AS DATE) AND CAST($last AS DATE)
        GROUP BY ALL"""
    given = {"first": asked.first, "last": asked.last}
    given |= {"today": asked.today} if "$today" in sql else {}
    rows = connection.execute(sql, given).fetchall()
    return {tuple(row[:-1]): None if row[-1] is None else float(row[-1]) for row in rows}


def _ratio(formula: str, values: Mapping[str, float | None]) -> float | None:
    if any(value is None for value in values.values()):
        return None
    try:
        return float(eval(formula, {"__builtins__": {}}, dict(values)))  # noqa: S307 - formulas of this file
    except ZeroDivisionError:
        return None
