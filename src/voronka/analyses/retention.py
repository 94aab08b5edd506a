"""How much of a portfolio is kept: of the accounts that paid in the period before, those that pay in this one.

By count every account is one; by revenue it weighs what it paid before. Which revenue is kept can be meant in three
ways: that of the accounts kept (`by_accounts`: what was lost is then the rest), what they still pay without what they
pay more (`gross`), and all that they pay now (`net`, which may be over 100).
"""

from collections.abc import Mapping, Sequence

from voronka.analyses.portfolio import over_accounts
from voronka.metrics.answer import Row
from voronka.metrics.query import Computed, Metrics, Number, Query

KEPT = {"by_accounts": "kept_start", "gross": "kept_least", "net": "portfolio_end"}
"""What of the revenue counts as kept, by the variant of retention_by_revenue."""

PARTS = {"retention_by_count": ("kept", "accounts"), "retention_top": ("top_kept", "top")}


def retention(names: Sequence[str], query: Query, metrics: Metrics) -> Computed:
    """Return the shares kept in percent; unknown where nobody paid before. QuestionError without a period."""
    variant = metrics.settled().metrics["retention_by_revenue"].variant or "by_accounts"
    parts = {**PARTS, "retention_by_revenue": (KEPT[variant], "portfolio_start")}

    def told(row: Row | None) -> Mapping[str, Number]:
        return {name: _percent(row, *parts[name]) for name in names}

    return over_accounts(names, query, metrics, told)


def _percent(row: Row | None, kept: str, among: str) -> float | None:
    whole = float(str(row[among])) if row else 0.0
    return 100 * float(str(row[kept])) / whole if row and whole > 0 else None
