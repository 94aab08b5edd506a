from datetime import date, datetime

import pytest

from tests.metrics.memory_engine import metrics_over
from tests.unit.reports.test_board import FRIDAY, NOW, SETTINGS, WEEKS, lake
from voronka.domain.contests import Contest, Wished
from voronka.domain.errors import QuestionError
from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.reports.board import BoardAsked
from voronka.reports.board_files import board_file, contest_file
from voronka.reports.contests import Contested
from voronka.reports.legend import Made
from voronka.reports.page import Frame, PageAsked

AT = datetime(2026, 3, 1, 9, 0)  # noqa: DTZ001 - UTC without a zone
ALL = BoardAsked(sight=Scope.everything())


def frame() -> Frame:
    return Frame(metrics_over(lake(), FRIDAY), PageAsked(period=WEEKS), Scope.everything(), NOW, SETTINGS)


def test_a_list_goes_out_by_place_with_its_total() -> None:
    file = board_file(frame(), ALL, "places:ae:deals_won", "en")
    lines = file.csv().written().decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Place,Employee,Team,")
    assert lines[1].startswith("1,Anna,West,2,")
    assert lines[-1].startswith("Total,")
    assert file.file_name("csv").startswith("Board ")
    assert file.xlsx(Made("Company", NOW)).written()[:2] == b"PK"


def test_a_list_that_there_is_not_is_refused() -> None:
    with pytest.raises(QuestionError, match="the board has no list boards"):
        board_file(frame(), ALL, "boards", "en").csv()


def test_a_contest_goes_out_with_its_places() -> None:
    period = Period(date(2026, 3, 2), date(2026, 3, 12))
    held = Contest(5, Wished("Марафон", "Торт", "revenue", period), "Ольга", AT, AT)
    file = contest_file(frame(), Contested(frame().metrics, held), "ru")
    lines = file.csv().written().decode("utf-8-sig").splitlines()
    assert lines[1].startswith("1;Boris;West;900,00")
    assert file.file_name("csv").startswith("Конкурс Марафон")
