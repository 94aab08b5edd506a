"""By what a metric may be cut: members of a dim, plain columns, and time."""

from dataclasses import dataclass

from voronka.domain.model import tables
from voronka.domain.period import GRAINS


@dataclass(frozen=True)
class Title:
    """What a thing is called, in both languages."""

    ru: str
    en: str


@dataclass(frozen=True)
class Member:
    """The table of a dimension whose values are members with an id and a name.

    An id that people write themselves, in a file or a question, is what is proposed in place of an unknown value.
    """

    table: str
    key: str
    name: str = "name"
    is_told_by_id: bool = False


@dataclass(frozen=True)
class Dimension:
    """A cut: the fact's column it stands in.

    `owned` ones stand in the columns of who owned the record, `timed` ones are whole numbers told by a metric's axis.
    """

    name: str
    title: Title
    column: str
    member: Member | None = None
    owned: bool = False
    timed: bool = False

    @property
    def key(self) -> str:
        """Return the name of the answer's column that rows are grouped by: the id of a member, else the value."""
        return f"{self.name}_id" if self.member else self.name


def _member(name: str, ru: str, en: str, *, title: str = "name", owned: bool = False) -> Dimension:
    return Dimension(name, Title(ru, en), f"{name}_id", Member(f"dim_{name}", f"{name}_id", title), owned)


def _plain(name: str, ru: str, en: str, *, column: str = "", owned: bool = False) -> Dimension:
    return Dimension(name, Title(ru, en), column or name, owned=owned)


_PERSON = Member("dim_employee", "employee_id")

DIMENSIONS: dict[str, Dimension] = {
    dimension.name: dimension
    for dimension in (
        _member("employee", "Сотрудник", "Employee", owned=True),
        _member("team", "Команда", "Team", owned=True),
        _plain("role", "Роль", "Role", owned=True),
        _member("channel", "Канал", "Channel"),
        _member("campaign", "Кампания", "Campaign"),
        _member("account", "Компания", "Account"),
        _member("contact", "Контакт", "Contact"),
        _member("product", "Продукт", "Product"),
        _member("stage", "Этап", "Stage", title="title"),
        _plain("pipeline", "Воронка", "Pipeline", column="pipeline_id"),
        _plain("outcome", "Исход", "Outcome"),
        _plain("temperature", "Температура", "Temperature"),
        _plain("temperature_by_rule", "Температура по правилу", "Temperature by rule"),
        _plain("segment", "Сегмент", "Segment"),
        _plain("industry", "Отрасль", "Industry"),
        _plain("region", "Регион", "Region"),
        _plain("size", "Размер", "Size"),
        _plain("is_target", "Целевой", "On profile"),
        _plain("industry", "Отрасль", "Industry"),
        _plain("size", "Размер", "Size"),
        _plain("region", "Регион", "Region"),
        _plain("template", "Шаблон", "Template"),
        _plain("is_mass", "Массовое", "Mass"),
        _plain("next_event", "Что было дальше", "What came next"),
        _plain("potential", "Потенциал", "Potential"),
        _plain("direction", "Направление", "Direction"),
        _plain("kind", "Вид", "Kind"),
        _plain("status", "Состояние", "Status"),
        _plain("currency", "Валюта", "Currency"),
        _plain("loss_reason", "Причина отказа", "Loss reason"),
        Dimension("from_employee", Title("Кто передал", "Handed by"), "from_employee_id", _PERSON),
        Dimension("to_employee", Title("Кому передан", "Handed to"), "to_employee_id", _PERSON),
        Dimension("handed_by", Title("Кто передал лид", "Lead handed by"), "handed_by", _PERSON),
        _plain("reason", "Причина", "Reason"),
        _plain("reject_reason", "Причина отклонения", "Reject reason"),
        Dimension(
            "check",
            Title("Проверка", "Check"),
            "check_name",
            Member("dim_check", "check_name", "title", is_told_by_id=True),
        ),
        Dimension(
            "regulation",
            Title("Регламент", "Regulation"),
            "regulation_id",
            Member("dim_regulation", "regulation_id", "title", is_told_by_id=True),
        ),
        _plain("clock", "Какое время идёт", "Clock"),
        _plain("is_open", "Запись в работе", "Record is open"),
        _plain("entity", "Запись", "Record"),
        _plain("class", "Вид замечания", "Kind of fault"),
        _plain("severity", "Важность", "Severity"),
        _plain("from_day", "С какого дня", "Since"),
        _plain("forecast_category", "Категория прогноза", "Forecast category"),
        Dimension("hour", Title("Час", "Hour"), "hour", timed=True),
        Dimension("weekday", Title("День недели", "Weekday"), "weekday", timed=True),
    )
}

TIMED_VALUES = {"hour": range(24), "weekday": range(1, 8)}
"""What the cuts told by an axis may be: the local hour, the day of the week from Monday on."""

TIME_TITLES = {
    "day": Title("День", "Day"),
    "week": Title("Неделя", "Week"),
    "month": Title("Месяц", "Month"),
    "quarter": Title("Квартал", "Quarter"),
    "year": Title("Год", "Year"),
}

OWNER_COLUMNS = {"employee": "employee_id", "team": "team_id", "role": "role"}
"""What the owner's dimensions are called after the axis: `closed_` + `employee_id`."""


def dimension_of(name: str, fact: str) -> Dimension | None:
    """Return the dimension of a fact by name: a known one, else a plain column of the fact; None where it has none."""
    columns = {column.name for column in tables()[fact].columns}
    known = DIMENSIONS.get(name)
    if known and known.timed:
        has_time = any(axis != "day" or name == "weekday" for axis in tables()[fact].axes)
        return known if has_time else None
    if known and (known.owned or known.column in columns):
        return known
    if name in columns and name not in GRAINS:
        return Dimension(name, Title(name, name), name)
    return None


def dimension_names(fact: str) -> tuple[str, ...]:
    """Return the names a definition over this fact may list as dimensions."""
    columns = [column.name for column in tables()[fact].columns if column.name not in GRAINS]
    known = [name for name in DIMENSIONS if dimension_of(name, fact)]
    return tuple(dict.fromkeys([*known, *columns]))
