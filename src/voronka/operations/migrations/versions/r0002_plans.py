"""What people state as plans, one statement after the other."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "plans",
        sa.Column("plan_id", sa.Integer, primary_key=True),
        sa.Column("metric", sa.String, nullable=False),
        sa.Column("scope", sa.String, nullable=False),
        sa.Column("scope_id", sa.String),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("ends_on", sa.Date, nullable=False),
        sa.Column("value", sa.String, nullable=False),
        sa.Column("entered_by", sa.String, nullable=False),
        sa.Column("entered_at", sa.DateTime, nullable=False),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("plans")
