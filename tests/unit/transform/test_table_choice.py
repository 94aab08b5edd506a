import pytest

from voronka.domain.errors import InputError
from voronka.transform.table_choice import choose_table


def test_headers_that_few_tables_have_tell_the_table() -> None:
    found = choose_table(["Deal Stage", "Close Date", "Amount", "Owner"], "data.csv")
    assert found.table == "deals"
    assert "«Deal Stage»" in found.reason


def test_the_words_of_the_file_name_decide_between_like_headers() -> None:
    headers = ["Owner", "Subject", "Created Time", "Due Date", "Status"]
    assert choose_table(headers, "Tasks_2025.csv").table == "tasks"
    assert choose_table(headers, "Задачи.csv").table == "tasks"


def test_a_table_that_lacks_what_it_needs_is_not_chosen() -> None:
    assert choose_table(["Employee", "Team", "Hire Date"], "calls.csv").table == "employees"


def test_a_date_and_an_owner_alone_tell_nothing() -> None:
    with pytest.raises(InputError, match="--into"):
        choose_table(["Created Time", "Status"], "x.csv")


def test_invoices_are_not_taken_for_deals() -> None:
    headers = ["Grand Total", "Discount", "Stage", "Close Date"]
    with pytest.raises(InputError, match="--into deals"):
        choose_table(headers, "Invoices.csv")
    assert choose_table(headers, "Invoices.csv", "deals").table == "deals"


def test_a_name_that_speaks_of_another_table_at_more_length_is_not_overheard() -> None:
    headers = ["Product Name", "Discount", "Total", "Quantity"]
    with pytest.raises(InputError, match="speaks of deal_lines, but the headers lack what these need"):
        choose_table(headers, "Sales_Order_Line_Items.csv")
    assert choose_table([*headers, "Deal ID"], "Sales_Order_Line_Items.csv").table == "deal_lines"


def test_columns_that_hardly_another_table_has_side_by_side_tell_it() -> None:
    assert choose_table(["Название", "Сумма", "Этап", "Дата"], "1.csv").table == "deals"
    with pytest.raises(InputError, match="--into"):
        choose_table(["Название", "Этап", "Дата"], "1.csv")
