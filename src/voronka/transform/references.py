"""Resolves who is meant: ids and names of people, teams, accounts ... in staging tables become ids of members."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voronka.transform.import_tables import Reader, staging_columns

BY_NAME = "name:"
"""How the id begins of one who is known by a name only."""
AMBIGUOUS = "ambiguous"
"""The member that a name stands for when two or more bear it."""


@dataclass(frozen=True)
class Reference:
    """A kind of member: the pairs of (id column, name column) that mention it, and where its own table has its name."""

    kind: str
    pairs: tuple[tuple[str, str], ...]
    own_stage: str
    own_names: tuple[str, ...]


REFERENCES: tuple[Reference, ...] = (
    Reference(
        "employee",
        (
            ("employee_id", "employee"),
            ("from_employee_id", "from_employee"),
            ("to_employee_id", "to_employee"),
            ("handed_by_id", "handed_by"),
            ("manager_id", "manager"),
            ("lead_employee_id", "lead"),
        ),
        "stg_employees",
        ("name", "employee"),
    ),
    Reference("team", (("team_id", "team"), ("parent_id", "parent")), "stg_teams", ("name", "team")),
    Reference("account", (("account_id", "account"),), "stg_accounts", ("name", "account")),
    Reference("contact", (("contact_id", "contact"),), "stg_contacts", ("name", "contact")),
    Reference("product", (("product_id", "product"),), "stg_products", ("name", "product")),
    Reference("channel", (("channel_id", "channel"),), "stg_channels", ("name", "channel")),
    Reference("campaign", (("campaign_id", "campaign"),), "stg_campaigns", ("name", "campaign")),
)


MERGED: Mapping[str, str | None] = {
    "employee": "stg_employees WHERE _is_latest",
    "lead": "stg_leads",
    "contact": "stg_contacts",
    "account": "stg_accounts",
    "channel": None,
    "team": None,
}
"""The kinds whose ids may become one another, each with the rows of its source that say so, if any does."""


def name_key(name: str) -> str:
    """Return the SQL of a name by which its spellings meet: one case, single spaces, ё as е."""
    plain = f"translate({name}, 'ёЁ\u00a0\u202f', 'еЕ  ')"
    return f"lower(trim(regexp_replace({plain}, '\\s+', ' ', 'g')))"


def mentions(reference: Reference, stages: Sequence[str]) -> str:
    """Return the SELECT of all distinct (id, name) pairs that mention the kind in these staging tables."""
    found = []
    for stage in stages:
        for _, id_sql, name_sql in _pairs(reference, stage, staging_columns()[stage]):
            found.append(
                f"SELECT DISTINCT {id_sql} AS id, {name_sql} AS name, {_own(reference, stage)} "
                f"AS own FROM {stage} WHERE {id_sql} IS NOT NULL OR {name_sql} IS NOT NULL",
            )
    said = (
        " UNION ALL ".join(found)
        or "SELECT CAST(NULL AS TEXT) AS id, CAST(NULL AS TEXT) AS name, false AS own WHERE false"
    )
    return _with_past_owners(said) if reference.kind == "employee" and "stg_changes" in stages else said


def _with_past_owners(said: str) -> str:
    """Add the people whom changes of an owner name: a known id or a bare number is an id, any other text a name."""
    return f"""
    WITH said AS ({said}),
    words AS (
      SELECT DISTINCT split_part(coalesce(deal_id, lead_id, entity_id), ':', 1) || ':' || word AS id, word
      FROM (SELECT *, unnest([old, new]) AS word FROM stg_changes)
      WHERE lower(trim(field)) IN ('employee', 'owner', 'ответственный') AND word IS NOT NULL
    ),
    told AS (
      SELECT *, id IN (SELECT id FROM said WHERE id IS NOT NULL) OR NOT regexp_matches(word, '[^0-9]') AS is_id
      FROM words
    )
    SELECT id, name, own FROM said
    UNION ALL
    SELECT CASE WHEN is_id THEN id END, CASE WHEN NOT is_id THEN word END, false FROM told
    """


def merges(kind: str) -> str:
    """Return the SELECT of ids that a source or a person says became another: (`<kind>_id`, `into_id`), once an id.

    What people entered holds against what a source says. Ids that became each other are all the smallest of them.
    Who was added in Voronka keeps that id, whatever is merged with them: plans and accounts stand under it.
    """
    return f"""
    WITH RECURSIVE {_CALLED if kind == "channel" else ""}
    said AS (
      SELECT {kind}_id, coalesce(min(into_id) FILTER (WHERE is_entered), min(into_id)) AS into_id
      FROM (
        {_told_by_source(kind)}
        {_entered(kind)}
        {f"UNION ALL {_SAME_IN_SOURCES[kind]}" if kind in _SAME_IN_SOURCES else ""}
      )
      WHERE into_id IS NOT NULL AND into_id <> {kind}_id
      GROUP BY {kind}_id
    ),
    chain AS (
      SELECT {kind}_id, into_id, 1 AS depth FROM said
      UNION ALL
      SELECT c.{kind}_id, s.into_id, c.depth + 1
      FROM chain AS c
      JOIN said AS s ON s.{kind}_id = c.into_id
      WHERE c.depth < 20
    ),
    round AS (
      SELECT DISTINCT {kind}_id FROM chain WHERE into_id = {kind}_id
    ),
    settled AS (
      SELECT c.{kind}_id, coalesce(min(r.{kind}_id), arg_max(c.into_id, c.depth)) AS into_id
      FROM chain AS c
      LEFT JOIN round AS r ON r.{kind}_id = c.into_id
      GROUP BY c.{kind}_id
    )
    SELECT {kind}_id, into_id FROM settled WHERE into_id <> {kind}_id
    """


def _told_by_source(kind: str) -> str:
    source = MERGED[kind]
    return f"SELECT {kind}_id, merged_into AS into_id, false AS is_entered FROM {source} UNION ALL" if source else ""


def _entered(kind: str) -> str:
    """Return the SELECT of what people entered.

    A channel is what it is called: one merged by its name stays so when a source gives the name an id. People of one
    name may be two, so of them the id stands as it was entered.
    """
    stated = f"SELECT entity_id AS {kind}_id, merged_into AS into_id, true AS is_entered FROM ({_ENTERED_MERGES})"
    stated = f"{stated} WHERE lower(trim(entity)) = '{kind}'"
    if kind != "channel":
        return stated
    return f"""
        SELECT coalesce(f.id, m.channel_id) AS channel_id, coalesce(i.id, m.into_id) AS into_id, m.is_entered
        FROM ({stated}) AS m
        LEFT JOIN called AS f ON f.name_id = m.channel_id
        LEFT JOIN called AS i ON i.name_id = m.into_id
    """


_CALLED = f"""
    called AS (
      SELECT '{BY_NAME}' || {name_key("name")} AS name_id, min(id) AS id
      FROM int_mentions_channel
      WHERE id IS NOT NULL AND name IS NOT NULL
      GROUP BY 1
      HAVING count(DISTINCT id) = 1
    ),"""
"""The one id of those channels that had none when they were merged by their names."""
_ENTERED_MERGES = """
  SELECT
    entity,
    CASE WHEN is_turned THEN merged_into ELSE entity_id END AS entity_id,
    CASE WHEN is_turned THEN entity_id ELSE merged_into END AS merged_into
  FROM (SELECT *, entity_id LIKE 'voronka:%' AND merged_into NOT LIKE 'voronka:%' AS is_turned FROM stg_merges)
