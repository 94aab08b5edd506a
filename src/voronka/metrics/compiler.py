"""Compiles a question into one SQL statement: a branch per fact and axis, put together by key, formulas on top."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from voronka.domain.fragments import TODAY
from voronka.metrics.branches import NO_RATE, Branch, Value, fact_branch
from voronka.metrics.coverage import covered_name, is_set_against_a_plan
from voronka.metrics.day_sums import Place, Sums, place_of, stands_in
from voronka.metrics.definition import Metric
from voronka.metrics.holdings import holding_branch
from voronka.metrics.plans import DUE, PLAN, plan_branches
from voronka.metrics.resolve import Cut, Question, Wanted
from voronka.metrics.sql import Parameters, day_literal, over_rows, quoted, select, union, with_queries
from voronka.metrics.standing import Standing

EARLIER = "__earlier"
OF = "__of"
AMONG = "__among"
SUFFIXES = {0: "", 1: EARLIER}
NO_SUMS = Sums()
WORDS_OF_SQL = frozenset({"check"})
"""The cuts whose name SQL keeps for itself."""

Columns = Callable[[str], Collection[str]]
"""Returns the columns a table of the lake has."""


@dataclass(frozen=True)
class Statement:
    """A compiled question; `standing` are the tables it names beside those of the core, by name the SELECT of each."""

    sql: str
    parameters: Mapping[str, object]
    standing: Mapping[str, str] = field(default_factory=dict)


def compile_question(question: Question, columns: Columns, sums: Sums = NO_SUMS) -> Statement:
    """Return the one statement that answers the question, totals included.

    `sums` stand for facts: what adds up is read there where the question lets it.
    """
    parameters = Parameters()
    facts, plans = (
        list(_branches(question, parameters, columns, sums.facts)),
        plan_branches(question, parameters, sums.plans),
    )
    branches = [*facts, *plans]
    queries = [query for branch in branches for query in branch.queries]
    if facts and not (plans or question.cuts or question.earlier):
        queries.append(("answered", _one_row(facts)))
    elif facts and len(branches) == 1 and _is_answer(question, branches[0]):
        queries.append(("answered", _of_one_branch(question, branches[0])))
    else:
        queries += [("united", _united(question, branches)), ("answered", _answered(question, branches))]
    sql = with_queries(queries, _final(question, branches))
    named = {each.name: each.sql for each in sums.tables if each.name in sql}
    return Statement(sql, with_today(sql, parameters, question.today), named)


def with_today(sql: str, parameters: Parameters, today: date) -> dict[str, object]:
    """Return the parameters of a statement, with the present day where a fragment of it speaks of it."""
    return dict(parameters.values) | ({TODAY: today} if f"${TODAY}" in sql else {})


def _branches(
    question: Question, parameters: Parameters, columns: Columns, sums: Mapping[Place, Standing]
) -> Iterator[Branch]:
    def read_at(metric: Metric) -> tuple[Place, bool]:
        place = place_of(metric)
        return place, place in sums and stands_in(question, metric)

    used: dict[str, int] = {}
    for (place, is_summed), found in groupby(sorted(question.leaves, key=read_at), key=read_at):
        (fact, axis, *_), metrics = place, list(found)
        facts = {metric.fact.fact for metric in metrics}
        read = facts.pop() if len(facts) == 1 else fact
        stem = "_".join(part for part in (read.removeprefix("fct_"), axis) if part)
        used[stem] = used.get(stem, 0) + 1
        name = stem if used[stem] == 1 else f"{stem}_{used[stem]}"
        if metrics[0].is_as_of:
            yield holding_branch(question, name, metrics, parameters)
        else:
            yield fact_branch(question, name, metrics, parameters, sums[place] if is_summed else columns(read))


def _united(question: Question, branches: list[Branch]) -> str:
    """Return the rows of all branches; each brings its own values and its mark, nothing for the others'."""
    parts = [_branch_rows(question, branch, branches) for branch in branches]
    nothing = [f"NULL AS {quoted(name)}" for branch in branches for name in _columns_of(branch)]
    keys = [f"NULL AS {quoted(key)}" for key in question.keys]
    parts.append(select([*keys, "1 AS total", "0 AS slot", *nothing], ""))
    spine = _spine(question)
    if spine:
        parts.append(select([f"spine.bucket AS {quoted(question.keys[0])}", "0", "0", *nothing], spine))
    return union(parts)


def _branch_rows(question: Question, branch: Branch, branches: list[Branch]) -> str:
    columns = [*(quoted(key) for key in question.keys), "total", "slot"]
    for other in branches:
        if other is branch:
            columns += [*(quoted(value.name) for value in branch.values), f"1 AS {quoted(_mark(branch))}"]
        else:
            columns += [f"NULL AS {quoted(name)}" for name in _columns_of(other)]
    return select(columns, branch.name)


def _columns_of(branch: Branch) -> list[str]:
    return [*(value.name for value in branch.values), _mark(branch)]


def _mark(branch: Branch) -> str:
    return f"in_{branch.name}"


def _spine(question: Question) -> str:
    """Return every bucket of the period where time is the only cut, so that none is missing from the answer."""
    period = question.query.period
    if period is None or len(question.cuts) != 1 or question.cuts[0].grain is None:
        return ""
    cells = ", ".join(f"({day_literal(bucket.start)})" for bucket in period.buckets(question.cuts[0].grain))
    return f"(VALUES {cells}) AS spine(bucket)"


