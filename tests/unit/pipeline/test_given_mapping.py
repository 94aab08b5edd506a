"""The stream of a mapping that a person gives, and what repeated days of ad spend come to."""

from pathlib import Path

import pytest

from voronka.bootstrap import trial_place
from voronka.domain.errors import InputError, SettingsError
from voronka.pipeline.given_mapping import given_stream, said_repeats
from voronka.pipeline.previewing import Answer, Wish, mapping_to_keep, preview
from voronka.transform.restatements import Repeats
from voronka.transform.sources import Read

COLUMNS = {"no": "deal_id", "sum": "amount"}
SPEND = {"day": "day", "channel": "channel", "cost": "cost"}
HEAD = "day,channel,cost\n"
STATED_ANEW = HEAD + "2026-03-01,vk,100\n2026-03-01,avito,50\n2026-03-02,vk,70\n2026-03-01,vk,120\n"


def spend(folder: Path, text: str, repeats: Repeats = "", columns: dict[str, str] | None = SPEND) -> Answer:
    file = folder / "spend.csv"
    file.write_text(text, encoding="utf-8")
    with trial_place(str(folder)) as work:
        return preview(work, Wish(file, "ad_spend", columns, repeats=repeats))


def test_a_given_mapping_must_fit_the_table_and_the_file() -> None:
    read = Read()
    stream = given_stream({"No": "deal_id", "Sum": "amount"}, "deals", ["no", "sum", "x"], read)
    assert dict(stream.columns) == {"deal_id": "no", "amount": "sum"}
    for columns, into, fault, said in (
        (COLUMNS, "dels", SettingsError, "Did you mean deals"),
        ({"no": "deal"}, "deals", SettingsError, "deals has no column deal"),
        ({"no": "amount", "sum": "amount"}, "deals", SettingsError, "two columns: no, sum"),
        ({"nr": "deal_id"}, "deals", InputError, "no column `nr`"),
        ({}, "deals", SettingsError, "no column is mapped"),
    ):
        with pytest.raises(fault, match=said):
            given_stream(columns, into, ["no", "sum"], read)


def test_a_day_of_spend_that_few_rows_state_anew_counts_as_said_last(tmp_path: Path) -> None:
    for columns in (SPEND, None):
        found = spend(tmp_path, STATED_ANEW, columns=columns)
        assert (found.outcome, found.key) == ("accept_flag", ("day", "channel"))
        (flag,) = found.flags
        assert (flag.code, flag.rows, flag.first_rows) == ("restated_days", 2, (2, 5))
        assert "the last of them counts. If they are parts" in flag.message
        assert found.shown()["sums"] == {"cost": "240.00"}  # 120 instead of 100, and 50 and 70


def test_a_person_says_whether_days_add_up_or_the_last_counts(tmp_path: Path) -> None:
    added = spend(tmp_path, STATED_ANEW, "add")
    assert (added.key, [(flag.code, flag.rows) for flag in added.flags]) == ((), [("added_up", 2)])
    assert spend(tmp_path, STATED_ANEW, "add", None).key == ()
    assert added.sums == {"cost": "340.00"}  # 100 + 50 + 70 + 120
    assert spend(tmp_path, STATED_ANEW.replace("\n2026-03-02,vk,70", ""), "last", None).key == ("day", "channel")


def test_what_a_person_said_of_repeated_days_is_kept_with_the_mapping(tmp_path: Path) -> None:
    file = tmp_path / "spend.csv"
    file.write_text(STATED_ANEW, encoding="utf-8")
    with trial_place(str(tmp_path)) as work:
        kept = {
            repeats: mapping_to_keep(work, Wish(file, "ad_spend", SPEND, repeats=repeats)).key
            for repeats in ("", "add", "last")
        }
    assert kept == {"": ("day", "channel"), "add": None, "last": ("day", "channel")}


def test_of_days_stated_anew_the_newest_counts_where_a_column_says_when(tmp_path: Path) -> None:
    rows = "2026-03-01,vk,120,2026-03-09\n2026-03-01,vk,100,2026-03-02\n2026-03-02,vk,1,2026-03-03\n"
    text = f"day,channel,cost,updated\n{rows}"
    found = spend(tmp_path, text)
    assert found.columns["updated"] == "updated_at"
    assert "the newest by `updated_at` counts" in found.flags[0].message
    assert found.sums == {"cost": "121.00"}  # of 120, stated last, and 1


def test_what_is_said_of_repeats_is_one_of_two_words() -> None:
    assert said_repeats("last") == "last"
    with pytest.raises(SettingsError, match="are `add` or `last`, not sum"):
        said_repeats("sum")
