"""Who may see a company and what they brought: everything that app.db keeps, opened together."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Self

from voronka.operations import FILE

if TYPE_CHECKING:  # loaded where a company is opened for its people: other commands start without a database
    from voronka.operations.access import Access
    from voronka.operations.accounts import Accounts
    from voronka.operations.contests import Contests
    from voronka.operations.database import Database
    from voronka.operations.distinctions import Distinctions
    from voronka.operations.hypotheses import Hypotheses
    from voronka.operations.jobs import Jobs
    from voronka.operations.links import Links
    from voronka.operations.merges import Merges
    from voronka.operations.one_to_ones import OneToOnes
    from voronka.operations.plans import Plans
    from voronka.operations.saved_views import SavedViews
    from voronka.operations.sessions import Sessions
    from voronka.operations.staff import Staff
    from voronka.operations.uploads import Uploads


@dataclass(frozen=True)
class People:
    """Who may see a company and what they brought, as app.db knows it."""

    database: "Database"
    accounts: "Accounts"
    sessions: "Sessions"
    links: "Links"
    plans: "Plans"
    merges: "Merges"
    distinctions: "Distinctions"
    staff: "Staff"
    hypotheses: "Hypotheses"
    one_to_ones: "OneToOnes"
    saved_views: "SavedViews"
    contests: "Contests"
    uploads: "Uploads"
    jobs: "Jobs"
    access: "Access"

    @classmethod
    def of(cls, folder: Path, session_lasting: timedelta, clock: Callable[[], datetime]) -> Self:
        """Open a company's app.db, which is made where there is none; `clock` tells UTC without a zone."""
        from voronka.operations.access import Access  # noqa: PLC0415 - see above
        from voronka.operations.accounts import Accounts  # noqa: PLC0415
        from voronka.operations.contests import Contests  # noqa: PLC0415
        from voronka.operations.database import Database  # noqa: PLC0415
        from voronka.operations.distinctions import Distinctions  # noqa: PLC0415
        from voronka.operations.hypotheses import Hypotheses  # noqa: PLC0415
        from voronka.operations.jobs import Jobs  # noqa: PLC0415
        from voronka.operations.links import Links  # noqa: PLC0415
        from voronka.operations.merges import Merges  # noqa: PLC0415
        from voronka.operations.one_to_ones import OneToOnes  # noqa: PLC0415
        from voronka.operations.plans import Plans  # noqa: PLC0415
        from voronka.operations.saved_views import SavedViews  # noqa: PLC0415
        from voronka.operations.sessions import Sessions  # noqa: PLC0415
        from voronka.operations.staff import Staff  # noqa: PLC0415
        from voronka.operations.uploads import Uploads  # noqa: PLC0415

        database = Database(folder / FILE)
        accounts, links = Accounts(database, clock), Links(database, clock)
        return cls(
            database=database,
            accounts=accounts,
            sessions=Sessions(database, clock, session_lasting),
            links=links,
            plans=Plans(database, clock),
            merges=Merges(database, clock),
            distinctions=Distinctions(database, clock),
            staff=Staff(database, clock),
            hypotheses=Hypotheses(database, clock),
            one_to_ones=OneToOnes(database, clock),
            saved_views=SavedViews(database, clock),
            contests=Contests(database, clock),
            uploads=Uploads(database, clock),
            jobs=Jobs(database, clock),
            access=Access.of(database, accounts, links, clock),
        )