"""
"""What people merged; somebody who was added in Voronka is what the other one becomes."""
_SAME_MAIL = f"""
  SELECT told.employee_id, made.employee_id, false
  FROM (
    SELECT lower(email) AS email, min(employee_id) AS employee_id
    FROM stg_employees
    WHERE _is_latest AND _source = 'voronka' AND email IS NOT NULL
    GROUP BY 1
    HAVING count(DISTINCT employee_id) = 1
  ) AS made
  JOIN (
    SELECT email, min(employee_id) AS employee_id
    FROM (
      SELECT
        lower(email) AS email,
        coalesce(employee_id, '{BY_NAME}' || {name_key("coalesce(name, employee)")}) AS employee_id
      FROM stg_employees
      WHERE _is_latest AND _source <> 'voronka' AND email IS NOT NULL
    )
    GROUP BY email, split_part(employee_id, ':', 1)
    HAVING count(DISTINCT employee_id) = 1
  ) AS told
    ON told.email = made.email
"""
"""Whom sources know by the mail of somebody who was added in Voronka; an address of several people tells nothing."""

_SAME_TEAM = f"""
  SELECT told.id, made.id, false
  FROM (
    SELECT {name_key("name")} AS name_key, min(id) AS id FROM int_mentions_team
    WHERE id LIKE 'voronka:%' AND name IS NOT NULL
    GROUP BY 1 HAVING count(DISTINCT id) = 1
  ) AS made
  JOIN (
    SELECT {name_key("name")} AS name_key, min(id) AS id FROM int_mentions_team
    WHERE id NOT LIKE 'voronka:%' AND name IS NOT NULL
    GROUP BY name_key, split_part(id, ':', 1) HAVING count(DISTINCT id) = 1
  ) AS told
    ON told.name_key = made.name_key
