"""Every setting of a company once: its name in voronka.toml, its default and one line of help."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin
from zoneinfo import ZoneInfo, available_timezones

from holidays.registry import EntityLoader
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from voronka.domain.documents import Document, parse_toml
from voronka.domain.errors import SettingsError, did_you_mean
from voronka.domain.lead_rules import lead_fields, lead_rule
from voronka.domain.networks import known_networks
from voronka.domain.required_fields import known_fields
from voronka.domain.roles import DEFAULT_ROLES, Role, with_default_roles

FILE = "voronka.toml"
COMPANY_VARIABLE = "VORONKA_COMPANY"


def known_zone(name: str) -> str:
    """Return the name of a time zone; ValueError where there is none of this name."""
    if name not in _zones():
        hint = did_you_mean(name, _zones())
        message = f"no time zone is named {name}. {hint}".strip()
        raise ValueError(message)
    return name


@cache
def _zones() -> frozenset[str]:
    """Return the names of all time zones; each look for them walks through a folder of some hundred files."""
    return frozenset(available_timezones())


def _hours(text: str) -> str:
    if not re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d-([01]?\d|2[0-4]):[0-5]\d", text):
        message = f"working hours are written 09:00-18:00, not {text}"
        raise ValueError(message)
    first, last = text.split("-")
    if _clock(first) >= _clock(last):
        message = f"working hours end before they begin: {text}"
        raise ValueError(message)
    return text


def _currency(code: str) -> str:
    if not re.fullmatch(r"[A-Z]{3}", code):
        message = f"a currency is written by its three-letter code (RUB, USD), not {code}"
        raise ValueError(message)
    return code


def _memory(text: str) -> str:
    if text and not re.fullmatch(r"[1-9][0-9]*(\.[0-9]+)? ?([KMGT]i?B|%)", text):
        message = f"memory is written 4GB, 512MB or 60%, not {text}"
        raise ValueError(message)
    return text


def _public_url(url: str) -> str:
    if url and not re.fullmatch(r"https?://[^/?#\s@]+/?", url):
        message = f"the pages' address is written https://sales.example.com, without a path, not {url}"
        raise ValueError(message)
    return url.rstrip("/")


def _country(code: str) -> str:
    known = set(EntityLoader.get_country_codes(include_aliases=True))  # the library's own list loads every country
    if code and code not in known:
        hint = did_you_mean(code, known) or 'Give a two-letter code such as "RU", or "" for none'
        message = f"no public holidays are known for the country {code}. {hint}"
        raise ValueError(message)
    return code


class Calendar(Document):
    """The working calendar."""

    country: Annotated[str, AfterValidator(_country)] = Field(
        "RU", description="Whose public holidays are days off: a country code, or empty for none"
    )
    working_days: tuple[int, ...] = Field((1, 2, 3, 4, 5), description="Working days of the week, Monday is 1")
    working_hours: Annotated[str, AfterValidator(_hours)] = Field(
        "09:00-18:00",
        description="Working hours of a working day, in the company's time zone",
    )
    days_off: tuple[date, ...] = Field((), description="Own days off, beside the public holidays")
    days_on: tuple[date, ...] = Field((), description="Own working days, though they are holidays or weekends")

    def hours(self) -> tuple[time, time]:
        """Return the start and the end of a working day; 24:00 is given as 23:59:59.999999."""
        first, last = self.working_hours.split("-")
        return _clock(first), _clock(last)


def _clock(text: str) -> time:
    hour, minute = (int(part) for part in text.split(":"))
    return time.max if hour == 24 else time(hour, minute)  # noqa: PLR2004 - the end of a day


class Regulations(Document):
    """By when what has to be done has to be done."""

    first_response_minutes: int = Field(
        15, gt=0, description="Working minutes in which a new lead has to be answered for the first time"
    )
    accept_minutes: int = Field(
        60, gt=0, description="Working minutes in which a lead handed over has to be accepted or rejected"
    )
    call_back_minutes: int = Field(60, gt=0, description="Working minutes in which a missed call has to be called back")
    next_task_minutes: int = Field(
        540, gt=0, description="Working minutes in which an open deal with nothing planned has to get a next step"
    )
    stalled_days: int = Field(
        14, gt=0, description="Days without anything done after which an open deal with nothing planned has stalled"
    )


class ProfileSettings(Document):
    """Which leads the company wants: its written profile."""

    rule: Annotated[str, AfterValidator(lead_rule)] = Field(
        "", description="Which leads are on profile, where the source does not say: segment = 'B2B' AND size >= 50"
    )
    off_profile_reasons: tuple[str, ...] = Field(
        (), description="Reasons of a rejected hand-over that say that the lead was off profile"
    )


def _range(ends: tuple[float, float]) -> tuple[float, float]:
    if not 0 <= ends[0] <= ends[1] <= 100:  # noqa: PLR2004 - percent
        message = f"a range is two percents from 0 to 100, the smaller one first, not {list(ends)}"
        raise ValueError(message)
    return ends


class TemperatureSettings(Document):
    """How warm a lead is, by a rule over its fields, and what share of each is expected to buy.

    The first rule that is true tells; where the source tells the temperature too, its word stands and is compared.
    """

    hot: Annotated[str, AfterValidator(lead_rule)] = Field("", description="Which leads are hot: stage = 'qualified'")
    warm: Annotated[str, AfterValidator(lead_rule)] = Field("", description="Which of the other leads are warm")
    cold: Annotated[str, AfterValidator(lead_rule)] = Field("", description="Which of the rest are cold; true: all")
    hot_range: Annotated[tuple[float, float], AfterValidator(_range)] = Field(
        (85.0, 95.0), description="Percent of hot leads expected to buy, from and to"
    )
    warm_range: Annotated[tuple[float, float], AfterValidator(_range)] = Field(
        (20.0, 30.0), description="Percent of warm leads expected to buy, from and to"
    )
    cold_range: Annotated[tuple[float, float], AfterValidator(_range)] = Field(
        (1.0, 3.0), description="Percent of cold leads expected to buy, from and to"
    )

    def ranges(self) -> dict[str, tuple[float, float]]:
        """Return the percent of leads expected to buy, from and to, by temperature."""
        return {"hot": self.hot_range, "warm": self.warm_range, "cold": self.cold_range}


class HandoverSettings(Document):
    """What is asked of a lead before it is handed over."""

    required: Annotated[tuple[str, ...], AfterValidator(lead_fields)] = Field(
        (), description="Fields of a lead to be filled when it is handed over: phone, segment, industry ..."
    )


class TouchSettings(Document):
    """What is credited to a call, an e-mail or a message of ours."""

    window_days: int = Field(
        14, gt=0, description="Days after a call, e-mail or message in which what follows is credited to it"
    )


def _of(records: str) -> AfterValidator:
    return AfterValidator(lambda names: known_fields(records, names))


class RequiredFields(Document):
    """What each kind of record has to hold; a field that no source gives is not checked."""

    deals: Annotated[tuple[str, ...], _of("deals")] = Field(
        ("amount", "client", "channel", "expected_close", "loss_reason", "employee"),
        description="What a deal has to hold: the expected close while it is open, the reason once it is lost",
    )
    leads: Annotated[tuple[str, ...], _of("leads")] = Field(
        ("reached_by", "channel", "employee"),
        description="What a lead has to hold; reached_by: a phone or an e-mail",
    )
    contacts: Annotated[tuple[str, ...], _of("contacts")] = Field(
        ("reached_by",), description="What a contact has to hold; reached_by: a phone or an e-mail"
    )
    accounts: Annotated[tuple[str, ...], _of("accounts")] = Field(
        ("employee",), description="What a client company has to hold"
    )
    calls: Annotated[tuple[str, ...], _of("calls")] = Field(
        ("client", "employee"), description="What a call has to hold; client: a number, a person, a company or a deal"
    )


def _phone_country(code: str) -> str:
    if not re.fullmatch(r"[A-Z]{2}", code):
        message = f"a country is written by its two-letter code (RU, KZ, DE), not {code}"
        raise ValueError(message)
    return code


class PhoneSettings(Document):
    """Whose phone numbers the company's are."""

    country: Annotated[str, AfterValidator(_phone_country)] = Field(
        "RU", description="The country of numbers that are written without one, by its two-letter code"
    )
    switchboard_leads: int = Field(
        5, gt=0, description="Leads of one number or address up to which it is one client's; of more: a switchboard's"
    )


