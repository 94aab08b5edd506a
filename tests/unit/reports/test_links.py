import pytest

from voronka.reports.links import RecordLinks
from voronka.transform.sources import Source


def source(name: str, urls: dict[str, str], id_space: str | None = None) -> Source:
    return Source.model_validate({"source": name, "id_space": id_space, "urls": urls, "streams": {}})


LINKS = RecordLinks.of(
    [
        source("amo", {"deal": "https://crm.example.com/deals/{id}?tab=1"}, id_space="crm"),
        source("late", {"deal": "https://other.example.com/{id}", "lead": "https://other.example.com/l/{id}"}, "crm"),
        source("pbx", {"call": "http://pbx.example.com/#{id}"}),
    ]
)


def test_a_record_is_found_by_the_space_of_its_id_and_what_it_is() -> None:
    assert LINKS.open("deal", "crm:17") == "https://crm.example.com/deals/17?tab=1"
    assert LINKS.open("lead", "crm:17") == "https://other.example.com/l/17"
    assert LINKS.open("call", "pbx:call:17") == "http://pbx.example.com/#17"
    assert LINKS.open("deal", "crm:deal:17") == "https://crm.example.com/deals/deal%3A17?tab=1"


@pytest.mark.parametrize("key", ["pbx:17", "17", "crm:", "", None])
def test_a_record_of_no_known_page_is_not_opened(key: str | None) -> None:
    assert LINKS.open("deal", key) is None


def test_an_id_cannot_leave_its_place_in_the_address() -> None:
    assert LINKS.open("deal", "crm:a/../b?x=1#y z:ж") == (
        "https://crm.example.com/deals/a%2F..%2Fb%3Fx%3D1%23y%20z%3A%D0%B6?tab=1"
    )


def test_a_records_own_address_comes_first_where_it_is_one() -> None:
    assert LINKS.open("deal", "crm:17", " https://mail.example.com/m/5?a=b ") == "https://mail.example.com/m/5?a=b"
    assert LINKS.open("meeting", "zoom:1", "HTTP://zoom.example.com/1") == "HTTP://zoom.example.com/1"


@pytest.mark.parametrize(
    "own", ["javascript:alert(1)", "crm.example.com/1", "https://", 'https://a.example/"onclick=', "", None, 7]
)
def test_what_is_no_web_address_is_not_opened(own: object) -> None:
    assert LINKS.open("deal", "crm:17", own) == "https://crm.example.com/deals/17?tab=1"
    assert LINKS.open("meeting", "crm:17", own) is None
