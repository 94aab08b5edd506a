"""Rows of a file, judged."""

from datetime import datetime
from pathlib import Path

import pytest

from voronka.bootstrap import trial_place
from voronka.domain.errors import InputError
from voronka.domain.flags import Flag
from voronka.pipeline.judging import Question, forget_judged, judge, refuse_all_aside, rows_aside
from voronka.pipeline.taking import Target, forget, read_options, take
from voronka.transform.sources import Source, Stream

COLUMNS = {"deal_id": "no", "amount": "sum"}
TEXT = "no,sum\n1,5\n2,many\n,7\n1,600\n3,700\n"


def test_rows_are_counted_by_reason_and_questions_are_asked_of_those_that_load(tmp_path: Path) -> None:
    file = tmp_path / "deals.csv"
    file.write_text(TEXT, encoding="utf-8")
    source = Source(source="crm", streams={"deals": Stream(path="-", into="deals", columns=COLUMNS)})
    questions = [Question("large", "an amount is large", "_v0 > 100"), Question("none", "never", "_v0 < 0")]
    with trial_place(str(tmp_path)) as work:
        batch = work.files.read(work.files.find(str(file))[0], read_options(), tmp_path / "work")
        incoming = take(work.session, batch, Target(source, "deals", "UTC", "", datetime.fromisoformat("2026-03-02")))
        judged = judge(work.session, incoming, questions)
        aside = rows_aside(work.session, incoming, 1)
        forget_judged(work.session)
        forget(work.session)
        left = work.session.rows("SELECT table_name FROM information_schema.tables")
    assert (judged.rows, judged.good, judged.keys, judged.aside, judged.unknown) == (5, 3, 2, 2, 1)
    assert [(reason, n) for reason, n, _ in judged.reasons] == [("bad_money", 1), ("missing_key", 1)]
    assert judged.flags == (Flag("large", "an amount is large", 2, (5, 6)),)
    assert [(row["row"], row["key"], row["reason"]) for row in aside] == [(3, "2", "bad_money")]
    assert left == []


@pytest.mark.parametrize(
    ("text", "is_refused"),
    [
        ("no,sum\n1,many\n2,some\n3,few\n", True),
        ("no,sum\n1,many\n2,some\n3,7\n", False),
        ("no,sum\n1,many\n,5\n3,few\n", False),
        ("no,sum\n1,many\n2,some\n", False),
        ("no,sum\n,1\n,2\n,3\n", True),
    ],
)
def test_a_file_of_which_no_row_loads_for_one_cause_is_refused(tmp_path: Path, text: str, *, is_refused: bool) -> None:
    file = tmp_path / "deals.csv"
    file.write_text(text, encoding="utf-8")
    source = Source(source="crm", streams={"deals": Stream(path="-", into="deals", columns=COLUMNS)})
    told = ""
    with trial_place(str(tmp_path)) as work:
        batch = work.files.read(work.files.find(str(file))[0], read_options(), tmp_path / "work")
        incoming = take(work.session, batch, Target(source, "deals", "UTC", "", datetime.fromisoformat("2026-03-02")))
        judged = judge(work.session, incoming)
        try:
            refuse_all_aside(work.session, incoming, judged)
        except InputError as refusal:
            told = str(refusal)
    assert told.startswith("deals.csv: none of the 3 rows can be loaded") == is_refused
    assert bool(told) == is_refused