class QualitySettings(Document):
    """What counts as a fault of a record."""

    stale_days: int = Field(
        30, gt=0, description="Days without a change or anything done after which an open deal is out of date"
    )
    untouched_days: int = Field(
        7, gt=0, description="Days after which an open lead that nobody has turned to is out of date"
    )
    overdue_days: int = Field(7, gt=0, description="Days after its due day from which an open task is long overdue")
    duplicate_days: int = Field(
        30, gt=0, description="Days within which a second lead of one phone or e-mail is a duplicate of the first"
    )
    short_call_seconds: int = Field(10, gt=0, description="Seconds under which an outgoing call is very short")
    short_call_series: int = Field(
        5, gt=1, description="Very short outgoing calls of one person in a row from which they are worth a look"
    )
    short_call_minutes: int = Field(10, gt=0, description="Minutes within which so many of them have to begin")
    task_contact_hours: int = Field(
        24, ge=0, description="Hours after a task was closed within which a contact with its client still counts for it"
    )
    bulk_tasks: int = Field(
        5, gt=1, description="Tasks closed by one person within one minute from which that is told beside them"
    )
    backdated_days: int = Field(
        3, gt=0, description="Days by which a thing done may be entered after the moment that it claims"
    )
    stage_days: int = Field(
        8,
        gt=0,
        description="Days within which the entry into a stage has to be known for its moment to count",
    )
    required: RequiredFields = Field(RequiredFields(), description="What each kind of record has to hold")


