"""What became of loads, in both languages."""

import pytest

from voronka.cli.load_printing import print_outcomes
from voronka.domain.errors import InputError
from voronka.domain.flags import Flag
from voronka.pipeline.importing import Outcome

LOADED = Outcome(
    "crm.deals",
    ("d.csv",),
    "loaded",
    load_id="ab",
    rows_read=12,
    assumed=("Дата",),
    reasons=(("bad_money", 2, "Сумма: not an amount of money: много"),),
    flags=(Flag("closed_before_created", "`won` lies before `made`", 1), Flag("no_rows", "the file is empty")),
)
REFUSED = Outcome("crm.calls", ("c.csv",), "refused", error=InputError("the file is empty", where="c.csv", do="Look"))
TRIED = Outcome(
    "crm.deals",
    ("d.csv",),
    "would be loaded",
    reading={"encoding": "utf-8", "encoding_reason": "the whole file is valid UTF-8", "header_row": "1"},
    columns={"Сумма": "money"},
)


def test_a_load_is_told_in_russian_with_what_is_aside_and_what_is_doubtful(capsys: pytest.CaptureFixture[str]) -> None:
    print_outcomes([LOADED, REFUSED], "table", "ru", dry_run=False)
    assert capsys.readouterr().err.splitlines() == [
        "crm.deals: отложено строк: 2, bad_money: не сумма — Сумма: много",
        "crm.deals: closed_before_created: `won` раньше, чем `made` (строк: 1)",
        "crm.deals: no_rows: файл пуст",
        (
            "crm.deals: день первым принят в `Дата`: по файлу не видно. Если первым идёт месяц, скажите это в потоке "
            'источника crm: `read: { dates: "%m/%d/%Y" }`, со знаками вашего файла.'
        ),
        "voronka: c.csv: файл пуст. Look.",
    ]


def test_and_in_english(capsys: pytest.CaptureFixture[str]) -> None:
    print_outcomes([LOADED, REFUSED], "table", "en", dry_run=False)
    assert capsys.readouterr().err.splitlines() == [
        "crm.deals: 2 rows put aside, bad_money: Сумма: not an amount of money: много",
        "crm.deals: closed_before_created: `won` lies before `made` (1 rows)",
        "crm.deals: no_rows: the file is empty",
        (
            "crm.deals: day first was assumed in `Дата`: nothing tells. Where the month comes first, say so in the "
            'stream of the source crm: `read: { dates: "%m/%d/%Y" }`, with the marks of your file.'
        ),
        "voronka: c.csv: the file is empty. Look.",
    ]


def test_a_trial_says_how_the_file_was_read(capsys: pytest.CaptureFixture[str]) -> None:
    print_outcomes([TRIED], "table", "ru", dry_run=True)
    assert capsys.readouterr().err.splitlines() == [
        "",
        "crm.deals, d.csv",
        "прочитан как: кодировка utf-8 (весь файл — правильный UTF-8); заголовок в строке 1",
        "  Сумма: сумма",
    ]
