"""Whose rows a person may see."""

from dataclasses import dataclass
from datetime import date, timedelta

ALWAYS_FROM = date(1900, 1, 1)
ALWAYS_TO = date(9999, 12, 31)


@dataclass(frozen=True, order=True)
class Span:
    """One employee's rows on company days [valid_from, valid_to)."""

    employee_id: str
    valid_from: date = ALWAYS_FROM
    valid_to: date = ALWAYS_TO


@dataclass(frozen=True)
class Scope:
    """Rows visible to the asker: all of them, or those of the spans (rows with no employee are then excluded).

    `unowned` opens the facts that have no employee at all (ad spend): for those who see everything, and for marketing.
    """

    all_rows: bool = False
    spans: tuple[Span, ...] = ()
    unowned: bool = False

    @classmethod
    def everything(cls) -> "Scope":
        """Return the scope of somebody who sees every row."""
        return cls(all_rows=True, unowned=True)

    @classmethod
    def of(cls, *employee_ids: str) -> "Scope":
        """Return the scope of these employees, at any time."""
        return cls(spans=tuple(Span(e) for e in sorted(set(employee_ids))))

    @property
    def sees_unowned(self) -> bool:
        """Say whether facts without an employee are visible."""
        return self.all_rows or self.unowned

    def sees(self, employee_id: str | None, day: date | None) -> bool:
        """Say whether a row of this employee on this day is visible; one without a day is where they always are."""
        if self.all_rows:
            return True
        when = ALWAYS_FROM if day is None else day
        until = ALWAYS_TO if day is None else day + timedelta(days=1)
        return any(s.employee_id == employee_id and s.valid_from <= when and until <= s.valid_to for s in self.spans)

    def key(self) -> str:
        """Return a text that is equal for equal scopes: a part of every cache key."""
        if self.all_rows:
            return "all"
        spans = ";".join(f"{s.employee_id}[{s.valid_from},{s.valid_to})" for s in sorted(self.spans))
        return f"unowned={self.unowned};{spans}"