class Minutes(Document):
    """What a thing takes that nobody measures."""

    per_email: float = Field(
        3, ge=0, description="Minutes that an e-mail sent is taken to take of the time for selling"
    )


class RoleScore(Document):
    """What the score of a role is made of."""

    weights: Mapping[str, Annotated[float, Field(gt=0)]] = Field(
        {}, description="What the score of the role is made of: the weight of each metric, such as { calls = 1 }"
    )
    targets: Mapping[str, Annotated[float, Field(gt=0)]] = Field(
        {},
        description="Target of a metric per working day (of a share or a mean: at any time) for who has no plan of it",
    )


class ScoreSettings(Document):
    """How the score is reckoned: `cap` of all, beside it a table per role."""

    model_config = ConfigDict(extra="allow", frozen=True)
    __pydantic_extra__: dict[str, RoleScore]

    cap: float = Field(
        120, gt=0, description="Percent of a target above which more of a metric adds nothing to the score"
    )

    @property
    def roles(self) -> Mapping[str, RoleScore]:
        """Return what is set for each role."""
        return self.__pydantic_extra__ or {}


class EngineSettings(Document):
    """What the embedded engine may use of the machine."""

    memory_limit: Annotated[str, AfterValidator(_memory)] = Field(
        "",
        description="Memory the engine may use, such as 8GB; empty: half the machine's, 3 GB at most",
    )
    threads: int = Field(0, ge=0, description="Threads of the engine; 0: all cores")
    seconds: float = Field(60.0, ge=0, description="Seconds that one statement of a question may take; 0: any number")
    keep_hours: float = Field(2.0, ge=0, description="Hours that replaced files are kept for readers still using them")


class LimitSettings(Document):
    """How large a file may be; a larger one is refused whole, with its size and what to do."""

    file_bytes: int = Field(2_000_000_000, gt=0, description="Bytes that a file may have")
    unpacked_bytes: int = Field(2_000_000_000, gt=0, description="Bytes that a workbook may have when it is unpacked")
    rows: int = Field(50_000_000, gt=0, description="Rows that a file may have")
    columns: int = Field(2_000, gt=0, description="Columns that a file may have")
    field_characters: int = Field(16_000_000, gt=0, description="Characters that one value of a file may have")


