from voronka.lake.raw import raw_name
from voronka.lake.session import Session, literal, quoted
from voronka.transform.column_choice import Draft
from voronka.transform.column_profiles import profiles
from voronka.transform.import_tables import import_tables
from voronka.transform.layout_choice import take_layout
from voronka.transform.vendor_layouts import Layout

LAYOUT = Layout(
    "Acme CRM",
    "deals",
    (),
    frozenset({"closedon"}),
    1,
    frozenset(),
    {"deal_id": ("no",), "closed_at": ("closedon", "endson"), "employee_id": ("owner",), "kind": ("sort",)},
    {"contact": ("surname", "givenname")},
    {"madeby": "who made it"},
)


def draft(session: Session, *rows: tuple[str, ...]) -> Draft:
    """Return the draft of deals that the layout makes of rows, the headers first."""
    names = ", ".join(quoted(raw_name(header)) for header in rows[0])
    values = ", ".join(f"({', '.join(literal(cell) for cell in row)})" for row in rows[1:])
    session.run(f"CREATE OR REPLACE VIEW layout_of_test AS SELECT * FROM (VALUES {values}) AS said({names})")
    found = Draft(session, "layout_of_test", import_tables()["deals"], profiles(session, "layout_of_test", rows[0]), ())
    take_layout(found, LAYOUT)
    return found


def test_the_first_header_with_values_that_can_be_read_is_taken(session: Session) -> None:
    both = draft(session, ("No", "Closed on", "Ends on"), ("1", "2025-01-02", "2025-03-04"))
    assert both.columns["closed_at"].theirs == "Closed on"
    empty = draft(session, ("No", "Closed on", "Ends on"), ("1", "", "2025-03-04"))
    assert empty.columns["closed_at"].theirs == "Ends on"
    other = draft(session, ("No", "Closed on", "Ends on"), ("1", "soon", "2025-03-04"))
    assert other.columns["closed_at"].theirs == "Ends on"


def test_a_column_of_a_known_export_is_surer_where_its_values_are_of_its_type(session: Session) -> None:
    found = draft(session, ("No", "Closed on", "Sort"), ("1", "2025-01-02", ""))
    assert [found.columns[ours].confidence for ours in ("deal_id", "closed_at", "kind")] == [0.97, 0.98, 0.8]
    assert found.columns["deal_id"].reason == "so it is called in Acme CRM's export of deals"
    assert found.columns["kind"].reason.endswith("; no values yet")


def test_names_under_the_header_of_an_id_are_names(session: Session) -> None:
    found = draft(session, ("No", "Owner"), ("1", "Ann Lee"), ("2", "Bob Ray"))
    assert found.columns["employee"].theirs == "Owner"
    assert "employee_id" not in found.columns


def test_what_is_several_headers_is_put_together(session: Session) -> None:
    found = draft(session, ("No", "Surname", "Given name"), ("1", "Lee", "Ann"))
    assert found.columns["contact"].theirs == (
        "= nullif(trim(coalesce(text(\"Surname\"), '') || ' ' || coalesce(text(\"Given name\"), '')), '')"
    )
    alone = draft(session, ("No", "Surname", "Given name"), ("1", "Lee", ""))
    assert alone.columns["contact"].theirs == "Surname"


def test_what_only_looks_like_ours_is_closed_and_says_why(session: Session) -> None:
    found = draft(session, ("No", "Made by"), ("1", "Ann Lee"))
    assert found.closed == {"Made by"}
    assert found.refused == {"Made by": "who made it"}
