"""A table of a page as a file that is sent: separated values or a workbook, kept rendered as other answers are."""

from dataclasses import dataclass

from fastapi import Response

from voronka.reports.files_out import XlsxFile
from voronka.reports.legend import Made
from voronka.reports.table_files import TableFile
from voronka.web.asked import CSV, XLSX, file_headers
from voronka.web.rendered import cached
from voronka.web.visitor import Visitor


@dataclass(frozen=True)
class TableAnswer:
    """A file for a visitor; `plain_name` is what it is called where only Latin letters may stand.

    `key` is what it follows from beside the data and its address: what people entered.
    """

    visitor: Visitor
    file: TableFile
    plain_name: str
    key: str = ""

    def csv(self) -> Response:
        """Return the table as separated values."""
        return cached(self.visitor, self.file.csv, key=self.key, media_type=CSV, headers=self._named("csv"))

    def xlsx(self) -> Response:
        """Return the table as a workbook: the table, what its columns mean, the cut."""
        company = self.visitor.company

        def made() -> XlsxFile:
            return self.file.xlsx(Made(company.settings.name, company.local(company.clock())))

        return cached(self.visitor, made, key=self.key, media_type=XLSX, headers=self._named("xlsx"))

    def _named(self, ending: str) -> dict[str, str]:
        return file_headers(self.file.file_name(ending), f"{self.plain_name}.{ending}")
