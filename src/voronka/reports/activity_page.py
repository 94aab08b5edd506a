"""The page of activity: who does what, by day and by kind, and what it brings.

Its findings, each with the figures it is made of:

- people who worked and did nothing at all, where the others did;
- people who do other things and call nobody, where the others of their role call on far more days;
- people with tasks closed without a contact, or things entered long after, on far more days than the others of their
  role (reports/worth_a_look.py);
- tasks that were not done by their day;
- the template of e-mails that is answered far less often than all the others, beyond chance for the strangest of so
  many templates.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from voronka.analyses.chance import level_among
from voronka.analyses.presence import Person, working_days
from voronka.analyses.standing import means_differ
from voronka.domain.period import Period
from voronka.metrics.answer import PREVIOUS
from voronka.metrics.question import Filter
from voronka.reports.ask import Ask, Block, known
from voronka.reports.daily import daily
from voronka.reports.differing import Share
from voronka.reports.findings import Finding, Opened, growth_of
from voronka.reports.overview import ACTIVITY
from voronka.reports.page import Contents, Frame, Table, unknown_headline
from voronka.reports.people import figures_by_person, named, of_people, people_of
from voronka.reports.worth_a_look import without_calls, worth_a_look

EMAILS = ("emails_sent", "emails_replied", "reply_rate", "median_reply_hours")
MEETINGS = ("meetings_booked", "meetings_due", "meetings", "meeting_show_rate", "demos", "proposals")
TASKS = ("tasks_done", "tasks_overdue")
TOUCHES = (
    *("touches", "touched", "touched_answered_rate", "touched_meeting_rate"),
    *("touched_opportunity_rate", "touched_won_rate"),
)
FINDINGS = 3
SILENT_DAYS = 5
"""Days worked without anything done from which on that is no chance of the calendar."""
REPLIES = Share("reply_rate", "emails_replied", "emails_sent")
SAME_PERCENT = 1.0


def activity_page(frame: Frame) -> Contents:
    """Return the page of activity."""
    return _Activity(frame).contents()


@dataclass(frozen=True)
class _Activity:
    frame: Frame

    def contents(self) -> Contents:
        frame, asker, facts = self.frame, self.frame.asker, self.frame.facts
        odd = [worth_a_look(frame, self.people, kind) for kind in ("tasks_without_contact", "entered_late")]
        found = [self._silent(), self._without_calls(), *odd, self._overdue(), self._template()]
        return Contents(
            headline=self._headline(),
            findings=tuple(finding for finding in found if finding)[:FINDINGS],
            blocks={
                "figures": self.figures,
                "daily": daily(asker, frame.day.day),
                "activity": self.activity,
                "course": asker.ask(*ACTIVITY, by=[frame.grain], period=facts),
                "emails": asker.ask(*EMAILS, by=["employee"], period=facts),
                "templates": self.templates,
                "meetings": asker.ask(*MEETINGS, by=["employee"], period=facts),
                "tasks": self.tasks,
                "touches": asker.ask(*TOUCHES, by=["kind"], period=facts),
                "next": asker.ask("touched", by=["kind", "next_event"], period=facts),
            },
            tables={"template_differs": self.template_differs},
        )

    @cached_property
    def figures(self) -> Block:
        frame = self.frame
        return frame.asker.ask(*ACTIVITY, period=frame.period, compare=frame.asked.compare)

    @cached_property
    def activity(self) -> Block:
        return self.frame.asker.ask(*ACTIVITY, by=["employee"], period=self.frame.facts)

    @cached_property
    def templates(self) -> Block:
        return self.frame.asker.ask(*EMAILS, by=["template"], period=self.frame.facts)

    @cached_property
    def template_differs(self) -> Table:
        """Return which templates are answered otherwise than all the others, by more than chance."""
        return REPLIES.differing(self.templates, "template", level_among(len(self.templates.answer.rows)))

    @cached_property
    def tasks(self) -> Block:
        return self.frame.asker.ask(*TASKS, by=["employee"], period=self.frame.facts)

    @cached_property
    def people(self) -> Mapping[str, Person]:
        return people_of(self.frame)

    def _headline(self) -> Finding:
        """Return how much was done on a working day, against the compared period's working days."""
        done, before = self.figures.total("activities"), self.figures.total("activities" + PREVIOUS)
        if done is None:
            return unknown_headline(self.figures, "activities")
        if not done:
            return Finding("nothing", "neutral", {}, self.figures.ask)
        days = self.frame.working_days()
        growth = growth_of(_per_day(done, days.facts), _per_day(before, days.compared))
        values = {"count": int(done), "day_count": _per_day(done, days.facts), "growth": abs(growth or 0.0)}
        if growth is None or not self.frame.asked.compare:
            return Finding("done" if days.facts else "done_off", "neutral", values, self.figures.ask)
        if abs(growth) < SAME_PERCENT:
            return Finding("same", "neutral", values, self.figures.ask)
        kind = "more" if growth > 0 else "less"
        if not self._differs():
            return Finding(f"{kind}_by_chance", "neutral", values, self.figures.ask)
        return Finding(kind, "good" if growth > 0 else "bad", values, self.figures.ask)

    def _differs(self) -> bool:
        """Say whether the working days of the two periods differ by more than the days of each do among themselves.

        Periods that are shown by weeks or months are long enough for a difference of their means to be one.
        """
        frame = self.frame
        if frame.compared is None or frame.grain != "day":
            return True
        return means_differ(*(self._days(period) for period in (frame.facts, frame.compared)))

    def _days(self, period: Period) -> list[float]:
        frame = self.frame
        rows = frame.asker.ask("activities", by=["day"], period=period).answer.rows
        done = {str(row["day"]): known(row["activities"]) or 0.0 for row in rows}
        return [done.get(day.isoformat(), 0.0) for day in working_days(frame.metrics, frame.scope, period)]

    def _silent(self) -> Finding | None:
        """Return who worked and did nothing; where nobody did anything, or it is one person's page, nobody is named."""
        done = figures_by_person(self.activity.answer.rows, "activities")
        there = [each for each in self.people.values() if len(each.days) >= SILENT_DAYS]
        silent = sorted((each for each in there if not done.get(each.employee_id)), key=lambda each: each.name)
        if not silent or 2 * len(silent) > len(there):
            return None
        ask = of_people(self.activity.ask, (each.employee_id for each in silent))
        return Finding("silent", "bad", named(each.name for each in silent), ask)

    def _without_calls(self) -> Finding | None:
        """Return who does other things and calls nobody, where the others of the role call on far more days."""
        frame = self.frame
        calls = frame.asker.ask("outgoing_calls", by=["employee"], period=frame.facts)
        done = figures_by_person(self.activity.answer.rows, "activities")
        found = without_calls(frame, self.people, figures_by_person(calls.answer.rows, "outgoing_calls"))
        active = [each for each in found if done.get(each.person)]
        if not active:
            return None
        others = max(each.others_share for each in active)
        names = named(self.people[each.person].name for each in active)
        values = {**names, "count": active[0].worked, "people": names["count"], "other_share": others}
        return Finding("without_calls", "bad", values, of_people(self.activity.ask, (each.person for each in active)))

    def _overdue(self) -> Finding | None:
        tasks = self.tasks
        late = tasks.total("tasks_overdue")
        if not late:
            return None
        rows = [row for row in tasks.answer.rows if known(row["tasks_overdue"]) and row["employee_id"] is not None]
        rows.sort(key=lambda row: known(row["tasks_overdue"]) or 0.0, reverse=True)
        names = named(f"{row['employee'] or row['employee_id']} ({row['tasks_overdue']})" for row in rows)
        values = {**names, "count": int(late)}
        ask = Ask(("tasks_overdue",), (), tasks.ask.where, tasks.ask.period)
        return Finding("tasks_overdue", "bad", values, ask, Opened("tasks_overdue", ask))

    def _template(self) -> Finding | None:
        """Return the template that is answered least, where the others are answered more often beyond chance."""
        found = REPLIES.lowest(self.templates)
        if found is None or found[0]["template"] is None:
            return None
        worst, others = found
        values = {
            "template": str(worst["template"]),
            "count": int(known(worst["emails_sent"]) or 0),
            "reply_rate": known(worst["reply_rate"]),
            "other_rate": others,
        }
        ask = self.templates.ask.narrowed(Filter("template", (str(worst["template"]),)))
        opened = Ask(("emails_sent",), (), ask.where, ask.period)
        return Finding("template_weak", "bad", values, ask, Opened("emails_sent", opened))


def _per_day(count: float | None, days: int | None) -> float | None:
    return count / days if count is not None and days else None
