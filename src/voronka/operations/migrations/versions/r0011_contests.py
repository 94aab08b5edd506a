"""Contests with how they ended, and the metrics that the board shows."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "contests",
        sa.Column("contest_id", sa.Integer, primary_key=True),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("prize", sa.String, nullable=False),
        sa.Column("metric", sa.String, nullable=False),
        sa.Column("first_day", sa.Date, nullable=False),
        sa.Column("last_day", sa.Date, nullable=False),
        sa.Column("between", sa.String, nullable=False),
        sa.Column("members", sa.String, nullable=False),
        sa.Column("made_by", sa.String, nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("changed_at", sa.DateTime, nullable=False),
        sa.Column("ended_on", sa.Date),
        sa.Column("result", sa.String),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "board_metrics",
        sa.Column("metric", sa.String, primary_key=True),
        sa.Column("place", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("board_metrics")
    op.drop_table("contests")
