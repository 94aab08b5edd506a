from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from voronka.domain.errors import DefinitionError, SettingsError
from voronka.lake.memory_engine import MemoryEngine
from voronka.metrics.definition import Choice
from voronka.metrics.query import Computation
from voronka.pipeline.defining import KEPT, LOOK_SECONDS, LiveDefinitions, OwnDefinitions

MORNING = datetime(2026, 3, 2, 9, 30)  # noqa: DTZ001 - a local time
NOON = datetime(2026, 3, 2, 12)  # noqa: DTZ001 - a local time
GOOD = "metrics:\n  everything_sent: { title: { ru: Касания, en: Touches }, formula: calls + emails_sent }\n"
BROKEN = GOOD.replace("emails_sent", "email_sent")
SAID = "metrics/own.yml:2: Unknown metric: email_sent. Did you mean emails_sent"


def write(folder: Path, text: str, name: str = "own.yml") -> None:
    (folder / "metrics").mkdir(exist_ok=True)
    (folder / "metrics" / name).write_text(text, encoding="utf-8")


def own(folder: Path, **choices: Choice) -> OwnDefinitions:
    return OwnDefinitions(folder, choices, {})


def test_own_metrics_are_in_force_beside_the_built_in_ones(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    found = own(tmp_path).in_force(MORNING)
    assert (found.metric("everything_sent").title.ru, found.notice) == ("Касания", "")
    assert "calls" in found.names


def test_the_last_good_ones_hold_while_a_file_is_broken_and_it_is_said_why(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    good = own(tmp_path).in_force(MORNING)
    write(tmp_path, BROKEN)
    found = own(tmp_path).in_force(NOON)
    assert found.metric("everything_sent").text == "calls + emails_sent"
    assert found.notice.startswith(SAID)
    assert found.notice.endswith("Until it is mended, the definitions of 2026-03-02 09:30 hold")
    assert found.fingerprint == good.fingerprint
    write(tmp_path, GOOD)
    assert own(tmp_path).in_force(NOON).notice == ""


def test_a_broken_file_is_refused_where_nothing_good_came_before(tmp_path: Path) -> None:
    write(tmp_path, BROKEN)
    with pytest.raises(DefinitionError, match=r"own\.yml:2: Unknown metric: email_sent"):
        own(tmp_path).in_force(MORNING)
    assert not (tmp_path / KEPT).exists()


def test_the_first_own_file_may_be_broken_too(tmp_path: Path) -> None:
    own(tmp_path).in_force(MORNING)
    write(tmp_path, BROKEN)
    found = own(tmp_path).in_force(NOON)
    assert "everything_sent" not in found.names
    assert found.notice.startswith(SAID)


def test_a_file_that_is_not_text_is_told_as_well(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    own(tmp_path).in_force(MORNING)
    (tmp_path / "metrics" / "own.yml").write_bytes("название".encode("utf-16"))
    assert "not in UTF-8" in own(tmp_path).in_force(NOON).notice
    with pytest.raises(SettingsError):
        own(tmp_path).checked()


EXAMPLE = """
examples:
  - name: Two calls and a letter
    given:
      fct_calls: |
        call_id | started_at
        1       | 2026-03-02 10:00
        2       | 2026-03-02 11:00
      fct_emails: |
        activity_id | direction | started_at
        3           | out       | 2026-03-02 12:00
    expect: |
      everything_sent
      3
"""


def nothing(_settings: Mapping[str, object], _clock: Callable[[], datetime]) -> Mapping[str, Computation]:
    return {}


def test_the_companys_worked_examples_are_worked_out(tmp_path: Path) -> None:
    assert own(tmp_path).example_faults(MemoryEngine, nothing) == (0, [])
    write(tmp_path, GOOD + EXAMPLE)
    assert own(tmp_path).example_faults(MemoryEngine, nothing) == (1, [])
    write(tmp_path, GOOD.replace("calls +", "2 * calls +") + EXAMPLE)
    count, faults = own(tmp_path).example_faults(MemoryEngine, nothing)
    assert (count, len(faults)) == (1, 1)
    assert faults[0].startswith("metrics/own.yml:5: Two calls and a letter: everything_sent is 5, expected 3")


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ("fct_cals", "fct_calls", "Unknown table: fct_cals. Did you mean fct_calls"),
        ("2026-03-33 10:00", "2026-03-02 10:00", "The given rows cannot be read: Conversion Error"),
        ("everything_sen\n", "everything_sent\n", "Unknown metric: everything_sen. Did you mean everything_sent"),
    ],
)
def test_an_example_that_cannot_be_asked_is_told_and_the_others_go_on(
    tmp_path: Path, wrong: str, right: str, said: str
) -> None:
    both = EXAMPLE + EXAMPLE.partition("examples:\n")[2].replace(right, wrong).replace("Two calls", "Wrong calls")
    write(tmp_path, GOOD + both)
    count, (fault,) = own(tmp_path).example_faults(MemoryEngine, nothing)
    assert count == 2
    assert fault.startswith(f"metrics/own.yml:17: Wrong calls and a letter: {said}")


def test_an_example_stands_on_the_variants_chosen_and_on_its_own_over_them(tmp_path: Path) -> None:
    lines = (
        "fct_deals: |\n        deal_id | closed_at | outcome | accepted_at\n        1 | 2026-03-02 | won | 2026-03-01"
    )
    more = "\n        2 | 2026-03-02 | lost |"
    text = (
        "metrics:\n  twice: { title: { ru: Вдвое, en: Twice }, unit: percent, formula: 2 * win_rate }\n"
        "examples:\n  - name: A\n    variants: { win_rate: by_count }\n"
        f"    given:\n      {lines}{more}\n    expect: |\n      twice\n      100\n"
    )
    write(tmp_path, text)
    chosen = own(tmp_path, win_rate=Choice("from_accepted"))
    assert chosen.example_faults(MemoryEngine, nothing) == (1, [])
    write(tmp_path, text.replace("    variants: { win_rate: by_count }\n", ""))
    assert len(chosen.example_faults(MemoryEngine, nothing)[1]) == 1
    write(tmp_path, text.replace("by_count", "by_cont"))
    assert "metrics/own.yml:4: A: `variants.win_rate`: win_rate has no variant by_cont. Did you mean by_count" in str(
        chosen.example_faults(MemoryEngine, nothing)[1]
    )


def test_a_variant_that_a_file_no_longer_has_leaves_the_one_before_in_force(tmp_path: Path) -> None:
    since = Choice("from_accepted", date(2026, 1, 1))
    assert own(tmp_path, win_rate=since).in_force(MORNING).metric("win_rate").since == date(2026, 1, 1)
    found = own(tmp_path, win_rate=Choice("from_handed")).in_force(NOON)
    assert (found.metric("win_rate").variant, found.metric("win_rate").since) == ("from_accepted", date(2026, 1, 1))
    assert "voronka.toml: `variants.win_rate`: win_rate has no variant from_handed" in found.notice


def test_checking_says_what_is_wrong_though_good_ones_are_kept(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    assert own(tmp_path).checked().metric("everything_sent").name == "everything_sent"
    own(tmp_path).in_force(MORNING)
    write(tmp_path, BROKEN)
    with pytest.raises(DefinitionError, match="Did you mean emails_sent"):
        own(tmp_path).checked()


@pytest.mark.parametrize("kept", ["", "[]", "{", '["2026", {}, [["metrics/own.yml", "metrics: 1"]]]'])
def test_a_damaged_store_of_good_ones_is_as_none(tmp_path: Path, kept: str) -> None:
    (tmp_path / KEPT).parent.mkdir()
    (tmp_path / KEPT).write_text(kept, encoding="utf-8")
    write(tmp_path, BROKEN)
    with pytest.raises(DefinitionError, match=r"own\.yml:2"):
        own(tmp_path).in_force(MORNING)


def test_what_is_kept_is_not_written_again_while_it_is_the_same(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    own(tmp_path).in_force(MORNING)
    before = (tmp_path / KEPT).read_bytes()
    own(tmp_path).in_force(NOON)
    assert (tmp_path / KEPT).read_bytes() == before
    assert [path.name for path in (tmp_path / KEPT).parent.iterdir()] == [KEPT.name]


class Clock:
    """Seconds that pass only when told to."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        """Return the seconds passed."""
        return self.seconds


def test_a_running_server_takes_over_changed_files_and_keeps_the_good_ones(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    clock = Clock()
    live = LiveDefinitions(own(tmp_path), lambda: MORNING + timedelta(seconds=clock.seconds), clock)
    first = live.now()
    write(tmp_path, GOOD.replace("Касания", "Контакты"))
    assert live.now() is first, "it has looked less than a second ago"
    clock.seconds += LOOK_SECONDS
    assert live.now().metric("everything_sent").title.ru == "Контакты"
    write(tmp_path, BROKEN)
    clock.seconds += LOOK_SECONDS
    assert live.now().metric("everything_sent").title.ru == "Контакты"
    assert live.now().notice.startswith(SAID)
    (tmp_path / "metrics" / "own.yml").unlink()
    clock.seconds += LOOK_SECONDS
    assert "everything_sent" not in live.now().names
    assert live.now().notice == ""


def test_a_server_keeps_what_it_has_where_nothing_could_be_written(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    (tmp_path / KEPT.parent).write_text("no folder", encoding="utf-8")
    clock = Clock()
    live = LiveDefinitions(own(tmp_path), lambda: MORNING, clock)
    write(tmp_path, BROKEN)
    clock.seconds += LOOK_SECONDS
    assert "everything_sent" in live.now().names
    assert live.now().notice.startswith(SAID)
