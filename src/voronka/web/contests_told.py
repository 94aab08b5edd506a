"""Contests as they are told: with their places, and what they may be made of for whoever may hold them."""

from collections.abc import Sequence

from voronka.domain.access import Right
from voronka.domain.contests import Contest
from voronka.domain.scope import Scope
from voronka.metrics.answer import records as rows_of
from voronka.reports.board import SHOWN, that_can_be_shown
from voronka.reports.contests import Contested, Standing
from voronka.reports.plain import Plain, plain_finding, plain_table, plain_words
from voronka.web.visitor import Visitor

ORDER = ("running", "ahead", "over")


def contests_told(visitor: Visitor) -> Plain:
    """Return all contests, those on their way first; how one ended is kept as soon as the data have its last day."""
    found = [_told(visitor, contest) for contest in with_ends(visitor)]
    return {
        "contests": sorted(found, key=lambda each: ORDER.index(each["state"])),
        "today": visitor.company.metrics.company.today().isoformat(),
        "offers": _offers(visitor) if visitor.may(Right.CONTESTS) else None,
    }


def with_ends(visitor: Visitor) -> list[Contest]:
    """Return all contests; how one ended is kept now, where it is over and the data know its last day."""
    company, contests = visitor.company, visitor.company.people.contests
    built = company.built_at()
    built_on = company.local(built).date() if built else None
    found = []
    for contest in contests.all():
        kept = Contested(company.metrics, contest).kept(company.clock(), built_on)
        found.append(contests.keep(contest, kept) if kept else contest)
    return found


def stamps_of(contests: Sequence[Contest]) -> str:
    """Return a text that changes whenever a contest does, or its end is kept."""
    return ",".join(f"{each.contest_id} {each.changed_at} {each.kept is None}" for each in contests)


def _told(visitor: Visitor, contest: Contest) -> Plain:
    company, wished = visitor.company, contest.wished
    stands: Standing = Contested(company.metrics, contest).standing()
    metric = company.metrics.catalogue.metrics.get(wished.metric)
    kept = contest.kept
    return {
        "contest_id": contest.contest_id,
        "title": wished.title,
        "prize": wished.prize,
        "metric": wished.metric,
        "metric_title": plain_words(metric.title) if metric else {"ru": wished.metric, "en": wished.metric},
        "from": wished.period.first.isoformat(),
        "to": wished.period.last.isoformat(),
        "ended_on": contest.ended_on.isoformat() if contest.ended_on else None,
        "between": wished.between,
        "members": list(wished.members),
        "state": stands.state,
        "said": plain_finding(stands.said),
        "table": plain_table(stands.table) if stands.table else None,
        "kept_at": company.local(kept.kept_at).isoformat(timespec="seconds") if kept else None,
        "changed": [{"name": each.name, "kept": each.kept, "now": each.now} for each in stands.changed],
        "made_by": contest.made_by,
    }


def _offers(visitor: Visitor) -> Plain:
    metrics, contests = visitor.company.metrics, visitor.company.people.contests
    names = that_can_be_shown(metrics)
    return {
        "metrics": [{"name": name, "title": plain_words(metrics.catalogue.metrics[name].title)} for name in names],
        "people": _members(visitor, "dim_employee", "employee_id"),
        "teams": _members(visitor, "dim_team", "team_id"),
        "chosen": list(contests.shown_metrics()),
        "usual": [name for name in SHOWN if name in names],
    }


def _members(visitor: Visitor, table: str, key: str) -> list[Plain]:
    """Return who may be chosen: people who work, or teams, by name."""
    active = {"is_active": True} if table == "dim_employee" else None
    found = rows_of(visitor.company.metrics.rows(table, Scope.everything(), active, [key, "name"]))
    named = [{"id": str(row[key]), "name": str(row["name"] or row[key])} for row in found]
    return sorted(named, key=lambda each: (each["name"].casefold().replace("ё", "е"), each["id"]))
