"""Sets a company's settings in voronka.toml as a person asks for on the page; what was before is kept."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ValidationError

from voronka.domain.documents import parse_toml
from voronka.domain.errors import QuestionError, SettingsError, VoronkaError
from voronka.pipeline.chronicle import Chronicle, Line, Made
from voronka.pipeline.replacing import as_it_was, plain_text, raw_text, replace_text, turn_at_settings
from voronka.pipeline.setting_lines import said_at, with_said, with_value
from voronka.pipeline.settings_sections import Offered
from voronka.settings import FILE, Settings, VariantChoice, text_of

Check = Callable[[Settings], None]
"""Refuses with a VoronkaError settings that are well-formed and cannot be in force."""
Values = Mapping[Offered, object]
"""What settings are to be, as JSON says it; None: as by default."""


@dataclass(frozen=True)
class Step:
    """What one change made of one setting: as the file said it, None where it said nothing."""

    name: str
    section: str
    path: tuple[str, ...]
    is_built: bool
    was: Any
    now: Any


@dataclass(frozen=True)
class Change(Line):
    """One change of voronka.toml: what of the settings, and the texts."""

    action: Literal["set", "undo"]
    steps: tuple[Step, ...]
    before: str
    after: str

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> "Change":
        """Return the change that a line tells of."""
        steps = tuple(Step(**{**each, "path": tuple(each["path"])}) for each in told["steps"])
        return cls(**{**told, "steps": steps})


KEPT = Chronicle("settings", Change.read)
"""Every change made here: who, when, what of the settings, and the file's text before and after it."""


@dataclass(frozen=True)
class SettingsFile:
    """voronka.toml as it is now: its bytes as text, what it says, and what that means."""

    raw: str
    text: str
    said: Mapping[str, Any]
    settings: Settings

    @classmethod
    def of(cls, folder: Path) -> "SettingsFile":
        """Read it; SettingsError where it is broken."""
        path = folder / FILE
        settings = parse_toml(text_of(path, FILE), Settings, FILE)
        raw = raw_text(path)
        text = plain_text(raw)
        return cls(raw, text, tomllib.loads(text), settings)

    @property
    def stamp(self) -> str:
        """Return a short text that is another one whenever the file is."""
        return _stamp(self.raw)


def tried(folder: Path, values: Values, check: Check) -> Settings:
    """Return the settings as they would be; QuestionError names the value that cannot be. Nothing is written."""
    return _meant(SettingsFile.of(folder), values, check)[1]


def set_values(folder: Path, values: Values, seen: str, made: Made, check: Check) -> Change:
    """Write settings into the company's file and return what was changed.

    `seen` is the stamp of the file that the person looked at. QuestionError names the value that cannot be,
    SettingsError says what somebody else has changed meanwhile: then the file stays as it was.
    """
    with turn_at_settings(folder):
        file = SettingsFile.of(folder)
        if file.stamp != seen:
            raise SettingsError(
                f"the settings were changed meanwhile{_by_whom(folder, file, seen)}",
                where=FILE,
                do="Look at what they are now, then save again",
            )
        wanted, _ = _meant(file, values, check)
        text = _written(file.text, [(each.path, value) for each, value in wanted.items()])
        steps = tuple(
            Step(each.name, each.section, each.path, each.is_built, was, value)
            for each, value in wanted.items()
            for was in [said_at(file.said, each.path)]
            if was != value
        )
        if not steps:
            raise QuestionError("nothing of the settings is otherwise than before", do="Change something, or leave it")
        return _keep(folder, ("set", steps), (file, text), made)


def undo(folder: Path, number: int, made: Made, check: Check) -> Change:
    """Set back what a change made otherwise; QuestionError where that was changed once more since."""
    with turn_at_settings(folder):
        file = SettingsFile.of(folder)
        done = KEPT.numbered(folder, number)
        if not can_undo(file, done):
            raise QuestionError("what was changed then was changed again since", do="Set it as it is to be")
        before = tomllib.loads(plain_text(done.before))
        steps = tuple(
            Step(each.name, each.section, each.path, each.is_built, each.now, each.was) for each in done.steps
        )
        if file.raw == done.after:
            text = plain_text(done.before)
        else:
            text = _written(file.text, [(each.path, said_at(before, each.path)) for each in done.steps])
        check(parse_toml(text, Settings, FILE))
        return _keep(folder, ("undo", steps), (file, text), made)


def changes(folder: Path) -> list[Change]:
    """Return every change made here, oldest first."""
    return KEPT.changes(folder)


def can_undo(file: SettingsFile, change: Change) -> bool:
    """Say whether the file still says what a change made it say of the settings that it changed."""
    after = tomllib.loads(plain_text(change.after))
    return all(said_at(file.said, each.path) == said_at(after, each.path) for each in change.steps)


def _stamp(raw: str) -> str:
    return sha256(raw.encode()).hexdigest()[:16]


