"""Writes a regulation into the text of a pipeline's file as a person would: every other line stays as it is."""

from collections.abc import Mapping

from voronka.transform.proposal_yaml import scalar
from voronka.transform.yaml_items import with_item, with_new_item, without_item

KEY = "regulations"


def with_new_regulation(text: str, values: Mapping[str, str]) -> str | None:
    """Return the text with one more regulation behind the others; None where it has no place for it.

    `values` are its keys with their values as YAML words, in order.
    """
    return with_new_item(text, KEY, values)


def with_regulation(text: str, number: int, values: Mapping[str, str | None]) -> str | None:
    """Return the text with other values of a regulation, which is the `number`th; a value of None is left out.

    New ones stand under the limit itself. None where the lines are such that this cannot be done.
    """
    return with_item(text, (KEY, number), values, "minutes")


def without_regulation(text: str, number: int) -> str | None:
    """Return the text without the `number`th regulation; None where the lines are such that this cannot be done."""
    return without_item(text, (KEY, number))


def minutes_word(minutes: float) -> str:
    """Return minutes as a person writes them: 30, not 30.0."""
    return str(int(minutes)) if minutes == int(minutes) else repr(minutes)


def title_word(title: str | Mapping[str, str]) -> str:
    """Return a title, or its languages, as one YAML word."""
    if isinstance(title, str):
        return scalar(title)
    return "{ " + ", ".join(f"{language}: {scalar(said)}" for language, said in title.items()) + " }"
