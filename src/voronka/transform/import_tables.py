"""What a stream can be mapped into: the import names, their columns and how each column's text is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

Reader = Literal[
    "text", "id", "time", "day", "number", "money", "integer", "share", "duration", "boolean", "phone", "email"
]

TYPES: Mapping[str, str] = {
    "text": "TEXT",
    "id": "TEXT",
    "time": "TIMESTAMP",
    "day": "DATE",
    "number": "DOUBLE",
    "money": "DECIMAL(18,2)",
    "integer": "BIGINT",
    "share": "DOUBLE",
    "duration": "BIGINT",
    "boolean": "BOOLEAN",
    "phone": "TEXT",
    "email": "TEXT",
}
"""The DuckDB type that each reader gives."""


@dataclass(frozen=True)
class ImportTable:
    """An import name: its columns with their readers, the column that identifies a row, and its staging table."""

    name: str
    columns: Mapping[str, Reader]
    key: str | None = None
    staging: str = ""
    kind: str = ""

    @property
    def stage(self) -> str:
        """Return the name of the staging table that all streams of this import name feed."""
        return f"stg_{self.staging or self.name}"


def _columns(**groups: str) -> dict[str, Reader]:
    return {name: reader for reader, names in groups.items() for name in names.split()}  # type: ignore[misc]


_PERSON = _columns(id="employee_id", text="employee")
_CLIENT = _columns(id="contact_id account_id", text="contact account")
_CHANNEL = _columns(id="channel_id campaign_id", text="channel campaign")
_CONTACTS = _columns(phone="phone", email="email", text="phones emails")
"""`phones` and `emails` are texts with all numbers and addresses; where they are not mapped those of `phone` are."""
_ACTIVITY = {
    **_columns(
        id="activity_id lead_id deal_id",
        time="happened_at created_at due_at started_at ended_at completed_at",
        text="kind direction status",
    ),
    **_PERSON,
    **_CLIENT,
    **_CHANNEL,
    **_columns(
        phone="client_phone phone",
        email="email",
        boolean="answered is_mass done",
        duration="talk_seconds wait_seconds",
        text="potential recording_url thread_id in_reply_to conversation_id template subject text url",
    ),
}


def _activity(name: str, kind: str = "") -> ImportTable:
    return ImportTable(name, _ACTIVITY, "activity_id", "activities", kind)


_ALL = (
    ImportTable(
        "employees",
        {
            **_PERSON,
            **_CONTACTS,
            **_columns(
                text="name called team role manager extension",
                id="team_id manager_id merged_into",
                day="hired_on left_on valid_from valid_to",
                boolean="is_active",
            ),
        },
        "employee_id",
    ),
    ImportTable(
        "teams", _columns(id="team_id parent_id lead_employee_id", text="name called team parent lead"), "team_id"
    ),
    ImportTable(
        "leads",
        {
            **_columns(
                id="lead_id deal_id merged_into",
                text="title pipeline stage outcome temperature segment reject_reason team url",
                time="created_at updated_at deleted_at first_response_at qualified_at handed_at accepted_at "
                "rejected_at",
                boolean="is_target",
                duration="first_response_seconds",
            ),
            **_PERSON,
            **_CLIENT,
            **_CHANNEL,
            **_CONTACTS,
        },
        "lead_id",
    ),
    ImportTable(
        "deals",
        {
            **_columns(
                id="deal_id lead_id handed_by_id product_id",
                text="title handed_by product pipeline stage outcome forecast_category loss_reason kind currency url "
                "team",
                time="created_at updated_at deleted_at closed_at expected_close_at",
                money="amount margin discount",
                share="probability",
            ),
            **_PERSON,
            **_CLIENT,
            **_CHANNEL,
        },
        "deal_id",
    ),
    ImportTable(
        "deal_lines",
        _columns(id="deal_id product_id", text="product", number="quantity", money="amount margin"),
    ),
    ImportTable(
        "stage_changes",
        {
            **_columns(id="deal_id lead_id", text="pipeline stage from_stage", time="changed_at", money="amount"),
            **_PERSON,
        },
    ),
    ImportTable(
        "changes",
        {
            **_columns(id="deal_id lead_id entity_id", text="entity field old new source", time="changed_at"),
            **_PERSON,
        },
    ),
    ImportTable(
        "owners",
        {
            **_columns(id="deal_id lead_id", text="part", share="share", time="valid_from valid_to"),
            **_PERSON,
        },
    ),
    ImportTable(
        "handovers",
        _columns(
            id="lead_id from_employee_id to_employee_id",
            text="from_employee to_employee reason",
            time="handed_at accepted_at rejected_at",
            boolean="met_criteria",
            share="filled_share",
        ),
    ),
    _activity("activities"),
    _activity("calls", "call"),
    _activity("emails", "email"),
    _activity("messages", "message"),
    _activity("meetings", "meeting"),
    _activity("demos", "demo"),
    _activity("tasks", "task"),
    _activity("proposals", "proposal"),
    ImportTable(
        "call_legs",
        {
            **_columns(
                id="activity_id",
                text="conversation_id",
                time="started_at happened_at",
                boolean="answered is_human",
                duration="talk_seconds",
            ),
            **_PERSON,
        },
    ),
    ImportTable(
        "accounts",
        {
            **_PERSON,
            **_CONTACTS,
            **_columns(
                id="account_id merged_into",
                text="name account segment industry size region tax_number",
                time="created_at",
            ),
        },
        "account_id",
    ),
    ImportTable(
        "contacts",
        {
            **_CONTACTS,
            **_columns(id="contact_id account_id merged_into", text="name contact account position", time="created_at"),
        },
        "contact_id",
    ),
    ImportTable(
        "products",
        _columns(id="product_id", text="name product series", money="price"),
        "product_id",
    ),
    ImportTable("channels", _columns(id="channel_id", text="name channel kind"), "channel_id"),
    ImportTable(
        "campaigns",
        _columns(
            id="campaign_id channel_id",
            text="name campaign channel utm_source utm_medium utm_campaign utm_content utm_term",
        ),
        "campaign_id",
    ),
    ImportTable(
        "touches",
        {
            **_columns(
                id="touch_id contact_id lead_id",
                time="touched_at",
                text="visitor_id contact click_id",
                boolean="is_direct",
            ),
            **_CHANNEL,
        },
        "touch_id",
    ),
    ImportTable(
        "ad_spend",
        {
            **_columns(day="day", money="cost", text="currency", integer="impressions clicks", time="updated_at"),
            **_CHANNEL,
        },
    ),
    ImportTable(
        "payments",
        {
            **_columns(
                id="payment_id deal_id account_id",
                text="account currency",
                time="paid_at",
                money="amount margin",
            ),
            **_PERSON,
        },
        "payment_id",
    ),
    ImportTable(
        "plans",
        {
            **_columns(
                text="metric scope team",
                id="team_id",
                day="starts_on ends_on",
                number="value",
                integer="revision",
                time="entered_at",
            ),
            **_PERSON,
        },
    ),
    ImportTable(
        "employee_time",
        {**_columns(time="starts_at ends_at", text="kind"), **_PERSON},
    ),
    ImportTable("merges", _columns(id="entity_id merged_into", text="entity", time="entered_at")),
    ImportTable("rates", _columns(day="day", text="currency", number="rate")),
    ImportTable(
        "events",
        _columns(text="case_id activity resource", time="happened_at"),
        staging="events",
    ),
)


SNAPSHOTS = "stg_stage_snapshots"
"""The staging table of the stages that a record stood in, load by load; no import name feeds it by itself."""
_MOVES = _columns(
    id="deal_id lead_id", text="pipeline stage from_stage", time="changed_at since_at known_at", money="amount"
)
_TOLD_BY = _columns(text="told_by")
"""What tells of a stage change where it is no row of its own: `property`, a date beside the record."""


@cache
def import_tables() -> dict[str, ImportTable]:
    """Return the import tables by name."""
    return {table.name: table for table in _ALL}


@cache
def staging_columns() -> dict[str, dict[str, Reader]]:
    """Return, for each staging table, its columns and their readers."""
    found = {table.stage: dict(table.columns) for table in _ALL}
    return {**found, "stg_stage_changes": {**found["stg_stage_changes"], **_TOLD_BY}, SNAPSHOTS: _MOVES}
