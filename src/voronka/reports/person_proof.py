"""Proof of a weak step: the records that did not come through it, and calls or mails with those clients to open."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from voronka.domain.scope import Scope
from voronka.metrics.answer import Row
from voronka.metrics.question import Filter
from voronka.metrics.records import Records
from voronka.reports.page import Frame

SHOWN = 3
WITHIN = 50
"""Records among which those that did not come through are looked for."""
TALKS = (("answered_calls", "talk_seconds"), ("emails_sent", "started_at"))
"""What is opened as proof, the first that there is: by which the longest or the latest stand first."""


@dataclass(frozen=True)
class Behind:
    """Which records lie behind a step: a metric's, in an order, those that `fits`; `part` of a formula."""

    metric: str
    sort: str
    order: Literal["asc", "desc"] = "desc"
    fits: Callable[[Row], bool] = field(default=lambda _row: True)


BEHIND = {
    "win_rate": Behind("deals_lost", "amount"),
    "average_deal": Behind("deals_won", "amount", "asc"),
    "reach_rate": Behind("outgoing_calls", "started_at", fits=lambda row: not row.get("answered")),
    "reply_rate": Behind("emails_sent", "started_at"),
    "qualified_per_contacted": Behind("answered_calls", "talk_seconds"),
    "handed_meeting_criteria_rate": Behind("leads_off_profile", ""),
    "qualification_completeness": Behind("leads_handed", ""),
    "acceptance_rate": Behind("leads_rejected", ""),
    "won_from_handed": Behind("leads_handed", ""),
    "first_response_within": Behind(
        "leads", "created_at", fits=lambda row: _is_long(row.get("first_response_working_seconds"))
    ),
    "meeting_show_rate": Behind("meetings_due", "started_at", fits=lambda row: row.get("status") != "done"),
}
"""Which records did not come through a step. Of another step its own records are shown, the newest first."""
_LONG_SECONDS = 3_600
_TALKS_THEMSELVES = ("call", "email")


@dataclass(frozen=True)
class Proof:
    """The records behind a step, and up to three calls or mails with their clients; None where there are none."""

    behind: Records | None = None
    talks: Records | None = None

    def lists(self) -> dict[str, Records]:
        """Return the lists by the names that the page has for them."""
        named = {"proof": self.talks, "behind": self.behind}
        return {name: listed for name, listed in named.items() if listed and listed.rows}


def proof_of(frame: Frame, step: str) -> Proof:
    """Return the proof of a step of the page's person, in the period so far."""
    behind = BEHIND.get(step, Behind(step, ""))
    if behind.metric not in frame.metrics.catalogue.names or frame.asker.lack(behind.metric):
        return Proof()
    listed = _listed(frame, behind.metric, behind.sort, behind.order, SHOWN if behind.metric == step else WITHIN)
    rows = [row for row in listed.rows if behind.fits(row)]
    found = replace(listed, rows=rows[:WITHIN])
    if listed.entity in _TALKS_THEMSELVES:
        return Proof(talks=replace(found, rows=rows[:SHOWN]))
    return Proof(replace(found, rows=rows[:SHOWN]), _talks(frame, rows))


def _talks(frame: Frame, rows: Sequence[Row]) -> Records | None:
    """Return calls with the clients of the records, else mails: first those that are about the very records."""
    ids = {str(row["id"]) for row in rows if row.get("id") is not None}
    for client in ("account", "contact"):
        clients = _known(frame, client, [str(row[f"{client}_id"]) for row in rows if row.get(f"{client}_id")])
        for metric, sort in TALKS if clients else ():
            if client not in frame.metrics.catalogue.dimensions_of(metric) or frame.asker.lack(metric):
                continue
            listed = _listed(frame, metric, sort, "desc", WITHIN, Filter(client, clients))
            own = sorted(listed.rows, key=lambda row: str(row.get("deal_id")) not in ids)
            if own:
                return replace(listed, rows=own[:SHOWN])
    return None


def _known(frame: Frame, client: str, ids: Sequence[str]) -> tuple[str, ...]:
    """Return those of the clients that the data know: a deal may name one whose own record was never loaded."""
    key = f"{client}_id"
    found = frame.metrics.rows(f"dim_{client}", Scope.everything(), {key: list(dict.fromkeys(ids))}, [key])
    return tuple(str(each) for each in found.column(key).to_pylist())


def _listed(frame: Frame, metric: str, sort: str, order: Literal["asc", "desc"], limit: int, *more: Filter) -> Records:
    return frame.records(metric, sort, order, frame.facts, *more, limit=limit)


def _is_long(seconds: object) -> bool:
    return not isinstance(seconds, int | float) or seconds > _LONG_SECONDS
