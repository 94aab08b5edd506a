"""A SQL file opens with its grain."""

import re

from tests.house.tree import PACKAGE, shown

GRAIN = re.compile(r"^-- (view: )?one row per \S.*$")


def test_every_sql_file_opens_with_its_grain() -> None:
    wrong = [shown(p) for p in sorted(PACKAGE.rglob("*.sql")) if not GRAIN.match(p.read_text("utf-8").split("\n")[0])]
    assert wrong == []
