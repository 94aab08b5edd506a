"""The grey zones of the company's own process: what sits where the CRM's steps do not tell of it, and what to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from voronka.analyses.grey_zones import GreyZones, Process, Zone, grey_zones
from voronka.analyses.journey_log import NOTHING, OF_OUTCOME, SECOND, JourneyLog, log_of
from voronka.analyses.path_map import END, START
from voronka.analyses.proposed_stages import Proposal, proposals
from voronka.analyses.working_clock import working_clock
from voronka.domain.durations import length_in_words
from voronka.metrics.answer import records
from voronka.metrics.journeys import JourneysQuery
from voronka.metrics.query import Metrics
from voronka.reports.links import RecordLinks
from voronka.reports.told_stages import telling, untold

Row = dict[str, Any]
KINDS = ("stage", "activity")
OF_CASES = ("number", "title", "employee_id", "lead_id", "deal_id", "url", "lead_pipeline_id", "pipeline_id")

WORDS: Mapping[str, Mapping[str, str]] = {
    "ru": {
        "outside": "этапа «{step}» нет в воронке",
        "before": "до первого этапа",
        "between": "между воронками",
        "after": "работа после закрытия",
        "start": "начало",
        "end": "конец",
        "none": "Серых зон нет: всё время известно, на каком этапе каждый случай.",
        "nothing": "Случаев нет: смотреть не на что.",
        "whole": "В серых зонах побывало {share} % случаев ({grey} из {cases}), там прошло {hours} % их времени;"
        " через них прошло {amount} % денег.",
        "untold": "Случаев, о которых неизвестно, на каких этапах они были сначала: {untold}; это время не считается.",
        "largest": "Больше всего времени уходит на «{zone}» (обычно между «{source}» и «{target}»): случаев —"
        " {cases}, обычно там {median}, всего {hours} % времени.",
        "now": "Сейчас там случаев: {now_cases}, денег: {now_amount}.",
        "propose": "Между «{source}» и «{target}» {share} % переходов ({passages}) идут через «{steps}», оттуда до"
        " «{target}» обычно {median}: сделайте это этапом.",
    },
    "en": {
        "outside": "“{step}” is no stage of a pipeline",
        "before": "before the first stage",
        "between": "between pipelines",
        "after": "work after closing",
        "start": "start",
        "end": "end",
        "none": "There are no grey zones: of all time it is known at which stage each case was.",
        "nothing": "There are no cases: nothing to look at.",
        "whole": "{share} % of cases ({grey} of {cases}) were in grey zones, {hours} % of their time passed there;"
        " {amount} % of the money went through them.",
        "untold": "Cases of which the first stages are not told: {untold}; that time does not count.",
        "largest": "Most time goes to “{zone}” (usually between “{source}” and “{target}”): cases: {cases}, usually"
        " there for {median}, {hours} % of all time.",
        "now": "Cases there now: {now_cases}, money: {now_amount}.",
        "propose": "Between “{source}” and “{target}” {share} % of passages ({passages}) go through “{steps}”, and from"
        " there to “{target}” it usually takes {median}: make it a stage.",
    },
}


@dataclass(frozen=True, eq=False)
class GreyPath:
    """The grey zones of the cases asked for, the stages proposed, and the cases; `known_until` counts as now (UTC).

    `untold` cases are left out: it is not known at which stages they were, and so not either when they were at none.
    """

    zones: GreyZones
    proposals: tuple[Proposal, ...]
    journeys: JourneyLog
    known_until: datetime
    untold: int = 0


def grey_path(metrics: Metrics, asked: JourneysQuery) -> GreyPath:
    """Return the grey zones of the cases asked for.

    The model is the stages of all pipelines that are configured; a `pipeline` chooses cases that were in it, and their
    stages in another pipeline are no grey zone. Stages and what people do are looked at, whatever kinds are asked for.
    """
    known, every = telling(metrics, asked.scope), replace(asked, kinds=KINDS, pipeline="")
    tables = metrics.journey_tables(every, (*OF_OUTCOME, *OF_CASES), known.of_events)
    found = log_of(tables)
    now = metrics.known_until()
    process = process_of(found, now, _clock_at(metrics, found, now))
    kept = None
    if asked.pipeline:
        kept = set(metrics.journeys(replace(asked, kinds=KINDS), ["number"]).column("case_id").to_pylist())
        process = _among(process, np.array([case in kept for case in found.log.cases], dtype=np.bool_))
    missing = untold(tables, asked, known, kept)
    if missing.count:
        process = _among(process, ~missing.of_log)
    return GreyPath(grey_zones(process), proposals(process), found, now, missing.count)


def _among(process: Process, chosen: np.ndarray[Any, np.dtype[np.bool_]]) -> Process:
    """Return the process without the events of other cases, which keep their places."""
    return replace(process, log=process.log.among(chosen))


def _clock_at(metrics: Metrics, found: JourneyLog, now: datetime) -> int | None:
    """Return what the working clock shows now, in microseconds; None where events have no such clock."""
    if found.log.worked is None or not len(found.log.step):
        return None
    return round(working_clock(metrics, now, ZoneInfo(metrics.company.zone)) * SECOND)


def process_of(found: JourneyLog, now: datetime, worked: int | None) -> Process:
    """Return what the steps of the company's log are to its pipelines; `worked` is now by the clock of working time."""
    steps = found.steps
    pipelines = {name: number for number, name in enumerate(dict.fromkeys(step.pipeline_id for step in steps))}
    in_model = np.array([step.kind == "stage" and bool(step.in_model) for step in steps], dtype=np.bool_)
    moment = int(np.datetime64(now, "us").astype(np.int64))
    is_open = ~(found.won | found.lost)
    amounts = np.stack((found.won_amount, found.open_amount, found.lost_amount))
    return Process(
        log=found.log,
        in_model=in_model,
        outside=np.array([step.kind == "stage" and not step.in_model for step in steps], dtype=np.bool_),
        ends=in_model & np.array([step.outcome in {"won", "lost"} for step in steps], dtype=np.bool_),
        is_good=in_model & np.array([step.outcome == "won" for step in steps], dtype=np.bool_),
        works=np.array([step.kind == "activity" for step in steps], dtype=np.bool_),
        pipeline=np.array([pipelines[step.pipeline_id] for step in steps], dtype=np.int64),
        until=np.where(is_open | (found.closed == NOTHING), moment, found.closed),
        is_open=is_open,
        amount=np.where(np.isnan(amounts).all(axis=0), np.nan, np.nansum(amounts, axis=0)),
        is_told=_told(found, pipelines),
        worked_until=worked,
    )