"""
"""Which team of a source has the name of one that was made in Voronka: a department has one team of a name."""
_SAME_IN_SOURCES = {"employee": _SAME_MAIL, "team": _SAME_TEAM}
"""How those who were added in Voronka are found again in sources."""


def members(reference: Reference) -> str:
    """Return the SELECT that says of each mention which member it is: one row per (id, name) pair.

    An id is used as it is; a name alone means the one known member of that name, nobody known a new one
    ('name:<key>'), two or more the ambiguous one. What stands for a person's name may be their e-mail, extension or
    number. Of the kinds in MERGED it is told which id became which (`first_id`: the member before that).
    """
    kind = reference.kind
    final, known, joined, known_joined = "k.member_id", "s.id", "", ""
    if kind in MERGED:
        final, known = "coalesce(m.into_id, k.member_id)", "coalesce(km.into_id, s.id)"
        joined = f"LEFT JOIN int_merges_{kind} AS m ON m.{kind}_id = k.member_id"
        known_joined = f"LEFT JOIN int_merges_{kind} AS km ON km.{kind}_id = s.id"
    by_key, keyed = ("c.member_id", _BY_KEY) if kind == "employee" else ("NULL", "")
    unknown = "c.name_key = s.name_key" if keyed else ""
    return f"""
    WITH spelled AS (
      SELECT id, name, max(own) AS own, {name_key("name")} AS name_key FROM int_mentions_{kind} GROUP BY ALL
    ),
    known AS (
      SELECT s.name_key, count(DISTINCT {known}) AS n, min({known}) AS id
      FROM spelled AS s {known_joined} WHERE s.id IS NOT NULL AND s.name IS NOT NULL GROUP BY 1
    ){keyed},
    keyed AS (
      SELECT s.id, s.name, s.own, s.name_key, CASE
        WHEN s.id IS NOT NULL THEN s.id
        WHEN coalesce(k.n, 0) = 0 THEN coalesce({by_key}, '{BY_NAME}' || s.name_key)
        WHEN k.n = 1 THEN k.id
        ELSE '{AMBIGUOUS}' END AS member_id
      FROM spelled AS s LEFT JOIN known AS k ON k.name_key = s.name_key
      {f"LEFT JOIN called AS c ON {unknown}" if keyed else ""}
    )
    SELECT k.id, k.name, k.own, k.member_id AS first_id, {final} AS member_id FROM keyed AS k {joined}
    """


_BY_KEY = f""",
    called AS (
      SELECT k.name_key, CASE WHEN count(DISTINCT coalesce(m.into_id, k.employee_id)) = 1
        THEN min(coalesce(m.into_id, k.employee_id)) ELSE '{AMBIGUOUS}' END AS member_id
      FROM int_employee_keys AS k LEFT JOIN int_merges_employee AS m ON m.employee_id = k.employee_id
      GROUP BY k.name_key
    )"""
"""Who has an e-mail, an extension or a number that stands where a name was expected."""


def resolved(stage: str) -> str:
    """Return the SELECT of a staging table with every id column holding the member meant."""
    columns = staging_columns()[stage]
    replaced, joins = [], []
    for reference in REFERENCES:
        for number, (id_column, id_sql, name_sql) in enumerate(_pairs(reference, stage, columns, "s.")):
            alias = f"{reference.kind}_{number}"
            joins.append(
                f"LEFT JOIN int_members_{reference.kind} AS {alias} "
                f"ON {alias}.id IS NOT DISTINCT FROM {id_sql} AND {alias}.name IS NOT DISTINCT FROM {name_sql}",
            )
            replaced.append((id_column, f"{alias}.member_id"))
    if "lead_id" in columns and stage != "stg_leads":
        joins.append("LEFT JOIN int_merges_lead AS lead_merge ON lead_merge.lead_id = s.lead_id")
        replaced.append(("lead_id", "coalesce(lead_merge.into_id, s.lead_id)"))
    own = set(columns)
    swapped = ", ".join(f"{sql} AS {name}" for name, sql in replaced if name in own)
    added = "".join(f", {sql} AS {name}" for name, sql in replaced if name not in own)
    replace = f" REPLACE ({swapped})" if swapped else ""
    left = " WHERE s.lead_id IS NULL OR s.lead_id NOT IN (SELECT lead_id FROM int_merges_lead)"
    return f"SELECT s.*{replace}{added} FROM {stage} AS s {' '.join(joins)}{left if stage == 'stg_leads' else ''}"


def _pairs(reference: Reference, stage: str, columns: Mapping[str, Reader], of: str = "") -> list[tuple[str, str, str]]:
    """Return (id column, SQL of the id, SQL of the name) for each mention of the kind in a table; `of`: its alias."""
    found = []
    for position, (id_column, name_column) in enumerate(reference.pairs):
        is_own = position == 0 and stage == reference.own_stage
        names = [n for n in (reference.own_names if is_own else (name_column,)) if n in columns]
        if not names and id_column not in columns:
            continue
        id_sql = f"{of}{id_column}" if id_column in columns else "CAST(NULL AS TEXT)"
        name_sql = f"coalesce({', '.join(f'{of}{n}' for n in names)})" if names else "CAST(NULL AS TEXT)"
        found.append((id_column, id_sql, name_sql))
    return found


def _own(reference: Reference, stage: str) -> str:
    """Return the SQL that says whether a mention is the member's own (latest) row."""
    if stage != reference.own_stage:
        return "false"
    return "_is_latest" if stage == "stg_employees" else "true"
