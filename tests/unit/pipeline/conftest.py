"""A stream of deals that several files of tests load in their own ways."""

from typing import Any

from tests.company import CompanyFolder

DEALS: dict[str, Any] = {
    "into": "deals",
    "key": "no",
    "columns": {"deal_id": "no", "amount": "sum", "created_at": "made", "title": "name"},
}
"""How the columns no, name, sum and made of an export become deals."""


def deals(company: CompanyFolder) -> list[tuple[Any, ...]]:
    """Return the deals that a build would take: id, title, amount."""
    return company.staged("stg_deals", "deal_id title amount")
