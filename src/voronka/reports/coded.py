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
}
"""Column or cut -> code -> the word."""

OF_ENTITIES: Mapping[str, Mapping[str, Mapping[str, Title]]] = {
    "lead": {"outcome": {"won": Title("стал сделкой", "became a deal")}},
}
"""Entity -> column -> code -> the word where the code means another thing there."""

REASONS: Mapping[str, Title] = {
    "not loaded: ": Title("данные не загружены: {}", "data not loaded: {}"),
    "never given: ": Title("источник этого не сообщает: {}", "the source does not tell: {}"),
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
