"""Looks for what a made company may hide where people look: in the sentences on top of the pages, as the API has them.

Each finder reads the finding that stands first on a page, puts its words together from the page's own dictionary, and
returns whom or what these name; nothing where another finding stands first, or where it has no words.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.demo.finders import Company
from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.metrics.dimensions import Title
from voronka.reports.links import RecordLinks
from voronka.reports.page import Frame, PageAsked
from voronka.reports.pages import page_of
from voronka.reports.path_page import KnownPipeline, PathAsked, path_page
from voronka.reports.plain import plain_finding, plain_page
from voronka.reports.step_names import step_names
from voronka.settings import Settings

WORDS = Path(__file__).parents[2] / "frontend" / "src" / "i18n"
WEEKDAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")


@dataclass(frozen=True)
class Said:
    """A finding as the API gives it, and its words in Russian; both empty where the page says nothing."""

    finding: Mapping[str, Any]
    words: str

    @property
    def kind(self) -> str:
        """Return what kind of finding it is."""
        return str(self.finding.get("kind", ""))

    def people(self) -> set[str]:
        """Return the ids of whom its question is about."""
        return set((self.finding.get("ask") or {}).get("where", {}).get("employee", ()))


def first_on(company: Company, page: str) -> Said:
    """Return what stands first on a page over the data's days."""
    made = plain_page(page_of(page, _frame(company)), RecordLinks({}), company.last)
    return said(page, made["findings"], {"weekdays": _weekdays})


def said(page: str, findings: Iterable[Mapping[str, Any]], titles: Mapping[str, Any] | None = None) -> Said:
    """Return the first of a page's findings in words: of the sentences of its kind the one for many."""
    first = next(iter(findings), None)
    if first is None:
        return Said({}, "")
    told = json.loads((WORDS / f"{page}.ru.json").read_text(encoding="utf-8"))
    values = {name: (titles or {}).get(name, str)(value) for name, value in first["values"].items()}
    key = f"{page}.finding.{first['kind']}"
    lines = [told.get(name) or told.get(f"{name}#many") for name in (key, f"{key}.more")]
    return Said(first, " ".join(line.format_map(values) for line in lines if line))


def series_on_calls(company: Company) -> set[str]:
    """Return who is said first on the page of calls to make very short calls in a row."""
    found = first_on(company, "calls")
    is_said = found.kind == "call_series" and "Очень короткие звонки подряд" in found.words and found.finding["open"]
    return found.people() if is_said else set()


def without_calls_on_activity(company: Company) -> set[str]:
    """Return who is said first on the page of activity to work without calls."""
    found = first_on(company, "activity")
    return found.people() if found.kind == "without_calls" and "Работа без звонков" in found.words else set()


def late_days_on_leads(company: Company) -> set[int]:
    """Return the days of the week (Monday is 1) that are said first on the page of leads to be late."""
    found = first_on(company, "leads")
    if found.kind != "late_days" or not found.finding["open"]:
        return set()
    return {place for place, name in enumerate(WEEKDAYS, start=1) if name in found.words}


def grey_zone_on_path(company: Company) -> set[str]:
    """Return the stage that is said first on the page of the path to be outside of the settings."""
    pipelines = [KnownPipeline("sales", Title("Продажи", "Sales"))]
    made = path_page(_frame(company), PathAsked(), pipelines)
    names = step_names(made.found.steps, "ru")
    found = said("path", map(plain_finding, made.contents.findings), {"step": names.get, "deviation": str})
    if found.kind != "deviation_outside" or "которого нет в настройках воронки" not in found.words:
        return set()
    return {name for name in (str(names[found.finding["values"]["step"]]),) if f"«{name}»" in found.words}


def _weekdays(codes: str) -> str:
    return ", ".join(WEEKDAYS[int(code) - 1] for code in codes.split())


def _frame(company: Company) -> Frame:
    asked = PageAsked(period=Period(company.first, company.last))
    now = company.metrics.known_until()
    return Frame(company.metrics, asked, Scope.everything(), now, Settings())
