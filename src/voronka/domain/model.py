"""The core model: every table between transform and metrics, its grain, columns, types and time axes.

Types are DuckDB's. TIMESTAMP is UTC, DATE is a day of the company's zone, money is DECIMAL(18,2) in the row's currency,
`amount_home` and its like are the same money in the company's currency (NULL where no rate is known), durations are
seconds (BIGINT), ids are text '<id_space>:<id in the source>'. For each axis X of a fact (the column `X_at`)
the build adds `X_day`, `X_hour` (0..23, both of the company's zone) and who owned the record then: `X_employee_id`,
`X_team_id`, `X_role`.
"""

from functools import cache

from voronka.domain.journey_tables import JOURNEY_TABLES
from voronka.domain.table import NO_MONTH, Column, Table
from voronka.domain.table import columns_of as _columns
from voronka.domain.table import money as _money
from voronka.domain.table import text as _text
from voronka.domain.table import times as _times
from voronka.domain.table import typed as _typed

__all__ = ["NO_MONTH", "TABLES", "Column", "Table", "tables"]

_ACTIVITY = _columns(
    _text("activity_id kind direction status")
    + _times("created_at due_at started_at ended_at completed_at")
    + _text("employee_id team_id lead_id deal_id contact_id account_id client_phone channel_id client_id journey_id")
    + "answered BOOLEAN;"
    + _typed("BIGINT", "talk_seconds wait_seconds")
    + "is_called_back BOOLEAN; is_cold BOOLEAN; attempts_until_reached BIGINT;"
    + _text("potential recording_url thread_id in_reply_to")
    + "replied_at TIMESTAMP; is_reply BOOLEAN;"
    + _text("template subject")
    + "is_mass BOOLEAN;"
    + _text("text url"),
)
_ACTIVITY_AXES = ("started", "created", "due", "completed")

