"""The tables of the path's page with words for people: what follows what, ways, deviations, zones, cuts, hand-overs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from voronka.domain.durations import DAY, HOUR
from voronka.metrics.answer import AnswerColumn
from voronka.metrics.dimensions import Title
from voronka.reports.page import Table
from voronka.reports.path_against import HeldAgainst
from voronka.reports.plain import Plain
from voronka.reports.plain_path_page import BEGIN, FINISH
from voronka.reports.tables import Language, in_words

ARROW = " → "
WORDS: Mapping[str, Title] = {
    BEGIN: Title("Начало", "Start"),
    FINISH: Title("Конец", "End"),
    "skipped": Title("Пропущен", "Skipped"),
    "repeated": Title("Повторён", "Repeated"),
    "returned": Title("Возврат", "Returned"),
    "outside": Title("Вне воронки", "Outside of the pipeline"),
    "not_given": Title("Не задан", "Not given"),
    "before": Title("До первого этапа", "Before the first stage"),
    "between": Title("Между воронками", "Between pipelines"),
    "after": Title("Работа после закрытия", "Work after closing"),
    "nobody": Title("коллега", "a colleague"),
    "no_role": Title("роль не указана", "no role is given"),
}
MEANS: Mapping[str, Title] = {
    "cases": Title("Разные случаи, хотя бы раз прошедшие здесь", "Distinct cases that passed here at least once"),
    "count": Title("Сколько раз одно прямо следовало за другим", "How often the one directly followed the other"),
    "share": Title("От всех показанных случаев, %", "Of all cases shown, %"),
    "median_days": Title("Половина проходит быстрее; по календарю", "Half of them take less; by the calendar"),
    "p90_days": Title("Девять из десяти укладываются; по календарю", "Nine of ten take no more; by the calendar"),
    "worked_hours": Title("Половина быстрее, по рабочему времени компании", "Half take less, in working time"),
    "win_rate": Title("Выигранные из закрытых, %", "Won ones of those closed, %"),
    "days": Title("Медиана с отклонением минус медиана остальных, дней", "Median with it minus that of others, days"),
    "points": Title(
        "Доля выигранных с отклонением минус доля остальных, п. п.", "Win rate with it minus that of others"
    ),
    "low": Title("Нижний край интервала 95 % этой разницы", "Lower end of this difference's interval of 95 %"),
    "high": Title("Верхний край интервала 95 % этой разницы", "Upper end of this difference's interval of 95 %"),
    "differs": Title(
        "Разница не случайна, если смотреть на все сравнения вместе (правило Холма, 5 %)",
        "Beyond chance, all comparisons together (Holm's rule, 5 %)",
    ),
    "share_hours": Title("От всего времени этих случаев, %", "Of all time of these cases, %"),
    "now": Title("Открытые случаи, которые стоят здесь сейчас", "Open cases that stand here now"),
    "without_contact": Title(
        "Новый ответственный не связался с клиентом в срок", "The new person did not speak to the client in time"
    ),
    "contact_hours": Title(
        "Обычное ожидание первого контакта в рабочих часах; кто ещё ждёт, учтён",
        "The usual wait for the first contact in working hours; those that go on are counted",
    ),
    "emptied": Title(
        "Поле опустело за час до передачи или в сутки после; пусто — об этом никто не говорит",
        "A field was emptied from an hour before to a day after; empty where nobody tells",
    ),
    "without_task": Title(
        "На следующий день у сделки ничего не запланировано", "The deal had nothing planned next day"
    ),
}
"""What columns count, by their names."""


@dataclass(frozen=True)
class _Of:
    """A column: its name, its title, its unit ("text" for words), and how it is read of a row."""

    name: str
    title: Title
    unit: str
    read: Callable[[Plain], object]


def _number(name: str, title: Title, unit: str, key: str = "", by: float = 1) -> _Of:
    def read(row: Plain) -> object:
        value = row[key or name]
        return value if value is None or by == 1 else value / by

    return _Of(name, title, unit, read)


def _took(name: str, title: Title, key: str, part: str, by: float) -> _Of:
    return _Of(name, title, "number", lambda row: None if row[key] is None else row[key][part] / by)


def _text(name: str, title: Title, read: Callable[[Plain], object]) -> _Of:
    return _Of(name, title, "text", read)


CASES, SHARE = Title("Случаев", "Cases"), Title("Доля случаев, %", "Share of cases, %")
MEDIAN, P90 = Title("Медиана, дней", "Median, days"), Title("9 из 10, дней", "9 of 10, days")
WORKED = Title("Медиана рабочего времени, ч", "Median of working time, h")
AMOUNT = Title("Сумма выигранных", "Money won")
_MEDIAN = _took("median_days", MEDIAN, "took", "median", DAY)
_WORKED = _took("worked_hours", WORKED, "took_working", "median", HOUR)


def table_of(rows: Iterable[Plain], columns: Sequence[_Of]) -> Table:
    """Return rows as a table of these columns."""
    told = tuple(
        AnswerColumn(
            each.name,
            each.title,
            "" if each.unit in {"text", "number"} else each.unit,
            "dimension" if each.unit == "text" else "metric",
        )
        for each in columns
    )
    return Table(told, tuple({each.name: each.read(row) for each in columns} for row in rows))


def edges_table(path: Plain, language: Language) -> Table:
    """Return what follows what."""
    named = _names(path, language)
    whole = path["cases"]
    return table_of(
        path["edges"],
        (
            *_ends(named),
            _number("cases", CASES, "count"),
            _Of("share", SHARE, "percent", lambda row: 100 * row["cases"] / whole if whole else None),
            _number("count", Title("Переходов", "Passages"), "count"),
            _MEDIAN,
            _took("p90_days", P90, "took", "p90", DAY),
            _WORKED,
        ),
    )


def ways_table(path: Plain, language: Language) -> Table:
    """Return the ways that the page tells."""
    named = _names(path, language)
    return table_of(
        path["ways"],
        (
            _text("way", Title("Путь", "Way"), lambda row: ARROW.join(named(key) for key in row["steps"])),
            _number("cases", CASES, "count"),
            _number("share", SHARE, "percent"),
            _MEDIAN,
            _WORKED,
            _number("win_rate", Title("Доля выигранных, %", "Win rate, %"), "percent"),
            _number("amount", AMOUNT, "money"),
        ),
    )


def log_funnel_table(path: Plain, language: Language) -> Table:
    """Return the funnel of another process' steps."""
    named = _names(path, language)
    return table_of(
        path["funnel"],
        (
            _text("step", Title("Шаг", "Step"), lambda row: named(row["step"])),
            _number("cases", CASES, "count"),
            _number("overall", Title("От первого шага, %", "Of the first step, %"), "percent"),
            _number("step_conversion", Title("От прошлого шага, %", "Of the step before, %"), "percent"),
            _number("step_conversion_low", Title("От прошлого шага: от", "Of the step before: from"), "percent"),
            _number("step_conversion_high", Title("От прошлого шага: до", "Of the step before: to"), "percent"),
            _number("median_days", MEDIAN, "number", "median_seconds", DAY),
            _number("dropped", Title("Дальше не пошли", "Went no further"), "count"),
        ),
    )


