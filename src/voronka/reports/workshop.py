"""The workshop: what people expect of the steps of the process, each held against the data at every look."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

import numpy as np

from voronka.analyses.hypotheses import MICROSECONDS, UNSETTLED, Looked, held_against
from voronka.analyses.journey_log import JourneyLog, Step
from voronka.analyses.working_clock import working_clock
from voronka.domain.errors import QuestionError, did_you_mean
from voronka.domain.hypotheses import Chosen, Claim, Found
from voronka.domain.scope import ALWAYS_FROM, ALWAYS_TO, Scope, Span
from voronka.metrics.answer import columns_of, records
from voronka.metrics.dimensions import DIMENSIONS
from voronka.metrics.journeys import JourneysQuery
from voronka.metrics.query import Metrics
from voronka.metrics.question import Filter
from voronka.reports.journey_funnel import STAGE, own_steps, stages_in_order, step_meanings
from voronka.reports.journey_path import stage_model
from voronka.reports.told_stages import told_log

TEAM = "team"
CUTS = (TEAM, "channel")
"""The cuts that are offered with their members' names; others may be asked for by name."""


@dataclass(frozen=True)
class Workshop:
    """Looks at claims with the eyes of one reader: `scope` is whose cases they may see."""

    metrics: Metrics
    scope: Scope

    def steps(self) -> tuple[Step, ...]:
        """Return every step there is, in its order."""
        return own_steps(self.metrics, self.scope)

    def understood(self, claim: Claim) -> Claim:
        """Return a claim as people write it with its steps by key and its team by id.

        A step may be written as its key, a stage's id or title, or `milestone:x`. QuestionError for what there is not.
        """
        steps, pipeline = self.steps(), claim.chosen.pipeline
        stages = stages_in_order(steps, pipeline) if pipeline else []
        known = replace(
            claim,
            step=_key(steps, pipeline, claim.step),
            to=_key(steps, pipeline, claim.to) if claim.to else "",
            chosen=replace(claim.chosen, team=self._team(claim.chosen.team)),
        )
        if not self.sees(known):
            raise QuestionError(f"the team {claim.chosen.team} is not yours to speak of", do="Name a team of your own")
        if claim.kind == "skip" and known.step not in stages:
            raise QuestionError(f"{claim.step} is no stage that leads on in {pipeline}", do="Name one that does")
        self._load(known.chosen, [known], steps)  # refuses a cut that there is not
        return known

    def look(self, claims: Sequence[Claim]) -> list[Found]:
        """Return what the data say of each claim now; the cases of claims of the same ones are read once."""
        steps = self.steps()
        together: dict[Chosen, list[int]] = {}
        for place, claim in enumerate(claims):
            together.setdefault(claim.chosen, []).append(place)
        found: dict[int, Found] = {}
        for chosen, places in together.items():
            asked = [claims[place] for place in places]
            found |= zip(places, self._look(chosen, asked, steps), strict=True)
        return [found[place] for place in range(len(claims))]

    def sees(self, claim: Claim) -> bool:
        """Say whether the reader sees a team's hypothesis: whoever sees all rows, or rows of somebody in it then."""
        if self.scope.all_rows or claim.chosen.team is None:
            return True
        columns = ("employee_id", "valid_from", "valid_to")
        rows = self.metrics.rows("employee_team", self.scope, {"team_id": claim.chosen.team}, columns)
        found = columns_of(rows)
        stays = list(zip(*(found[name] for name in columns), strict=True))
        return any(_overlap(span, stay) for span in self.scope.spans for stay in stays)

    def members(self, cut: str) -> dict[str, str]:
        """Return the members of a cut by id: what they are called, in the order of their names."""
        member = DIMENSIONS[cut].member
        if member is None:
            return {}
        rows = records(self.metrics.rows(member.table, self.scope, columns=(member.key, member.name)))
        named = {str(row[member.key]): str(row[member.name] or row[member.key]) for row in rows}
        return dict(sorted(named.items(), key=lambda each: (each[1].casefold(), each[0])))

    def _team(self, named: str | None) -> str | None:
        if named is None:
            return None
        teams = self.members(TEAM)
        found = [key for key, name in teams.items() if key == named or name.casefold() == named.casefold()]
        if not found:
            raise QuestionError(f"no such team: {named}", do=did_you_mean(named, teams.values()))
        if len(found) > 1:
            raise QuestionError(f"several teams are called {named}", do=f"Give the id of one: {', '.join(found)}")
        return found[0]

    def _look(self, chosen: Chosen, claims: Sequence[Claim], steps: Sequence[Step]) -> list[Found]:
        try:
            found = self._load(chosen, claims, steps)
        except QuestionError:  # a step, a pipeline or a member that was there when it was entered
            return [Found(UNSETTLED, "gone") for _ in claims]
        looked = self._looked(found, needs_work=any(claim.clock == "working" for claim in claims))
        meanings = step_meanings(steps, chosen.pipeline)
        places = {step.key: place for place, step in enumerate(found.steps)}
        told = [_held(looked, claim, meanings, steps, places, found) for claim in claims]
        return [replace(each, data_version=found.data_version) for each in told]

    def _load(self, chosen: Chosen, claims: Sequence[Claim], steps: Sequence[Step]) -> JourneyLog:
        team = (Filter(TEAM, (chosen.team,)),) if chosen.team else ()
        return told_log(
            self.metrics,
            JourneysQuery(
                scope=self.scope,
                where=(*(Filter(name, values) for name, values in chosen.where), *team),
                period=chosen.period(self.metrics.company.today()),
                axis=chosen.axis,
                entity=chosen.entity,
                kinds=_kinds(claims, steps),
                pipeline=chosen.pipeline,
            ),
        )

    def _looked(self, found: JourneyLog, *, needs_work: bool) -> Looked:
        now = self.metrics.known_until()
        worked = None
        if needs_work:
            try:
                worked = round(working_clock(self.metrics, now, ZoneInfo(self.metrics.company.zone)) * MICROSECONDS)
            except QuestionError:  # the calendar does not reach until now
                worked = None
        moment = int(np.datetime64(now, "us").astype(np.int64))
        return Looked(found.log, ~(found.won | found.lost), moment, worked)


