from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from voronka.operations.database import Database
from voronka.operations.migrating import FOLDER
from voronka.operations.migrations import HEAD
from voronka.operations.tables import METADATA


def test_the_head_that_opening_looks_for_is_the_newest_step() -> None:
    assert ScriptDirectory(str(FOLDER)).get_heads() == [HEAD]


def test_the_steps_lead_to_the_tables_that_the_code_knows(tmp_path: Path) -> None:
    database = Database(tmp_path / "app.db")
    with database.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    database.close()
