"""The tables of app.db as they are now; migrations/ holds how they came to be so. Times are UTC without a zone."""

from sqlalchemy import Boolean, Column, Date, DateTime, Float, ForeignKey, Index, Integer, MetaData, String, Table

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
    Column("employee_id", String),
    Column("email", String),
    Index("users_email", "email", unique=True),
)
"""`employee_id` is of the core; `email` is in lower case, and one may sign in by it."""
SESSIONS = Table(
    "sessions",
    METADATA,
    Column("token_sha256", String, primary_key=True),
    Column("user_id", Integer, ForeignKey("users.user_id", ondelete="CASCADE"), nullable=False, index=True),
    Column("created_at", DateTime, nullable=False),
    Column("seen_at", DateTime, nullable=False),
    Column("expires_at", DateTime, nullable=False),
    Column("address", String),
    Column("agent", String),
    Column("as_role", String),
    Column("as_employee_id", String),
)
"""`as_role` and `as_employee_id` are through whose eyes its user looks for the time being."""
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
API_TOKENS = Table(
    "api_tokens",
    METADATA,
    Column("token_id", Integer, primary_key=True),
    Column("token_sha256", String, nullable=False, unique=True),
    Column("user_id", Integer, ForeignKey("users.user_id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", String, nullable=False),
    Column("reach", String, nullable=False),
    Column("created_at", DateTime, nullable=False),
    Column("expires_at", DateTime, nullable=False),
    Column("seen_at", DateTime),
    Column("revoked_at", DateTime),
)
SETUP_CODES = Table(
    "setup_codes",
    METADATA,
    Column("code_sha256", String, primary_key=True),
    Column("created_at", DateTime, nullable=False),
)
"""At most one: the code by which the first user is made, until there is one."""
AUDIT = Table(
    "audit",
    METADATA,
    Column("audit_id", Integer, primary_key=True),
    Column("at", DateTime, nullable=False, index=True),
    Column("action", String, nullable=False),
    Column("user_id", Integer),
    Column("user", String, nullable=False),
    Column("what", String, nullable=False),
    Column("address", String, nullable=False),
    sqlite_autoincrement=True,  # a number is never given twice: a gap would be seen
)
"""What people did, only ever added to: triggers refuse to change or delete a row."""
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
    Column("edit_id", Integer),
)
"""Statements, never changed: the latest of a metric, scope and period is in force.

`value` is a decimal as text, '' where what was stated before is taken back; `edit_id` says with which others.
"""
PLAN_EDITS = Table(
    "plan_edits",
    METADATA,
    Column("edit_id", Integer, primary_key=True),
    Column("action", String, nullable=False),
    Column("undoes", Integer, unique=True),
    Column("entered_by", String, nullable=False),
    Column("entered_at", DateTime, nullable=False),
)
"""Plans stated together on a page; `undoes` is the edit that one takes back."""
STAFF_EDITS = Table(
    "staff_edits",
    METADATA,
    Column("edit_id", Integer, primary_key=True),
    Column("action", String, nullable=False),
    Column("undoes", Integer, unique=True),
    Column("entered_by", String, nullable=False),
    Column("entered_at", DateTime, nullable=False),
)
"""What was stated together of people, teams and times; `undoes` is the edit that one takes back."""
STAFF_ENTRIES = Table(
    "staff_entries",
    METADATA,
    Column("entry_id", Integer, primary_key=True),
    Column("edit_id", Integer, ForeignKey("staff_edits.edit_id"), nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("subject_id", String, nullable=False),
    Column("said", String, nullable=False),
)
"""Statements, never changed: the latest one not undone is in force of its subject; `said` is JSON, '' for nothing."""
MERGES = Table(
    "merges",
    METADATA,
    Column("merge_id", Integer, primary_key=True),
    Column("entity", String, nullable=False),
    Column("entity_id", String, nullable=False),
    Column("into_id", String),
    Column("entered_by", String, nullable=False),
    Column("entered_at", DateTime, nullable=False),
)
"""Statements, never changed: the latest of a record is in force; `into_id` is NULL where a merge was undone."""
DISTINCTIONS = Table(
    "distinctions",
    METADATA,
    Column("distinction_id", Integer, primary_key=True),
    Column("entity", String, nullable=False),
    Column("entity_id", String, nullable=False),
    Column("other_id", String, nullable=False),
    Column("holds", Boolean, nullable=False),
    Column("entered_by", String, nullable=False),
    Column("entered_at", DateTime, nullable=False),
)
"""Statements, never changed: the latest of a pair is in force; one that no longer `holds` was undone."""
HYPOTHESES = Table(
    "hypotheses",
    METADATA,
    Column("hypothesis_id", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("step", String, nullable=False),
    Column("to_step", String, nullable=False),
    Column("bound", String, nullable=False),
    Column("value", Float, nullable=False),
    Column("clock", String, nullable=False),
    Column("pipeline_id", String, nullable=False),
    Column("entity", String, nullable=False),
    Column("axis", String, nullable=False),
    Column("starts_on", Date),
    Column("ends_on", Date),
    Column("team_id", String),
    Column("filters", String, nullable=False),
    Column("why", String, nullable=False),
    Column("entered_by", String, nullable=False),
    Column("entered_at", DateTime, nullable=False),
    Column("found", String, nullable=False),
)
"""Never changed. `filters` and `found`, what the data said at entering, are JSON; `value` is seconds or percent."""
HYPOTHESIS_ENDINGS = Table(
    "hypothesis_endings",
    METADATA,
    Column("hypothesis_id", Integer, ForeignKey("hypotheses.hypothesis_id"), primary_key=True),
    Column("ending", String, nullable=False),
    Column("words", String, nullable=False),
    Column("ended_by", String, nullable=False),
    Column("ended_at", DateTime, nullable=False),
    Column("found", String, nullable=False),
)
"""How a hypothesis ended, once. `found`, what the data said then, is JSON."""
ONE_TO_ONES = Table(
    "one_to_ones",
    METADATA,
    Column("entry_id", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("employee_id", String, nullable=False, index=True),
    Column("day", Date, nullable=False),
    Column("words", String, nullable=False),
    Column("is_visible", Boolean, nullable=False),
    Column("due_on", Date),
    Column("metric", String),
    Column("target", Float),
    Column("starts_on", Date),
    Column("ends_on", Date),
    Column("entered_by", String, nullable=False),
    Column("entered_at", DateTime, nullable=False),
)
"""Statements, never changed: meetings held, notes, agreements, and goals, which name their metric, target and days."""
ONE_TO_ONE_MARKS = Table(
    "one_to_one_marks",
    METADATA,
    Column("mark_id", Integer, primary_key=True),
    Column("entry_id", Integer, ForeignKey("one_to_ones.entry_id"), nullable=False, index=True),
    Column("mark", String, nullable=False),
    Column("marked_by", String, nullable=False),
    Column("marked_at", DateTime, nullable=False),
)
"""Statements, never changed: the latest of done and open, and of shown and hidden, is in force."""
SAVED_VIEWS = Table(
    "saved_views",
    METADATA,
    Column("view_id", Integer, primary_key=True),
    Column("user_id", Integer, ForeignKey("users.user_id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", String, nullable=False),
    Column("address", String, nullable=False),
    Column("is_shared", Boolean, nullable=False),
    Column("made_at", DateTime, nullable=False),
    Column("changed_at", DateTime, nullable=False),
    sqlite_autoincrement=True,  # a number is never given twice: an old link must not open another view
)
"""`address` is that of a page with its query."""
START_PAGES = Table(
    "start_pages",
    METADATA,
    Column("user_id", Integer, ForeignKey("users.user_id", ondelete="CASCADE"), primary_key=True),
    Column("page", String, nullable=False),
)
"""Where people chose to begin; who stands nowhere here begins at the page of their role."""
CONTESTS = Table(
    "contests",
    METADATA,
    Column("contest_id", Integer, primary_key=True),
    Column("title", String, nullable=False),
    Column("prize", String, nullable=False),
    Column("metric", String, nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("between", String, nullable=False),
    Column("members", String, nullable=False),
    Column("made_by", String, nullable=False),
    Column("made_at", DateTime, nullable=False),
    Column("changed_at", DateTime, nullable=False),
    Column("ended_on", Date),
    Column("result", String),
    sqlite_autoincrement=True,
)
"""`members` and `result` are JSON; without a result it is not known yet how the contest ended."""
BOARD_METRICS = Table(
    "board_metrics",
    METADATA,
    Column("metric", String, primary_key=True),
    Column("place", Integer, nullable=False),
)
"""The metrics that the board shows, in their order; none: those it shows by itself."""
UPLOADS = Table(
    "uploads",
    METADATA,
    Column("upload_id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("path", String, nullable=False),
    Column("size", Integer, nullable=False),
    Column("uploaded_by", String, nullable=False),
    Column("uploaded_at", DateTime, nullable=False),
)
"""`name` is what the file was called where it came from, `path` where it lies, from the company's folder."""
JOBS = Table(
    "jobs",
    METADATA,
    Column("job_id", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("asked", String, nullable=False),
    Column("asked_by", String, nullable=False),
    Column("asked_at", DateTime, nullable=False),
    Column("state", String, nullable=False, index=True),
    Column("seen_at", DateTime, nullable=False),
    Column("ended_at", DateTime),
    Column("progress", String, nullable=False),
    Column("result", String, nullable=False),
    sqlite_autoincrement=True,  # a number is never given twice: a page may still ask for the job that had it
)
"""`asked`, `progress` and `result` are JSON; `seen_at` is when its process was last known to work."""
