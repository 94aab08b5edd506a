"""What a change of a regulation changed: of each thing said of it, what it was and what it became."""

from dataclasses import dataclass
from typing import Literal

from voronka.domain.errors import VoronkaError
from voronka.pipeline.regulating import Change
from voronka.pipeline.replacing import plain_text
from voronka.transform.pipelines import Regulation, pipeline_of
from voronka.transform.regulations import title_of

Field = Literal["title", "minutes", "clock", "owner", "version", "reviewed_on"]
Said = dict[Field, str | float | None]


@dataclass(frozen=True)
class Difference:
    """One thing that is said otherwise; None: nothing is said of it."""

    field: Field
    before: str | float | None
    after: str | float | None


def differences(change: Change, language: str) -> tuple[Difference, ...]:
    """Return what a change made otherwise, titles in a language; nothing where its texts can be read no more."""
    try:
        before, after = (_said(text, change, language) for text in (change.before, change.after))
    except VoronkaError:
        return ()
    return tuple(
        Difference(field, before.get(field), after.get(field))
        for field in dict.fromkeys([*after, *before])
        if before.get(field) != after.get(field)
    )


def _said(text: str, change: Change, language: str) -> Said:
    """Return what a file's text says of the regulation that was changed; nothing where it does not stand there."""
    regulations = pipeline_of(plain_text(text), change.file).regulations
    found = next((each for each in regulations if (each.id, each.entity) == (change.regulation, change.entity)), None)
    return {} if found is None else _of(found, language)


def _of(regulation: Regulation, language: str) -> Said:
    reviewed = regulation.reviewed_on
    return {
        "title": title_of(regulation, language),
        "minutes": regulation.minutes,
        "clock": regulation.clock,
        "owner": regulation.owner,
        "version": regulation.version,
        "reviewed_on": reviewed.isoformat() if reviewed else None,
    }
