"""The tables of app.db as they are now; migrations/ holds how they came to be so. Times are UTC without a zone."""

from sqlalchemy import Boolean, Column, Date, DateTime, ForeignKey, Integer, MetaData, String, Table

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
PLANS = Table(
    "plans",
    METADATA,
    Column("plan_id", Integer, primary_key=True),
    Column("metric", String, nullable=False),
    Column("scope", String, nullable=False),
    Column("scope_id", String),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("value", String, nullable=False),
    Column("entered_by", String, nullable=False),
    Column("entered_at", DateTime, nullable=False),
)
"""Statements, never changed: the latest of a metric, scope and period is in force. `value` is a decimal as text."""
