"""Why the company's leads are answered late: load, days and hours, and what would remain without load, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from voronka.analyses.cut_rows import CutRows
from voronka.analyses.lateness import LOADS, NOT_ESTABLISHED, TOO_FEW, Answers, Lateness, Part, lateness
from voronka.analyses.working_clock import working_clock
from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.metrics.answer import Values, columns_of
from voronka.metrics.query import Metrics
from voronka.metrics.question import Query
from voronka.reports.findings import ESTIMATE_DAYS

Row = dict[str, Any]
Floats = NDArray[np.float64]
Moments = NDArray[np.datetime64]
LEADS = CutRows("lateness", "fct_leads", "created", {"deleted_at": [None]})
COLUMNS = (
    *("lead_id", "created_at", "created_day", "created_hour", "created_employee_id", "created_working_clock"),
    *("first_response_working_seconds", "response_due_at", "is_answered", "is_answered_in_time"),
)

WORDS: Mapping[str, Mapping[str, str]] = {
    "ru": {
        "none": "Лидов, по которым уже наступил срок ответа, нет.",
        "whole": "Поздно ответили (или не ответили) на {share} % лидов: {late} из {leads}.",
        "days": "Позже всего отвечают: {parts}.",
        "part": "{name} — поздно {share} %, на {points} п. п. больше, чем в другие дни",
        "part_hour": "{name} — поздно {share} %, на {points} п. п. больше, чем в другие часы",
        "hours": "По часам: {parts}.",
        "longer": "{load}: когда вдвое больше, ответ дольше на {percent} % (95 %: {low}…{high}) при одинаковых часе,"
        " дне недели, месяце и сотруднике: связь установлена.",
        "shorter": "{load}: когда вдвое больше, ответ быстрее на {percent} % (95 %: {low}…{high}) при одинаковых часе,"
        " дне недели, месяце и сотруднике: связь установлена.",
        "not_established": "{load}: связь со сроком ответа не установлена{why}.",
        "explained": " То, что похоже на загрузку, объясняют часы и дни недели.",
        "why": " — без поправок {percent} % на удвоение (95 %: {low}…{high}), при одинаковых часе и дне недели"
        " {percent_held} % ({low_held}…{high_held})",
        "too_few": "{load}: данных мало, чтобы судить.",
        "remains": "При низкой загрузке ({load}: не больше {most}) поздно {share_low} %: так что {percent} %"
        " опозданий осталось бы (95 %: {low}…{high}).",
        "remains_all": "При низкой загрузке ({load}: не больше {most}) поздно {share_low} %, не меньше, чем в среднем:"
        " опозданий от неё меньше не станет.",
        "away": "Если лид пришёл, когда сотрудник не на работе, поздно отвечают на {share} %, на {points} п. п."
        " {more}, чем в рабочее время.",
        "more": "чаще",
        "less": "реже",
        "arrivals": "Лидов у сотрудника за день",
        "queue": "Очередь сотрудника в момент прихода лида",
        "weekdays": "понедельник вторник среда четверг пятница суббота воскресенье",
    },
    "en": {
        "none": "No lead's answer is due yet.",
        "whole": "{share}% of leads were answered late or not at all: {late} of {leads}.",
        "days": "Latest are: {parts}.",
        "part": "{name}: {share}% late, {points} points more than on other days",
        "part_hour": "{name}: {share}% late, {points} points more than at other hours",
        "hours": "By hour: {parts}.",
        "longer": "{load}: twice as many make the answer {percent}% longer (95%: {low}…{high}) at the same hour,"
        " weekday, month and person: established.",
        "shorter": "{load}: twice as many make the answer {percent}% faster (95%: {low}…{high}) at the same hour,"
        " weekday, month and person: established.",
        "not_established": "{load}, no effect on the time of the answer established{why}.",
        "explained": " What looks like load is told by hours and weekdays.",
        "why": ": {percent}% for twice as many with nothing held equal (95%: {low}…{high}), {percent_held}% at the"
        " same hour and weekday ({low_held}…{high_held})",
        "too_few": "{load}: too few data to judge.",
        "remains": "At low load ({load}: {most} at most) {share_low}% are late: so {percent}% of lateness would"
        " remain (95%: {low}…{high}).",
        "remains_all": "At low load ({load}: {most} at most) {share_low}% are late, no less than on average: it"
        " would not make lateness less.",
        "away": "Of leads that come while their person is not at work {share}% are answered late, {points} points"
        " {more} than of others.",
        "more": "more",
        "less": "less",
        "arrivals": "Leads of a person on a day",
        "queue": "Queue of the person as the lead comes",
        "weekdays": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    },
}
HOURS_TOLD = 3
THOUSANDS, TENTHS = "\ue000", "\ue001"
"""What stands for the signs of numbers until the language is known."""
SIGNS = {
    language: str.maketrans({THOUSANDS: thousands, TENTHS: tenths})
    for language, thousands, tenths in (("ru", "\u00a0", ","), ("en", ",", "."))
}
WHOLE = 100


def judged_days(facts: Period) -> Period:
    """Return the days that say on which days and why leads are late: a month is too short, so half a year at least."""
    first = date.fromordinal(facts.last.toordinal() - ESTIMATE_DAYS + 1)
    return Period(min(facts.first, first), facts.last)


def why_late(metrics: Metrics, query: Query) -> Lateness:
    """Return why the leads asked for are answered late; `query` has filters, period and scope, no cuts.

    The load is that of all leads in the scope, whatever is asked for.
    """
    query = replace(query, by=())
    LEADS.check(query)
    every = replace(query, where=(), period=None)

    def made() -> tuple[Answers, Sequence[object]]:
        told = in_order(LEADS.rows(every, metrics, COLUMNS))
        return answers_of(metrics, told), told["lead_id"]

    answers, ids = metrics.kept(("answers to leads", every.key()), made)
    if query.where or query.period:
        asked = set(LEADS.rows(query, metrics, ("lead_id",))["lead_id"])
        answers = replace(answers, is_asked=np.array([each in asked for each in ids], dtype=np.bool_))
    return lateness(answers)


def in_order(rows: Values) -> Mapping[str, list[object]]:
    """Return the leads that came at a known time, by column, as they came."""
    known = [
        place
        for place, (came, day) in enumerate(zip(rows["created_working_clock"], rows["created_day"], strict=True))
        if came is not None and day is not None
    ]
    known.sort(key=lambda place: (cast("datetime", rows["created_at"][place]), str(rows["lead_id"][place])))
    return {name: [values[place] for place in known] for name, values in rows.items()}


def answers_of(metrics: Metrics, told: Mapping[str, Sequence[Any]]) -> Answers:
    """Return how leads, by column as they came, were answered; all of them are asked for."""
    now = metrics.known_until()
    days = np.array(told["created_day"], dtype="datetime64[D]")
    months = days.astype("datetime64[M]").astype(np.int64)
    people = {
        name: number for number, name in enumerate(sorted({str(each) for each in told["created_employee_id"] if each}))
    }
    created = np.array(told["created_at"], dtype="datetime64[us]")
    return Answers(
        came=np.array(told["created_working_clock"], dtype=np.float64),
        took=_took(told),
        late=_late(told, now),
        day=_from_nought(days.astype(np.int64)),
        hour=np.array(told["created_hour"], dtype=np.int64),
        weekday=np.array([cast("date", each).isoweekday() for each in told["created_day"]], dtype=np.int64),
        month=_from_nought(months),
        person=np.array([people.get(str(each), -1) for each in told["created_employee_id"]], dtype=np.int64),
        is_at_work=at_work(metrics, told["created_employee_id"], created, days),
        is_asked=np.ones(len(told["lead_id"]), dtype=np.bool_),
        now=working_clock(metrics, now, ZoneInfo(metrics.company.zone)) if told["lead_id"] else 0.0,
    )


def _from_nought(values: NDArray[np.int64]) -> NDArray[np.int64]:
    return values - values.min() if len(values) else values


def _took(told: Mapping[str, Sequence[object]]) -> Floats:
    return np.array(
        [
            float(cast("int", took)) if answered and took is not None else np.nan
            for took, answered in zip(told["first_response_working_seconds"], told["is_answered"], strict=True)
        ],
        dtype=np.float64,
    )


def _late(told: Mapping[str, Sequence[object]], now: datetime) -> Floats:
    """Say of each lead whether it was answered late (1), in time (0), or is not due yet or without a limit (NaN)."""
    found = []
    for in_time, due in zip(told["is_answered_in_time"], told["response_due_at"], strict=True):
        if in_time is not None:
            found.append(0.0 if in_time else 1.0)
        else:
            found.append(1.0 if isinstance(due, datetime) and due < now else np.nan)
    return np.array(found, dtype=np.float64)


def at_work(metrics: Metrics, people: Sequence[object], moments: Moments, days: Moments) -> NDArray[np.bool_]:
    """Say of each moment (UTC) whether its person was at work: in a shift, else in the company's hours, not absent."""
    columns = ("day", "opens_at", "closes_at")
    calendar = columns_of(metrics.rows("dim_calendar", Scope.everything(), None, columns))
    hours = {
        day: (opens, closes) for day, opens, closes in zip(*(calendar[name] for name in columns), strict=True) if opens
    }
    spans = columns_of(
        metrics.rows("employee_time", Scope.everything(), None, ("employee_id", "starts_at", "ends_at", "kind"))
    )
    shifts: dict[object, list[tuple[Any, Any]]] = {}
    absent: dict[object, list[tuple[Any, Any]]] = {}
    for person, starts, ends, kind in zip(*spans.values(), strict=True):
        if starts is not None and ends is not None:
            (shifts if kind == "shift" else absent).setdefault(person, []).append((starts, ends))
    found = []
    for person, moment, day in zip(people, moments.tolist(), days.tolist(), strict=True):
        worked = shifts.get(person) or ([hours[day]] if day in hours else [])
        is_there = any(starts <= moment < ends for starts, ends in worked)
        found.append(is_there and not any(starts <= moment < ends for starts, ends in absent.get(person, ())))
    return np.array(found, dtype=np.bool_)


