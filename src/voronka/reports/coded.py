"""The words for codes and reasons, the same that the pages have."""

from collections.abc import Mapping

from voronka.metrics.dimensions import Title

CODES: Mapping[str, Mapping[str, Title]] = {
    "outcome": {
        "open": Title("в работе", "open"),
        "won": Title("продажа", "won"),
        "lost": Title("отказ", "lost"),
    },
    "direction": {"in": Title("входящий", "incoming"), "out": Title("исходящий", "outgoing")},
    "status": {
        "planned": Title("запланировано", "planned"),
        "done": Title("состоялось", "done"),
        "cancelled": Title("отменено", "cancelled"),
        "no_show": Title("не пришли", "no-show"),
    },
    "temperature": {
        "cold": Title("холодный", "cold"),
        "warm": Title("тёплый", "warm"),
        "hot": Title("горячий", "hot"),
    },
    "potential": {
        "new": Title("новый клиент", "new client"),
        "existing": Title("действующий клиент", "existing client"),
    },
    "next_event": {
        "call_in": Title("входящий звонок", "incoming call"),
        "call_out": Title("исходящий звонок", "outgoing call"),
        "email_in": Title("письмо клиента", "client's e-mail"),
        "email_out": Title("наше письмо", "our e-mail"),
        "message_in": Title("сообщение клиента", "client's message"),
        "message_out": Title("наше сообщение", "our message"),
        "call": Title("звонок", "call"),
        "email": Title("письмо", "e-mail"),
        "message": Title("сообщение", "message"),
        "meeting": Title("встреча", "meeting"),
        "demo": Title("демонстрация", "demo"),
        "proposal": Title("КП", "proposal"),
        "task": Title("задача выполнена", "task done"),
        "deal_created": Title("создана сделка", "deal created"),
        "stage_forward": Title("следующий этап", "next stage"),
        "won": Title("продажа", "won"),
        "lost": Title("отказ", "lost"),
        "nothing": Title("ничего", "nothing"),
    },
    "verdict": {
        "below": Title("ниже ожидаемого", "below what is expected"),
        "inside": Title("в ожидаемых пределах", "within what is expected"),
        "above": Title("выше ожидаемого", "above what is expected"),
        "unknown": Title("пока не сказать", "cannot tell yet"),
    },
    "clock": {
        "working": Title("рабочее время", "working time"),
        "calendar": Title("календарное время", "calendar time"),
        "shift": Title("время смен", "time of shifts"),
    },
    "entity": {
        "deal": Title("сделка", "deal"),
        "lead": Title("лид", "lead"),
        "contact": Title("контакт", "contact"),
        "account": Title("компания", "company"),
        "call": Title("звонок", "call"),
        "email": Title("письмо", "e-mail"),
        "message": Title("сообщение", "message"),
        "meeting": Title("встреча", "meeting"),
        "demo": Title("демонстрация", "demo"),
        "task": Title("задача", "task"),
        "proposal": Title("КП", "proposal"),
        "payment": Title("оплата", "payment"),
        "ad_spend": Title("расход", "spend"),
        "plan": Title("план", "plan"),
        "employee": Title("сотрудник", "person"),
        "channel": Title("канал", "channel"),
        "stage": Title("этап", "stage"),
    },
    "class": {
        "empty": Title("не заполнено", "empty"),
        "contradictory": Title("противоречие", "contradictory"),
        "stale": Title("устарело", "stale"),
        "duplicate": Title("повтор", "repeated"),
        "odd": Title("стоит взглянуть", "worth a look"),
        "mapping": Title("загрузка", "import"),
    },
    "severity": {
        "high": Title("важно", "high"),
        "medium": Title("средне", "medium"),
        "low": Title("мелочь", "low"),
    },
    "kind": {
        "call": Title("звонок", "call"),
        "email": Title("письмо", "e-mail"),
        "message": Title("сообщение", "message"),
        "meeting": Title("встреча", "meeting"),
        "demo": Title("демонстрация", "demo"),
        "task": Title("задача", "task"),
        "proposal": Title("КП", "proposal"),
    },
    "side": {
        "ahead": Title("впереди", "ahead"),
        "behind": Title("позади", "behind"),
        "above": Title("выше границы 99,8 %", "above the 99.8% limit"),
        "perhaps_above": Title("выше границы 95 %", "above the 95% limit"),
        "alike": Title("в пределах случайного", "within chance"),
        "perhaps_below": Title("ниже границы 95 %", "below the 95% limit"),
        "below": Title("ниже границы 99,8 %", "below the 99.8% limit"),
        "unknown": Title("мало данных", "too little known"),
    },
    "mix_of": {
        "temperature": Title("температура", "temperature"),
        "channel": Title("канал", "channel"),
        "handed_by": Title("кто передал", "handed by"),
    },
    "test": {
        "chi_square": Title("хи-квадрат", "chi-square"),
        "drawn": Title("перестановки", "permutations"),
        "welch": Title("Уэлч", "Welch"),
    },
}
"""Column or cut -> code -> the word."""

OF_ENTITIES: Mapping[str, Mapping[str, Mapping[str, Title]]] = {
    "lead": {"outcome": {"won": Title("стал сделкой", "became a deal")}},
}
"""Entity -> column -> code -> the word where the code means another thing there."""

REASONS: Mapping[str, Title] = {
    "not loaded: ": Title("данные не загружены: {}", "data not loaded: {}"),
    "data end: ": Title("данные заканчиваются {}", "the data end on {}"),
    "never given: ": Title("источник этого не сообщает: {}", "the source does not say: {}"),
    "no exchange rate": Title("нет курса валюты{}", "no exchange rate{}"),
}
"""How the reason begins why a figure is unknown, or some rows do not count -> the words, what it is about in them."""


def word_of(column: str, value: str, entity: str = "") -> Title | None:
    """Return the word for a code; None where the value is a text of the source."""
    own = OF_ENTITIES.get(entity, {}).get(column, {})
    return own.get(value) or CODES.get(column, {}).get(value)


def reason_in_words(reason: str) -> Title:
    """Return why something was left out; a reason that has no words here stays as it is."""
    for start, words in REASONS.items():
        if reason.startswith(start):
            about = reason.removeprefix(start)
            return Title(words.ru.format(about), words.en.format(about))
    return Title(reason, reason)