def _one_row(branches: list[Branch]) -> str:
    """Return the row of totals where nothing else is asked for: each branch of facts has exactly one."""
    values = [f"{branch.name}.{quoted(value.name)}" for branch in branches for value in branch.values]
    return select(["1 AS total", *values], "\nCROSS JOIN ".join(branch.name for branch in branches))


def _is_answer(question: Question, branch: Branch) -> bool:
    """Say whether a branch's own rows are the answer's: one period, no bucket to be added, nothing held or planned."""
    held = any(leaf.is_as_of for leaf in question.leaves)
    return bool(question.leaves) and not (held or question.earlier or _spine(question)) and bool(branch.values)


def _of_one_branch(question: Question, branch: Branch) -> str:
    """Return the rows of the only branch; GROUPING SETS gives its row of totals also where there are no rows."""
    values = [quoted(value.name) for value in branch.values]
    return select([*(quoted(key) for key in question.keys), "total", *values], branch.name)


def _answered(question: Question, branches: list[Branch]) -> str:
    """Return one row per key and one of totals; counts and sums of nothing are 0, in each slot."""
    keys = [quoted(key) for key in question.keys]
    values = [
        f"{_value(branch, value, slot, question)} AS {quoted(value.name + SUFFIXES[slot])}"
        for slot in question.slots
        for branch in branches
        for value in branch.values
    ]
    return select([*keys, "total", *values], "united", group=", ".join([*keys, "total"]))


def _value(branch: Branch, value: Value, slot: int, question: Question) -> str:
    of_slot = f"slot = {slot}" if question.earlier else ""
    found, rows = over_rows("max", quoted(value.name), of_slot), over_rows("count", quoted(_mark(branch)), of_slot)
    return f"CASE WHEN {rows} > 0 THEN {found} ELSE 0 END" if value.zero else found


def _final(question: Question, branches: list[Branch]) -> str:
    keys = [f"a.{quoted(key)}" for key in question.keys]
    names = [_member_name(cut) for cut in question.cuts if cut.dimension and cut.dimension.member]
    answers = [
        f"{sql} AS {quoted(name + SUFFIXES[slot])}"
        for wanted in question.wanted
        if not wanted.is_computed
        for slot in question.slots
        for name, sql in _answers(question, wanted, SUFFIXES[slot])
    ]
    hidden = [f"a.{quoted(v.name)}" for branch in branches for v in branch.values if v.name.endswith(NO_RATE)]
    source = "answered AS a" + "".join(_member_join(cut) for cut in question.cuts)
    return select([*keys, *names, "a.total", *answers, *hidden], source)


def _member_name(cut: Cut) -> str:
    return f"coalesce({_alias(cut)}.name, a.{quoted(cut.key)}) AS {quoted(cut.name)}"


def _alias(cut: Cut) -> str:
    return quoted(cut.name) if cut.name in WORDS_OF_SQL else cut.name


def _member_join(cut: Cut) -> str:
    member = cut.dimension.member if cut.dimension else None
    if member is None:
        return ""
    named = f"SELECT {member.key} AS id, min({member.name}) AS name FROM {member.table} GROUP BY {member.key}"
    return f"\nLEFT JOIN ({named}) AS {_alias(cut)} ON {_alias(cut)}.id = a.{quoted(cut.key)}"


def _answers(question: Question, wanted: Wanted, suffix: str) -> Iterator[tuple[str, str]]:
    """Return the columns of one name asked for, with what its interval needs."""
    measured = wanted.metric.name if wanted.part not in ("fact", "plan") else ""
    under = measured if is_set_against_a_plan(question.catalogue, wanted.metric) else ""
    fact = _fact(question, wanted.metric, suffix, under)
    if wanted.part == "fact":
        yield wanted.name, fact
        if question.query.intervals and not suffix:
            yield from _share(question, wanted.metric, suffix)
        return
    plan = f"a.{quoted(wanted.metric.name + (DUE if wanted.part == 'pace' else PLAN) + suffix)}"
    if wanted.part == "covered":
        yield wanted.name, f"CASE WHEN {plan} IS NOT NULL THEN {fact} END"
        return
    yield (
        wanted.name,
        plan if wanted.part == "plan" else f"100 * CAST({fact} AS DOUBLE) / nullif(CAST({plan} AS DOUBLE), 0)",
    )


def _share(question: Question, metric: Metric, suffix: str) -> Iterator[tuple[str, str]]:
    division = metric.formula.division() if metric.share and metric.formula else None
    if division:
        for formula, hidden in zip(division, (OF, AMONG), strict=True):
            yield metric.name + hidden, formula.sql(lambda name: _part(question, name, suffix))


def _fact(question: Question, metric: Metric, suffix: str, under: str = "") -> str:
    """Return the expression of a metric; `under`: only what the plan of this metric covers."""
    if metric.formula is None:
        return f"a.{quoted((covered_name(metric.name, under) if under else metric.name) + suffix)}"
    return metric.formula.sql(lambda name: _part(question, name, suffix, under))


def _part(question: Question, name: str, suffix: str, under: str = "") -> str:
    metric = question.catalogue.metrics[name]
    sql = _fact(question, metric, suffix, under)
    return f"({sql})" if metric.formula else sql
