"""The definitions keep what the published catalogue promises: names, titles, units, directions, verbs, axes.

Where one departs from the catalogue, or stands beside it, the tables below say so with the reason.
"""

import csv
import re
from functools import cache

from tests.house.tree import PACKAGE
from voronka.domain.model import tables
from voronka.metrics.catalogue import Catalogue
from voronka.metrics.definition import Metric

PUBLISHED = PACKAGE / "metrics" / "published.csv"

ROW_VERBS = {"count", "count_distinct", "sum", "average", "median"}

DIFFERENT: dict[tuple[str, str], str] = {
    (
        "average_purchase",
        "axis",
    ): "a purchase is one event with a time of its own, and both sides of the fraction stand on it",
    ("handed_growth", "verb"): "a formula has no other period: the analysis `growth` asks for both",
    ("revenue_growth", "verb"): "a formula has no other period: the analysis `growth` asks for both",
}
"""(name, field) -> why the definition differs from the catalogue in it."""

BESIDE: dict[str, str] = {
    **dict.fromkeys(
        ("undirected_calls", "undirected_emails", "undirected_messages"),
        "what is in no kind of activity, since no source tells whose it is: the Overview says how many and opens them",
    ),
    "meetings_due": "what the show rate is of: the page of activity shows it beside the meetings held",
    **dict.fromkeys(
        ("accounts", "accounts_touched", "contacts", "clients_contacted"),
        "the two sides of base_coverage, valid_contact_rate and qualified_per_contacted: each opens its records",
    ),
    **dict.fromkeys(
        ("leads_won", "leads_with_deal", "leads_answered", "leads_unanswered", "leads_undecided"),
        "what became of the leads: the steps under lead_conversion, each opens its records",
    ),
    "days_to_won": "how long a lead takes to become a sale: median_cycle_days begins with the deal, not with the lead",
    **dict.fromkeys(
        ("leads_answered_in_time", "leads_judged_by_response", "hot_unanswered"),
        "the two sides of first_response_within, and the hot leads among those late (D4)",
    ),
    **dict.fromkeys(
        ("labels_known", "labels_wrong", "wrong_label_rate"), "wrong labels of temperature, by person and channel (D4)"
    ),
    **dict.fromkeys(
        ("touches", "touches_without_journey", "touched", "touched_answered", "touched_meeting", "touched_opportunity"),
        "what follows a touch (A3): the chain, step by step",
    ),
    **dict.fromkeys(
        (
            "touched_won",
            "touched_answered_rate",
            "touched_meeting_rate",
            "touched_opportunity_rate",
            "touched_won_rate",
        ),
        "what follows a touch (A3): its end, and the shares of those touched",
    ),
    **dict.fromkeys(
        ("records_empty_share", "records_contradictory_share", "records_stale_share", "duplicates_share"),
        "the catalogue's `X_share of records`",
    ),
    "quality_issues": "every fault of every check, as `voronka check` sums them up; the four above count a record once",
    "records_checked": "what the shares of faulty records are of",
    "spend_duplicates": "rows of spend that repeat another (D2)",
    "lead_spend": "what the leads themselves cost: the cohort variants of cpl, cpql and cac stand on it",
    "leads_not_taken": "handed over, and neither taken nor refused though the time is up: lateness as it is now (B3)",
    **dict.fromkeys(
        ("dues", "dues_kept", "dues_breached", "dues_waiting", "dues_unsure", "regulation_never"),
        "what every regulation bound, and what became of it (F4): each opens its records",
    ),
    **dict.fromkeys(("regulation_within", "regulation_median"), "a regulation kept, and how long it takes (F4)"),
    "nurture_entries": "what nurture_return_rate is of",
    **dict.fromkeys(
        ("deals_without_task_amount", "stalled_amount"), "the money in the deals that nobody works: points of growth"
    ),
}
"""Name that the catalogue does not have -> why it is needed."""


@cache
def published() -> dict[str, dict[str, str]]:
    """Return the catalogue's rows by name."""
    version, *lines = PUBLISHED.read_text("utf-8").splitlines()
    assert re.search(r"version \d+ of \d{4}-\d\d-\d\d", version)
    return {row["name"]: row for row in csv.DictReader(lines)}


@cache
def defined() -> Catalogue:
    return Catalogue.load()


def test_every_name_of_the_catalogue_is_defined() -> None:
    assert [name for name in published() if name not in defined().names] == []


def test_names_beside_the_catalogue_have_a_reason() -> None:
    assert {name for name in defined().names if name not in published()} == set(BESIDE)
    assert [name for name, why in BESIDE.items() if not why.strip()] == []


def test_definitions_say_what_the_catalogue_says() -> None:
    found = {
        (name, field): (promised, said)
        for name, row in published().items()
        if name in defined().names
        for field, promised, said in compared(row, defined().metric(name))
        if promised != said
    }
    unexplained = {key: both for key, both in found.items() if key not in DIFFERENT}
    assert unexplained == {}
    assert set(DIFFERENT) <= set(found), "what no longer differs needs no reason"


def compared(row: dict[str, str], metric: Metric) -> list[tuple[str, str, str]]:
    """Return each field of a metric with what the catalogue promises of it and what its definition says."""
    return [
        ("ru", row["ru"], metric.title.ru),
        ("en", row["en"], metric.title.en),
        ("unit", row["unit"], metric.unit),
        ("better", row["better"], metric.better or ""),
        ("verb", verb_class(row["verb"]), verb_class(metric.verb)),
        *([("axis", row["axis"], axis_of(metric.name))] if row["axis"] not in ("", "period") else []),
    ]


def verb_class(verb: str) -> str:
    """Return how rows are taken: one by one, all together in a middle, by other metrics, or by an analysis."""
    return "rows" if verb in ROW_VERBS else verb


def axis_of(name: str) -> str:
    """Return the time a metric stands on as the catalogue writes it; `own` where it has several, each part its own."""
    leaves = defined().leaves(name)
    found = {("as_of" if leaf.is_as_of else written(leaf), leaf.subject and leaf.subject.fact) for leaf in leaves}
    return found.pop()[0] if len(found) == 1 and leaves[0].subject else "own"


def written(leaf: Metric) -> str:
    """Return the column of the time of a metric that stands on rows."""
    axis = leaf.axis or (tables()[leaf.subject.fact].axes[0] if leaf.subject else "")
    return axis if axis in ("", "day") else f"{axis}_at"
