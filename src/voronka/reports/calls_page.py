"""The page of calls: how much people talk and with whom, who gets through, and which missed calls wait.

Its findings, each with the figures it is made of:

- people with series of very short calls, or calls to our own people, on far more days than the others of their role
  (reports/worth_a_look.py);
- people who worked and called nobody, where the others of their role call on far more days than chance would leave out;
- missed calls that nobody called back within the regulation;
- people whose talks end within a minute far more often than those of the others of their role, beyond chance for the
  strangest of so many people;
- a reach rate that fell against the compared period beyond chance.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from voronka.analyses.chance import ERROR, shares_differ
from voronka.analyses.chance_exact import fisher
from voronka.analyses.presence import Person
from voronka.metrics.answer import PREVIOUS, AnswerColumn, Row
from voronka.metrics.dimensions import Title
from voronka.reports.ask import Ask, Block, known
from voronka.reports.findings import Finding, Opened
from voronka.reports.page import Contents, Frame, Table, unknown_headline
from voronka.reports.people import LEADING, figures_by_person, named, of_people, people_of
from voronka.reports.worth_a_look import without_calls, worth_a_look

FIGURES = (
    *("calls", "outgoing_calls", "reach_rate", "answered_calls", "talk_time", "median_call"),
    *("incoming_calls", "missed_calls", "missed_not_called_back", "average_wait", "cold_calls", "attempts_per_contact"),
)
PEOPLE = (
    *("calls", "outgoing_calls", "reached_calls", "reach_rate", "attempts_per_contact", "cold_calls"),
    *("incoming_calls", "missed_calls", "missed_not_called_back", "average_wait", "talk_time", "average_call"),
)
LENGTHS = ("calls_under_1m", "calls_1_3m", "calls_over_3m")
FINDINGS = 3
FEWEST_TALKS = 20
MUCH_SHORTER = 1.5


def calls_page(frame: Frame) -> Contents:
    """Return the page of calls."""
    return _Calls(frame).contents()


@dataclass(frozen=True)
class _Calls:
    frame: Frame

    def contents(self) -> Contents:
        frame, asker, facts = self.frame, self.frame.asker, self.frame.facts
        odd = [worth_a_look(frame, self.people, kind) for kind in ("call_series", "own_calls")]
        found = [*odd, self._silent(), self._missed(), self._short(), self._reach()]
        return Contents(
            headline=self._headline(),
            findings=tuple(finding for finding in found if finding)[:FINDINGS],
            blocks={
                "figures": self.figures,
                "people": asker.ask(*PEOPLE, by=["employee"], period=facts),
                "lengths": asker.ask("answered_calls", *LENGTHS, by=["potential"], period=facts),
                "lengths_people": self.lengths,
                "calls_by_hour": asker.ask("calls", "answered_calls", by=["weekday", "hour"], period=facts),
                "course": asker.ask("calls", "talk_time", "reach_rate", by=[frame.grain], period=facts),
            },
            lists={"missed": frame.records(self.unanswered, "started_at", "desc", facts)},
            tables={"talk_per_day": self.talk},
        )

    @cached_property
    def figures(self) -> Block:
        frame = self.frame
        return frame.asker.ask(*FIGURES, period=frame.period, compare=frame.asked.compare)

    @cached_property
    def lengths(self) -> Block:
        return self.frame.asker.ask(
            "outgoing_calls", "answered_calls", *LENGTHS, "talk_time", by=["employee", "role"], period=self.frame.facts
        )

    @cached_property
    def people(self) -> Mapping[str, Person]:
        return people_of(self.frame)

    @cached_property
    def talk(self) -> Table:
        """Return the hours of talk per worked day of everybody who calls or sells; the totals hold the range expected.

        The totals are of those whom the range is for; where nobody talked there are no rows.
        """
        talked = figures_by_person(self.lengths.answer.rows, "talk_time")
        callers = [each for each in self.people.values() if each.employee_id in talked or _has_role(each)]
        low, high = self.expected
        if not self.lengths.total("talk_time"):
            return Table(TALK_COLUMNS, (), {"low": low, "high": high})
        rows = tuple(self._talk_row(each, talked.get(each.employee_id, 0.0)) for each in callers)
        judged = [row for row in rows if row["verdict"] is not None]
        days, hours = _sum(judged, "worked_days"), _sum(judged, "talk_time")
        totals: Row = {"worked_days": days, "talk_time": hours, "talk_per_day": hours / days if days else None}
        return Table(TALK_COLUMNS, rows, {**totals, "low": low, "high": high})

    def _talk_row(self, person: Person, hours: float) -> Row:
        low, high = self.expected
        a_day = hours / len(person.days)
        leads = person.roles_on(max(person.days)) <= frozenset(LEADING)
        return {
            "employee_id": person.employee_id,
            "employee": person.name,
            "verdict": None if leads else "below" if a_day < low else "above" if a_day > high else "inside",
            "worked_days": len(person.days),
            "talk_time": hours,
            "talk_per_day": a_day,
        }

    @cached_property
    def expected(self) -> tuple[float, float]:
        """Return the hours of talk expected of a person on a worked day, from and to."""
        target = self.frame.metrics.catalogue.metric("talk_time").target
        return (target.from_ or 0.0, target.to or float("inf")) if target else (0.0, float("inf"))

    def _headline(self) -> Finding:
        figures, low, high = self.figures, *self.expected
        if figures.total("calls") is None:
            return unknown_headline(figures, "calls")
        if not figures.total("calls"):
            return Finding("nothing", "neutral", {}, figures.ask)
        mean = known(self.talk.totals.get("talk_per_day"))
        if mean is None:
            return Finding("talk_unknown", "neutral", {"count": figures.total("calls")}, figures.ask)
        verdicts = [row["verdict"] for row in self.talk.rows if row["verdict"] is not None]
        values = {
            "day_hours": mean,
            "least": low,
            "most": high,
            "count": len(verdicts),
            "below": verdicts.count("below"),
            "above": verdicts.count("above"),
        }
        kind = "talk_below" if mean < low else "talk_above" if mean > high else "talk_inside"
        return Finding(kind, "good" if kind == "talk_inside" else "neutral", values, self.figures.ask)

    @cached_property
    def unanswered(self) -> str:
        """Return the missed calls worth a list: those not called back, all of them where that is not known."""
        known_back = self.figures.total("missed_not_called_back") is not None
        return "missed_not_called_back" if known_back else "missed_calls"

    def _missed(self) -> Finding | None:
        """Return the calls that wait: as a share of the missed ones, or of incoming ones where that is all there is."""
        figures, metric = self.figures, self.unanswered
        kind, of = ("missed", "incoming_calls") if metric == "missed_calls" else ("not_called_back", "missed_calls")
        count, among = figures.total(metric), figures.total(of)
        if not count or not among:
            return None
        ask = Ask((metric,), (), figures.ask.where, self.frame.facts)
        return Finding(kind, "bad", {"count": int(count), "share": 100 * count / among}, ask, Opened(metric, ask))

    def _silent(self) -> Finding | None:
        """Return who worked and called nobody, where the others of the role call on far more of their days."""
        made = figures_by_person(self.lengths.answer.rows, "outgoing_calls")
        silent = without_calls(self.frame, self.people, made)
        if not silent:
            return None
        ask = of_people(self.lengths.ask, (each.person for each in silent))
        return Finding("silent", "bad", named(self.people[each.person].name for each in silent), ask)

    def _short(self) -> Finding | None:
        """Return whose talks end within a minute far more often than the others' of the role."""
        rows = [row for row in self.lengths.answer.rows if row["employee_id"] is not None]
        found = [row for row in rows if _is_short(row, rows)]
        if not found:
            return None
        found.sort(key=_share_short, reverse=True)
        ids = dict.fromkeys(str(row["employee_id"]) for row in found)
        others = [row for row in rows if row not in found]
        values = {
            **named(dict.fromkeys(str(row["employee"] or row["employee_id"]) for row in found)),
            "share": 100 * _sum(found, "calls_under_1m") / _sum(found, "answered_calls"),
            "other_share": 100 * _sum(others, "calls_under_1m") / (_sum(others, "answered_calls") or 1.0),
        }
        ask = of_people(self.lengths.ask, ids)
        opened = Ask(("calls_under_1m",), (), ask.where, ask.period)
        return Finding("short", "bad", values, ask, Opened("calls_under_1m", opened))

    def _reach(self) -> Finding | None:
        frame = self.frame
        if not frame.asked.compare:
            return None
        block = frame.asker.ask(
            "reach_rate", "reached_calls", "outgoing_calls", period=frame.period, compare=frame.asked.compare
        )
        now, before = block.total("reach_rate"), block.total("reach_rate" + PREVIOUS)
        counts = list(_counts(block))
        if now is None or before is None or now >= before or not shares_differ(*counts):
            return None
        return Finding("reach_fell", "bad", {"reach_rate": now, "previous_rate": before}, block.ask)