TABLES: tuple[Table, ...] = (
    Table(
        "dim_employee",
        "one row per person after merges",
        _columns(_text("employee_id name email phone") + "hired_on DATE; left_on DATE; is_active BOOLEAN"),
    ),
    Table("dim_team", "one row per team", _columns(_text("team_id name parent_id lead_employee_id"))),
    Table(
        "employee_team",
        "one row per person, team, role and span of whole company days [valid_from, valid_to)",
        _columns(_text("employee_id team_id role") + "valid_from DATE; valid_to DATE"),
    ),
    Table(
        "employee_time",
        "one row per shift or absence",
        _columns("employee_id TEXT; starts_at TIMESTAMP; ends_at TIMESTAMP; kind TEXT"),
    ),
    Table(
        "employee_clock",
        "one row per person and stretch of their work, of those with shifts or absences, for clocks of shifts; derived",
        _columns("employee_id TEXT; starts_at TIMESTAMP; ends_at TIMESTAMP; worked_before_seconds BIGINT"),
    ),
    Table(
        "dim_calendar",
        "one row per day",
        _columns(
            "day DATE; is_working BOOLEAN; working_seconds BIGINT; holiday TEXT;"
            "opens_at TIMESTAMP; closes_at TIMESTAMP; worked_before_seconds BIGINT",
        ),
    ),
    Table(
        "dim_account",
        "one row per client company",
        _columns(_text("account_id name segment industry size region employee_id tax_number") + "created_at TIMESTAMP"),
    ),
    Table(
        "dim_contact",
        "one row per person on the client's side; personal data",
        _columns(_text("contact_id account_id name position") + "created_at TIMESTAMP"),
    ),
    Table(
        "identity",
        "one row per value that identifies somebody; personal data",
        _columns(_text("kind value id_space entity entity_id")),
    ),
    Table(
        "fct_merge_candidates",
        "one row per record that may be another, earlier one, and that one, with why; personal data; derived",
        _columns(_text("entity entity_id name into_id into_name reasons detail")),
    ),
    Table(
        "dim_search",
        "one row per person, lead, deal, client company or contact: the words by which they are found; derived",
        _columns(_text("entity entity_id number words") + "day DATE"),
        sort=("entity",),
    ),
    Table("dim_product", "one row per product", _columns(_text("product_id name series") + _money("price"))),
    Table("dim_channel", "one row per channel", _columns(_text("channel_id name kind"))),
    Table(
        "dim_campaign",
        "one row per campaign",
        _columns(_text("campaign_id channel_id name utm_source utm_medium utm_campaign utm_content utm_term")),
    ),
    Table(
        "fct_touches",
        "one row per visit or ad contact",
        _columns(
            "touch_id TEXT; touched_at TIMESTAMP;"
            + _text("visitor_id contact_id lead_id channel_id campaign_id")
            + "is_direct BOOLEAN; click_id TEXT",
        ),
        axes=("touched",),
    ),
    Table(
        "fct_ad_spend",
        "one row per day, channel and campaign",
        _columns(
            "day DATE; channel_id TEXT; campaign_id TEXT; cost DECIMAL(18,2); cost_home DECIMAL(18,2); currency TEXT;"
            "impressions BIGINT; clicks BIGINT; repeated_rows BIGINT",
        ),
        axes=("day",),
    ),
    Table(
        "dim_stage",
        "one row per pipeline and stage, configured or met in data",
        _columns(
            _text("pipeline_id stage_id title")
            + "position INTEGER; outcome TEXT; milestone TEXT; probability DOUBLE; forecast_category TEXT;"
            "in_model BOOLEAN; is_regulated BOOLEAN",
        ),
    ),
    Table(
        "fct_leads",
        "one row per lead",
        _columns(
            _text("lead_id journey_id title")
            + _times("created_at updated_at deleted_at")
            + _text("employee_id team_id contact_id account_id channel_id campaign_id pipeline_id stage_id outcome")
            + _text("temperature temperature_by_rule segment")
            + "is_label_wrong BOOLEAN; is_target BOOLEAN;"
            + _times("qualified_at handed_at accepted_at rejected_at")
            + "reject_reason TEXT; first_response_at TIMESTAMP; first_response_seconds BIGINT;"
            "first_response_working_seconds BIGINT; created_working_clock BIGINT; is_answered BOOLEAN;"
            "response_due_at TIMESTAMP; is_answered_in_time BOOLEAN;"
            "won_at TIMESTAMP; is_won BOOLEAN; has_deal BOOLEAN; is_undecided BOOLEAN; reached_qualified BOOLEAN;"
            "spend_home DECIMAL(18,6)",
        ),
        axes=("created", "qualified", "won"),
        owned=True,
    ),
    Table(
        "fct_handovers",
        "one row per handing of a lead from one person to another",
        _columns(
            _text("handover_id lead_id from_employee_id to_employee_id")
            + _times("handed_at accepted_at rejected_at")
            + "reason TEXT; met_criteria BOOLEAN; filled_share DOUBLE; is_accepted BOOLEAN; is_rejected BOOLEAN;"
            "accept_working_seconds BIGINT; accept_due_at TIMESTAMP; is_accepted_late BOOLEAN;"
            "is_off_profile BOOLEAN; has_won BOOLEAN; won_amount_home DECIMAL(18,2);"
            + _text("channel_id campaign_id account_id contact_id segment temperature")
            + "is_target BOOLEAN",
        ),
        axes=("handed",),
        owned=True,
    ),
    Table(
        "fct_nurtures",
        "one row per stay of a lead in nurture; derived",
        _columns(
            _text("lead_id")
            + _times("entered_at left_at")
            + "is_returned BOOLEAN;"
            + _text("employee_id team_id account_id contact_id channel_id campaign_id segment temperature")
            + _text("pipeline_id stage_id"),
        ),
        axes=("entered",),
        owned=True,
    ),
    Table(
        "fct_nurture_states",
        "one row per lead in nurture and span of days [from_day, to_day) with one owner and team; derived",
        _columns(
            _text("lead_id employee_id team_id role")
            + "entered_day DATE; from_day DATE; to_day DATE; share DOUBLE;"
            + _text("account_id channel_id campaign_id segment temperature pipeline_id stage_id"),
        ),
    ),
    Table(
        "fct_deals",
        "one row per deal",
        _columns(
            _text("deal_id journey_id lead_id title")
            + _times("created_at updated_at deleted_at closed_at expected_close_at")
            + _text("employee_id team_id handed_by contact_id account_id channel_id campaign_id")
            + _text("pipeline_id stage_id outcome")
            + _money("amount margin discount amount_home margin_home discount_home")
            + "currency TEXT; probability DOUBLE;"
            + _text("forecast_category loss_reason kind product_id url")
            + "accepted_at TIMESTAMP; reached_accepted BOOLEAN; touches_before_close BIGINT; temperature TEXT",
        ),
        axes=("created", "closed"),
        owned=True,
    ),
    Table(
        "fct_deal_states",
        "one row per open deal and span of days [from_day, to_day) with one owner, team and amount, all of them with"
        " something planned or none, and stalled or not; derived",
        _columns(
            _text("deal_id employee_id team_id role")
            + "from_day DATE; to_day DATE; amount_home DECIMAL(18,2); share DOUBLE; has_next_step BOOLEAN;"
            "is_stalled BOOLEAN;" + _text("account_id channel_id campaign_id product_id kind pipeline_id stage_id"),
        ),
    ),
    Table(
        "fct_deal_lines",
        "one row per product of a deal",
        _columns("deal_id TEXT; product_id TEXT; quantity DOUBLE; amount DECIMAL(18,2); margin DECIMAL(18,2)"),
    ),
    Table(
        "record_owner",
        "one row per record, person, part and span",
        _columns(
            _text("entity entity_id employee_id part")
            + "share DOUBLE; valid_from TIMESTAMP; valid_to TIMESTAMP; source TEXT; precision_seconds BIGINT",
        ),
    ),
    Table(
        "split_credit",
        "one row per split record, axis and person credited; the shares of a record add up to 1; derived",
        _columns(_text("entity entity_id axis employee_id team_id role") + "share DOUBLE"),
    ),
    Table(
        "fct_changes",
        "one row per field changed on a record",
        _columns(
            _text("entity entity_id field old new")
            + "changed_at TIMESTAMP; changed_by TEXT; source TEXT; precision_seconds BIGINT",
        ),
    ),
    Table(
        "fct_stage_entries",
        "one row per entity and stage entered; derived",
        _columns(
            _text("entity entity_id pipeline_id stage_id")
            + "position INTEGER; entered_at TIMESTAMP; left_at TIMESTAMP; employee_id TEXT; team_id TEXT;"
            "amount DECIMAL(18,2); source TEXT; precision_seconds BIGINT",
        ),
        axes=("entered",),
        owned=True,
    ),
    Table(
        "dim_stage_history",
        "one row per kind of records, pipeline and source: by what it is known which stages they went through; derived",
        _columns(
            _text("entity pipeline_id source")
            + _typed("BIGINT", "records native_records property_records snapshot_records without_records entries")
            + "known_records BIGINT; median_precision_seconds DOUBLE"
        ),
    ),
    Table(
        "dim_regulation",
        "one row per regulation",
        _columns(
            _text("regulation_id title entity starts_with stops_with")
            + "minutes DOUBLE;"
            + _text("clock owner version")
            + "reviewed_on DATE; position INTEGER"
        ),
    ),
    Table(
        "fct_dues",
        "one row per regulation and record that it binds, each time it begins: by when, and whether in time; derived",
        _columns(
            _text("regulation_id entity entity_id lead_id deal_id title employee_id team_id bound_employee_id")
            + _text("account_id contact_id client_phone channel_id campaign_id segment temperature")
            + "is_target BOOLEAN; pipeline_id TEXT; clock TEXT; minutes_allowed DOUBLE;"
            + _times("started_at due_at stopped_at")
            + "started_clock BIGINT; taken_seconds BIGINT;"
            "is_stopped BOOLEAN; is_in_time BOOLEAN; is_open BOOLEAN; url TEXT"
        ),
        axes=("started",),
        owned=True,
    ),
    Table(
        "fct_activities",
        "one row per thing done or planned; kinds are disjoint",
        _ACTIVITY,
        axes=_ACTIVITY_AXES,
        owned=True,
    ),
    Table(
        "fct_outgoing_touches",
        "one row per call, e-mail or message of ours, with what followed it in its journey within the window; derived",
        _columns(
            _text("activity_id kind employee_id team_id lead_id deal_id contact_id account_id client_phone channel_id")
            + "client_id TEXT; journey_id TEXT; started_at TIMESTAMP; template TEXT; subject TEXT; is_mass BOOLEAN;"
            + _typed("BOOLEAN", "is_answered has_meeting has_opportunity has_won")
            + "next_event TEXT; url TEXT",
        ),
        axes=("started",),
        owned=True,
    ),
    Table(
        "fct_account_states",
        "one row per client company and span of days [from_day, to_day) with one team of its owner; derived",
        _columns(
            _text("account_id employee_id team_id role")
            + "from_day DATE; to_day DATE;"
            + _text("segment industry size region"),
        ),
    ),
    Table(
        "fct_account_days",
        "one row per client company and day on which something was done with it; derived",
        _columns(_text("account_id employee_id team_id segment industry size region") + "touched_at TIMESTAMP"),
        axes=("touched",),
        owned=True,
    ),
    Table(
        "fct_contact_states",
        "one row per contact and span of days [from_day, to_day) with one team of its company's owner; derived",
        _columns(
            _text("contact_id account_id employee_id team_id role")
            + "from_day DATE; to_day DATE; has_phone BOOLEAN; has_email BOOLEAN;"
            + _text("segment industry size region"),
        ),
    ),
    Table(
        "fct_call_legs",
        "one row per leg of a call",
        _columns(
            "activity_id TEXT; employee_id TEXT; started_at TIMESTAMP; answered BOOLEAN; is_human BOOLEAN;"
            "talk_seconds BIGINT",
        ),
    ),
    *(
        Table(
            f"fct_{kind}s",
            f"one row per {kind}",
            _ACTIVITY,
            axes=_ACTIVITY_AXES,
            owned=True,
            view=True,
            rows_of="fct_activities",
            kind=kind,
            made=kind in ("call", "email", "message"),
        )
        for kind in ("call", "email", "message", "meeting", "demo", "task", "proposal")
    ),
    *JOURNEY_TABLES,
    Table(
        "fct_foreign_events",
        "one row per event of a foreign process log",
        _columns(_text("case_id activity") + "happened_at TIMESTAMP;" + _text("resource source") + "position BIGINT"),
    ),
    Table(
        "fct_payments",
        "one row per payment; refunds are negative",
        _columns(
            _text("payment_id deal_id account_id employee_id team_id channel_id campaign_id product_id kind")
            + "paid_at TIMESTAMP;"
            + _money("amount margin amount_home margin_home")
            + "currency TEXT",
        ),
        axes=("paid",),
        owned=True,
    ),
    Table(
        "fct_purchases",
        "one row per purchase and product, of both bases: won deals, and payments; with whose the account is; derived",
        _columns(
            _text("basis purchase_id deal_id account_id employee_id team_id product_id kind")
            + _text("segment industry region size")
            + "bought_at TIMESTAMP;"
            + _money("amount amount_home")
            + "product_since DATE; account_since DATE",
        ),
        axes=("bought",),
        owned=True,
    ),
    Table(
        "dim_rate",
        "one row per day and currency: its rate to the company's",
        _columns("day DATE; currency TEXT; rate DOUBLE"),
    ),
    Table(
        "fct_plans",
        "one row per metric, scope, period and revision",
        _columns(
            _text("metric scope scope_id")
            + "starts_on DATE; ends_on DATE; value DECIMAL(18,4); revision INTEGER; entered_at TIMESTAMP;"
            + "source TEXT; load_id TEXT",
        ),
    ),
    Table(
        "fct_plan_days",
        "one row per metric, scope and day: plans of additive metrics cut by working days, absence and ramp; derived",
        _columns(
            _text("metric scope scope_id team_id")
            + "counts_for_team BOOLEAN; counts_for_company BOOLEAN; day DATE; value DECIMAL(18,8)",
        ),
    ),
    Table(
        "dim_check",
        "one row per check of the data: what it looks for, and whether any source gives what it looks at",
        _columns(
            _text("check_name class entity severity title meaning action")
            + "position INTEGER; is_made BOOLEAN; lacks TEXT",
        ),
    ),
    Table(
        "fct_quality_issues",
        "one row per check and record in which it found a fault, with the days on which the fault is there; derived",
        _columns(
            _text("check_name class severity entity entity_id record_id title employee_id team_id role load_id detail")
            + "url TEXT; from_day DATE; to_day DATE",
        ),
    ),
    Table(
        "fct_checked_records",
        "one row per kind of record, owner and day: how many records are there from that day on; derived",
        _columns(
            _text("entity employee_id team_id role")
            + "from_day DATE; to_day DATE; records BIGINT;"
            + _typed("BOOLEAN", "for_empty for_contradictory for_stale for_duplicate"),
        ),
    ),
    Table(
        "quarantine",
        "one row per row put aside, with its reason",
        _columns(
            _text("load_id source stream file") + "row_number BIGINT;" + _text("key reason message payload"),
        ),
    ),
)


@cache
def tables() -> dict[str, Table]:
    """Return the tables of the core by name."""
    return {table.name: table for table in TABLES}
