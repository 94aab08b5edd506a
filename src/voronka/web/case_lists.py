"""Lists of cases that a page of a process counted: a page of them as JSON, all of them as a file."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Annotated, Literal

from fastapi import Depends, Response
from fastapi import Query as Parameter

from voronka.metrics.dimensions import Title
from voronka.metrics.records import Records
from voronka.reports.ask import Ask
from voronka.reports.cases import CasesAsked
from voronka.reports.file_names import file_name
from voronka.reports.files_out import CsvFile, XlsxFile
from voronka.reports.legend import Made, cut_of_cases, definitions
from voronka.reports.plain import Plain, opened, plain_records
from voronka.reports.process_cut import Line
from voronka.reports.tables import Sheet, in_words, sheet_of_records
from voronka.web.asked import CSV, XLSX, Language, file_headers, language_of
from voronka.web.rendered import cached
from voronka.web.visitor import Visitor

MOST = 100_000
"""How many cases a file holds at most."""
FARTHEST = 10**12
"""The largest offset that means something."""
PLAIN_NAME = "cases"


def _listed(
    sort: Annotated[str, Parameter(description="The column to sort by; default: when they were created")] = "",
    order: Literal["asc", "desc"] = "desc",
    limit: Annotated[int, Parameter(ge=1, le=500)] = 50,
    offset: Annotated[int, Parameter(ge=0, le=FARTHEST)] = 0,
) -> CasesAsked:
    return CasesAsked(sort=sort or CasesAsked.sort, order=order, limit=limit, offset=offset)


Listed = Annotated[CasesAsked, Depends(_listed)]
"""Which page of the cases is asked for, and in which order."""


@dataclass(frozen=True)
class CaseList:
    """The cases behind a figure: `found` lists them, `title` names the page, `cut` is the page's period and filters.

    `more` makes the lines of the cut beside them: which process, and how it was looked at.
    """

    visitor: Visitor
    title: Title
    cut: Ask
    found: Callable[[CasesAsked], Records]
    more: Callable[[], Iterable[Line]] = tuple

    def shown(self, asked: CasesAsked) -> Response:
        """Return a page of them, each with its address in its own system."""

        def made() -> Plain:
            return plain_records(self.found(asked), self.visitor.company.record_links)

        return cached(self.visitor, made)

    def csv(self, asked: CasesAsked, lang: Language | None) -> Response:
        """Return all of them as separated values for the spreadsheet of the language."""
        language = self._language(lang)

        def made() -> CsvFile:
            return CsvFile(self._sheet(self._all(asked), language), language)

        return cached(self.visitor, made, media_type=CSV, headers=self._named(language, "csv"))

    def xlsx(self, asked: CasesAsked, lang: Language | None) -> Response:
        """Return all of them as a workbook: the table, the cut."""
        language, company = self._language(lang), self.visitor.company

        def made() -> XlsxFile:
            listed = self._all(asked)
            by_whom = Made(company.settings.name, company.local(company.clock()))
            scope, version, more = self.visitor.scope, listed.data_version, tuple(self.more())
            lines = cut_of_cases(company.metrics, scope, self.cut, version, by_whom, more=more)
            meanings = definitions(company.metrics, [], language)
            return XlsxFile(self._sheet(listed, language), meanings, lines.described(language), language)

        return cached(self.visitor, made, media_type=XLSX, headers=self._named(language, "xlsx"))

    def _all(self, asked: CasesAsked) -> Records:
        return self.found(replace(asked, limit=MOST, offset=0))

    def _sheet(self, listed: Records, language: Language) -> Sheet:
        links = self.visitor.company.record_links
        return sheet_of_records(listed, language, [opened(row, listed.entity, links) for row in listed.rows])

    def _language(self, lang: Language | None) -> Language:
        return language_of(lang, self.visitor.company.settings.language)

    def _named(self, language: Language, ending: str) -> dict[str, str]:
        days = [f"{self.cut.period.first}—{self.cut.period.last}"] if self.cut.period else []
        return file_headers(
            file_name([in_words(self.title, language)], days, language, ending), f"{PLAIN_NAME}.{ending}"
        )
