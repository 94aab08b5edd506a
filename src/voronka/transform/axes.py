"""For each time axis of a fact: the local day and hour, and who owned the record then."""

from voronka.domain.model import NO_MONTH, Table
from voronka.transform.time_readers import to_local

HISTORY = {
    "fct_deals": ("deal", "deal_id"),
    "fct_leads": ("lead", "lead_id"),
    "fct_nurtures": ("lead", "lead_id"),
}
"""Facts whose owner changes: the entity and the id by which record_owner knows them."""
OWNERS = {"fct_handovers": "from_employee_id", "fct_dues": "bound_employee_id"}
"""Facts whose owner is not in `employee_id`."""
OWNERS_BY_AXIS = ("fct_journeys",)
"""Facts that say themselves who owned them on each axis X: `X_owner_id`."""
_LAST_DAY = "DATE '9999-12-30'"


def with_axes(table: Table, select: str, zone: str) -> str:
    """Return `select` (a fact's own columns) with its axes' columns and its partition, cast to the model's types."""
    local_days = "".join(_day(axis, zone) for axis in table.axes)
    days = f"SELECT own.*{local_days}{_owners(table)} FROM ({select}) AS own{_histories(table)}"
    teams = f"SELECT d.*{_teams(table)} FROM ({days}) AS d{_memberships(table)}" if table.owned else days
    month = f"coalesce(strftime({_day_column(table.axes[0])}, '%Y-%m'), '{NO_MONTH}') AS month"
    cast = ", ".join(f"CAST({c.name} AS {c.type}) AS {c.name}" for c in table.columns if c.name != "month")
    return f"SELECT {cast}, {month} FROM ({teams})"


def _day_column(axis: str) -> str:
    return axis if axis == "day" else f"{axis}_day"


def _day(axis: str, zone: str) -> str:
    if axis == "day":
        return ""
    local = to_local(f"own.{axis}_at", zone)
    return f", CAST({local} AS DATE) AS {axis}_day, extract(hour FROM {local}) AS {axis}_hour"


def _owner(table: Table) -> str:
    return OWNERS.get(table.name, "employee_id")


def _owners(table: Table) -> str:
    if not table.owned:
        return ""
    if table.name in OWNERS_BY_AXIS:
        return "".join(f", own.{axis}_owner_id AS {axis}_employee_id" for axis in table.axes)
    if table.name not in HISTORY:
        return "".join(f", own.{_owner(table)} AS {axis}_employee_id" for axis in table.axes)
    return "".join(
        f", CASE WHEN h_{axis}.entity_id IS NULL THEN own.employee_id ELSE h_{axis}.employee_id END"
        f" AS {axis}_employee_id"
        for axis in table.axes
    )


def _histories(table: Table) -> str:
    if table.name not in HISTORY:
        return ""
    entity, key = HISTORY[table.name]
    return "".join(
        f" LEFT JOIN int_owner_history AS h_{axis} ON h_{axis}.entity = '{entity}' AND h_{axis}.entity_id = own.{key} "
        f"AND coalesce(own.{axis}_at, TIMESTAMP '9999-12-30') >= h_{axis}.valid_from "
        f"AND coalesce(own.{axis}_at, TIMESTAMP '9999-12-30') < h_{axis}.valid_to"
        for axis in table.axes
    )


def _teams(table: Table) -> str:
    return "".join(f", m_{axis}.team_id AS {axis}_team_id, m_{axis}.role AS {axis}_role" for axis in table.axes)


def _memberships(table: Table) -> str:
    """Return the joins that find the team on the axis' day; a record with no such day is with its owner's last team."""
    joins = []
    for axis in table.axes:
        day = f"coalesce(d.{axis}_day, {_LAST_DAY})"
        joins.append(
            f" LEFT JOIN int_membership AS m_{axis} ON m_{axis}.employee_id = d.{axis}_employee_id "
            f"AND {day} >= m_{axis}.valid_from AND {day} < m_{axis}.valid_to",
        )
    return "".join(joins)
