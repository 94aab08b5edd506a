"""Plans on their page: looked at as a grid, edited cell by cell, pasted, copied, undone, taken out and given back."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi import Query as Parameter
from starlette.concurrency import run_in_threadpool

from voronka.domain.errors import QuestionError, RetryError
from voronka.domain.period import Period
from voronka.domain.plans import Action, PlanScope, Wished
from voronka.domain.written_numbers import DecimalMark, written_number
from voronka.pipeline.plan_file import lines_of_file
from voronka.pipeline.sentences import refusal_in
from voronka.reports.files_out import CsvFile, XlsxFile
from voronka.reports.legend import Made
from voronka.reports.plan_block import Block, Marks, Misfit, Target, Wish, cells_of, read_block
from voronka.reports.plan_days import plan_days
from voronka.reports.plan_files import GridFile
from voronka.reports.plan_grid import Grid, GridAsked, PlanGrain, Sight, grid_columns, owner_of, planned_of
from voronka.web.asked import AS_CSV, AS_XLSX, CSV, XLSX, Day, First, Language, Last, file_headers, language_of
from voronka.web.described import BYTES_GIVEN
from voronka.web.plan_shapes import (
    PlanCellsGiven,
    PlanCopyGiven,
    PlanDayShown,
    PlanDaysShown,
    PlanEdited,
    PlanGridShown,
    PlanMisfitShown,
    PlanPasteGiven,
    PlanUndone,
)
from voronka.web.plans_told import grid_of, grid_shown
from voronka.web.rendered import cached
from voronka.web.routes.uploads import workers_of
from voronka.web.visitor import PlannerNow, Visitor, VisitorNow

router = APIRouter(prefix="/api/plans", tags=["plans"])

Metric = Annotated[str, Parameter(max_length=300)]
PLAIN_NAME = "plans"


def _asked(
    *,
    visitor: VisitorNow,
    metric: Metric = "revenue",
    grain: PlanGrain = "month",
    first: First = None,
    last: Last = None,
) -> GridAsked:
    return GridAsked(metric, grain, grid_columns(grain, first, last, visitor.company.metrics.company.today()))


GridQuestion = Annotated[GridAsked, Depends(_asked)]
"""Which plans an address asks for; the running year's months of revenue where it does not say."""


@router.get("")
def shown(visitor: VisitorNow, asked: GridQuestion, lang: Language | None = None) -> PlanGridShown:
    """Return the plans of a metric that the visitor may see, with where each comes from and the last edits."""
    return grid_shown(visitor, grid_of(visitor, asked), _language(visitor, lang))


@router.get("/days")
def days(
    visitor: VisitorNow,
    asked: GridQuestion,
    scope: PlanScope,
    at: Day,
    id: Annotated[str | None, Parameter(max_length=300)] = None,  # noqa: A002 - a parameter of the address
) -> PlanDaysShown:
    """Return how the plan of the column that begins on `at` lies on its days, as of the last build."""
    grid = grid_of(visitor, asked)
    owner, period = owner_of(scope, id), _column(grid, at)
    cell = grid.cell(owner, period)
    company = visitor.company
    is_seen = grid.is_flow and (cell.may_edit or visitor.scope.all_rows)
    found = plan_days(company.metrics, company.settings, asked.metric, owner, period) if is_seen else []
    return PlanDaysShown(
        days=[
            PlanDayShown(
                day=each.day,
                value=None if each.value is None else float(each.value),
                kind=each.kind,
                share=each.share,
            )
            for each in found
        ],
        is_behind=grid.is_behind,
    )


@router.post("")
def edit(given: PlanCellsGiven, visitor: PlannerNow, lang: Language | None = None) -> PlanEdited:
    """State plans written by hand, all or none; the figures are built anew."""
    grid = _grid(visitor, given.metric, given.grain, (given.first, given.last))
    mark = _usual(_language(visitor, lang))
    wishes = [
        Wish(
            owner_of(each.scope, each.id),
            _column(grid, each.at),
            written_number(each.text, mark) if each.text.strip() else None,
        )
        for each in given.cells
    ]
    return _Editing(visitor, grid, given.latest).state("type", wishes)