class WebSettings(Document):
    """How the pages are served, and to whom."""

    host: str = Field("127.0.0.1", description="Address that `voronka serve` listens on; 0.0.0.0: all of the machine's")
    port: int = Field(8765, ge=0, le=65535, description="Port that `voronka serve` listens on; 0: any that is free")
    hosts: tuple[str, ...] = Field(
        (), description="Names, beside localhost and the machine's addresses, by which browsers may ask for the pages"
    )
    public_url: Annotated[str, AfterValidator(_public_url)] = Field(
        "", description="Address of the pages for people where a proxy stands before them: https://sales.example.com"
    )
    proxies: Annotated[tuple[str, ...], AfterValidator(known_networks)] = Field(
        ("127.0.0.1", "::1"),
        description="Where public_url is set: the addresses whose word on who asks is believed (X-Forwarded-For)",
    )
    workers: int = Field(1, ge=1, le=64, description="Processes that answer; they share the engine's memory_limit")
    metrics_from: Annotated[tuple[str, ...], AfterValidator(known_networks)] = Field(
        (), description="Addresses that may read /metrics without a token, such as that of Prometheus"
    )
    log: str = Field("plain", pattern="^(plain|json)$", description="How the server logs: plain, or json, a line each")
    session_days: float = Field(14.0, gt=0, le=365, description="Days until one who signed in has to sign in again")
    invitation_days: float = Field(7.0, gt=0, le=60, description="Days until an invitation that nobody used is void")


class VariantChoice(Document):
    """Which variant of a metric's definition is in force, and since which day people should know it is."""

    use: str = Field(description="The variant's name, as `voronka metrics explain METRIC` lists them")
    since: date | None = Field(None, description="The day from which it is in force: told beside every figure")


def _variant_choice(given: object) -> object:
    return {"use": given} if isinstance(given, str) else given


class RampSettings(Document):
    """How much of a full plan a newcomer carries."""

    months: tuple[Annotated[float, Field(ge=0)], ...] = Field(
        (), description="Percent of a full plan by month of work, such as [25, 50, 75]; full after the last"
    )


class Settings(Document):
    """A company's settings: the whole of voronka.toml."""

    name: str = Field("", description="The company's name")
    language: str = Field("ru", pattern="^(ru|en)$", description="Language of pages and reports: ru or en")
    currency: Annotated[str, AfterValidator(_currency)] = Field("RUB", description="Currency that money is shown in")
    time_zone: Annotated[str, AfterValidator(known_zone)] = Field(
        "Europe/Moscow",
        description="The zone in which days begin and end",
    )
    calendar: Calendar = Field(Calendar(), description="The working calendar")
    variants: Mapping[str, Annotated[VariantChoice, BeforeValidator(_variant_choice)]] = Field(
        {},
        description="Which variant of a metric's definition is in force, such as win_rate = 'from_accepted',"
        " or win_rate = { use = 'from_accepted', since = 2026-01-01 } to tell since when",
    )
    regulations: Regulations = Field(Regulations(), description="By when what has to be done has to be done")
    profile: ProfileSettings = Field(ProfileSettings(), description="Which leads the company wants")
    temperature: TemperatureSettings = Field(TemperatureSettings(), description="How warm a lead is")
    handover: HandoverSettings = Field(HandoverSettings(), description="What is asked of a lead handed over")
    roles: Annotated[Mapping[str, Role], AfterValidator(with_default_roles)] = Field(
        DEFAULT_ROLES,
        description="Roles by code: [roles.sdr] with title, the metrics shown for it, and people (employee, from, to)",
    )
    touches: TouchSettings = Field(TouchSettings(), description="What is credited to a touch of ours")
    phones: PhoneSettings = Field(PhoneSettings(), description="Whose phone numbers the company's are")
    quality: QualitySettings = Field(QualitySettings(), description="What counts as a fault of a record")
    score: ScoreSettings = Field(ScoreSettings(), description="How the score is reckoned")
    ramp: RampSettings = Field(RampSettings(), description="How much of a full plan a newcomer carries")
    minutes: Minutes = Field(Minutes(), description="What a thing takes that nobody measures")
    engine: EngineSettings = Field(EngineSettings(), description="What the embedded engine may use")
    limits: LimitSettings = Field(LimitSettings(), description="How large a file may be")
    web: WebSettings = Field(WebSettings(), description="How the pages are served, and to whom")

    def zone(self) -> ZoneInfo:
        """Return the company's zone."""
        return ZoneInfo(self.time_zone)


