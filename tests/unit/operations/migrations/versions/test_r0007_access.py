from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import inspect

from voronka.operations.database import Database
from voronka.operations.migrations.versions import r0007_access

TABLES = {"audit", "api_tokens", "setup_codes"}


def test_the_step_can_be_taken_back_and_again(tmp_path: Path) -> None:
    database = Database(tmp_path / "app.db")
    with database.write() as connection, Operations.context(MigrationContext.configure(connection)):
        r0007_access.downgrade()
        assert TABLES.isdisjoint(inspect(connection).get_table_names())
        assert "employee_id" not in {each["name"] for each in inspect(connection).get_columns("users")}
        r0007_access.upgrade()
        assert set(inspect(connection).get_table_names()) >= TABLES
    database.close()
