"""The hypotheses that people enter, and how they end."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "hypotheses",
        sa.Column("hypothesis_id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("step", sa.String, nullable=False),
        sa.Column("to_step", sa.String, nullable=False),
        sa.Column("bound", sa.String, nullable=False),
        sa.Column("value", sa.Float, nullable=False),
        sa.Column("clock", sa.String, nullable=False),
        sa.Column("pipeline_id", sa.String, nullable=False),
        sa.Column("entity", sa.String, nullable=False),
        sa.Column("axis", sa.String, nullable=False),
        sa.Column("starts_on", sa.Date),
        sa.Column("ends_on", sa.Date),
        sa.Column("team_id", sa.String),
        sa.Column("filters", sa.String, nullable=False),
        sa.Column("why", sa.String, nullable=False),
        sa.Column("entered_by", sa.String, nullable=False),
        sa.Column("entered_at", sa.DateTime, nullable=False),
        sa.Column("found", sa.String, nullable=False),
    )
    op.create_table(
        "hypothesis_endings",
        sa.Column("hypothesis_id", sa.Integer, sa.ForeignKey("hypotheses.hypothesis_id"), primary_key=True),
        sa.Column("ending", sa.String, nullable=False),
        sa.Column("words", sa.String, nullable=False),
        sa.Column("ended_by", sa.String, nullable=False),
        sa.Column("ended_at", sa.DateTime, nullable=False),
        sa.Column("found", sa.String, nullable=False),
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("hypothesis_endings")
    op.drop_table("hypotheses")
