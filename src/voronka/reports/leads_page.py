"""The page of leads: whether they are answered in time, whether the right ones are, and what becomes of them.

Its findings, each with the figures it is made of:

- leads that nobody has answered, as the overview tells of them;
- a day of the week on which fewer leads are answered in time than on the others, beyond chance;
- somebody who answers fewer leads in time than the others, beyond chance;
- a person whose labels of temperature say nothing (analyses/temperature.py).

Chance is judged as for the strangest of so many days or people (reports/differing.py).
"""

from dataclasses import replace

from voronka.metrics.answer import PREVIOUS, Row
from voronka.metrics.question import Filter
from voronka.metrics.records import Records
from voronka.reports import findings
from voronka.reports.ask import Block, known
from voronka.reports.differing import Share
from voronka.reports.findings import Finding, Opened
from voronka.reports.page import Contents, Frame
from voronka.reports.waiting import Waiting

TOTALS = (
    *("leads", "target_rate", "first_response_median", "first_response_within"),
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
FINDINGS = 3
KEPT = 90.0
"""From which percent of leads answered in time the regulation is kept."""
BROKEN = 70.0


def leads_page(frame: Frame) -> Contents:
    """Return the page of leads."""
    asker, facts = frame.asker, frame.facts
    totals = asker.ask(*TOTALS, period=frame.period, compare=frame.asked.compare)
    response = asker.ask(*RESPONSE, by=["employee"], period=facts)
    weekdays = asker.ask(*RESPONSE, by=["weekday"], period=facts)
    unanswered, longest = asker.ask("leads_unanswered"), _longest(frame)
    found = [
        _unanswered(frame, unanswered, longest),
        late_weekday(weekdays),
        late_person(response),
    ]
    return Contents(
        headline=headline(totals, frame.settings.regulations.first_response_minutes),
        findings=findings.ranked(found, FINDINGS),
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
            "weekdays_differ": IN_TIME.differing(weekdays, "weekday"),
            "response_differs": IN_TIME.differing(response, "employee_id"),
        },
    )


def headline(totals: Block, minutes: int) -> Finding:
    """Return the one sentence: what share of leads was answered in time; `minutes` are those of the regulation."""
    leads, rate = totals.total("leads"), totals.total("first_response_within")
    ask = replace(totals.ask, metrics=("leads", "first_response_within", "first_response_median"))
    if leads is None:
        return Finding("no_data", "neutral", {})
    if not leads:
        return Finding("no_leads", "neutral", {}, replace(ask, metrics=("leads",)))
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
        f"answered_{kind}", tone, values, ask, Opened("leads", replace(ask, metrics=("leads",), compare=None))
    )


def _longest(frame: Frame) -> Records:
    listed = frame.records("leads_unanswered", sort="created_at", order="asc")
    return Waiting(frame.metrics, frame.scope, frame.now, frame.settings.calendar.hours()).added(listed)


def _unanswered(frame: Frame, unanswered: Block, longest: Records) -> Finding | None:
    rates = frame.asker.ask("lead_conversion", "average_deal", period=findings.estimate_period(frame.today))
    oldest = longest.rows[0].get("created_at") if longest.rows else None
    return findings.unanswered_leads(unanswered, rates, oldest)


def late_weekday(weekdays: Block) -> Finding | None:
    """Return the day of the week on which the smallest share is answered in time, where that is beyond chance."""
    found = IN_TIME.lowest(weekdays)
    if found is None or found[0]["weekday"] is None:
        return None
    row, others = found
    weekday = str(row["weekday"])
    values = {"weekday": weekday, **_shares(row, others)}
    return _late("late_weekday", weekdays, Filter("weekday", (weekday,)), values)


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
