import pytest

from voronka.domain.lead_rules import lead_fields, lead_rule, rule_sql


def test_a_rule_is_a_statement_over_a_leads_fields() -> None:
    rule = "segment = 'B2B' AND (size >= 50 OR lower(industry) LIKE '%retail%')"
    assert lead_rule(rule) == rule
    assert rule_sql(rule).startswith("(f.segment = 'B2B' AND (f.size >= 50 OR ")


def test_no_rule_says_nothing_of_a_lead() -> None:
    assert lead_rule("  ") == ""
    assert rule_sql("") == "CAST(NULL AS BOOLEAN)"


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("segmant = 'B2B'", "Did you mean segment"),
        ("size", "true or false of a lead"),
        ("size = '50'", "a text and a number are compared"),
        ("title > 5", "a text and a number are compared"),
        ("segment IN ('B2B', 5)", "a text and a number are compared"),
        ("created_at < today", "Unknown column: created_at"),
        ("size > today", "Unknown column: today"),
        ("(SELECT true)", "Not allowed in an expression"),
        ("segment = 'B2B'; DROP TABLE x", "Not a"),
    ],
)
def test_what_is_no_rule_is_refused(rule: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        lead_rule(rule)


def test_fields_are_named_once_and_known() -> None:
    assert lead_fields(["phone", "segment", "phone"]) == ("phone", "segment")
    with pytest.raises(ValueError, match="Did you mean phone"):
        lead_fields(["fone"])
