"""What hypotheses and their verdicts are called, in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass

from voronka.domain.durations import HOUR, MINUTE, SHORT, length_in_words
from voronka.domain.hypotheses import Chosen, Claim, Found
from voronka.metrics.dimensions import DIMENSIONS, Title

CLAIMS: Mapping[tuple[str, str], Title] = {
    ("time", "most"): Title(
        "От «{step}» до «{to}» — не дольше {value}", "From {step} to {to} it takes at most {value}"
    ),
    ("time", "least"): Title(
        "От «{step}» до «{to}» — не быстрее {value}", "From {step} to {to} it takes at least {value}"
    ),
    ("reach", "most"): Title(
        "Из тех, кто был на «{step}», до «{to}» доходят не более {value}",
        "Of those at {step} at most {value} reach {to}",
    ),
    ("reach", "least"): Title(
        "Из тех, кто был на «{step}», до «{to}» доходят не менее {value}",
        "Of those at {step} at least {value} reach {to}",
    ),
    ("return", "most"): Title(
        "С «{step}» назад на «{to}» возвращаются не более {value}", "At most {value} return from {step} to {to}"
    ),
    ("return", "least"): Title(
        "С «{step}» назад на «{to}» возвращаются не менее {value}", "At least {value} return from {step} to {to}"
    ),
    ("skip", "most"): Title("«{step}» пропускают не более {value}", "At most {value} skip {step}"),
    ("skip", "least"): Title("«{step}» пропускают не менее {value}", "At least {value} skip {step}"),
}
CLOCKS: Mapping[str, Title] = {
    "calendar": Title(" (медиана, по календарю)", " (median, by the calendar)"),
    "working": Title(" (медиана, рабочее время)", " (median, working time)"),
}
VERDICTS: Mapping[str, Title] = {
    "holds": Title("подтверждается", "holds"),
    "fails": Title("не подтверждается", "does not hold"),
    "not_established": Title("не установлено", "not established"),
}
REASONS: Mapping[str, Title] = {
    "few": Title("мало случаев", "few cases"),
    "waiting": Title("решат те, кто ещё в работе", "cases that are open still will decide"),
    "chance": Title("в пределах случайного", "within chance"),
    "nobody": Title("никого не было на этом шаге", "nobody was at this step"),
    "gone": Title("такого шага или разреза больше нет", "there is no such step or cut any more"),
    "no_clock": Title("рабочее время неизвестно", "working time is not known"),
}
STATES: Mapping[str, Title] = {
    "open": Title("открыта", "open"),
    "closed": Title("закрыта", "closed"),
    "withdrawn": Title("отозвана", "taken back"),
}
ENTITIES: Mapping[str, Title] = {
    "journey": Title("пути клиентов", "journeys"),
    "lead": Title("лиды", "leads"),
    "deal": Title("сделки", "deals"),
}
AXES: Mapping[str, Title] = {"created": Title("созданы", "created"), "closed": Title("закрыты", "closed")}
PERIODS: Mapping[str, Title] = {
    "from": Title("с {first}", "since {first}"),
    "both": Title("{first} – {last}", "{first} to {last}"),
}
INTERVAL = Title("{value} (от {low} до {high})", "{value} ({low} to {high})")
OPEN_END = Title("{value} (от {low}, сверху границы нет)", "{value} (from {low}, no upper limit)")
NOT_GIVEN = Title("не указано", "not given")
PIPELINE = "pipeline"
DAYS: Mapping[str, str] = {"ru": "%d.%m.%Y", "en": "%Y-%m-%d"}


@dataclass(frozen=True)
class Names:
    """What steps and the members of cuts are called in one language, by key and by cut and id."""

    language: str
    steps: Mapping[str, str]
    members: Mapping[str, Mapping[str, str]]

    def said(self, title: Title) -> str:
        """Return a title in the language."""
        return title.ru if self.language == "ru" else title.en

    def amount(self, claim: Claim, value: float | None) -> str:
        """Return a length or a share in words; working time in hours, since a day of it is no day of 24 hours."""
        if claim.clock == "working" and value is not None:
            hours, minutes = divmod(round(value / MINUTE), HOUR // MINUTE)
            (_, hour), (_, minute) = SHORT[self.language][1:3]
            return " ".join(
                (*([f"{hours:,} {hour}"] if hours else []), *([f"{minutes} {minute}"] if minutes or not hours else []))
            )
        if claim.kind == "time" or value is None:
            return length_in_words(value, self.language)
        number = f"{value:.1f}".removesuffix(".0")
        return f"{number.replace('.', ',')} %" if self.language == "ru" else f"{number}%"

    def statement(self, claim: Claim) -> str:
        """Return what is expected, in a sentence."""
        steps = {"step": self.steps.get(claim.step, claim.step), "to": self.steps.get(claim.to, claim.to)}
        said = self.said(CLAIMS[claim.kind, claim.bound]).format(**steps, value=self.amount(claim, claim.value))
        return said + (self.said(CLOCKS[claim.clock]) if claim.kind == "time" else "")

    def cases(self, chosen: Chosen) -> str:
        """Return which cases are meant."""
        parts = [self.said(ENTITIES[chosen.entity])]
        if chosen.pipeline:
            parts.append(self._cut(PIPELINE, (chosen.pipeline,)))
        if chosen.first:
            first, last = (f"{day:{DAYS[self.language]}}" if day else "" for day in (chosen.first, chosen.last))
            period = self.said(PERIODS["both" if chosen.last else "from"]).format(first=first, last=last)
            parts.append(f"{self.said(AXES[chosen.axis])} {period}")
        elif chosen.axis != "created":
            parts.append(self.said(AXES[chosen.axis]))
        cuts = ((("team", (chosen.team,)),) if chosen.team else ()) + chosen.where
        return ", ".join((*parts, *(self._cut(name, values) for name, values in cuts)))

    def measured(self, claim: Claim, found: Found) -> str:
        """Return what was measured, with its interval."""
        value = self.amount(claim, found.value)
        if found.low is None and found.high is None:
            return value
        low, high = self.amount(claim, found.low), self.amount(claim, found.high)
        return self.said(OPEN_END if found.high is None else INTERVAL).format(value=value, low=low, high=high)

    def verdict(self, found: Found) -> str:
        """Return the verdict, with the reason where nothing is established."""
        said = self.said(VERDICTS[found.verdict])
        return f"{said}: {self.said(REASONS[found.reason])}" if found.reason else said

    def _cut(self, name: str, values: tuple[str | None, ...]) -> str:
        members = self.members.get(name, {})
        named = (self.said(NOT_GIVEN) if value is None else members.get(value, value) for value in values)
        return f"{self.said(DIMENSIONS[name].title).lower()}: {', '.join(named)}"
