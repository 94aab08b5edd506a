"""What the steps of the company's own process are called: stages by their titles, all else in the reader's words."""

from collections import Counter
from collections.abc import Iterable, Mapping

from voronka.analyses.journey_log import Step
from voronka.metrics.dimensions import Title
from voronka.reports.coded import CODES

WORDS: Mapping[str, Title] = {
    **CODES["next_event"],
    "lead_created": Title("создан лид", "lead created"),
    "deal_won": Title("сделка выиграна", "deal won"),
    "deal_lost": Title("сделка проиграна", "deal lost"),
    "owner": Title("сменился ответственный", "owner changed"),
    "payment": Title("оплата", "payment"),
    "refund": Title("возврат денег", "refund"),
    "activity": Title("действие", "activity"),
}
CHANGE, ACTIVITY = "change:", "activity:"
CHANGED = Title("изменено поле {}", "{} changed")


def step_names(steps: Iterable[Step], language: str) -> dict[str, str]:
    """Return the name of each step by its key; a stage whose title others have too is told with its pipeline."""
    listed = list(steps)
    plain = {step.key: _plain(step, language) for step in listed}
    often = Counter(plain.values())
    return {
        step.key: f"{plain[step.key]} ({step.pipeline_id})"
        if often[plain[step.key]] > 1 and step.pipeline_id
        else plain[step.key]
        for step in listed
    }


def _plain(step: Step, language: str) -> str:
    if step.kind == "stage":
        own = _said(step.titles, language) if step.titles else ""
        return own or step.title or step.stage_id or step.key
    if step.key in WORDS:
        return _said(WORDS[step.key], language)
    if step.key.startswith(CHANGE):
        return _said(CHANGED, language).format(step.key.removeprefix(CHANGE))
    return step.key.removeprefix(ACTIVITY)


def _said(title: Title, language: str) -> str:
    return title.ru if language == "ru" else title.en