@router.post("/paste")
def paste(given: PlanPasteGiven, visitor: PlannerNow, lang: Language | None = None) -> PlanEdited:
    """State the plans of a block copied from a spreadsheet, all of them, or none and say of each cell why."""
    grid = _grid(visitor, given.metric, given.grain, (given.first, given.last))
    target = Target(tuple(owner_of(each.scope, each.id) for each in given.owners), given.at)
    language = _language(visitor, lang)
    block = read_block(grid, cells_of(given.text), target, Marks(usual=_usual(language)))
    return _Editing(visitor, grid, given.latest).take("paste", block, language)


@router.post("/file", openapi_extra=BYTES_GIVEN)
async def file(  # noqa: PLR0913 - the grid's parameters and the file's name
    *,
    request: Request,
    visitor: PlannerNow,
    asked: GridQuestion,
    name: Annotated[str, Parameter(min_length=1, max_length=1000)],
    latest: Annotated[int, Parameter(ge=0, le=2**53)],
    lang: Language | None = None,
) -> PlanEdited:
    """State the plans of a file, its bytes as the request's body: one that was taken out comes back unchanged."""
    content = await request.body()

    def made() -> PlanEdited:
        lines, mark = lines_of_file(content, name, visitor.company.settings.limits)
        grid, language = grid_of(visitor, asked), _language(visitor, lang)
        block = read_block(grid, lines, Target(), Marks(mark, _usual(language)))
        return _Editing(visitor, grid, latest).take("file", block, language)

    return await run_in_threadpool(made)


@router.post("/copy")
def copy(given: PlanCopyGiven, visitor: PlannerNow) -> PlanEdited:
    """State in a column what is planned for the period before it, wherever the column has no plan."""
    start = _grid(visitor, given.metric, given.grain, (given.first, given.last))
    period = _column(start, given.at)
    before = grid_columns(given.grain, *2 * (period.first - timedelta(days=1),), period.first)[0]
    grid = grid_of(visitor, GridAsked(given.metric, given.grain, (before, period)))
    wishes = []
    for each in given.owners:
        owner = owner_of(each.scope, each.id)
        old, new = grid.cell(owner, before), grid.cell(owner, period)
        if old.amount is not None and new.value is None and new.may_edit:
            wishes.append(Wish(owner, period, old.amount))
    if not wishes:
        raise QuestionError("the period before has no plan that this one lacks")
    return _Editing(visitor, grid, given.latest).state("copy", wishes)


@router.post("/undo")
def undo(given: PlanUndone, visitor: PlannerNow) -> PlanEdited:
    """State anew what stood before an edit; it can be undone too."""
    plans = visitor.company.people.plans
    found = next((each for each in plans.edits() if each.edit_id == given.edit), None)
    for each in found.changes if found and not visitor.scope.all_rows else ():
        planned = each.made.planned
        is_seen = planned.scope == "employee" and Sight(visitor.scope, str(planned.scope_id))(planned.period)
        if not is_seen:
            raise QuestionError("there is no such plan to look at or to edit")
    made = plans.undo(given.edit, visitor.name)
    visitor.note("change", f"plans: edit {given.edit} undone")
    rebuild(visitor)
    return PlanEdited(edit=made, changed=len(found.changes) if found else 0, misfits=[])


@router.get("/table.csv", **AS_CSV)
def table_csv(visitor: VisitorNow, asked: GridQuestion, lang: Language | None = None) -> Response:
    """Return the grid as separated values, which can be given back."""
    grid, taken = _taken_out(visitor, asked, lang)

    def made() -> CsvFile:
        return taken.csv()

    headers = file_headers(taken.file_name("csv"), f"{PLAIN_NAME}.csv")
    return cached(visitor, made, key=_stand(grid), media_type=CSV, headers=headers)


