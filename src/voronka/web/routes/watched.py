"""What a machine that watches over the server asks for: counts and gauges in Prometheus' form."""

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse

from voronka.bootstrap import OpenCompany
from voronka.domain.access import Right
from voronka.domain.networks import is_within
from voronka.web.counts import KNOWN, Counts, Labels
from voronka.web.entry import address_of
from voronka.web.health import health_of
from voronka.web.visitor import CompanyNow, visitor

router = APIRouter()

FORM = "text/plain; version=0.0.4; charset=utf-8"


@router.get("/metrics", include_in_schema=False)
def metrics(request: Request, company: CompanyNow) -> PlainTextResponse:
    """Tell what the server does, to the stated addresses, and to whoever may see what is loaded."""
    if not is_within(address_of(request), company.settings.web.metrics_from):
        visitor(request).check(Right.DATA)
    counts: Counts = request.app.state.counts
    tell(request.app.state)
    return PlainTextResponse(counts.text(_gauges(company)), media_type=FORM, headers={"Cache-Control": "no-store"})


def tell(state: object) -> None:
    """Tell the other processes of the server what this one has counted."""
    rendered, news, counts = (getattr(state, name) for name in ("rendered", "news", "counts"))
    more: dict[tuple[str, Labels], float] = {
        (KNOWN, (("known", "yes"),)): rendered.hits,
        (KNOWN, (("known", "no"),)): rendered.misses,
        ("voronka_listening", ()): news.listening,
    }
    counts.tell(more)


def _gauges(company: OpenCompany) -> dict[tuple[str, Labels], float]:
    health = health_of(company)
    found: dict[tuple[str, Labels], float] = {("voronka_ready", ()): float(health.ready)}
    if not health.ready:
        return found
    if health.data_age_seconds is not None:
        found["voronka_build_age_seconds", ()] = health.data_age_seconds
    found["voronka_rows_aside", ()] = sum(load.rows_quarantined for load in company.loads() if load.is_active)
    jobs = [job.state for job in company.people.jobs.unended()]
    for state in ("waiting", "running"):
        found["voronka_jobs", (("state", state),)] = jobs.count(state)
    return found
