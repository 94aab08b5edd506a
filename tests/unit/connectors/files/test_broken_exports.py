import pytest

from tests.unit.connectors.files.conftest import Read
from voronka.connectors.files.broken_exports import says_cut


@pytest.mark.parametrize(
    "remark",
    [
        "Fatal error: Allowed memory size of 134217728 bytes exhausted in /var/www/export.php on line 12",
        "ERROR: connection to the server was lost",
        "Maximum execution time of 30 seconds exceeded",
        "ORA-01555: snapshot too old",
        "Ошибка: превышено время ожидания",
        "Выгрузка прервана пользователем",
        "Показаны первые 10 000 строк",
        "Results are limited to 1000",
    ],
)
def test_a_remark_that_the_export_is_not_whole_is_known(remark: str) -> None:
    assert says_cut(remark)


@pytest.mark.parametrize(
    "remark", ["Всего записей: 3", "Отчёт сформирован 01.03.2026", "Страница 1 из 3", "Сделки без ошибок", "Итого"]
)
def test_other_remarks_say_nothing_of_that(remark: str) -> None:
    assert not says_cut(remark)


def test_an_error_below_the_rows_is_told(read: Read) -> None:
    batch = read("ID;Сумма\n1;10\n2;20\nFatal error: Maximum execution time of 30 seconds exceeded\n")
    assert batch.rows == 2
    (flag,) = batch.flags
    assert (flag.code, flag.first_rows) == ("export_cut", (4,))
    assert flag.message.endswith("rows may be missing: Fatal error: Maximum execution time of 30 seconds exceeded")
