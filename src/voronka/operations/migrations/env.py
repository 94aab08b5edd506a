"""Runs the steps on the connection that the opener holds; its transaction is the opener's."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