TALK_COLUMNS = (
    AnswerColumn("employee_id", Title("Менеджер, id", "Manager, id"), kind="dimension"),
    AnswerColumn("employee", Title("Менеджер", "Manager"), kind="dimension"),
    AnswerColumn("verdict", Title("Против ориентира", "Against the range"), kind="dimension"),
    AnswerColumn("worked_days", Title("Рабочих дней", "Days worked"), "days"),
    AnswerColumn("talk_time", Title("Время разговоров", "Talk time"), "hours", better="up"),
    AnswerColumn("talk_per_day", Title("Разговоров в рабочий день", "Talk per worked day"), "hours", better="up"),
)


def _counts(block: Block) -> Iterator[float]:
    for end in ("", PREVIOUS):
        for name in ("reached_calls", "outgoing_calls"):
            yield block.total(name + end) or 0.0


def _has_role(person: Person) -> bool:
    return any(role is not None for day in person.days for role in person.roles_on(day))


def _is_short(row: Row, rows: list[Row]) -> bool:
    rest = [each for each in rows if each["role"] == row["role"] and each["employee_id"] != row["employee_id"]]
    own, among = known(row["calls_under_1m"]) or 0.0, known(row["answered_calls"]) or 0.0
    short, talks = _sum(rest, "calls_under_1m"), _sum(rest, "answered_calls")
    if among < FEWEST_TALKS or talks < FEWEST_TALKS or own / among < MUCH_SHORTER * short / talks:
        return False
    return fisher(int(own), int(among), int(short), int(talks)) * (len(rest) + 1) < ERROR


def _share_short(row: Row) -> float:
    return (known(row["calls_under_1m"]) or 0.0) / (known(row["answered_calls"]) or 1.0)


def _sum(rows: Iterable[Row], name: str) -> float:
    return sum(known(row[name]) or 0.0 for row in rows)
