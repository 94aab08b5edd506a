"""The pages put together of blocks: all answers of one at once, of one version of the data."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response
from fastapi import Query as Parameter

from voronka.reports.files_out import XlsxFile
from voronka.reports.legend import Made
from voronka.reports.page_files import PageTableFile
from voronka.reports.pages import page_of
from voronka.reports.plain import Plain, plain_page
from voronka.web.asked import AS_CSV, AS_XLSX, CSV, XLSX, Language, file_headers, language_of
from voronka.web.framed import PageQuestion, frame_of
from voronka.web.rendered import cached
from voronka.web.shapes import PageShown
from voronka.web.visitor import VisitorNow

router = APIRouter(tags=["pages"])


@router.get("/api/pages/{name}", response_model=PageShown)
def shown(name: str, visitor: VisitorNow, asked: PageQuestion) -> Response:
    """Return a page by its name: the running month where no period is given."""
    company = visitor.company

    def made() -> Plain:
        frame = frame_of(company, asked, visitor.scope)
        return plain_page(page_of(name, frame), company.record_links, company.data_until())

    return cached(visitor, made)


def _table(
    name: str,
    visitor: VisitorNow,
    asked: PageQuestion,
    table: Annotated[str, Parameter(description="The table's name, as the page's answer has it under `tables`")],
    lang: Language | None = None,
) -> PageTableFile:
    frame = frame_of(visitor.company, asked, visitor.scope)
    return PageTableFile(frame, name, table, language_of(lang, visitor.company.settings.language))


File = Annotated[PageTableFile, Depends(_table)]


@router.get("/api/pages/{name}/table.csv", **AS_CSV)
def table_csv(name: str, visitor: VisitorNow, file: File) -> Response:
    """Return a table of a page as separated values."""
    headers = file_headers(file.file_name("csv"), f"{name}.csv")
    return cached(visitor, file.csv, media_type=CSV, headers=headers)


@router.get("/api/pages/{name}/table.xlsx", **AS_XLSX)
def table_xlsx(name: str, visitor: VisitorNow, file: File) -> Response:
    """Return a table of a page as a workbook: the table, what its columns mean, the cut."""
    company = visitor.company
    headers = file_headers(file.file_name("xlsx"), f"{name}.xlsx")

    def made() -> XlsxFile:
        return file.xlsx(Made(company.settings.name, company.local(company.clock())))

    return cached(visitor, made, media_type=XLSX, headers=headers)
