"""The board: places and totals of everybody of the sales department, and contests; no record and no client in any."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Response
from fastapi import Path as InPath
from fastapi import Query as Parameter

from voronka.domain.access import Right
from voronka.domain.errors import QuestionError, did_you_mean
from voronka.domain.scope import Scope
from voronka.reports.board import BoardAsked, board_page, can_be_shown, that_can_be_shown
from voronka.reports.board_files import board_file, contest_file
from voronka.reports.contests import Contested
from voronka.reports.page import Frame, PageAsked, page
from voronka.reports.plain import Plain, plain_page
from voronka.reports.table_files import TableFile
from voronka.web.asked import AS_CSV, AS_XLSX, First, Language, Last, language_of, period_of
from voronka.web.board_shapes import ContestGiven, ContestsShown, MetricsGiven
from voronka.web.contests_told import contests_told, stamps_of, with_ends
from voronka.web.framed import frame_of
from voronka.web.rendered import cached
from voronka.web.shapes import PageShown
from voronka.web.table_answers import TableAnswer
from voronka.web.visitor import BoardVisitorNow, ContestVisitorNow, Visitor

router = APIRouter(prefix="/api/board", tags=["board"])

Number = Annotated[int, InPath(ge=1, le=2**53)]
PLAIN_NAME = "board"
CONTEST = "contest:"
_DIGITS = 15


def _framed(
    visitor: BoardVisitorNow,
    first: First = None,
    last: Last = None,
    compare: Literal["previous", "year", "none"] = "previous",
) -> Frame:
    """Return the frame of the board: it sees everybody, whoever looks; what may be opened is the visitor's own."""
    company = visitor.company
    period = period_of(first, last, company.metrics.company.today())
    asked = PageAsked(period=period, compare=None if compare == "none" else compare)
    return frame_of(company, asked, Scope.everything())


BoardFrame = Annotated[Frame, Depends(_framed)]


@router.get("", response_model=PageShown)
def shown(visitor: BoardVisitorNow, frame: BoardFrame) -> Response:
    """Return the board: the running month where no period is given.

    Its tables are `boards`, which lists there are, and `places:ROLE:METRIC` (of teams `places:@teams:METRIC`).
    """
    asked = _asked(visitor)

    def made() -> Plain:
        board = page("board", lambda each: board_page(each, asked), frame)
        return plain_page(board, visitor.company.record_links, visitor.company.data_until())

    return cached(visitor, made, key=",".join(asked.metrics))


def _table(
    visitor: BoardVisitorNow,
    frame: BoardFrame,
    table: Annotated[str, Parameter(description="places:ROLE:METRIC, or contest:NUMBER")],
    lang: Language | None = None,
) -> TableAnswer:
    language = language_of(lang, visitor.company.settings.language)
    return TableAnswer(visitor, _file(visitor, frame, table, language), PLAIN_NAME, _key(visitor, table))


def _file(visitor: Visitor, frame: Frame, table: str, language: Language) -> TableFile:
    if not table.startswith(CONTEST):
        return board_file(frame, _asked(visitor), table, language)
    number = table.removeprefix(CONTEST)
    contest = visitor.company.people.contests.of_id(int(number) if number.isdecimal() and len(number) <= _DIGITS else 0)
    return contest_file(frame, Contested(visitor.company.metrics, contest), language)


def _key(visitor: Visitor, table: str) -> str:
    """Return what a file follows from beside the data: what somebody entered of the board and the contests."""
    stamps = stamps_of(visitor.company.people.contests.all()) if table.startswith(CONTEST) else ""
    return "|".join([*visitor.company.people.contests.shown_metrics(), stamps])


def _asked(visitor: Visitor) -> BoardAsked:
    return BoardAsked(visitor.company.people.contests.shown_metrics(), visitor.scope)


File = Annotated[TableAnswer, Depends(_table)]


@router.get("/table.csv", **AS_CSV)
def table_csv(file: File) -> Response:
    """Return a list of the board, or the places of a contest, as separated values."""
    return file.csv()


