from dataclasses import replace
from datetime import timedelta

from voronka.bootstrap import OpenCompany
from voronka.web.health import health_of


def test_the_age_of_the_data_is_that_since_the_build_and_never_less_than_none(company: OpenCompany) -> None:
    now = company.clock()
    later = replace(company, clock=lambda: now + timedelta(hours=1))
    assert health_of(later).data_age_seconds == 3600
    earlier = replace(company, clock=lambda: now - timedelta(hours=5))
    assert health_of(earlier).data_age_seconds == 0
