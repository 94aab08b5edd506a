import pytest

from voronka.domain.errors import DefinitionError
from voronka.metrics.definition import Choice, Metric, define, with_formula
from voronka.metrics.dimensions import Title
from voronka.metrics.notation import read_source

STATES = "fct_deal_states\nholds: { from: from_day, until: to_day }"
TITLE = "title: { ru: А, en: A }"


def _define(text: str, **choices: Choice) -> tuple[Metric, ...]:
    return define(read_source("own.yml", text), choices).metrics


def _deals(metric: str, top: str = "") -> str:
    return f"fact: fct_deals\ntime: created_at\n{top}\nmetrics:\n  own: {{ {TITLE}, {metric} }}\n"


def test_a_metric_stands_on_the_axis_of_its_file_unless_it_has_its_own() -> None:
    (created,) = _define(_deals("count: rows"))
    (closed,) = _define(_deals("count: rows, time: closed_at"))
    assert (created.axis, created.own_time) == ("created", False)
    assert (closed.axis, closed.own_time) == ("closed", True)
    assert closed.place == "own.yml:5"


def test_a_window_is_days_or_the_name_of_a_constant() -> None:
    (named,) = _define(_deals("count: rows, cohort: { window_days: touch_days }"))
    assert with_formula(named, ["own"], {"touch_days": 7}).window_days == 7
    (given,) = _define(_deals("count: rows, cohort: { window_days: 90 }"))
    assert with_formula(given, ["own"]).window_days == 90
    with pytest.raises(DefinitionError, match=r"Unknown constant: touch_day\. Did you mean touch_days"):
        with_formula(_define(_deals("count: rows, cohort: { window_days: touch_day }"))[0], ["own"], {"touch_days": 7})
    with pytest.raises(DefinitionError, match="A window is of one day or more: 0"):
        _define(_deals("count: rows, cohort: { window_days: 0 }"))


def test_spend_stands_on_its_day() -> None:
    (spend,) = _define(f"fact: fct_ad_spend\ntime: day\nmetrics:\n  own: {{ {TITLE}, sum: cost }}\n")
    assert spend.axis == "day"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (_deals("count: rows, sum: amount"), "one verb: count, sum"),
        (_deals("unit: money"), "one verb: none. Give one of count"),
        (_deals("count: deal_id"), "Only rows are counted"),
        (_deals("sum: amountt"), r"own.yml:5: Unknown column: amountt. Did you mean amount"),
        (_deals("count: rows, time: won_at"), "Unknown time: won_at. Known: closed_at, created_at"),
        (
            _deals("count: rows", "dimensions: [employe]"),
            r"own.yml:3: Unknown dimension: employe. Did you mean employee",
        ),
        (_deals("count: rows").replace("fct_deals", "fct_deal"), r"own.yml:1: Unknown fact: fct_deal. Did you mean"),
        (_deals("count: rows").replace("time: created_at", ""), "fct_deals needs a time"),
        (_deals("count: rows").replace("own:", "Own:"), "small Latin letters"),
        (_deals("count: rows").replace("own:", "month:"), "taken by a dimension"),
        (_deals("count: rows").replace(TITLE + ",", ""), "needs a title"),
        (f"metrics:\n  own: {{ {TITLE}, count: rows }}\n", "own needs a fact"),
    ],
)
def test_a_wrong_definition_says_where_and_what(text: str, said: str) -> None:
    with pytest.raises(DefinitionError, match=said):
        _define(text)


def test_a_variant_is_chosen_by_name() -> None:
    text = _deals("count: rows, variant: all, variants: { won: { where: outcome = 'won' } }")
    (plain,) = _define(text)
    (won,) = _define(text, own=Choice("won"))
    assert (plain.variant, plain.where) == ("all", None)
    assert won.variant == "won"
    assert won.where is not None
    assert plain.variants == ("all", "won")
    with pytest.raises(DefinitionError, match=r"own has no variant lost. Known: all, won"):
        _define(text, own=Choice("lost"))


def test_a_variant_speaks_for_itself_or_says_nothing() -> None:
    words = "definition: { ru: Все, en: All }, source: own"
    won = "won: { where: outcome = 'won', definition: { ru: Наши, en: Ours }, source: Atrium }"
    text = _deals(f"count: rows, {words}, variant: all, variants: {{ {won}, lost: {{ where: outcome = 'lost' }} }}")
    plain, told, silent = (_define(text, own=Choice(name))[0] for name in ("all", "won", "lost"))
    assert [each.definition.en if each.definition else None for each in (plain, told, silent)] == ["All", "Ours", None]
    assert (plain.source, told.source) == (Title("own", "own"), Title("Atrium", "Atrium"))
    assert [(each.name, each.meaning, each.where) for each in plain.alternatives] == [
        ("all", "count: rows", None),
        ("won", "count: rows", "outcome = 'won'"),
        ("lost", "count: rows", "outcome = 'lost'"),
    ]
    assert plain.alternatives == told.alternatives


def test_a_share_is_written_as_a_share() -> None:
    (metric,) = _define(f"metrics:\n  own: {{ {TITLE}, share: true, formula: a / b }}\n")
    with pytest.raises(DefinitionError, match=r"written as 100 \* a / b"):
        with_formula(metric, ["a", "b"])


def test_a_metric_may_only_become_a_variant_that_it_has() -> None:
    with pytest.raises(DefinitionError, match=r"no variant: by_deal\. Did you mean by_deals"):
        _define(_deals("sum: amount, otherwise: by_deal, variants: { by_deals: { sum: margin } }"))


def test_a_computed_metric_names_its_analysis_and_what_it_is_made_of() -> None:
    own, other = _define(
        f"dimensions: [employee]\nmetrics:\n  own: {{ {TITLE}, computed: growth of a }}\n"
        f"  other: {{ {TITLE}, computed: score }}\n"
    )
    assert (own.analysis, own.of) == ("growth", "a")
    assert (other.analysis, other.of) == ("score", "")
    assert other.cuts == ("employee",)


def test_a_file_without_a_fact_is_cut_by_dimensions_that_there_are() -> None:
    with pytest.raises(DefinitionError, match=r"own.yml:1: Unknown dimension: employe\. Did you mean employee"):
        _define(f"dimensions: [employe]\nmetrics:\n  own: {{ {TITLE}, computed: score }}\n")
