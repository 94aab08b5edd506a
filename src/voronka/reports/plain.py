"""Answers, records and the overview as plain mappings for JSON: the one form in which all doors give them away.

Days are ISO text, times ISO text of the company's zone without a zone in them, unknown is None; decimals stay as they
are for whoever writes them out.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from voronka.domain.period import Period
from voronka.metrics.answer import Answer, AnswerColumn
from voronka.metrics.dimensions import Title
from voronka.metrics.records import Records
from voronka.reports.ask import Ask, Block
from voronka.reports.findings import Finding, Opened
from voronka.reports.links import RecordLinks
from voronka.reports.overview import Overview, Tiles
from voronka.reports.page import Page, Table

Plain = dict[str, Any]


def plain_ask(ask: Ask) -> Plain:
    """Return a question: what to ask for to get the same answer."""
    return {
        "metrics": list(ask.metrics),
        "by": list(ask.by),
        "where": {each.dimension: list(each.values) for each in ask.where},
        "from": ask.period.first.isoformat() if ask.period else None,
        "to": ask.period.last.isoformat() if ask.period else None,
        "compare": ask.compare,
    }


def plain_block(block: Block) -> Plain:
    """Return an answer with its question."""
    return plain_answer(block.ask, block.answer)


def plain_answer(ask: Ask, answer: Answer) -> Plain:
    """Return an answer with its question; rows and totals are given as they are."""
    return {
        "ask": plain_ask(ask),
        "columns": [_column(column) for column in answer.columns],
        "rows": answer.rows,
        "totals": answer.totals,
        "data_version": answer.data_version,
        "as_of": answer.as_of.isoformat(),
        "left_out": [{"metric": i.metric, "reason": i.reason, "rows": i.rows} for i in answer.left_out],
    }


def _column(column: AnswerColumn) -> Plain:
    return {
        "name": column.name,
        "title": plain_words(column.title),
        "unit": column.unit,
        "kind": column.kind,
        "better": column.better,
        "variant": column.variant,
        "since": column.since.isoformat() if column.since else None,
    }


def plain_words(title: Title) -> Plain:
    """Return a text in both languages."""
    return {"ru": title.ru, "en": title.en}


def plain_records(listed: Records, links: RecordLinks) -> Plain:
    """Return records, each with where it is opened in its own system."""
    return {
        "metric": listed.metric,
        "part": listed.part,
        "parts": [{"name": part.name, "title": plain_words(part.title)} for part in listed.parts],
        "entity": listed.entity,
        "columns": [{"name": c.name, "title": plain_words(c.title), "kind": c.kind} for c in listed.columns],
        "rows": [_record(row, listed.entity, links) for row in listed.rows],
        "total": listed.total,
        "limit": listed.limit,
        "offset": listed.offset,
        "data_version": listed.data_version,
    }


def opened(row: Mapping[str, object], entity: str, links: RecordLinks) -> str | None:
    """Return the address of a record's row, which may say itself what it is."""
    return links.open(str(row.get("entity") or entity), row.get("id"), row.get("url"))


def _record(row: Mapping[str, object], entity: str, links: RecordLinks) -> Plain:
    shown = {name: _moment(value) for name, value in row.items() if name != "url"}
    return {**shown, "open": opened(row, entity, links)}


def _moment(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else value


def plain_overview(made: Overview, links: RecordLinks, data_until: date | None) -> Plain:
    """Return the overview; `data_until` is the last day on which anything happened in the data."""
    return {
        **_days(made, data_until),
        "headline": plain_finding(made.headline),
        "findings": [plain_finding(finding) for finding in made.findings],
        "tiles": _tiles(made.tiles),
        "daily": plain_block(made.daily),
        "activity": plain_block(made.activity),
        "calls_by_hour": plain_block(made.calls_by_hour),
        "funnel": plain_block(made.funnel),
        "revenue_by_month": plain_block(made.revenue_by_month),
        "unanswered": plain_block(made.unanswered),
        "longest_unanswered": plain_records(made.longest_unanswered, links),
        "without_task": plain_block(made.without_task),
        "largest_without_task": plain_records(made.largest_without_task, links),
    }


def plain_page(made: Page, links: RecordLinks, data_until: date | None) -> Plain:
    """Return a page of blocks; `data_until` is the last day on which anything happened in the data."""
    contents = made.contents
    return {
        "name": made.name,
        **_days(made, data_until),
        "headline": plain_finding(contents.headline),
        "findings": [plain_finding(finding) for finding in contents.findings],
        "blocks": {name: plain_block(block) for name, block in contents.blocks.items()},
        "lists": {name: plain_records(listed, links) for name, listed in contents.lists.items()},
        "tables": {name: plain_table(table) for name, table in contents.tables.items()},
    }


def plain_table(table: Table) -> Plain:
    """Return an analysis' table."""
    columns = [_column(column) for column in table.columns]
    return {"columns": columns, "rows": list(table.rows), "totals": table.totals}


def _days(made: Overview | Page, data_until: date | None) -> Plain:
    return {
        "period": _period(made.period),
        "facts": _period(made.facts),
        "counted": _period(made.counted),
        "compared": _period(made.compared),
        "working_days": {
            "facts": made.working_days.facts,
            "counted": made.working_days.counted,
            "compared": made.working_days.compared,
        },
        "data_until": data_until.isoformat() if data_until else None,
        "day": made.day.day.isoformat(),
        "day_is_working": made.day.is_working,
        "day_before": made.day.before.isoformat(),
        "day_after": made.day.after.isoformat() if made.day.after else None,
        "today": made.today.isoformat(),
    }


def _tiles(tiles: Tiles) -> Plain:
    return {
        "metrics": list(tiles.metrics),
        "facts": plain_block(tiles.facts),
        "plans": plain_block(tiles.plans) if tiles.plans else None,
        "trend": plain_block(tiles.trend),
        "grain": tiles.grain,
    }


def plain_finding(finding: Finding) -> Plain:
    """Return a finding: its kind and figures; the words are the page's."""
    return {
        "kind": finding.kind,
        "tone": finding.tone,
        "values": dict(finding.values),
        "ask": plain_ask(finding.ask) if finding.ask else None,
        "open": _opened(finding.open) if finding.open else None,
    }


def _opened(behind: Opened) -> Plain:
    return {"metric": behind.metric, "ask": plain_ask(behind.ask)}


def _period(period: Period | None) -> Plain | None:
    return {"from": period.first.isoformat(), "to": period.last.isoformat()} if period else None