def _told(found: JourneyLog, pipelines: Mapping[str | None, int]) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Say of each case whether stages of its first record's pipeline are told, or there is no such pipeline."""
    own = [found.cases.column(name).to_pylist() for name in ("lead_id", "lead_pipeline_id", "pipeline_id")]
    first = [of_lead if lead else of_deal for lead, of_lead, of_deal in zip(*own, strict=True)]
    of_step = np.array([pipelines[s.pipeline_id] if s.kind == "stage" else -1 for s in found.steps], dtype=np.int64)
    met = {*np.unique(found.log.case * (len(pipelines) + 1) + of_step[found.log.step] + 1).tolist()}
    told = [
        name is None or case * (len(pipelines) + 1) + pipelines.get(name, -2) + 1 in met
        for case, name in enumerate(first)
    ]
    return np.array(told, dtype=np.bool_)


def cases_in(found: GreyPath, kind: str, step: str | None) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Say of each case of the log whether it was in a zone of this kind, and at this step where one is named."""
    inside = np.zeros(len(found.journeys.log.cases), dtype=np.bool_)
    for zone, members in zip(found.zones.zones, found.zones.members, strict=True):
        if zone.kind == kind and _key(found, zone.step) == step:
            inside[members] = True
    return inside


def zone_rows(found: GreyPath) -> list[Row]:
    """Return the zones, the most hours first; steps are keys, None where there is none."""
    return [_zone_row(found, zone) for zone in found.zones.zones]


def _zone_row(found: GreyPath, zone: Zone) -> Row:
    return {
        "kind": zone.kind,
        "step": _key(found, zone.step),
        "from": _key(found, zone.source),
        "to": _key(found, zone.target),
        **{name: value for name, value in vars(zone).items() if name not in {"kind", "step", "source", "target"}},
    }


def proposal_rows(found: GreyPath) -> list[Row]:
    """Return the stages proposed, those of the most time first."""
    return [
        {
            "from": _key(found, each.source),
            "to": _key(found, each.target),
            "steps": [_key(found, step) for step in each.steps],
            "passages": each.passages,
            "cases": each.cases,
            "share": each.share,
            "median_seconds": each.median_seconds,
        }
        for each in found.proposals
    ]


def stuck_rows(metrics: Metrics, asked: JourneysQuery, found: GreyPath, links: RecordLinks) -> list[Row]:
    """Return the cases that are in a grey zone now, the longest there first: what, whose, since when, hours, money."""
    zone = ZoneInfo(metrics.company.zone)
    cases = {name: found.journeys.cases.column(name).to_pylist() for name in ("case_id", *OF_CASES)}
    names = _people(metrics, asked)
    amount = found.journeys.open_amount
    rows = []
    for each in found.zones.stuck:
        lead, deal, person = (cases[name][each.case] for name in ("lead_id", "deal_id", "employee_id"))
        entity, key = ("deal", deal) if deal else ("lead", lead)
        at = found.zones.zones[each.zone]
        since = np.datetime64(each.since, "us").astype(datetime)
        rows.append(
            {
                "case": cases["case_id"][each.case],
                "entity": entity,
                "id": key,
                "title": cases["title"][each.case],
                "employee": names.get(person),
                "employee_id": person,
                "kind": at.kind,
                "step": _key(found, at.step),
                "since": since.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None),
                "hours": (found.known_until - since).total_seconds() / 3600,
                "amount": None if np.isnan(amount[each.case]) else float(amount[each.case]),
                "url": links.open(entity, key, cases["url"][each.case]),
            }
        )
    return rows


def _people(metrics: Metrics, asked: JourneysQuery) -> Mapping[object, object]:
    found = records(metrics.rows("dim_employee", asked.scope, None, ("employee_id", "name")))
    return {row["employee_id"]: row["name"] for row in found}


def plain_grey(found: GreyPath, zones: Sequence[Row]) -> Row:
    """Return the whole for JSON: shares in percent, hours and seconds of the calendar unless they say otherwise."""
    whole = {name: value for name, value in vars(found.zones).items() if name not in {"zones", "stuck", "members"}}
    return {**whole, "zones": list(zones), "proposals": proposal_rows(found)}


def conclusion(found: GreyPath, names: Mapping[str, str], language: str, currency: str = "") -> list[str]:
    """Return what there is to say, in sentences: the whole, the largest zone, what is there now."""
    words, whole = WORDS[language], found.zones
    if not whole.zones:
        if whole.cases:
            return [words["none"]]
        return [] if found.untold else [words["nothing"]]
    first = whole.zones[0]
    said = [
        words["whole"].format(
            share=_figure(whole.share_cases),
            grey=f"{whole.grey_cases:,}",
            cases=f"{whole.cases:,}",
            hours=_figure(whole.share_hours),
            amount=_figure(whole.share_amount),
        ),
        words["largest"].format(
            zone=zone_name(_zone_row(found, first), names, language),
            source=_called(found, first.source, names, words),
            target=_called(found, first.target, names, words),
            cases=f"{first.cases:,}",
            median=length_in_words(first.median_seconds, language),
            hours=_figure(first.share_hours),
        ),
    ]
    if first.now_cases:
        money = f"{first.now_amount:,.0f} {currency}".strip()
        said.append(words["now"].format(now_cases=f"{first.now_cases:,}", now_amount=money))
    if whole.untold_cases:
        said.append(words["untold"].format(untold=f"{whole.untold_cases:,}"))
    return said


def proposal_words(found: GreyPath, names: Mapping[str, str], language: str) -> list[str]:
    """Return each stage that is proposed as a sentence, those of the most time first."""
    words = WORDS[language]
    return [
        words["propose"].format(
            source=_called(found, each.source, names, words),
            target=_called(found, each.target, names, words),
            share=_figure(each.share),
            passages=f"{each.passages:,}",
            steps=" → ".join(_called(found, step, names, words) for step in each.steps),
            median=length_in_words(each.median_seconds, language),
        )
        for each in found.proposals
    ]


def zone_name(row: Row, names: Mapping[str, str], language: str) -> str:
    """Return what the zone of a row is called: its stage, or what sort of zone it is."""
    return WORDS[language][row["kind"]] if row["step"] is None else names.get(row["step"], row["step"])


def _called(found: GreyPath, place: int, names: Mapping[str, str], words: Mapping[str, str]) -> str:
    if place in {START, END}:
        return words["start" if place == START else "end"]
    key = found.journeys.log.steps[place]
    return names.get(key, key)


def _key(found: GreyPath, place: int) -> str | None:
    steps: Sequence[str] = found.journeys.log.steps
    return steps[place] if place >= 0 else None


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f}" if value >= 10 or not value else f"{value:.1f}"  # noqa: PLR2004
