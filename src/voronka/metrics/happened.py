"""Which of a fact's moments are events: what is planned has not happened, what copies show was only seen by then."""

PLANNED = ("fct_activities", "started")
"""The axis on which stands what is only planned, too."""
SEEN = {("fct_leads", "qualified"), ("fct_nurtures", "entered"), ("fct_handovers", "handed")}
"""The axes of leads whose moment may be that of a stage entry, known from nothing but copies of the lead."""


def happened(fact: str, axis: str) -> str:
    """Return the SQL condition under which a row `f` of a fact tells of an event on an axis; TRUE where all do.

    A move seen between two loads is told at the latest moment at which it can have been made, often that of the load:
    it may be counted there, but says nothing of how far the data reach.
    """
    if (fact, axis) == PLANNED:
        return "f.status IS DISTINCT FROM 'planned'"
    if (fact, axis) == ("fct_stage_entries", "entered"):
        return "f.source <> 'snapshot'"
    if (fact, axis) in SEEN:
        return (
            "NOT EXISTS (SELECT 1 FROM fct_stage_entries AS e WHERE e.source = 'snapshot' AND e.entity = 'lead' "
            f"AND e.entity_id = f.lead_id AND e.entered_at = f.{axis}_at)"
        )
    return "TRUE"