def _overlap(span: Span, stay: tuple[object, ...]) -> bool:
    employee, begins, ends = stay
    first = begins if isinstance(begins, date) else ALWAYS_FROM
    last = ends if isinstance(ends, date) else ALWAYS_TO
    return employee == span.employee_id and span.valid_from < last and first < span.valid_to


def _held(  # noqa: PLR0913, PLR0917 - what one claim is held against
    looked: Looked,
    claim: Claim,
    meanings: Mapping[str, tuple[int, ...]],
    steps: Sequence[Step],
    places: Mapping[str, int],
    found: JourneyLog,
) -> Found:
    if claim.step not in meanings or (claim.to and claim.to not in meanings):
        return Found(UNSETTLED, "gone")
    if claim.kind == "skip":
        configured = (step for step in steps if step.pipeline_id == claim.chosen.pipeline and step.in_model)
        stages = np.array([step.kind == STAGE for step in found.steps], dtype=np.bool_)
        return held_against(replace(looked, log=found.log.only(stages), model=stage_model(configured)), claim, ())

    def met(name: str) -> list[int]:
        return [places[steps[place].key] for place in meanings[name] if steps[place].key in places]

    return held_against(looked, claim, met(claim.step), met(claim.to))


def _kinds(claims: Iterable[Claim], steps: Sequence[Step]) -> tuple[str, ...]:
    """Return the kinds of events that claims speak of: no others are read."""
    named = {name for claim in claims for name in (claim.step, claim.to)}
    kinds = {step.kind for step in steps if named & {step.key, f"milestone:{step.milestone}"}}
    return tuple(sorted(kinds | ({STAGE} if any(claim.kind == "skip" for claim in claims) else set()))) or (STAGE,)


def _key(steps: Sequence[Step], pipeline: str, named: str) -> str:
    meanings = step_meanings(steps, pipeline)
    keys = [steps[place].key for place in meanings.get(named, ())]
    if not keys:
        raise QuestionError(
            f"there is no step {named}",
            do=did_you_mean(named, meanings) or "`voronka path --show steps` lists them",
        )
    if named in keys or named.startswith("milestone:"):
        return named
    if len(keys) > 1:
        raise QuestionError(f"several steps are called {named}", do=f"Give one: {', '.join(keys)}")
    return keys[0]