@dataclass(frozen=True)
class Setting:
    """One setting: its dotted name in voronka.toml (or an environment variable), its default, one line of help."""

    name: str
    default: object
    help: str


def _walk(model: type[BaseModel], prefix: str = "") -> Iterator[Setting]:
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from _walk(field.annotation, f"{prefix}{name}.")
        elif (table := _table_of(field.annotation)) is not None:
            yield from _walk(table, f"{prefix}{name}.<role>.")
        else:
            yield Setting(f"{prefix}{name}", field.default, field.description or "")
    tables = model.__annotations__.get("__pydantic_extra__")
    if tables is not None:
        yield from _walk(get_args(tables)[1], f"{prefix}<role>.")


def _table_of(annotation: object) -> type[BaseModel] | None:
    """Return the model of a mapping's values, None where they are plain ones."""
    value = get_args(annotation)[-1] if get_origin(annotation) is Mapping else None
    return value if isinstance(value, type) and issubclass(value, BaseModel) else None


SETTINGS: tuple[Setting, ...] = (
    Setting(COMPANY_VARIABLE, "", "Environment variable: the company folder where --company is not given"),
    *_walk(Settings),
)


def company_folder(given: str | None) -> Path:
    """Return the folder given, else VORONKA_COMPANY's, else the current one; it must hold voronka.toml."""
    folder = Path(given or os.environ.get(COMPANY_VARIABLE) or ".").expanduser()
    if not (folder / FILE).is_file():
        raise SettingsError(
            f"no {FILE} in this folder, so it is not a company's",
            where=str(folder.absolute()),
            do=f"Run `voronka init {given or 'DIR'}` to make one, or name another with --company",
        )
    return folder.absolute()


def load_settings(folder: Path) -> Settings:
    """Return the settings of a company's folder."""
    path = folder / FILE
    return parse_toml(text_of(path, str(path)), Settings, str(path))


def text_of(path: Path, where: str) -> str:
    """Return the text of a file that a person wrote; SettingsError where it cannot be read or is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fault:
        raise SettingsError("the file is not in UTF-8", where=where, do="Save it in UTF-8") from fault
    except OSError as fault:
        raise SettingsError(
            f"the file cannot be read ({fault.strerror})", where=where, do="Check who may read it"
        ) from fault


def template(values: Mapping[str, Any] | None = None) -> str:
    """Return a voronka.toml in which every setting is explained; `values` are written, the rest stand as comments."""
    given = dict(values or {})
    lines = ["# Settings of one company. A line with # in front shows the default."]
    section = ""
    for setting in (s for s in SETTINGS if s.name not in {COMPANY_VARIABLE, "variants"}):
        head, _, key = setting.name.rpartition(".")
        if head != section:
            lines += ["", f"# [{head}]" if "<" in head else f"[{head}]"]
            section = head
        shown = _toml(given.get(setting.name, setting.default))
        mark = "" if setting.name in given else "#   " if "<" in head else "# "
        lines += [f"# {setting.help}", f"{mark}{key} = {shown}"]
    lines += ["", f"# {Settings.model_fields['variants'].description}", "[variants]"]
    return "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    if isinstance(value, tuple):
        return f"[{', '.join(_toml(item) for item in value)}]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f" {key} = {_toml(item)}" for key, item in value.items()) + " }"
    return str(value)
