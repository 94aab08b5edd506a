"""Saved views: a page with its period, cut and filters under a name, one's own or shared with the company."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Response
from fastapi import Path as InPath
from pydantic import BaseModel, Field

from voronka.domain.access import Right
from voronka.domain.errors import NotAllowedError
from voronka.domain.saved_views import SavedView
from voronka.web.visitor import Visitor, VisitorNow

router = APIRouter(prefix="/api/views", tags=["views"])

Number = Annotated[int, InPath(ge=1, le=2**53)]
_Name = Annotated[str, Field(max_length=400)]
_Address = Annotated[str, Field(max_length=8000)]


class ViewGiven(BaseModel):
    """A view to keep: `address` is that of the page with its query."""

    name: _Name
    address: _Address
    is_shared: bool = False


class ViewChange(BaseModel):
    """What of a view is to be changed; null stays."""

    name: _Name | None = None
    address: _Address | None = None
    is_shared: bool | None = None


class ViewShown(BaseModel):
    """A saved view; `may_change` says whether the visitor may rename, move or delete it."""

    view_id: int
    name: str
    address: str
    owner: str
    is_mine: bool
    is_shared: bool
    may_change: bool
    changed_at: datetime


class ViewsShown(BaseModel):
    """The views that the visitor may open; `may_share` says whether they may share theirs with the company."""

    views: list[ViewShown]
    may_share: bool


@router.get("")
def views(visitor: VisitorNow) -> ViewsShown:
    """Return one's own views and the shared ones, by name."""
    found = visitor.company.people.saved_views.of_user(visitor.user_id)
    return ViewsShown(views=[_shown(visitor, each) for each in found], may_share=visitor.may(Right.VIEWS))


@router.get("/{view_id}")
def view(view_id: Number, visitor: VisitorNow) -> ViewShown:
    """Return a view that the visitor may open."""
    return _shown(visitor, visitor.company.people.saved_views.of_id(view_id, visitor.user_id))


@router.post("", status_code=201)
def save(given: ViewGiven, visitor: VisitorNow) -> ViewShown:
    """Keep a view; sharing it takes the right to."""
    if given.is_shared:
        visitor.check(Right.VIEWS)
    kept = visitor.company.people.saved_views
    made = kept.save(visitor.user_id, given.name, given.address, is_shared=given.is_shared)
    if made.is_shared:
        visitor.note("change", f"view {made.view_id} shared: {made.name}")
    return _shown(visitor, made)


@router.post("/{view_id}")
def change(view_id: Number, given: ViewChange, visitor: VisitorNow) -> ViewShown:
    """Rename, move, share or take back a view: one's own, or a shared one by whoever may share."""
    found = _to_change(visitor, view_id)
    if given.is_shared:
        visitor.check(Right.VIEWS)
    kept = visitor.company.people.saved_views
    changed = kept.change(found, name=given.name, address=given.address, is_shared=given.is_shared)
    if changed.is_shared and not found.is_shared:
        visitor.note("change", f"view {view_id} shared: {changed.name}")
    elif found.is_shared and not changed.is_shared:
        visitor.note("change", f"view {view_id} shared no more: {changed.name}")
    elif found.is_shared:
        visitor.note("change", f"view {view_id} changed: {found.name} -> {changed.name}")
    return _shown(visitor, changed)


@router.delete("/{view_id}", status_code=204, response_class=Response)
def delete(view_id: Number, visitor: VisitorNow) -> Response:
    """Delete a view: one's own, or a shared one by whoever may share."""
    found = _to_change(visitor, view_id)
    visitor.company.people.saved_views.delete(found)
    if found.is_shared:
        visitor.note("change", f"view {view_id} deleted: {found.name}")
    return Response(status_code=204)


def _to_change(visitor: Visitor, view_id: int) -> SavedView:
    found = visitor.company.people.saved_views.of_id(view_id, visitor.user_id)
    if not _may_change(visitor, found):
        raise NotAllowedError("The view belongs to somebody else", do="Save one of your own")
    return found


def _may_change(visitor: Visitor, found: SavedView) -> bool:
    return found.is_changed_by(visitor.user_id, may_share=visitor.may(Right.VIEWS))


def _shown(visitor: Visitor, found: SavedView) -> ViewShown:
    return ViewShown(
        view_id=found.view_id,
        name=found.name,
        address=found.address,
        owner=found.owner,
        is_mine=found.user_id == visitor.user_id,
        is_shared=found.is_shared,
        may_change=_may_change(visitor, found),
        changed_at=visitor.company.local(found.changed_at).replace(microsecond=0),
    )
