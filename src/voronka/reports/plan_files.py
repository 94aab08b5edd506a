"""The grid of plans as a file that can be filled in and given back: whose, by name and code, a column per period."""

from dataclasses import dataclass

from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.metrics.dimensions import Title
from voronka.metrics.query import Metrics
from voronka.reports.ask import Ask
from voronka.reports.file_names import file_name
from voronka.reports.files_out import CsvFile, XlsxFile
from voronka.reports.legend import Made, cut_of_cases, title_of
from voronka.reports.plan_grid import Grid, PlanGrain
from voronka.reports.tables import Cell, Language, Sheet, SheetColumn, in_words
from voronka.reports.xlsx import Described

WHOSE = Title("Чей план", "Whose")
NAME = Title("Имя", "Name")
CODE = Title("Код", "Id")
WHO = {
    "company": Title("компания", "company"),
    "team": Title("команда", "team"),
    "employee": Title("сотрудник", "employee"),
}
PLANS = Title("планы", "plans")
QUARTER = Title("{} кв. {}", "Q{} {}")
MONTHS = (
    *(Title("Январь", "January"), Title("Февраль", "February"), Title("Март", "March"), Title("Апрель", "April")),
    *(Title("Май", "May"), Title("Июнь", "June"), Title("Июль", "July"), Title("Август", "August")),
    *(Title("Сентябрь", "September"), Title("Октябрь", "October"), Title("Ноябрь", "November")),
    Title("Декабрь", "December"),
)
HEADS = Title("Столбец", "Column"), Title("Что это", "What it is")
MEANS = (
    (WHOSE, Title("Компании, команды или сотрудника", "The company's, a team's or an employee's")),
    (
        CODE,
        Title(
            "По нему строка узнаётся, когда файл загружают обратно", "By it a line is known when the file comes back"
        ),
    ),
)
EMPTY = Title(
    "План ровно на этот период; пустая ячейка ничего не меняет, прочерк снимает план, введённый на странице",
    "The plan of exactly this period; an empty cell changes nothing, a dash takes back a plan entered on the page",
)


@dataclass(frozen=True)
class GridFile:
    """A grid to be written out in a language; `company` is the company's name."""

    grid: Grid
    metrics: Metrics
    scope: Scope
    company: str
    language: Language

    def file_name(self, ending: str) -> str:
        """Return what the file is called."""
        title = in_words(title_of(self.metrics, self.grid.asked.metric), self.language)
        days = self.grid.asked.period
        name = f"{title} {in_words(PLANS, self.language)}"
        return file_name([name], [f"{days.first}—{days.last}"], self.language, ending)

    def csv(self) -> CsvFile:
        """Return the grid as separated values."""
        return CsvFile(self._sheet(), self.language)

    def xlsx(self, made: Made, version: str) -> XlsxFile:
        """Return the grid as a workbook; `made` says by whom and when, `version` of which data."""
        asked = self.grid.asked
        ask = Ask((f"{asked.metric}_plan",), period=asked.period)
        cut = cut_of_cases(self.metrics, self.scope, ask, version, made)
        periods = f"{self._titled(asked.columns[0])} — {self._titled(asked.columns[-1])}"
        told = [(in_words(what, self.language), in_words(means, self.language)) for what, means in MEANS]
        described = Described(
            tuple(in_words(head, self.language) for head in HEADS),
            (*told, (periods, in_words(EMPTY, self.language))),
        )
        return XlsxFile(self._sheet(), described, cut.described(self.language), self.language)

    def _titled(self, period: Period) -> str:
        return period_title(period, self.grid.asked.grain, self.language)

    def _sheet(self) -> Sheet:
        columns = [
            SheetColumn(name, in_words(title, self.language), "text")
            for name, title in (("whose", WHOSE), ("name", NAME), ("code", CODE))
        ]
        periods = [SheetColumn(f"{each.first}", self._titled(each), "number") for each in self.grid.asked.columns]
        rows: list[list[Cell]] = [
            [
                in_words(WHO[row.scope], self.language),
                row.name or self.company,
                row.id,
                *(cell.value for cell in row.cells),
            ]
            for row in self.grid.rows
        ]
        return Sheet((*columns, *periods), rows)


def period_title(period: Period, grain: PlanGrain, language: Language) -> str:
    """Return what a column is called; it is read back as the same period."""
    if grain == "week":
        return period.first.isoformat()
    if grain == "quarter":
        return in_words(QUARTER, language).format((period.first.month + 2) // 3, period.first.year)
    return f"{in_words(MONTHS[period.first.month - 1], language)} {period.first.year}"
