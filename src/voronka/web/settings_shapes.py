"""What the routes of settings answer with and take, for the API's description."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from voronka.pipeline.settings_sections import Kind


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


Name = Annotated[str, Field(max_length=300)]


class SettingShown(_Shape):
    """A setting: `value` is in force, `usual` is what stands where the file says nothing (`is_set` false).

    `choices` are the values to choose from, where these are few. `is_built`: the figures are built with it.
    """

    name: str
    section: str
    kind: Kind
    value: Any
    usual: Any
    is_set: bool
    is_built: bool
    choices: list[str]


class SettingStep(_Shape):
    """What a change made of one setting, as the file says it: null where it says nothing."""

    name: str
    section: str
    was: Any
    now: Any


class SettingsChangeShown(_Shape):
    """Who changed what of the settings, and when (local); `can_undo` while the file says the same of it."""

    number: int
    at: datetime
    by: str
    action: Literal["set", "undo"]
    steps: list[SettingStep]
    can_undo: bool


class SettingsShown(_Shape):
    """The settings that pages set, as the company's file says them now.

    `seen` names its state: it is given back with a change, so that nobody overwrites what another one wrote meanwhile.
    `is_behind`: the figures were built under others. `fault` is what is wrong with the file, '' for nothing; while it
    is broken those settings are shown that hold.
    """

    file: str
    seen: str
    sections: list[str]
    settings: list[SettingShown]
    changes: list[SettingsChangeShown]
    may_change: bool
    is_behind: bool
    fault: str


class SettingsGiven(_Shape):
    """What settings are to be, by their names; null: as by default. `seen` as it was shown."""

    seen: Name
    values: Annotated[dict[Name, Any], Field(min_length=1, max_length=200)]


class SettingsUndone(_Shape):
    """The change that is taken back."""

    number: Annotated[int, Field(ge=1, le=2**53)]
