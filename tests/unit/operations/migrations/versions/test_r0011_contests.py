from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import inspect

from voronka.operations.database import Database
from voronka.operations.migrations.versions import r0011_contests


def test_the_step_can_be_taken_back_and_again(tmp_path: Path) -> None:
    database = Database(tmp_path / "app.db")
    with database.write() as connection, Operations.context(MigrationContext.configure(connection)):
        r0011_contests.downgrade()
        assert "contests" not in inspect(connection).get_table_names()
        r0011_contests.upgrade()
        assert "contests" in inspect(connection).get_table_names()
    database.close()