def effect_rows(found: Lateness) -> list[Row]:
    """Return what load does to the time of the answer, under each specification: percent for twice as much."""
    return [{**vars(each), "is_beyond_chance": each.is_beyond_chance} for each in found.effects]


def remains_rows(found: Lateness) -> list[Row]:
    """Return what remains of lateness at low load."""
    return [dict(vars(each)) for each in found.remains]


def part_rows(found: Lateness) -> list[Row]:
    """Return how late each weekday, hour and time at work or not is, against the others; shares in percent."""
    parts = {"weekday": found.weekdays, "hour": found.hours, "at_work": found.at_work}
    return [{"part": name, **vars(part)} for name, each in parts.items() for part in each]


def plain_lateness(found: Lateness) -> Row:
    """Return the whole for JSON."""
    whole = {name: getattr(found, name) for name in ("leads", "late", "share", "watched", "days")}
    return {
        **whole,
        "verdicts": dict(found.verdicts),
        "effects": effect_rows(found),
        "remains": remains_rows(found),
        "parts": part_rows(found),
    }


def lateness_words(found: Lateness, language: str) -> list[str]:
    """Return what there is to say: how many, on which days and hours, whether load does it, what remains without it."""
    said = _said(found, WORDS[language])
    return [line.translate(SIGNS[language]) for line in said]


