"""The files that people upload, and the jobs that processes of their own do."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the two tables."""
    op.create_table(
        "uploads",
        sa.Column("upload_id", sa.String, primary_key=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("path", sa.String, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("uploaded_by", sa.String, nullable=False),
        sa.Column("uploaded_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "jobs",
        sa.Column("job_id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("asked", sa.String, nullable=False),
        sa.Column("asked_by", sa.String, nullable=False),
        sa.Column("asked_at", sa.DateTime, nullable=False),
        sa.Column("state", sa.String, nullable=False, index=True),
        sa.Column("seen_at", sa.DateTime, nullable=False),
        sa.Column("ended_at", sa.DateTime),
        sa.Column("progress", sa.String, nullable=False),
        sa.Column("result", sa.String, nullable=False),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    """Drop the two tables."""
    for table in ("jobs", "uploads"):
        op.drop_table(table)
