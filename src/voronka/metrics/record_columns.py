"""What people are shown of the records behind a figure: the columns of each fact, in their order."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from voronka.metrics.dimensions import DIMENSIONS, Member, Title

Kind = Literal["text", "time", "day", "money", "number", "seconds", "boolean"]
"""How a value is shown: a time is local, money is in the company's currency."""


@dataclass(frozen=True)
class RecordColumn:
    """A column of records."""

    name: str
    title: Title
    kind: Kind


@dataclass(frozen=True)
class Shown:
    """A column and where it comes from: a column of the fact, a member by its id, or the owner at the time."""

    column: RecordColumn
    source: str
    member: Member | None = None
    owned: bool = False
    instead: str = ""
    """The id of the record that stands, without its id space, where the record has no name."""

    @property
    def name(self) -> str:
        """Return the name of the column."""
        return self.column.name

    @property
    def key(self) -> str:
        """Return the name under which the row holds what is read from the fact: the id of a member, else the value."""
        return f"{self.name}_id" if self.member else self.name


@dataclass(frozen=True)
class RecordKind:
    """What the rows of a fact are: the entity, its id (none where a row has no name), its columns, how it is sorted."""

    entity: str
    key: str | None
    columns: tuple[Shown, ...]
    sort: str
    has_url: bool = True
    home: str = ""
    """The table that the record itself stands in, where the fact only holds its states."""


CLIENT = "client"
"""The column that names the client by what is known: the company, else the person, else the number."""

SHARE = RecordColumn("share", Title("Доля", "Share"), "number")
"""Shown where records are split between people: what of the record the figure credits."""


def _value(name: str, ru: str, en: str, kind: Kind = "text", source: str = "") -> Shown:
    return Shown(RecordColumn(name, Title(ru, en), kind), source or name)


def _named(name: str, ru: str, en: str) -> Shown:
    return replace(_value(name, ru, en), instead="id")


def _member(name: str, ru: str = "", en: str = "", *, of: Member | None = None) -> Shown:
    known = DIMENSIONS.get(name)
    title = Title(ru, en) if ru or known is None else known.title
    member = of or (known.member if known else None)
    return Shown(RecordColumn(name, title, "text"), f"{name}_id", member, owned=bool(known and known.owned))


def _time(name: str, ru: str, en: str) -> Shown:
    return _value(name, ru, en, "time")


_CLIENT = Shown(RecordColumn(CLIENT, Title("Клиент", "Client"), "text"), "")
_EMPLOYEE = _member("employee")
_CHANNEL = _member("channel")
_DEAL = replace(_member("deal", "Сделка", "Deal", of=Member("fct_deals", "deal_id", "title")), instead="deal_id")
_LEAD = replace(_member("lead", "Лид", "Lead", of=Member("fct_leads", "lead_id", "title")), instead="lead_id")
_CREATED = _time("created_at", "Создано", "Created")
_SUBJECT = _value("subject", "Тема", "Subject")
_DIRECTION = _value("direction", "Направление", "Direction")
_STATUS = _value("status", "Состояние", "Status")

_APPOINTMENT = (
    _time("started_at", "Начало", "Start"),
    _EMPLOYEE,
    _CLIENT,
    _SUBJECT,
    _STATUS,
    _time("ended_at", "Конец", "End"),
    _CREATED,
    _DEAL,
)

_ABOUT_ACCOUNT = (
    _value("segment", "Сегмент", "Segment"),
    _value("industry", "Отрасль", "Industry"),
    _value("region", "Регион", "Region"),
)

_DEALS = (
    _named("title", "Сделка", "Deal"),
    _CLIENT,
    _EMPLOYEE,
    _value("amount", "Сумма", "Amount", "money", "amount_home"),
    _member("stage"),
    _value("outcome", "Исход", "Outcome"),
    _CREATED,
    _time("closed_at", "Закрыта", "Closed"),
    _value("expected_close_at", "Ожидаемое закрытие", "Expected close", "day"),
    _CHANNEL,
    _member("product"),
    _value("loss_reason", "Причина отказа", "Loss reason"),
)

