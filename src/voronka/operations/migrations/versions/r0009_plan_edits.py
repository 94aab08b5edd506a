"""Which plans were stated together on a page, and which edit takes another one back."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column and the table."""
    op.add_column("plans", sa.Column("edit_id", sa.Integer))
    op.create_table(
        "plan_edits",
        sa.Column("edit_id", sa.Integer, primary_key=True),
        sa.Column("action", sa.String, nullable=False),
        sa.Column("undoes", sa.Integer),
        sa.Column("entered_by", sa.String, nullable=False),
        sa.Column("entered_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("undoes"),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("plan_edits")
    op.drop_column("plans", "edit_id")
