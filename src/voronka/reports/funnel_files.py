"""The tables of the funnel's page as files."""

from typing import Literal

from voronka.metrics.dimensions import Title
from voronka.reports.ask import Ask
from voronka.reports.funnel_asked import FunnelAsked, funnel_setting
from voronka.reports.funnel_cohorts import cohort_days, cohorts_table
from voronka.reports.funnel_page import funnel_look
from voronka.reports.funnel_words import MEANS, in_language, titled
from voronka.reports.page import Frame, Table
from voronka.reports.plain_funnel_page import step_titles
from voronka.reports.process_cut import funnel_lines
from voronka.reports.table_files import Content, TableFile
from voronka.reports.tables import Language

TableName = Literal["steps", "losses", "groups", "cohorts"]
FUNNEL = Title("Воронка", "Funnel")
TITLES = {
    "steps": Title("шаги", "steps"),
    "losses": Title("причины потерь", "reasons of losses"),
    "groups": Title("по разрезу", "by cut"),
    "cohorts": Title("по месяцам", "by month"),
}


def funnel_file(frame: Frame, asked: FunnelAsked, name: TableName, language: Language) -> TableFile:
    """Return a table of the page of a frame, to be written out in a language."""

    def content() -> Content:
        table, version = _table(frame, asked, name, language)
        days = cohort_days(frame) if name == "cohorts" else frame.facts
        more = funnel_lines(frame.metrics, funnel_setting(frame.metrics, frame.scope, asked), asked)
        return Content(table, MEANS, Ask((), (), frame.asked.filters(), days), version, tuple(more))

    return TableFile(frame, language, (FUNNEL, TITLES[name]), frame.facts, content)


def _table(frame: Frame, asked: FunnelAsked, name: TableName, language: Language) -> tuple[Table, str]:
    """Return the table and the version of the data that it is of."""
    if name == "cohorts":
        return cohorts_table(frame, asked)
    look = funnel_look(frame, asked)
    titles = step_titles(look)
    table = look.tables().get(name, Table((), ()))
    return in_language(titled(table, titles), titles, language), look.now.journeys.data_version
