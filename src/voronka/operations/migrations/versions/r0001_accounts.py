"""Users, their sessions and one-time links."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the three tables."""
    op.create_table(
        "users",
        sa.Column("user_id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("name_key", sa.String, nullable=False, unique=True),
        sa.Column("password_hash", sa.String),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("is_active", sa.Boolean, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "sessions",
        sa.Column("token_sha256", sa.String, primary_key=True),
        sa.Column("user_id", sa.Integer, _of_user(), nullable=False, index=True),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("seen_at", sa.DateTime, nullable=False),
        sa.Column("expires_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "links",
        sa.Column("token_sha256", sa.String, primary_key=True),
        sa.Column("purpose", sa.String, nullable=False),
        sa.Column("user_id", sa.Integer, _of_user(), nullable=False, index=True),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("expires_at", sa.DateTime, nullable=False),
        sa.Column("used_at", sa.DateTime),
    )


def downgrade() -> None:
    """Drop the three tables."""
    for table in ("links", "sessions", "users"):
        op.drop_table(table)


def _of_user() -> sa.ForeignKey:
    return sa.ForeignKey("users.user_id", ondelete="CASCADE")