def deviations_table(path: Plain, language: Language) -> Table:
    """Return the deviations from the stages, with what goes together with each."""
    named = _names(path, language)

    def kind_of(row: Plain) -> str:
        return "not_given" if "log" in path and row["kind"] == "outside" else row["kind"]

    effects = (("days", Title("Дольше, дней", "Longer, days")), ("win_rate", Title("Чаще, п. п.", "Oftener, points")))
    return table_of(
        path["deviations"],
        (
            _text("deviation", Title("Отклонение", "Deviation"), lambda row: in_words(WORDS[kind_of(row)], language)),
            _text("step", Title("Шаг", "Step"), lambda row: named(row["step"])),
            _number("cases", CASES, "count"),
            _number("share", SHARE, "percent"),
            *(column for key, title in effects for column in _effect(key, title)),
        ),
    )


def _effect(key: str, title: Title) -> tuple[_Of, ...]:
    def part(name: str) -> Callable[[Plain], object]:
        return lambda row: None if row[key] is None else row[key][name]

    ends = (("low", Title("от", "from")), ("high", Title("до", "to")))
    return (
        _Of("days" if key == "days" else "points", title, "number", part("value")),
        *(
            _Of(f"{key}_{end}", Title(f"{title.ru}: {said.ru}", f"{title.en}: {said.en}"), "number", part(end))
            for end, said in ends
        ),
    )


def zones_table(grey: Plain, language: Language) -> Table:
    """Return the grey zones."""
    titles = grey["titles"]

    def zone(row: Plain) -> str:
        return str(titles[row["step"]][language] if row["step"] else in_words(WORDS[row["kind"]], language))

    return table_of(
        grey["zones"],
        (
            _text("zone", Title("Зона", "Zone"), zone),
            _number("cases", CASES, "count"),
            _number("share", SHARE, "percent"),
            _number("share_hours", Title("Доля времени, %", "Share of time, %"), "percent"),
            _number("median_days", MEDIAN, "number", "median_seconds", DAY),
            _number("amount", Title("Деньги", "Money"), "money"),
            _number("now", Title("Сейчас там", "There now"), "count", "now_cases"),
            _number("now_amount", Title("Денег там", "Money there"), "money"),
        ),
    )


