"""Whether the server lives and can answer: for whoever watches it, so nothing in it is about anybody."""

import logging
from datetime import datetime

from pydantic import BaseModel

from voronka.bootstrap import OpenCompany
from voronka.domain.errors import VoronkaError

log = logging.getLogger("voronka.web")


class Health(BaseModel):
    """How a server is: it lives if it answers at all, and is ready where accounts and figures can be read.

    `data_version` is empty before the first build; `data_age_seconds` are those since the last one, null before it.
    """

    live: bool = True
    ready: bool
    data_version: str
    built_at: datetime | None
    data_age_seconds: float | None


def health_of(company: OpenCompany) -> Health:
    """Return how a company's server is; what is wrong stands in the log, not in the answer."""
    try:
        company.people.database.check()
        version, built = company.data_version(), company.built_at()
    except (VoronkaError, OSError) as fault:
        log.warning("Not ready: %s", fault)
        return Health(ready=False, data_version="", built_at=None, data_age_seconds=None)
    age = None if built is None else max((company.clock() - built).total_seconds(), 0.0)
    return Health(ready=True, data_version=version, built_at=built, data_age_seconds=age)
