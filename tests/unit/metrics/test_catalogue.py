from datetime import date

import pytest

from voronka.domain.errors import DefinitionError, QuestionError
from voronka.metrics.catalogue import Catalogue, constants_of
from voronka.metrics.definition import Choice
from voronka.metrics.dimensions import Title
from voronka.settings import Regulations, Settings, TouchSettings

OWN = "metrics:\n  {name}: {{ title: {{ ru: Своя, en: Own }}, formula: {formula} }}\n"


def _own(name: str, formula: str) -> tuple[str, str]:
    return "metrics/own.yml", OWN.format(name=name, formula=formula)


def test_a_window_and_the_words_about_it_are_those_of_the_settings() -> None:
    usual = Catalogue.load().metric("touched_answered_rate")
    assert (usual.window_days, usual.title.en) == (14, "Answered within 14 days of a touch")
    settings = Settings(touches=TouchSettings(window_days=30), regulations=Regulations(call_back_minutes=15))
    own = Catalogue.load(constants=constants_of(settings))
    assert own.metric("touched_answered_rate").window_days == 30
    assert own.metric("touched_answered_rate").title.ru == "Ответ за 30 дн. после касания, %"
    assert "15 minutes of working time" in str(own.metric("missed_not_called_back").definition)


def test_an_unknown_metric_is_answered_with_the_nearest_one() -> None:
    with pytest.raises(QuestionError) as refused:
        Catalogue.load().metric("win_rat")
    assert str(refused.value) == "Unknown metric: win_rat. Did you mean win_rate?"


def test_a_part_of_a_formula_is_not_a_metric_people_ask_for() -> None:
    catalogue = Catalogue.load()
    assert "lost_amount" in catalogue.metrics
    assert "lost_amount" not in catalogue.names
    with pytest.raises(QuestionError):
        catalogue.metric("lost_amount")


def test_a_companys_metric_lies_over_the_built_in_one() -> None:
    catalogue = Catalogue.load([_own("calls", "2 * outgoing_calls")])
    assert catalogue.metric("calls").title.en == "Own"
    assert catalogue.metric("calls").path == "metrics/own.yml"
    assert catalogue.fingerprint != Catalogue.load().fingerprint


def test_a_company_cannot_define_a_metric_twice() -> None:
    with pytest.raises(DefinitionError, match=r"other.yml:2: Defined twice: own"):
        Catalogue.load([_own("own", "calls"), ("other.yml", _own("own", "calls")[1])])


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("own + 1", "stands on itself: own -> own"),
        ("calls / win_rat", r"own.yml:2: Unknown metric: win_rat. Did you mean win_rate\?"),
        ("2 * first_response_median", "cannot stand on a computed metric"),
    ],
)
def test_a_formula_that_cannot_be_computed_is_refused(formula: str, said: str) -> None:
    with pytest.raises(DefinitionError, match=said):
        Catalogue.load([_own("own", formula)])


def test_a_formula_is_cut_by_what_all_its_facts_have() -> None:
    catalogue = Catalogue.load()
    assert catalogue.dimensions_of("roas") == ("channel", "campaign", "weekday")
    assert "employee" in catalogue.dimensions_of("win_rate")


def test_flows_are_told_from_what_does_not_add_up_over_days() -> None:
    catalogue = Catalogue.load([_own("touches", "calls + leads")])
    assert [
        name for name in ("touches", "revenue", "deals_open", "win_rate", "median_deal") if catalogue.is_flow(name)
    ] == [
        "touches",
        "revenue",
    ]


def test_a_variant_in_force_is_named_with_its_date() -> None:
    catalogue = Catalogue.load((), {"win_rate": Choice("from_accepted", date(2026, 1, 1))})
    told = catalogue.explain("win_rate")
    assert (told.variant, told.since, told.variants) == (
        "from_accepted",
        date(2026, 1, 1),
        ("by_count", "from_accepted"),
    )
    assert "accepted_won" in told.meaning
    assert Catalogue.load().explain("win_rate").variant == "by_count"


def test_a_variant_of_an_unknown_metric_is_refused() -> None:
    said = r"^voronka\.toml: `variants\.win_rat`: no metric is named win_rat\. Did you mean win_rate"
    with pytest.raises(DefinitionError, match=said):
        Catalogue.load((), {"win_rat": Choice("by_count")})


def test_a_variant_that_a_metric_lacks_is_told_where_it_is_chosen() -> None:
    said = r"^voronka\.toml: `variants\.win_rate`: win_rate has no variant from_acepted\. Did you mean from_accepted\?$"
    with pytest.raises(DefinitionError, match=said):
        Catalogue.load((), {"win_rate": Choice("from_acepted")})
    with pytest.raises(DefinitionError, match=r"^own\.yml:7: "):
        Catalogue.load((), {"win_rate": Choice("from_acepted", place="own.yml:7")})


def test_a_metric_is_explained_with_its_rows_and_examples() -> None:
    told = Catalogue.load().explain("revenue")
    assert told.where == "deleted_at IS NULL AND outcome IN ('won', 'lost') AND outcome = 'won'"
    assert (told.grain, told.axis, told.unit) == ("one row per deal", "closed", "money")
    assert told.examples