RECORDS: Mapping[str, RecordKind] = {
    "fct_calls": RecordKind(
        "call",
        "activity_id",
        (
            _time("started_at", "Начало", "Start"),
            _EMPLOYEE,
            _CLIENT,
            _DIRECTION,
            _value("answered", "Состоялся", "Answered", "boolean"),
            _value("talk_seconds", "Разговор", "Talk", "seconds"),
            _value("wait_seconds", "Ожидание", "Wait", "seconds"),
            _value("potential", "Потенциал", "Potential"),
            _CHANNEL,
            _DEAL,
        ),
        "started_at",
    ),
    "fct_emails": RecordKind(
        "email",
        "activity_id",
        (
            _time("started_at", "Отправлено", "Sent"),
            _EMPLOYEE,
            _CLIENT,
            _SUBJECT,
            _DIRECTION,
            _time("replied_at", "Ответ получен", "Replied"),
            _value("template", "Шаблон", "Template"),
            _value("is_mass", "Массовое", "Mass", "boolean"),
            _DEAL,
        ),
        "started_at",
    ),
    "fct_messages": RecordKind(
        "message",
        "activity_id",
        (
            _time("started_at", "Отправлено", "Sent"),
            _EMPLOYEE,
            _CLIENT,
            _DIRECTION,
            _time("replied_at", "Ответ получен", "Replied"),
            _CHANNEL,
            _DEAL,
        ),
        "started_at",
    ),
    "fct_meetings": RecordKind("meeting", "activity_id", _APPOINTMENT, "started_at"),
    "fct_demos": RecordKind("demo", "activity_id", _APPOINTMENT, "started_at"),
    "fct_proposals": RecordKind(
        "proposal",
        "activity_id",
        (_time("started_at", "Отправлено", "Sent"), _EMPLOYEE, _CLIENT, _SUBJECT, _STATUS, _DEAL),
        "started_at",
    ),
    "fct_tasks": RecordKind(
        "task",
        "activity_id",
        (
            _SUBJECT,
            _EMPLOYEE,
            _CLIENT,
            _STATUS,
            _time("due_at", "Срок", "Due"),
            _time("completed_at", "Выполнена", "Completed"),
            _CREATED,
            _DEAL,
        ),
        "due_at",
    ),
    "fct_leads": RecordKind(
        "lead",
        "lead_id",
        (
            _named("title", "Лид", "Lead"),
            _CREATED,
            _CLIENT,
            _EMPLOYEE,
            _CHANNEL,
            _member("stage"),
            _value("outcome", "Исход", "Outcome"),
            _value("temperature", "Температура", "Temperature"),
            _value("is_target", "Целевой", "On profile", "boolean"),
            _time("first_response_at", "Первый ответ", "First response"),
            _value("first_response_working_seconds", "Ответ за, рабочее время", "Response, working time", "seconds"),
            _time("won_at", "Продажа", "Won"),
        ),
        "created_at",
        has_url=False,
    ),
    "fct_deals": RecordKind("deal", "deal_id", _DEALS, "created_at"),
    "fct_deal_states": RecordKind("deal", "deal_id", _DEALS, "created_at", home="fct_deals"),
    "fct_handovers": RecordKind(
        "handover",
        "handover_id",
        (
            _LEAD,
            _CLIENT,
            _time("handed_at", "Передан", "Handed"),
            _member("from_employee"),
            _member("to_employee"),
            _time("accepted_at", "Принят", "Accepted"),
            _time("rejected_at", "Отклонён", "Rejected"),
            _value("reason", "Причина", "Reason"),
            _value("accept_working_seconds", "Взят за, рабочее время", "Accepted in, working time", "seconds"),
            _value("met_criteria", "По критериям", "Met criteria", "boolean"),
            _value("is_off_profile", "Не по профилю", "Off profile", "boolean"),
            _CHANNEL,
            _value("temperature", "Температура", "Temperature"),
            _value("won_amount_home", "Сумма продаж", "Sold for", "money"),
        ),
        "handed_at",
        has_url=False,
    ),
    "fct_dues": RecordKind(
        "due",
        "entity_id",
        (
            _named("title", "Запись", "Record"),
            _member("regulation"),
            _CLIENT,
            _EMPLOYEE,
            _time("started_at", "Начало", "Start"),
            _time("due_at", "Срок", "Due"),
            _time("stopped_at", "Сделано", "Done"),
            _value("taken_seconds", "Заняло", "Took", "seconds"),
            _value("is_in_time", "В срок", "In time", "boolean"),
            _value("is_open", "Запись в работе", "Record is open", "boolean"),
            _value("entity", "Вид записи", "Kind of record"),
            _CHANNEL,
        ),
        "started_at",
    ),
    "fct_nurtures": RecordKind(
        "lead",
        "lead_id",
        (
            _LEAD,
            _CLIENT,
            _EMPLOYEE,
            _time("entered_at", "Отложен", "Put off"),
            _time("left_at", "Вышел", "Left"),
            _value("is_returned", "Вернулся", "Came back", "boolean"),
            _CHANNEL,
            _value("temperature", "Температура", "Temperature"),
        ),
        "entered_at",
        has_url=False,
    ),
    "fct_nurture_states": RecordKind(
        "lead",
        "lead_id",
        (
            _LEAD,
            _CLIENT,
            _EMPLOYEE,
            _value("entered_day", "Отложен", "Put off", "day"),
            _CHANNEL,
            _value("temperature", "Температура", "Temperature"),
            _member("stage"),
        ),
        "entered_day",
        has_url=False,
    ),
    "fct_payments": RecordKind(
        "payment",
        "payment_id",
        (
            _time("paid_at", "Оплачено", "Paid"),
            _CLIENT,
            _EMPLOYEE,
            _value("amount", "Сумма", "Amount", "money", "amount_home"),
            _value("margin", "Маржа", "Margin", "money", "margin_home"),
            _DEAL,
        ),
        "paid_at",
        has_url=False,
    ),
    "fct_quality_issues": RecordKind(
        "quality_issue",
        "entity_id",
        (
            _named("title", "Запись", "Record"),
            replace(_member("check"), source="check_name"),
            _EMPLOYEE,
            _value("detail", "Подробности", "Detail"),
            _value("from_day", "С какого дня", "Since", "day"),
            _value("entity", "Вид записи", "Kind of record"),
        ),
        "from_day",
    ),
    "fct_checked_records": RecordKind(
        "checked_records",
        None,
        (
            _value("entity", "Вид записи", "Kind of record"),
            _EMPLOYEE,
            _value("from_day", "С какого дня", "Since", "day"),
            _value("records", "Записей", "Records", "number"),
        ),
        "from_day",
        has_url=False,
    ),
    "fct_outgoing_touches": RecordKind(
        "touch",
        "activity_id",
        (
            _time("started_at", "Когда", "When"),
            _value("kind", "Вид", "Kind"),
            _EMPLOYEE,
            _CLIENT,
            _value("next_event", "Что было дальше", "What came next"),
            _value("is_answered", "Отозвались", "Responded", "boolean"),
            _value("has_meeting", "Встреча", "Meeting", "boolean"),
            _value("has_opportunity", "Сделка создана", "Deal created", "boolean"),
            _value("has_won", "Продажа", "Won", "boolean"),
            _value("template", "Шаблон", "Template"),
            _SUBJECT,
            _CHANNEL,
            _DEAL,
        ),
        "started_at",
    ),
    "fct_account_states": RecordKind(
        "account",
        "account_id",
        (_member("account"), _EMPLOYEE, *_ABOUT_ACCOUNT, _value("from_day", "В базе с", "Known since", "day")),
        "from_day",
        has_url=False,
    ),
    "fct_account_days": RecordKind(
        "account_day",
        None,
        (
            _time("touched_at", "Первое действие дня", "First thing of the day"),
            _member("account"),
            _EMPLOYEE,
            *_ABOUT_ACCOUNT,
        ),
        "touched_at",
        has_url=False,
    ),
    "fct_contact_states": RecordKind(
        "contact",
        "contact_id",
        (
            _member("contact"),
            _member("account"),
            _EMPLOYEE,
            _value("has_phone", "Телефон", "Phone", "boolean"),
            _value("has_email", "Почта", "E-mail", "boolean"),
            _value("from_day", "В базе с", "Known since", "day"),
        ),
        "from_day",
        has_url=False,
    ),
    "fct_purchases": RecordKind(
        "purchase",
        "purchase_id",
        (
            _time("bought_at", "Куплено", "Bought"),
            _member("account"),
            _EMPLOYEE,
            _value("amount", "Сумма", "Amount", "money", "amount_home"),
            _member("product"),
            _value("kind", "Вид", "Kind"),
            _value("product_since", "Продукт у клиента с", "Client has the product since", "day"),
            _DEAL,
        ),
        "bought_at",
        has_url=False,
    ),
    "fct_ad_spend": RecordKind(
        "ad_spend",
        None,
        (
            _value("day", "День", "Day", "day"),
            _CHANNEL,
            _member("campaign"),
            _value("cost", "Расход", "Cost", "money", "cost_home"),
            _value("impressions", "Показы", "Impressions", "number"),
            _value("clicks", "Клики", "Clicks", "number"),
        ),
        "day",
        has_url=False,
    ),
}
