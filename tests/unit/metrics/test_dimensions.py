from voronka.metrics.dimensions import dimension_names, dimension_of


def test_a_member_is_grouped_by_its_id() -> None:
    employee = dimension_of("employee", "fct_calls")
    assert employee is not None
    assert (employee.key, employee.owned) == ("employee_id", True)


def test_a_dimension_is_there_only_where_the_fact_has_its_column() -> None:
    assert dimension_of("product", "fct_deals") is not None
    assert dimension_of("product", "fct_calls") is None


def test_any_plain_column_may_be_listed_but_time_is_not_one() -> None:
    template = dimension_of("template", "fct_emails")
    assert template is not None
    assert (template.key, template.column) == ("template", "template")
    assert dimension_of("month", "fct_deals") is None
    assert "month" not in dimension_names("fct_deals")
    assert "pipeline" in dimension_names("fct_deals")


def test_an_hour_needs_a_clock_and_a_weekday_a_day() -> None:
    cuts = [
        (fact, [dimension_of(name, fact) is not None for name in ("weekday", "hour")])
        for fact in ("fct_calls", "fct_ad_spend", "fct_deal_states")
    ]
    assert cuts == [("fct_calls", [True, True]), ("fct_ad_spend", [True, False]), ("fct_deal_states", [False, False])]