def test_every_listed_metric_has_a_question_in_both_languages() -> None:
    assert [metric.name for metric in Catalogue.load().listed() if metric.question is None] == []


def test_a_formula_is_explained_down_to_the_rows_it_stands_on() -> None:
    told = Catalogue.load().explain("sales_velocity")
    assert [each.name for each in told.parts] == ["deals_open", "average_deal", "win_rate", "cycle_days"]
    assert [each.name for each in told.every_part()] == [
        "deals_open",
        "average_deal",
        "win_rate",
        "deals_won",
        "deals_lost",
        "cycle_days",
    ]
    assert all(each.definition for each in told.every_part())


def test_a_companys_metric_has_the_words_of_its_own_file_only() -> None:
    assert Catalogue.load().explain("calls").definition is not None
    assert Catalogue.load([_own("calls", "2 * outgoing_calls")]).explain("calls").definition is None


def test_subjects_name_the_metrics_in_force_from_their_files() -> None:
    words = "title: { ru: Наше, en: Ours }\nabout: { ru: О своём, en: About ours }\n"
    subjects = Catalogue.load([("metrics/own.yml", words + _own("calls", "2 * outgoing_calls")[1])]).subjects()
    found = {subject.path: subject for subject in subjects}
    assert found["metrics/own.yml"].names == ("calls",)
    assert (found["metrics/own.yml"].title, found["metrics/own.yml"].about) == (
        Title("Наше", "Ours"),
        Title("О своём", "About ours"),
    )
    assert "calls" not in found["metrics/definitions/calls.yml"].names


def test_the_range_of_a_target_is_the_companys() -> None:
    usual = Catalogue.load().metrics["hot_conversion"].target
    assert usual is not None
    assert (usual.from_, usual.to) == (85, 95)
    given = constants_of(Settings.model_validate({"temperature": {"hot_range": [60, 80]}}))
    own = Catalogue.load(constants=given).metrics["hot_conversion"].target
    assert own is not None
    assert (own.from_, own.to) == (60, 80)


OTHERWISE = """
fact: fct_payments
time: paid_at
metrics:
  own:
    title: { ru: Своя, en: Own }
    unit: money
    sum: margin_home
    variant: by_payments
    otherwise: by_deals
    variants:
      by_deals: { formula: revenue }
"""


@pytest.mark.parametrize(
    ("known", "variant"),
    [
        ({"own", "revenue"}, "by_payments"),
        ({"revenue"}, "by_deals"),
        ({"own"}, "by_payments"),
        (set(), "by_payments"),
    ],
)
def test_a_metric_becomes_its_other_variant_only_where_that_knows_more(known: set[str], variant: str) -> None:
    catalogue = Catalogue.load([("metrics/own.yml", OTHERWISE)])
    others = set(catalogue.metrics) - {"own", "revenue"}
    settled = catalogue.settled(lambda leaf: leaf.name in known | others)
    assert settled.metric("own").variant == variant
    assert (settled.fingerprint == catalogue.fingerprint) == (variant == "by_payments")


def test_a_variant_that_was_chosen_stays_whatever_was_loaded() -> None:
    chosen = Catalogue.load([("metrics/own.yml", OTHERWISE)], {"own": Choice("by_payments")})
    assert chosen.settled(lambda leaf: leaf.name == "revenue").metric("own").variant == "by_payments"


def test_what_stands_on_a_metric_that_becomes_another_is_settled_after_it() -> None:
    title, other = "title: { ru: Выше, en: Above }", "variants: { other: { formula: leads } }"
    above = f"formula: 100 * own / ad_spend, variant: own_basis, otherwise: other, {other}"
    text = f"{OTHERWISE}  above: {{ {title}, {above} }}\n"
    catalogue = Catalogue.load([("metrics/own.yml", text)])
    assert catalogue.settled(lambda leaf: leaf.name in ("revenue", "ad_spend")).metric("above").variant == "own_basis"
    assert catalogue.settled(lambda leaf: leaf.name in ("leads", "ad_spend")).metric("above").variant == "other"


def test_a_metric_made_of_another_is_cut_as_that_and_tells_its_variant() -> None:
    text = "metrics:\n  own: { title: { ru: Своя, en: Own }, computed: growth of win_rate }\n"
    catalogue = Catalogue.load([("metrics/own.yml", text)])
    assert catalogue.dimensions_of("own") == catalogue.dimensions_of("win_rate")
    assert catalogue.metric("own").variant == "by_count"


@pytest.mark.parametrize(
    ("base", "said"),
    [
        ("revenu", "Unknown metric: revenu. Did you mean revenue"),
        ("revenue_growth", "made of a metric that an analysis"),
    ],
)
def test_what_a_metric_is_made_of_is_counted_or_a_formula(base: str, said: str) -> None:
    text = f"metrics:\n  own: {{ title: {{ ru: Своя, en: Own }}, computed: growth of {base} }}\n"
    with pytest.raises(DefinitionError, match=said):
        Catalogue.load([("metrics/own.yml", text)])


def test_what_is_not_listed_stays_so_in_the_variant_that_data_allow() -> None:
    catalogue = Catalogue.load()
    assert catalogue.settled(lambda _: True).names == catalogue.names
    assert catalogue.settled(lambda leaf: leaf.name != "revenue_paid").names == catalogue.names
