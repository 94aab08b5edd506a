"""The language a command speaks: that of the company it is about, English where there is none."""

from collections.abc import Mapping
from typing import Any

import click

from voronka import bootstrap
from voronka.domain.errors import VoronkaError

_COMPANY, _LANGUAGE = "voronka.company", "voronka.language"


def remember_company(context: click.Context, _option: click.Parameter, given: str | None) -> str | None:
    """Keep what company was named, for whatever the command says; the callback of --company."""
    if given is not None:
        context.meta[_COMPANY] = given
        context.meta.pop(_LANGUAGE, None)
    return given


def spoken() -> str:
    """Return the language of the running command; English where the company's settings cannot be read."""
    context = click.get_current_context(silent=True)
    if context is None:
        return "en"
    if _LANGUAGE not in context.meta:
        context.meta[_LANGUAGE] = _language(context.meta)
    return str(context.meta[_LANGUAGE])


def _language(meta: Mapping[str, Any]) -> str:
    try:
        return bootstrap.language_of(meta.get(_COMPANY), must=False)
    except (VoronkaError, OSError):  # the command itself will say so
        return "en"
