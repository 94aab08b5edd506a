"""The tables of app.db as they are now; migrations/ holds how they came to be so. Times are UTC without a zone."""

from sqlalchemy import Boolean, Column, DateTime, ForeignKey, Integer, MetaData, String, Table

METADATA = MetaData()

USERS = Table(
    "users",
    METADATA,
    Column("user_id", Integer, primary_key=True),
    Column("name", String, nullable=False),
    Column("name_key", String, nullable=False, unique=True),
    Column("password_hash", String),
    Column("role", String, nullable=False),
    Column("is_active", Boolean, nullable=False),
    Column("created_at", DateTime, nullable=False),
)
SESSIONS = Table(
    "sessions",
    METADATA,
    Column("token_sha256", String, primary_key=True),
    Column("user_id", Integer, ForeignKey("users.user_id", ondelete="CASCADE"), nullable=False, index=True),
    Column("created_at", DateTime, nullable=False),
    Column("seen_at", DateTime, nullable=False),
    Column("expires_at", DateTime, nullable=False),
)
LINKS = Table(
    "links",
    METADATA,
    Column("token_sha256", String, primary_key=True),
    Column("purpose", String, nullable=False),
    Column("user_id", Integer, ForeignKey("users.user_id", ondelete="CASCADE"), nullable=False, index=True),
    Column("created_at", DateTime, nullable=False),
    Column("expires_at", DateTime, nullable=False),
    Column("used_at", DateTime),
)