def shares_table(held: HeldAgainst, told: Plain, language: Language) -> Table:
    """Return the steps (no source) and edges of two cuts, the surest difference first."""
    return _compared_table(
        held, told, language, ("share", "percent", 1.0), Title("Разница, п. п.", "Difference, points")
    )


def times_table(held: HeldAgainst, told: Plain, language: Language) -> Table:
    """Return the times between steps of two cuts, the surest difference first: days, or hours of working time."""
    if told["clock"] == "working":
        return _compared_table(held, told, language, ("median", "number", HOUR), Title("Разница, ч", "Difference, h"))
    return _compared_table(held, told, language, ("median", "number", DAY), Title("Разница, дней", "Difference, days"))


def _compared_table(
    held: HeldAgainst, told: Plain, language: Language, unit: tuple[str, str, float], difference: Title
) -> Table:
    name, kind, by = unit
    titles = told["titles"]
    sides = (held.sides.one.title, held.sides.other.title) if held.sides else (Title("", ""), Title("", ""))
    days, hours = Title("медиана, дней", "median, days"), Title("медиана рабочего времени, ч", "median working time, h")
    what = Title("доля, %", "share, %") if name == "share" else hours if by == HOUR else days
    by_side = tuple(zip(("one", "other"), sides, strict=True))
    return table_of(
        told["shares" if name == "share" else "times"],
        (
            *_ends(lambda key: titles[key][language]),
            *(_number(f"cases_{end}", _joined(side, CASES), "count") for end, side in by_side),
            *(_number(f"{name}_{end}", _joined(side, what), kind, by=by) for end, side in by_side),
            _number("difference", difference, "number", by=by),
            _number("low", Title("от", "from"), "number", by=by),
            _number("high", Title("до", "to"), "number", by=by),
            _number("differs", Title("Не случайно", "Beyond chance"), "number"),
        ),
    )


def hands_table(hands: Plain, language: Language, roles: Mapping[str, Title]) -> Table:
    """Return who hands over to whom; between roles each is called by its title, one without any by its code."""
    titles = roles if hands["by"] == "roles" else {}

    def named(row: Plain, side: str) -> object:
        if row[side] in titles:
            return in_words(titles[row[side]], language)
        return row[f"{side}_name"] or in_words(WORDS["no_role" if not row[side] else "nobody"], language)

    def who(side: str) -> Callable[[Plain], object]:
        return lambda row: named(row, side)

    return table_of(
        hands["rows"],
        (
            _text("giver", Title("Кто передал", "From"), who("giver")),
            _text("taker", Title("Кому", "To"), who("taker")),
            _number("handed", Title("Передач", "Hand-overs"), "count"),
            _number("cases", CASES, "count"),
            _number("watched", Title("Срок вышел или связались", "Spoken to or had the time"), "count"),
            _number("without_contact", Title("Без контакта в срок", "Without a contact in time"), "count"),
            _number(
                "contact_hours",
                Title("До контакта, раб. ч", "Until contact, working h"),
                "number",
                "median_seconds",
                HOUR,
            ),
            _number("emptied", Title("Поля стёрты", "Fields emptied"), "count"),
            _number("of_task", Title("Передач сделок", "Of deals"), "count"),
            _number("without_task", Title("Без следующей задачи", "Without a next task"), "count"),
            _number("now", Title("Ждут сейчас", "Wait now"), "count", "now_cases"),
            _number("now_amount", Title("Денег там", "Money there"), "money"),
        ),
    )


def _joined(one: Title, other: Title) -> Title:
    return Title(f"{one.ru}: {other.ru[:1].lower()}{other.ru[1:]}", f"{one.en}: {other.en[:1].lower()}{other.en[1:]}")


def _names(path: Plain, language: Language) -> Callable[[str], str]:
    titles = {step["key"]: str(step["title"][language]) for step in path["steps"]}
    return lambda key: in_words(WORDS[key], language) if key in {BEGIN, FINISH} else titles.get(key, key)


def _ends(named: Callable[[str], str]) -> tuple[_Of, ...]:
    return (
        _text("source", Title("Откуда", "From"), lambda row: "" if row["source"] is None else named(row["source"])),
        _text("target", Title("Куда", "To"), lambda row: named(row["target"])),
    )
