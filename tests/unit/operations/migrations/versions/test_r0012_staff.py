from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import inspect

from voronka.operations.database import Database
from voronka.operations.migrations.versions import r0012_staff


def test_the_step_can_be_taken_back_and_again(tmp_path: Path) -> None:
    database = Database(tmp_path / "app.db")
    with database.write() as connection, Operations.context(MigrationContext.configure(connection)):
        r0012_staff.downgrade()
        assert "staff_entries" not in inspect(connection).get_table_names()
        r0012_staff.upgrade()
        assert "staff_entries" in inspect(connection).get_table_names()
    database.close()