def _by_whom(folder: Path, file: SettingsFile, seen: str) -> str:
    """Return who has changed what since a stamp, as far as that is kept."""
    kept = changes(folder)
    at = next((n for n, each in enumerate(kept) if _stamp(each.before) == seen), None)
    if at is None or kept[-1].after != file.raw:
        return ""
    names = dict.fromkeys(step.name for each in kept[at:] for step in each.steps)
    people = dict.fromkeys(each.by for each in kept[at:])
    return f" by {', '.join(people)}: {', '.join(names)}"


def _meant(file: SettingsFile, values: Values, check: Check) -> tuple[dict[Offered, object], Settings]:
    """Return the values as the file is to say them, and the settings that it then means."""
    given = {each: _of_json(each, value) for each, value in values.items()}
    said: Mapping[str, Any] = file.said
    for each, value in given.items():
        said = with_said(said, each.path, value)
    try:
        settings = Settings.model_validate(said)
    except ValidationError as fault:
        raise _refused(fault, list(values)) from fault
    try:
        check(settings)
    except VoronkaError as fault:
        what = fault.what.partition("`: ")[2] or fault.what
        named = next((each.name for each in values if f"`{each.name}`" in fault.what), None)
        raise QuestionError(what, where=named or next((each.name for each in values), ""), do=fault.do) from fault
    return {each: None if value is None else _plain(settings, each, value) for each, value in given.items()}, settings


def _of_json(setting: Offered, value: object) -> object:
    """Return a value as TOML says it."""
    if value is None or (setting.kind in {"text", "metric"} and value == ""):
        return None
    try:
        if setting.kind == "days" and isinstance(value, list):
            return sorted({date.fromisoformat(str(day)) for day in value})
        if setting.kind == "variant" and isinstance(value, Mapping):
            since = value.get("since")
            return {"use": value.get("use"), **({"since": date.fromisoformat(str(since))} if since else {})}
    except ValueError as fault:
        what = "a day is written as year-month-day: 2026-01-31"
        raise QuestionError(what, where=setting.name, do="Choose it in the calendar") from fault
    if isinstance(value, str):
        return " ".join(value.split()) if setting.kind != "rule" else value.strip()
    if isinstance(value, list):
        return [" ".join(each.split()) if isinstance(each, str) else each for each in value if each != ""]
    return value


def _plain(settings: Settings, setting: Offered, value: object) -> object:
    """Return a value as the settings have understood it: 15.0 minutes are 15."""
    if setting.section == "roles":  # there the settings fill in what the file leaves out
        return value
    found: Any = settings
    for part in setting.path:
        found = found[part] if isinstance(found, Mapping) else getattr(found, part)
    if isinstance(found, VariantChoice):
        return found.model_dump(exclude_none=True) if found.since else found.use
    if isinstance(found, tuple):
        return [_number(each) for each in found] if setting.kind == "numbers" else list(found)
    return _number(found) if setting.kind == "number" else found


def _number(value: float) -> float:
    return int(value) if float(value).is_integer() else value


def _refused(fault: ValidationError, asked: Sequence[Offered]) -> QuestionError:
    """Return why a value cannot be: `where` is the setting's name."""
    for wrong in fault.errors():
        place = tuple(str(part) for part in wrong["loc"])
        named = next((each.name for each in asked if place[: len(each.path)] == each.path), None)
        if named is not None:
            return QuestionError(wrong["msg"].removeprefix("Value error, ").rstrip("."), where=named)
    wrong = fault.errors()[0]
    return QuestionError(wrong["msg"], where=".".join(str(part) for part in wrong["loc"]))


def _written(text: str, values: Sequence[tuple[tuple[str, ...], object]]) -> str:
    for path, value in values:
        found = with_value(text, path, value)
        if found is None:
            raise QuestionError(
                f"{'.'.join(path)} is written in {FILE} so that it cannot be changed here", do="Change it in that file"
            )
        text = found
    return text


def _keep(
    folder: Path,
    what: tuple[Literal["set", "undo"], tuple[Step, ...]],
    written: tuple[SettingsFile, str],
    made: Made,
) -> Change:
    """Keep what is done, then put the new text in the place of the old one; only a text that loads is written."""
    (action, steps), (file, text) = what, written
    parse_toml(text, Settings, FILE)
    change = Change(KEPT.next_number(folder), made.at, made.by, action, steps, file.raw, as_it_was(text, file.raw))
    KEPT.keep(folder, change)
    replace_text(folder / FILE, change.after)
    return change


def default_of(setting: Offered) -> object:
    """Return what a setting is where the file says nothing of it; None for what has no default of its own."""
    found: Any = Settings()
    for part in setting.path:
        if isinstance(found, Mapping):
            found = found.get(part)
        elif isinstance(found, BaseModel):
            found = getattr(found, part, None)
    return found
