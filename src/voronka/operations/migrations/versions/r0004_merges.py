"""The merges that people state."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "merges",
        sa.Column("merge_id", sa.Integer, primary_key=True),
        sa.Column("entity", sa.String, nullable=False),
        sa.Column("entity_id", sa.String, nullable=False),
        sa.Column("into_id", sa.String),
        sa.Column("entered_by", sa.String, nullable=False),
        sa.Column("entered_at", sa.DateTime, nullable=False),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("merges")
