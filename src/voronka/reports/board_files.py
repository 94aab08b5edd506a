"""Lists of the board and of contests as files: by place, with what was before and the plan."""

from collections.abc import Mapping

from voronka.domain.errors import QuestionError, did_you_mean
from voronka.metrics.dimensions import Title
from voronka.reports.ask import Ask
from voronka.reports.board import TEAMS, BoardAsked, board_page
from voronka.reports.contests import Contested
from voronka.reports.legend import title_of
from voronka.reports.page import Frame, Table, page
from voronka.reports.table_files import Content, TableFile
from voronka.reports.tables import Language

BOARD, CONTEST = Title("Табло", "Board"), Title("Конкурс", "Contest")
OF_TEAMS = Title("команды", "teams")
PRIZE = Title("Приз", "Prize")
MEANS: Mapping[str, Title] = {
    "place": Title("У кого поровну, те делят место: 1, 2, 2, 4", "Who have as much share the place: 1, 2, 2, 4"),
    "place_previous": Title(
        "Какое место было бы по прошлому периоду; пусто у того, кто тогда не работал",
        "Which place it was in the period before; empty for who did not work then",
    ),
}


def board_file(frame: Frame, asked: BoardAsked, name: str, language: Language) -> TableFile:
    """Return a list of the board, called `places:ROLE:METRIC`, to be written out in a language."""

    def content() -> Content:
        made = page("board", lambda each: board_page(each, asked), frame)
        tables = {key: table for key, table in made.contents.tables.items() if key != "boards"}
        if name not in tables:
            raise QuestionError(f"the board has no list {name}", where="table", do=did_you_mean(name, tables))
        version = next(iter(made.contents.versions()), "")
        return Content(tables[name], _means(frame, name.rpartition(":")[2]), Ask((), (), (), frame.facts), version)

    return TableFile(frame, language, (BOARD, _title(frame, name)), frame.facts, content)


def _title(frame: Frame, name: str) -> Title:
    """Return what a list is called: its metric, and whose it is."""
    board, metric = name.removeprefix("places:").rpartition(":")[::2]
    role = frame.settings.roles.get(board)
    of = OF_TEAMS if board == TEAMS else Title(role.title.ru, role.title.en) if role else Title("", "")
    if metric not in frame.metrics.catalogue.metrics:
        return of
    title = title_of(frame.metrics, metric)
    return Title(f"{title.ru} {of.ru}".strip(), f"{title.en} {of.en}".strip())


def _means(frame: Frame, metric: str) -> Mapping[str, Title]:
    """Return what the columns hold, the metric by its own definition."""
    known = frame.metrics.settled().metrics.get(metric)
    return {**MEANS, metric: known.definition} if known and known.definition else MEANS


def contest_file(frame: Frame, contested: Contested, language: Language) -> TableFile:
    """Return the places of a contest, to be written out in a language."""
    wished = contested.contest.wished

    def content() -> Content:
        table = contested.standing().table or Table((), ())
        more = ((CONTEST, Title(wished.title, wished.title)), (PRIZE, Title(wished.prize, wished.prize)))
        days = Ask((), (), (), contested.contest.period)
        return Content(table, _means(frame, wished.metric), days, contested.data_version, more)

    return TableFile(frame, language, (CONTEST, Title(wished.title, wished.title)), contested.contest.period, content)