def _said(found: Lateness, words: Mapping[str, str]) -> list[str]:
    if not found.leads:
        return [words["none"]]
    said = [words["whole"].format(share=_figure(found.share), late=_count(found.late), leads=_count(found.leads))]
    days = words["weekdays"].split()
    late_days = [(days[each.value - 1], each) for each in _later(found.weekdays)]
    late_hours = [(f"{each.value}:00", each) for each in _later(found.hours)[:HOURS_TOLD]]
    if late_days:
        said.append(words["days"].format(parts="; ".join(_part(name, each, words["part"]) for name, each in late_days)))
    if late_hours:
        parts = "; ".join(_part(name, each, words["part_hour"]) for name, each in late_hours)
        said.append(words["hours"].format(parts=parts))
    said += [_verdict(found, load, words) for load in LOADS]
    said += _remains(found, words)
    away = next((each for each in found.at_work if not each.value and each.is_beyond_chance), None)
    if away and away.points is not None:
        more = words["more" if away.points > 0 else "less"]
        said.append(words["away"].format(share=_figure(away.share), points=_figure(abs(away.points)), more=more))
    return said


def _later(parts: Sequence[Part]) -> list[Part]:
    later = [each for each in parts if each.is_beyond_chance and (each.points or 0) > 0]
    return sorted(later, key=lambda each: -(each.points or 0))


def _part(name: str, part: Part, template: str) -> str:
    return template.format(name=name, share=_figure(part.share), points=_figure(part.points))


def _verdict(found: Lateness, load: str, words: Mapping[str, str]) -> str:
    verdict, effects = found.verdicts[load], [each for each in found.effects if each.load == load]
    if verdict == TOO_FEW:
        return words[verdict].format(load=words[load])
    if verdict == NOT_ESTABLISHED:
        bare, held = effects[:2]
        ends = {
            "percent": _signed(bare.percent),
            "low": _signed(bare.low),
            "high": _signed(bare.high),
            "percent_held": _signed(held.percent),
            "low_held": _signed(held.low),
            "high_held": _signed(held.high),
        }
        explained = words["explained"] if bare.is_beyond_chance and not held.is_beyond_chance else ""
        return words[verdict].format(load=words[load], why=words["why"].format(**ends)) + explained
    last = effects[-1]
    low, high = sorted((abs(last.low), abs(last.high)))
    return words[verdict].format(
        load=words[load], percent=_figure(abs(last.percent)), low=_figure(low), high=_figure(high)
    )


def _remains(found: Lateness, words: Mapping[str, str]) -> list[str]:
    """Return the sentence about low load, by the queue where it is known: what a person had to do just then."""
    told = next((each for each in reversed(found.remains) if each.percent is not None), None)
    if told is None:
        return []
    return [
        words["remains" if (told.percent or 0) < WHOLE else "remains_all"].format(
            load=words[told.load].lower(),
            most=f"{told.most:.0f}",
            share_low=_figure(told.share_low),
            percent=_figure(told.percent),
            low=_figure(told.low),
            high=_figure(told.high),
        )
    ]


def _count(value: int) -> str:
    return f"{value:,}".replace(",", THOUSANDS)


def _signed(value: float) -> str:
    return f"{value:+.0f}".replace("-", "\u2212") if round(value) else "0"


def _figure(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.0f}" if value >= 10 or not value else f"{value:.1f}".replace(".", TENTHS)  # noqa: PLR2004
