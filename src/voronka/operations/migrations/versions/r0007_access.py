"""Whose eyes a user sees with, where sessions come from, tokens of programs, the first user's code, the audit log."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

KEPT = ("UPDATE", "DELETE")
"""What is refused of the audit log."""


def upgrade() -> None:
    """Add the columns and the tables, and close the audit log to all but additions."""
    for table, columns in ADDED.items():
        for name in columns:
            op.add_column(table, sa.Column(name, sa.String))
    op.create_index("users_email", "users", ["email"], unique=True)
    op.create_table(
        "api_tokens",
        sa.Column("token_id", sa.Integer, primary_key=True),
        sa.Column("token_sha256", sa.String, nullable=False, unique=True),
        sa.Column(
            "user_id", sa.Integer, sa.ForeignKey("users.user_id", ondelete="CASCADE"), nullable=False, index=True
        ),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("reach", sa.String, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("expires_at", sa.DateTime, nullable=False),
        sa.Column("seen_at", sa.DateTime),
        sa.Column("revoked_at", sa.DateTime),
    )
    op.create_table(
        "setup_codes",
        sa.Column("code_sha256", sa.String, primary_key=True),
        sa.Column("created_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "audit",
        sa.Column("audit_id", sa.Integer, primary_key=True),
        sa.Column("at", sa.DateTime, nullable=False, index=True),
        sa.Column("action", sa.String, nullable=False),
        sa.Column("user_id", sa.Integer),
        sa.Column("user", sa.String, nullable=False),
        sa.Column("what", sa.String, nullable=False),
        sa.Column("address", sa.String, nullable=False),
        sqlite_autoincrement=True,
    )
    for what in KEPT:
        told = "the audit log is only added to"
        op.execute(
            f"CREATE TRIGGER audit_no_{what.lower()} BEFORE {what} ON audit BEGIN SELECT RAISE(ABORT, '{told}'); END"
        )


ADDED = {"users": ("employee_id", "email"), "sessions": ("address", "agent", "as_role", "as_employee_id")}


def downgrade() -> None:
    """Drop the tables and the columns."""
    for table in ("audit", "setup_codes", "api_tokens"):
        op.drop_table(table)
    op.drop_index("users_email", "users")
    for table, columns in ADDED.items():
        for name in columns:
            op.drop_column(table, name)
