"""Who is who, and what two places say of the same: candidates for merging, merges, differences."""

from typing import Annotated, Literal

from fastapi import APIRouter, Response
from fastapi import Query as Parameter

from voronka import bootstrap
from voronka.domain.errors import QuestionError
from voronka.pipeline.merging import Stated, candidates, kind_of
from voronka.pipeline.reconciling import reconcile
from voronka.web.alike_shapes import (
    CandidateShown,
    CandidatesShown,
    DifferenceShown,
    DistinctionGiven,
    DistinctionShown,
    MergeGiven,
    MergeShown,
    ReconciledShown,
    SumShown,
)
from voronka.web.data_shapes import JobShown
from voronka.web.rendered import cached
from voronka.web.routes.uploads import job_shown, workers_of
from voronka.web.visitor import LoaderNow

router = APIRouter(prefix="/api/data", tags=["data"])

Limit = Annotated[int, Parameter(ge=1, le=200)]
Offset = Annotated[int, Parameter(ge=0, le=10**9)]
Kind = Literal["lead", "contact", "account", "employee", "channel"]


@router.get("/alike")
def alike(visitor: LoaderNow, kind: Kind | None = None, limit: Limit = 25, offset: Offset = 0) -> CandidatesShown:
    """Return a page of the records that may be another one as of the last build, and what people said of them.

    They hold numbers and addresses of clients: whoever may not change the data is not shown them.
    """
    company = visitor.company
    people = company.people
    stated = Stated.by(people.merges, people.distinctions)
    found = candidates(company.metrics, stated, kind) if company.built_at() else []
    return CandidatesShown(
        rows=[CandidateShown.model_validate(row) for row in found[offset : offset + limit]],
        total=len(found),
        limit=limit,
        offset=offset,
        merges=[
            MergeShown(
                entity=str(each.entity),
                entity_id=each.entity_id,
                into_id=str(each.into_id),
                by=each.entered_by,
                at=company.local(each.entered_at),
            )
            for each in people.merges.in_force()
        ],
        apart=[
            DistinctionShown(
                entity=str(each.entity),
                entity_id=each.entity_id,
                other_id=each.other_id,
                by=each.entered_by,
                at=company.local(each.entered_at),
            )
            for each in people.distinctions.in_force()
        ],
    )


@router.post("/alike", status_code=202)
def merge(given: MergeGiven, visitor: LoaderNow) -> JobShown:
    """State that a record is another one or, without `into_id`, its own again; the figures are built anew."""
    company, kind = visitor.company, given.entity
    merges = company.people.merges
    if given.into_id is None:
        merges.undo(kind, given.entity_id, visitor.name)
    else:
        if company.built_at() is None:
            raise QuestionError("nothing is built yet")
        kind_of(company.metrics, (given.entity_id, given.into_id), given.entity)
        merges.merge(kind, given.entity_id, given.into_id, visitor.name)
    return job_shown(company, workers_of(visitor).ask("build", {}, visitor.name))


@router.post("/alike/apart")
def hold_apart(given: DistinctionGiven, visitor: LoaderNow) -> DistinctionGiven:
    """State that two records are two, so that they are proposed no more, or may be one again; returns what stands."""
    company = visitor.company
    stated = company.people.distinctions
    if not given.holds:
        stated.undo(given.entity, given.entity_id, given.other_id, visitor.name)
        return given
    if company.built_at() is None:
        raise QuestionError("nothing is built yet")
    kind_of(company.metrics, (given.entity_id, given.other_id), given.entity)
    stated.state(given.entity, given.entity_id, given.other_id, visitor.name)
    return given


@router.get("/reconcile/{kind}", response_model=ReconciledShown)
def differences(
    kind: Literal["calls", "payments", "leads", "totals"], visitor: LoaderNow, limit: Limit = 25, offset: Offset = 0
) -> Response:
    """Return what two places say of the same: sums by state, and a page of what is not alike, record by record."""
    company = visitor.company

    def made() -> ReconciledShown:
        if company.built_at() is None:
            raise QuestionError("nothing is built yet")
        with bootstrap.workplace(str(company.folder), company.clock) as work:
            try:
                found = reconcile(work, kind)
            except QuestionError as fault:  # one place alone tells it: that is an answer, and nothing was asked wrongly
                return ReconciledShown(
                    kind=kind,
                    lacks=fault.what,
                    here="",
                    there="",
                    summary=[],
                    rows=[],
                    total=0,
                    limit=limit,
                    offset=offset,
                )
        rows = [row for row in found.records if row["state"] != "both"]
        return ReconciledShown(
            kind=found.kind,
            lacks="",
            here=found.here,
            there=found.there,
            summary=[SumShown.model_validate(row) for row in found.summary],
            rows=[DifferenceShown.model_validate(row) for row in rows[offset : offset + limit]],
            total=len(rows),
            limit=limit,
            offset=offset,
        )

    return cached(visitor, made)