@router.get("/table.xlsx", **AS_XLSX)
def table_xlsx(file: File) -> Response:
    """Return a list of the board, or the places of a contest, as a workbook."""
    return file.xlsx()


@router.post("/metrics", response_model=ContestsShown)
def show(given: MetricsGiven, visitor: ContestVisitorNow) -> Plain:
    """Show these metrics on the board from now on, in this order; none: those it shows by itself."""
    for name in given.metrics:
        _check_metric(visitor, name)
    visitor.company.people.contests.show_metrics(given.metrics)
    visitor.note("change", f"board: metrics shown: {', '.join(given.metrics) or '-'}")
    return contests_told(visitor)


@router.get("/contests", response_model=ContestsShown)
def contests(visitor: BoardVisitorNow) -> Response:
    """Return the contests as they stand, those on their way first."""
    kept = with_ends(visitor)
    may = visitor.may(Right.CONTESTS)  # two who see the same rows need not be offered the same
    key = f"{may} {stamps_of(kept)} {visitor.company.people.contests.shown_metrics()}"
    return cached(visitor, lambda: contests_told(visitor), key=key)


@router.post("/contests", status_code=201, response_model=ContestsShown)
def hold(given: ContestGiven, visitor: ContestVisitorNow) -> Plain:
    """Hold a contest; return all."""
    _check(visitor, given)
    made = visitor.company.people.contests.add(given.wished(), visitor.name)
    visitor.note("change", f"contest {made.contest_id} made: {made.wished.title}")
    return contests_told(visitor)


@router.post("/contests/{contest_id}", response_model=ContestsShown)
def change(contest_id: Number, given: ContestGiven, visitor: ContestVisitorNow) -> Plain:
    """Hold a contest otherwise; what was kept of its end is reckoned anew. Return all."""
    _check(visitor, given)
    changed = visitor.company.people.contests.change(contest_id, given.wished())
    visitor.note("change", f"contest {contest_id} changed: {changed.wished.title}")
    return contests_told(visitor)


@router.post("/contests/{contest_id}/end", response_model=ContestsShown)
def end(contest_id: Number, visitor: ContestVisitorNow) -> Plain:
    """End a contest that is on its way today; how it stands now is kept. Return all."""
    kept, today = visitor.company.people.contests, visitor.company.metrics.company.today()
    if kept.of_id(contest_id).state(today) != "running":
        raise QuestionError("only a contest that is on its way can be ended", do="Delete it, or change its days")
    ended = kept.end(contest_id, today)
    visitor.note("change", f"contest {contest_id} ended: {ended.wished.title}")
    return contests_told(visitor)


@router.delete("/contests/{contest_id}", status_code=204, response_class=Response)
def delete(contest_id: Number, visitor: ContestVisitorNow) -> Response:
    """Delete a contest with how it ended."""
    contests = visitor.company.people.contests
    gone = contests.of_id(contest_id)
    contests.delete(contest_id)
    visitor.note("change", f"contest {contest_id} deleted: {gone.wished.title}")
    return Response(status_code=204)


def _check(visitor: Visitor, given: ContestGiven) -> None:
    """Refuse a metric that has no places, and members whom the data do not know."""
    _check_metric(visitor, given.metric)
    key = f"{given.between}_id"
    table = "dim_employee" if given.between == "employee" else "dim_team"
    found = visitor.company.metrics.rows(table, Scope.everything(), None, [key]).column(key).to_pylist()
    unknown = [each for each in given.members if each not in set(found)]
    if unknown:
        raise QuestionError(f"nobody has the id {unknown[0]}", where="members", do="Choose from the list")


def _check_metric(visitor: Visitor, name: str) -> None:
    metrics = visitor.company.metrics
    if not can_be_shown(metrics, name):
        hint = did_you_mean(name, that_can_be_shown(metrics))
        raise QuestionError(f"{name} has no places: its days do not add up, or less of it is better", do=hint)
