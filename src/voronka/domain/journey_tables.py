"""The core's tables of journeys: what happened to a lead and its deals, as one case."""

from voronka.domain.table import Table, columns_of, money, text, times, typed

JOURNEY_TABLES: tuple[Table, ...] = (
    Table(
        "dim_step",
        "one row per sort of event of a journey, with the key that it is called by; derived",
        columns_of(
            "step_number INTEGER;"
            + text("step kind pipeline_id stage_id title")
            + "position INTEGER; outcome TEXT; milestone TEXT; in_model BOOLEAN",
        ),
    ),
    Table(
        "fct_journeys",
        "one row per journey: a lead with its deals, or a deal of no lead; derived",
        columns_of(
            "number BIGINT;"
            + text("journey_id entity lead_id deal_id title")
            + times("created_at closed_at deleted_at")
            + text("employee_id team_id account_id contact_id channel_id campaign_id product_id kind")
            + text("segment temperature")
            + "is_target BOOLEAN;"
            + text("outcome loss_reason lead_pipeline_id lead_stage_id pipeline_id stage_id")
            + "deals BIGINT;"
            + money("won_amount_home open_amount_home lost_amount_home")
            + "events BIGINT;"
            + times("first_event_at last_event_at")
            + "url TEXT",
        ),
        axes=("created", "closed"),
        owned=True,
    ),
    Table(
        "fct_journey_owners",
        "one row per lead or deal of a journey, person, part and span of days [from_day, to_day) on which they had a"
        " part in it; derived",
        columns_of("number BIGINT;" + text("entity entity_id employee_id part") + typed("DATE", "from_day to_day")),
    ),
    Table(
        "fct_events",
        "one row per thing that happened to a journey; derived",
        columns_of(
            "number BIGINT; position BIGINT; step_number INTEGER;"
            + text("step kind entity entity_id deal_id pipeline_id stage_id")
            + "happened_at TIMESTAMP; happened_working_clock BIGINT;"
            + text("employee_id source")
            + "precision_seconds BIGINT; amount_home DECIMAL(18,2)",
        ),
        sort=("number", "position"),
    ),
)
