"""Which regulations are in force: the settings' own, and what files of pipelines/ add and put in their place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from voronka.domain.errors import SettingsError
from voronka.settings import Regulations, Settings
from voronka.transform.pipelines import OWN_SPANS, Pipeline, Regulation

TITLES: Mapping[str, Mapping[str, str]] = {
    "first_response": {"ru": "Первая реакция", "en": "First response"},
    "acceptance": {"ru": "Взятие лида в работу", "en": "Acceptance of a lead"},
    "call_back": {"ru": "Перезвонить на пропущенный", "en": "Calling back"},
    "next_task": {"ru": "Следующий шаг по сделке", "en": "Next step of a deal"},
}


@dataclass(frozen=True)
class InForce:
    """A regulation and whom it binds: records of one pipeline, or all that no other of the same id binds."""

    regulation: Regulation
    pipeline: str | None


def regulations_in_force(settings: Settings, pipelines: Sequence[Pipeline]) -> tuple[InForce, ...]:
    """Return every regulation of a company; SettingsError where two files say one thing about the same records.

    One that a pipeline's file gives for records of its own kind binds those of the pipeline, one for another kind
    binds all records of that kind. The settings' own stand where no file says anything of their id.
    """
    found: dict[tuple[str, str | None], InForce] = {
        (each.id, None): InForce(each, None) for each in _of_settings(settings.regulations)
    }
    stated: dict[tuple[str, str | None], str] = {}
    for pipeline in pipelines:
        for each in pipeline.regulations:
            bound = pipeline.pipeline if each.entity == pipeline.entity else None
            if (each.id, bound) in stated:
                raise SettingsError(
                    f"the regulation {each.id} of {each.entity} stands in two pipelines: "
                    f"{stated[each.id, bound]} and {pipeline.pipeline}",
                    where="pipelines",
                    do="Leave it in one of them",
                )
            stated[each.id, bound] = pipeline.pipeline
            found[each.id, bound] = InForce(each, bound)
    return tuple(found.values())


def regulation_rows(settings: Settings, pipelines: Sequence[Pipeline]) -> list[dict[str, object]]:
    """Return one row per regulation in force and pipeline that it binds, as the core's SQL reads them."""
    ranks: dict[str, int] = {}
    rows: list[dict[str, object]] = []
    for each in regulations_in_force(settings, pipelines):
        regulation = each.regulation
        rows.append(
            {
                "regulation_id": regulation.id,
                "title": title_of(regulation, settings.language),
                "entity": regulation.entity.removesuffix("s"),
                "pipeline_id": each.pipeline,
                "start": regulation.start,
                "stop": regulation.stop,
                "minutes": regulation.minutes,
                "clock": regulation.clock,
                "owner": regulation.owner,
                "version": regulation.version,
                "reviewed_on": regulation.reviewed_on,
                "position": ranks.setdefault(regulation.id, len(ranks) + 1),
            }
        )
    return rows


def _of_settings(limits: Regulations) -> Iterator[Regulation]:
    minutes = {
        "first_response": limits.first_response_minutes,
        "acceptance": limits.accept_minutes,
        "call_back": limits.call_back_minutes,
        "next_task": limits.next_task_minutes,
    }
    for name, (entity, start, stop) in OWN_SPANS.items():
        yield Regulation.model_validate(
            {"id": name, "entity": entity, "start": start, "stop": stop, "minutes": minutes[name]}
        )


def title_of(regulation: Regulation, language: str) -> str:
    """Return what a regulation is called in a language: as its file says, as every company calls it.

    Where neither has that language, as its file says in another one: a title tells more than the id that is left else.
    """
    title = regulation.title
    said = title if isinstance(title, str) or title is None else title.get(language)
    other = next(iter(title.values()), None) if isinstance(title, Mapping) else None
    return said or TITLES.get(regulation.id, {}).get(language) or other or regulation.id
