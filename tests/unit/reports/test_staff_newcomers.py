"""By what sources will know somebody who is added here; what is refused is tested with the routes."""

from typing import Any, cast

import pytest

from tests.unit.reports.test_staff_pasted import person
from voronka.domain.errors import QuestionError
from voronka.reports.staff import Department
from voronka.reports.staff_newcomers import Known, check_name, read_known


class _Known:
    """A department of Anna, known to the CRM as 1."""

    def __init__(self) -> None:
        self.people = {"crm:1": person("crm:1", "Анна Белова")}


DEPARTMENT = cast("Department", cast("Any", _Known()))


def test_a_bare_id_is_one_of_the_only_source_that_has_ids() -> None:
    assert read_known(Known(same_as="7"), DEPARTMENT, "RU").same_as == "crm:7"
    assert read_known(Known(same_as="pbx:7"), DEPARTMENT, "RU").same_as == "pbx:7"


def test_what_is_typed_is_kept_as_sources_write_it() -> None:
    typed = Known(" Lena@X.ru ", "8 (912) 345-67-89", " 204 ", "")
    assert read_known(typed, DEPARTMENT, "RU") == Known("lena@x.ru", "+79123456789", "204", None)
    assert read_known(Known("", "", "", ""), DEPARTMENT, "RU") == Known()


def test_two_people_of_one_name_are_not_added() -> None:
    with pytest.raises(QuestionError, match="there is somebody named АННА Белова already"):
        check_name("АННА Белова", DEPARTMENT)
    check_name("Анна Белова", DEPARTMENT, own="crm:1")
