"""A view that somebody saved: a page with its period, cut and filters under a name."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class SavedView:
    """A view as its owner saved it; `address` is that of the page, times are UTC without a zone."""

    view_id: int
    user_id: int
    owner: str
    name: str
    address: str
    is_shared: bool
    made_at: datetime
    changed_at: datetime

    def is_changed_by(self, user_id: int, *, may_share: bool) -> bool:
        """Say whether somebody may change it: its owner, and whoever may share one that is shared."""
        return self.user_id == user_id or (self.is_shared and may_share)
