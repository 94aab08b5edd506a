"""The path of another process: against steps as typed, its funnel, and as many cases behind each figure as it says."""

import pytest

from tests.reports.processes import metrics_of_processes
from voronka.domain.errors import QuestionError
from voronka.domain.scope import Scope
from voronka.reports.log_path import LogAsked, LogBehind, LogPath, cases_of_log, log_path, said_of
from voronka.reports.path_behind import Behind

MODEL = ("open", "take", "close")


def found(*model: str, **more: object) -> LogPath:
    asked = LogAsked("desk", model, **more)  # type: ignore[arg-type]
    return log_path(metrics_of_processes(), Scope.everything(), asked)


def cases(made: LogPath, behind: LogBehind) -> list[str]:
    told = cases_of_log(made, behind)
    return [case for case, is_told in zip(made.kept.log.cases, told, strict=True) if is_told]


def test_without_steps_nothing_is_held_against_the_process() -> None:
    made = found()
    assert (made.path.map.cases, made.path.variants.count, made.kept.without) == (4, 4, 1)
    assert (made.held, made.walked) == (None, None)
    headline, more = said_of(made)
    assert (headline.kind, dict(headline.values)) == ("ways", {"count": 4, "ways": "4", "share": 25})
    # two times a day from open to take, one of ten days from open to close, 2 + 1 + 2 of the others
    assert [(each.values["source"], each.values["target"]) for each in more] == [("open", "close")]


def test_cases_are_held_against_steps_as_they_are_typed() -> None:
    made = found(*MODEL)
    assert cases(made, LogBehind(Behind(as_meant=True))) == ["1"]
    assert cases(made, LogBehind(Behind(deviation="skipped", step="take"))) == ["2", "4"]
    assert cases(made, LogBehind(Behind(deviation="outside", step="wait"))) == ["3"]
    headline, _ = said_of(made)
    assert dict(headline.values) == {"count": 4, "per_hundred": 25, "conforming": 1}
    # what is open still may end behind any step, and waiting may be a way out
    assert cases(found(*MODEL, may_stop=True), LogBehind(Behind(as_meant=True))) == ["1", "4"]


def test_the_same_steps_are_a_funnel() -> None:
    made = found(*MODEL)
    assert cases(made, LogBehind(stop="reached", place=0)) == ["1", "2", "3", "4"]
    assert cases(made, LogBehind(stop="reached", place=2)) == ["1", "3"]
    assert cases(made, LogBehind(stop="dropped", place=0)) == ["2", "4"]
    assert cases(found(*MODEL, window="3d"), LogBehind(stop="reached", place=2)) == ["1"]
    assert cases(made, LogBehind(Behind(source="take", target="close"))) == ["1"]


def test_what_the_process_has_not_is_told() -> None:
    with pytest.raises(QuestionError, match=r"the log has no step tak\. Did you mean take\?"):
        found("open", "tak")
    with pytest.raises(QuestionError, match="no length of time"):
        found(*MODEL, window="soon")
    with pytest.raises(QuestionError, match="no such step of the funnel"):
        cases(found(*MODEL), LogBehind(stop="reached", place=3))
    with pytest.raises(QuestionError, match="no such step of the funnel"):
        cases(found(), LogBehind(stop="reached"))
    with pytest.raises(QuestionError, match="nobody's own"):
        log_path(metrics_of_processes(), Scope.of("crm:1"), LogAsked("desk"))
