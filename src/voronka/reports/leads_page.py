"""The page of leads: whether they are answered in time, whether the right ones are, and what becomes of them.

Its findings, each with the figures it is made of:

- the days of the week on which fewer leads are answered in time than on the others, beyond chance, of the period or of
  the last half-year where that is longer: they stand first, since they say where the headline comes from;
- leads that nobody has answered, as the overview tells of them;
- somebody who answers fewer leads in time than the others, beyond chance;
- hot leads that were not answered at once;
- a person whose label `hot` says nothing, of the last half-year (analyses/temperature.py).

Chance is judged as for the strangest of so many days or people (reports/differing.py).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from voronka.analyses.lateness import Part, parts
from voronka.analyses.temperature import Held, Verdict, suspicious_labels, verdicts, warm_with_the_rest
from voronka.metrics.answer import PREVIOUS, AnswerColumn, Row
from voronka.metrics.dimensions import Title
from voronka.metrics.question import Filter
from voronka.metrics.records import Records
from voronka.reports import findings
from voronka.reports.ask import Ask, Block, known
from voronka.reports.differing import DIFFERS, Share
from voronka.reports.findings import Finding, Opened
from voronka.reports.lateness import judged_days
from voronka.reports.page import Contents, Frame, Table, ended_on
from voronka.reports.waiting import Waiting

TOTALS = (
    *("leads", "target_rate", "first_response_median", "first_response_within", "hot_unanswered"),
    *("leads_handed", "acceptance_rate", "won_from_handed", "revenue_from_handed"),
)
RESPONSE = (
    *("leads", "leads_answered", "leads_unanswered", "first_response_median", "first_response_within"),
    *("leads_answered_in_time", "leads_judged_by_response"),
)
CHANNELS = ("leads", "target_leads", "target_rate", "first_response_within", "leads_qualified", "lead_conversion")
HANDED = (
    *("leads_handed", "handed_meeting_criteria_rate", "qualification_completeness", "leads_accepted"),
    *(
        "leads_rejected",
        "leads_accepted_late",
        "leads_not_taken",
        "leads_off_profile",
        "acceptance_rate",
        "median_accept_hours",
    ),
    *("won_from_handed", "revenue_from_handed"),
)
PAIRS = (
    "leads_handed",
    "leads_accepted",
    "leads_rejected",
    "acceptance_rate",
    "won_from_handed",
    "revenue_from_handed",
)
TAKEN = (
    "leads_handed",
    "leads_accepted",
    "leads_rejected",
    "leads_accepted_late",
    "acceptance_rate",
    "median_accept_hours",
)
REASONS = ("leads_handed", "leads_accepted", "leads_rejected", "leads_off_profile")
NURTURE = ("leads_nurtured", "nurture_days", "nurture_return_rate")
LABELS = ("labels_known", "labels_wrong", "wrong_label_rate")
IN_TIME = Share("first_response_within", "leads_answered_in_time", "leads_judged_by_response")
WHO = (
    AnswerColumn("employee", Title("Сотрудник", "Employee"), kind="dimension"),
    AnswerColumn("employee_id", Title("Сотрудник, id", "Employee, id"), kind="dimension"),
)
WEEKDAY = AnswerColumn("weekday", Title("День недели", "Weekday"), kind="dimension")
VERDICTS = (
    AnswerColumn("temperature", Title("Температура", "Temperature"), kind="dimension"),
    AnswerColumn("leads", Title("Лиды", "Leads"), "count"),
    AnswerColumn("won", Title("Купили", "Bought"), "count"),
    AnswerColumn("undecided", Title("Без исхода", "Undecided"), "count"),
    AnswerColumn("rate", Title("Конверсия, %", "Conversion"), "percent", better="up"),
    AnswerColumn("low", Title("Не меньше, %", "At least"), "percent"),
    AnswerColumn("high", Title("Не больше, %", "At most"), "percent"),
    AnswerColumn("range_from", Title("Ожидается от, %", "Expected from"), "percent"),
    AnswerColumn("range_to", Title("Ожидается до, %", "Expected to"), "percent"),
    AnswerColumn("verdict", Title("Вывод", "Verdict"), kind="dimension"),
)
HELD = (
    AnswerColumn("leads", Title("Тёплых лидов в работе", "Warm leads in work"), "count"),
    AnswerColumn("rate", Title("Покупают из тёплых, %", "Of warm ones buy"), "percent", better="up"),
)
FINDINGS = 3
KEPT = 90.0
"""From which percent of leads answered in time the regulation is kept."""
BROKEN = 70.0
WORTH_MOVING = 1.0
"""Percent points by which somebody has to be worse with warm leads before it is said that they should go to others."""


def leads_page(frame: Frame) -> Contents:
    """Return the page of leads."""
    asker, facts = frame.asker, frame.facts
    totals = asker.ask(*TOTALS, period=frame.period, compare=frame.asked.compare)
    response = asker.ask(*RESPONSE, by=["employee"], period=facts)
    weekdays = asker.ask(*RESPONSE, by=["weekday"], period=facts)
    unanswered, longest = asker.ask("leads_unanswered"), _longest(frame)
    differing, late = late_days(asker.ask(IN_TIME.of, IN_TIME.among, by=["day"], period=judged_days(facts)))
    found = [
        _unanswered(frame, unanswered, longest),
        _wrong_labels(frame),
        late_person(response),
        _hot(frame),
    ]
    return Contents(
        headline=headline(totals, frame.settings.regulations.first_response_minutes),
        findings=(*((late,) if late else ()), *findings.ranked(found, FINDINGS))[:FINDINGS],
        blocks={
            "totals": totals,
            "response": response,
            "weekdays": weekdays,
            "hours": asker.ask("leads", "first_response_within", by=["weekday", "hour"], period=facts),
            "channels": asker.ask(*CHANNELS, by=["channel"], period=facts),
            "handed": asker.ask(*HANDED, by=["employee"], period=facts),
            "taken": asker.ask(*TAKEN, by=["to_employee"], period=facts),
            "pairs": asker.ask(*PAIRS, by=["from_employee", "to_employee"], period=facts),
            "reasons": asker.ask(*REASONS, by=["reason"], period=facts),
            "labels": asker.ask(*LABELS, by=["employee"], period=facts),
            "nurture": asker.ask(*NURTURE, by=["employee"], period=facts),
            "unanswered": unanswered,
        },
        lists={"longest_unanswered": longest},
        tables={
            "weekdays_differ": differing,
            "response_differs": IN_TIME.differing(response, "employee_id"),
            **temperatures(frame),
        },
    )


def headline(totals: Block, minutes: int) -> Finding:
    """Return the one sentence: what share of leads was answered in time; `minutes` are those of the regulation."""
    leads, rate = totals.total("leads"), totals.total("first_response_within")
    ended = ended_on(totals, "first_response_within")
    ask = replace(totals.ask, metrics=("leads", "first_response_within", "first_response_median"))
    if leads is None:
        day = ended_on(totals, "leads")
        return (
            Finding("ended", "neutral", {"data_until": day.isoformat()}) if day else Finding("no_data", "neutral", {})
        )
    if not leads:
        return Finding("no_leads", "neutral", {}, replace(ask, metrics=("leads",)))
    if ended is not None:
        values: dict[str, object] = {"count": int(leads), "data_until": ended.isoformat()}
        return Finding("answers_ended", "neutral", values, replace(ask, metrics=("leads",)))
    if rate is None:
        return Finding("no_answers", "neutral", {"count": int(leads)}, replace(ask, metrics=("leads",)))
    values = {
        "count": int(leads),
        "rate": rate,
        "previous_rate": totals.total("first_response_within" + PREVIOUS),
        "median_minutes": totals.total("first_response_median"),
        "limit_minutes": minutes,
    }
    kind = "kept" if rate >= KEPT else "broken" if rate < BROKEN else "nearly"
    tone: findings.Tone = "good" if kind == "kept" else "bad" if kind == "broken" else "neutral"
    return Finding(
        f"answered_{kind}",
        tone,
        values,
        ask,
        Opened("leads", replace(ask, metrics=("leads",), compare=None)),
    )


def temperatures(frame: Frame) -> dict[str, Table]:
    """Return the verdicts over temperatures, of all and by person, and the warm leads that are not with the best.

    Who is best with warm leads is told by the last half-year: a month has too few.
    """
    metrics, scope, where = frame.metrics, frame.scope, frame.asked.filters()
    together = verdicts(metrics, scope, frame.facts, where=where)
    if not any(verdict.leads for verdict in together):
        return {}
    people = [each for each in verdicts(metrics, scope, frame.facts, "employee", where) if each.leads]
    warm = warm_with_the_rest(metrics, scope, findings.estimate_period(frame.today), where)
    worse = [each for each in warm.held if each.rate < (warm.best or 0.0) - WORTH_MOVING]
    held = tuple({"employee": each.name, "employee_id": each.employee_id, **_held(each)} for each in worse)
    return {
        "temperature": Table(VERDICTS, tuple(_judged(each) for each in together)),
        "temperature_people": Table((*WHO, *VERDICTS), tuple(_judged(each) for each in people)),
        "warm": Table((*WHO, *HELD), held, {"leads": sum(each.leads for each in worse), "rate": warm.best}),
    }


def _judged(verdict: Verdict) -> Row:
    told = {column.name: getattr(verdict, column.name) for column in VERDICTS}
    return {"employee": verdict.name, "employee_id": verdict.id, **told}


def _held(held: Held) -> Row:
    return {"leads": held.leads, "rate": held.rate}


def _wrong_labels(frame: Frame) -> Finding | None:
    period = findings.estimate_period(frame.today)
    found = suspicious_labels(frame.metrics, frame.scope, period, frame.asked.filters())
    if not found:
        return None
    first = found[0]
    values = {"name": first.name, "rate": first.rate, "others_rate": first.others_rate, "count": first.decided}
    where = (Filter("employee", (first.employee_id,)), Filter("temperature", ("hot",)))
    others = tuple(each for each in frame.asked.filters() if each.dimension != "employee")
    ask = Ask(("leads", "leads_won"), (), (*others, *where), period)
    return Finding("wrong_labels", "bad", values, ask, Opened("leads", replace(ask, metrics=("leads",))))


def _hot(frame: Frame) -> Finding | None:
    block = frame.asker.ask("hot_unanswered", period=frame.facts)
    count = block.total("hot_unanswered")
    if not count:
        return None
    values = {"count": int(count), "limit_minutes": frame.settings.regulations.first_response_minutes}
    return Finding("hot_unanswered", "bad", values, block.ask, Opened("hot_unanswered", block.ask))


def _longest(frame: Frame) -> Records:
    listed = frame.records("leads_unanswered", sort="created_at", order="asc")
    return Waiting(frame.metrics, frame.scope, frame.now, frame.settings.calendar.hours()).added(listed)


def _unanswered(frame: Frame, unanswered: Block, longest: Records) -> Finding | None:
    if frame.has_ended("leads_unanswered"):
        return None
    rates = frame.asker.ask("lead_conversion", "average_deal", period=findings.estimate_period(frame.today))
    oldest = longest.rows[0].get("created_at") if longest.rows else None
    return findings.unanswered_leads(unanswered, rates, oldest)


def late_days(days: Block) -> tuple[Table, Finding | None]:
    """Return which days of the week differ from the others, and which are later than these, beyond chance.

    `days` are leads answered in time, and judged, by day. Leads of one day have to do with each other, so that days are
    compared and not leads (analyses/lateness.py): a single bad Monday makes no bad Mondays.
    """
    told = [row for row in days.answer.rows if row["day"] is not None and known(row[IN_TIME.among])]
    dates = [date.fromisoformat(str(row["day"])) for row in told]
    judged = np.array([known(row[IN_TIME.among]) for row in told], dtype=np.int64)
    in_time = np.array([known(row[IN_TIME.of]) or 0.0 for row in told], dtype=np.int64)
    both = np.stack([in_time, judged - in_time], axis=1).ravel() if told else judged
    found = parts(
        np.repeat(np.array([each.isoweekday() for each in dates], dtype=np.int64), judged),
        np.repeat(np.tile([0.0, 1.0], len(told)), both),
        np.repeat(np.array([each.toordinal() for each in dates], dtype=np.int64), judged),
    )
    rows: list[Row] = [{"weekday": each.value, DIFFERS.name: each.is_beyond_chance} for each in found]
    return Table((WEEKDAY, DIFFERS), tuple(rows)), _late_days(days, found)


def _late_days(days: Block, found: Sequence[Part]) -> Finding | None:
    late = sorted(
        (each for each in found if each.is_beyond_chance and (each.points or 0) > 0), key=lambda each: each.value
    )
    others = [each for each in found if each not in late]
    if not late or not others:
        return None
    weekdays = tuple(str(each.value) for each in late)
    first = days.ask.period.first.isoformat() if days.ask.period else None
    values = {
        "weekdays": " ".join(weekdays),
        "count": len(late),
        "rate": _in_time(late),
        "others_rate": _in_time(others),
        "since": first,
    }
    return _late("late_days", days, Filter("weekday", weekdays), values)


def _in_time(some: Sequence[Part]) -> float:
    return 100 - sum(each.share * each.leads for each in some) / sum(each.leads for each in some)


def late_person(people: Block) -> Finding | None:
    """Return who answers the smallest share in time, where that is beyond chance."""
    found = IN_TIME.lowest(people)
    if found is None or found[0]["employee_id"] is None:
        return None
    row, others = found
    values = {"name": row["employee"] or row["employee_id"], **_shares(row, others)}
    return _late("late_person", people, Filter("employee", (str(row["employee_id"]),)), values)


def _shares(row: Row, others: float) -> dict[str, object]:
    return {"rate": row[IN_TIME.rate], "others_rate": others, "count": known(row["leads"])}


def _late(kind: str, block: Block, narrowed: Filter, values: dict[str, object]) -> Finding:
    ask = replace(block.ask.narrowed(narrowed), metrics=("leads", "first_response_within"), by=())
    return Finding(kind, "bad", values, ask, Opened("leads", replace(ask, metrics=("leads",))))
