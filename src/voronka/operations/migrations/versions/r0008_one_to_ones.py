"""What people keep of one-to-one meetings."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "one_to_ones",
        sa.Column("entry_id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("employee_id", sa.String, nullable=False, index=True),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("words", sa.String, nullable=False),
        sa.Column("is_visible", sa.Boolean, nullable=False),
        sa.Column("due_on", sa.Date),
        sa.Column("metric", sa.String),
        sa.Column("target", sa.Float),
        sa.Column("starts_on", sa.Date),
        sa.Column("ends_on", sa.Date),
        sa.Column("entered_by", sa.String, nullable=False),
        sa.Column("entered_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "one_to_one_marks",
        sa.Column("mark_id", sa.Integer, primary_key=True),
        sa.Column("entry_id", sa.Integer, sa.ForeignKey("one_to_ones.entry_id"), nullable=False, index=True),
        sa.Column("mark", sa.String, nullable=False),
        sa.Column("marked_by", sa.String, nullable=False),
        sa.Column("marked_at", sa.DateTime, nullable=False),
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("one_to_one_marks")
    op.drop_table("one_to_ones")
