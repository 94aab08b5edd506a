"""What people state of the company's people, teams and times."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "staff_edits",
        sa.Column("edit_id", sa.Integer, primary_key=True),
        sa.Column("action", sa.String, nullable=False),
        sa.Column("undoes", sa.Integer),
        sa.Column("entered_by", sa.String, nullable=False),
        sa.Column("entered_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("undoes"),
    )
    op.create_table(
        "staff_entries",
        sa.Column("entry_id", sa.Integer, primary_key=True),
        sa.Column("edit_id", sa.Integer, sa.ForeignKey("staff_edits.edit_id"), nullable=False, index=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("subject_id", sa.String, nullable=False),
        sa.Column("said", sa.String, nullable=False),
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("staff_entries")
    op.drop_table("staff_edits")
