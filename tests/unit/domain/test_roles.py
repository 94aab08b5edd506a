from voronka.domain.roles import DEFAULT_ROLES, Role, RoleTitle, with_default_roles


def test_what_a_company_does_not_say_of_a_role_is_as_by_default() -> None:
    given = {"sdr": Role(title=RoleTitle(ru="Разведчик"), metrics=("calls",)), "buyer": Role()}
    found = with_default_roles(given)
    assert found["sdr"].title == RoleTitle(ru="Разведчик", en="SDR")
    assert found["sdr"].metrics == ("calls",)
    assert found["ae"] == DEFAULT_ROLES["ae"]
    assert found["buyer"].title == RoleTitle(ru="buyer", en="buyer")


def test_roles_are_in_one_order_with_the_companys_own_last() -> None:
    assert list(with_default_roles({"buyer": Role(), "am": Role()})) == [*DEFAULT_ROLES, "buyer"]