@router.get("/table.xlsx", **AS_XLSX)
def table_xlsx(visitor: VisitorNow, asked: GridQuestion, lang: Language | None = None) -> Response:
    """Return the grid as a workbook, which can be given back: the plans, what the columns mean, the cut."""
    grid, taken = _taken_out(visitor, asked, lang)
    company = visitor.company

    def made() -> XlsxFile:
        told = Made(company.settings.name, company.local(company.clock()))
        return taken.xlsx(told, company.data_version())

    headers = file_headers(taken.file_name("xlsx"), f"{PLAIN_NAME}.xlsx")
    return cached(visitor, made, key=_stand(grid), media_type=XLSX, headers=headers)


def _taken_out(visitor: Visitor, asked: GridAsked, lang: Language | None) -> tuple[Grid, GridFile]:
    grid, company = grid_of(visitor, asked), visitor.company
    file = GridFile(grid, company.metrics, visitor.scope, company.settings.name, _language(visitor, lang))
    return grid, file


def _stand(grid: Grid) -> str:
    return ",".join(f"{cell.value}" for row in grid.rows for cell in row.cells)


def _language(visitor: Visitor, lang: Language | None) -> Language:
    return language_of(lang, visitor.company.settings.language)


def _usual(language: Language) -> DecimalMark | None:
    """Return how a number is read that may be thousands: in English it is; in Russian it is asked, not guessed."""
    return "." if language == "en" else None


def _grid(visitor: Visitor, metric: str, grain: PlanGrain, days: tuple[Day, Day]) -> Grid:
    today = visitor.company.metrics.company.today()
    return grid_of(visitor, GridAsked(metric, grain, grid_columns(grain, *days, today)))


def _column(grid: Grid, at: Day) -> Period:
    found = next((each for each in grid.asked.columns if each.first == at), None)
    if found is None:
        raise QuestionError("there is no such plan to look at or to edit")
    return found


@dataclass(frozen=True)
class _Editing:
    """States plans of a grid that was looked at when `latest` was the last statement."""

    visitor: Visitor
    grid: Grid
    latest: int

    def take(self, action: Action, block: Block, language: Language) -> PlanEdited:
        """State what a block says, or tell what does not fit."""
        if block.misfits:
            return PlanEdited(edit=None, changed=0, misfits=[_misfit(each, language) for each in block.misfits])
        return self.state(action, block.wishes)

    def state(self, action: Action, wishes: Sequence[Wish]) -> PlanEdited:
        """State what differs from what stands; nothing where nothing does."""
        wished = []
        for each in wishes:
            planned, cell = planned_of(self.grid, each.owner, each.period, each.value)
            if cell.seen > self.latest:
                raise QuestionError("somebody else has changed a plan meanwhile", do="Look at it and edit again")
            if _differs(cell.value, each.value):
                wished.append(Wished(planned, cell.seen))
        if not wished:
            return PlanEdited(edit=None, changed=0, misfits=[])
        made = self.visitor.company.people.plans.edit(action, wished, self.visitor.name)
        metric = self.grid.asked.metric
        self.visitor.note("change", f"plans of {metric}: {len(wished)} changed ({action}), edit {made}")
        rebuild(self.visitor)
        return PlanEdited(edit=made, changed=len(wished), misfits=[])


def _differs(stands: Decimal | None, wished: Decimal | None) -> bool:
    return stands != wished


def _misfit(misfit: Misfit, language: Language) -> PlanMisfitShown:
    fault = misfit.fault
    return PlanMisfitShown(
        row=misfit.row,
        column=misfit.column,
        text=misfit.text,
        what=refusal_in(language, fault.what),
        do=refusal_in(language, fault.do),
    )


def rebuild(visitor: Visitor) -> None:
    """Have the figures built, unless a build waits already: it will find what was just stated."""
    jobs = visitor.company.people.jobs.unended()
    if any(job.kind == "build" and job.state == "waiting" for job in jobs):
        return
    with suppress(QuestionError, RetryError):  # too many wait: the page says that the figures are behind
        workers_of(visitor).ask("build", {}, visitor.name)
