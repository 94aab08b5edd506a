"""The rows of a fact that a question is about, and each row's place in its cuts: for analyses that look at rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from voronka.domain.errors import QuestionError, did_you_mean
from voronka.domain.model import tables
from voronka.domain.period import GRAINS, Grain, bucket_label, bucket_start
from voronka.domain.scope import Scope
from voronka.metrics.answer import Values, columns_of, records
from voronka.metrics.dimensions import DIMENSIONS, OWNER_COLUMNS, Dimension, Member, dimension_of
from voronka.metrics.query import Metrics
from voronka.metrics.question import Filter, Query
from voronka.metrics.rowsource import TRUE_WORDS, timed_value


@dataclass(frozen=True)
class CutRows:
    """Reads rows of one fact for a computed metric; the times of its cuts are those of one axis."""

    metric: str
    fact: str
    axis: str
    where: dict[str, list[object]] = field(default_factory=dict)
    """What rows have to hold whatever is asked: column -> values."""

    def check(self, query: Query) -> None:
        """Raise QuestionError where whose the rows are now is asked by one who sees only a part of them.

        Metrics.rows shows a limited scope the rows of who owned them then; those owned now would be a part of them.
        """
        if query.owner == "now" and not query.scope.all_rows:
            message = f"{self.metric} by who owns the records now is for those who see the whole company's rows"
            raise QuestionError(message, do="Ask by who owned them then")

    def rows(self, query: Query, metrics: Metrics, columns: Sequence[str]) -> Values:
        """Return these columns, and those of the cuts, of the rows of the query's period, filters and scope."""
        day = f"{self.axis}_day"
        cuts = [self._read(name, query) for name in query.by]
        asked = tuple(dict.fromkeys((*columns, *cuts)))
        where = dict(self.where)
        weekdays: list[set[object]] = []
        for each in query.where:
            if each.dimension == "weekday":
                weekdays.append(self._values(each, metrics))
                asked = tuple(dict.fromkeys((*asked, day)))
            else:
                column = self._column(self._dimension(each.dimension), query)
                values = self._values(each, metrics)
                where[column] = [value for value in values if value in where.get(column, values)]
        found = columns_of(metrics.rows(self.fact, query.scope, where, asked, period=query.period, axis=self.axis))
        if not weekdays:
            return found
        kept = [all(_weekday(on) in values for values in weekdays) for on in found[day]]
        return {
            name: [value for value, is_kept in zip(values, kept, strict=True) if is_kept]
            for name, values in found.items()
        }

    def keys(self, query: Query, rows: Values) -> list[tuple[object, ...]]:
        """Return each row's place in the query's cuts: ids or values of dimensions, buckets of time as written."""
        places = [self._places(name, query, rows) for name in dict.fromkeys(query.by)]
        return list(zip(*places, strict=True))

    def _places(self, name: str, query: Query, rows: Values) -> list[object]:
        column = self._read(name, query)
        grain: Grain | None = next((each for each in GRAINS if each == name), None)
        if grain is None and name != "weekday":
            return rows[column]
        days = set(rows[column])
        written = {day: _weekday(day) if grain is None else _bucket(day, grain) for day in days}
        return [written[day] for day in rows[column]]

    def _read(self, name: str, query: Query) -> str:
        """Return the column that a cut is told by."""
        if name in GRAINS or name == "weekday":
            return f"{self.axis}_day"
        return self._column(self._dimension(name), query)

    def _dimension(self, name: str) -> Dimension:
        found = dimension_of(name, self.fact)
        if found is None:
            known = [each for each in DIMENSIONS if dimension_of(each, self.fact)]
            raise QuestionError(f"{self.metric} cannot be cut by {name}", do=did_you_mean(name, known))
        return found

    def _column(self, dimension: Dimension, query: Query) -> str:
        """Return the column of a dimension; the owner's ones are of then or of now, a role is always of then."""
        if dimension.timed:
            return f"{self.axis}_hour"
        if not dimension.owned:
            return dimension.column
        part = OWNER_COLUMNS[dimension.name]
        has_present = part in {column.name for column in tables()[self.fact].columns}
        return part if query.owner == "now" and has_present else f"{self.axis}_{part}"

    def _values(self, filter_: Filter, metrics: Metrics) -> set[object]:
        """Return what a column may hold to pass the filter: ids of members, truth, or the values as written."""
        dimension = self._dimension(filter_.dimension)
        given = {value for value in filter_.values if value is not None}
        missing = {None} if None in filter_.values else set()
        if dimension.timed:
            return {*(timed_value(dimension, value) for value in given), *missing}
        if dimension.member:
            return {*_ids(dimension.member, given, metrics), *missing}
        kinds = {column.name: column.type for column in tables()[self.fact].columns}
        if kinds.get(dimension.column) == "BOOLEAN":
            return {*(value.lower() in TRUE_WORDS for value in given), *missing}
        return {*given, *missing}


def _ids(member: Member, given: set[str], metrics: Metrics) -> set[str]:
    """Return the ids of the members with these ids or names.

    Names are looked up among all, as `Metrics.query` does: they only choose among rows that are in scope already.
    """
    names = {value.lower() for value in given}
    found = records(metrics.rows(member.table, Scope.everything(), columns=(member.key, member.name)))
    return {str(row[member.key]) for row in found if row[member.key] in given or str(row[member.name]).lower() in names}


def _weekday(day: object) -> int | None:
    return day.isoweekday() if isinstance(day, date) else None


def _bucket(day: object, grain: Grain) -> str | None:
    return bucket_label(bucket_start(day, grain), grain) if isinstance(day, date) else None
