"""The files sources/*.yml: a source, its streams and how each stream's columns become ours."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator, model_validator

from voronka.domain.documents import Document, parse_yaml
from voronka.domain.errors import SettingsError, did_you_mean
from voronka.lake.raw import find_header
from voronka.settings import known_zone, text_of
from voronka.transform.import_tables import ImportTable, import_tables

ENTERED = "voronka"
"""The source of what people enter in Voronka itself: its ids are those of the core."""
PLANS_FILE = Path("lake") / "entered" / "plans.jsonl"
MERGES_FILE = Path("lake") / "entered" / "merges.jsonl"
NEWCOMERS_FILE = Path("lake") / "entered" / "newcomers.jsonl"
PEOPLE_FILE = Path("lake") / "entered" / "people.jsonl"
TEAMS_FILE = Path("lake") / "entered" / "teams.jsonl"
TIMES_FILE = Path("lake") / "entered" / "times.jsonl"

KNOWN_BY_NAME: Mapping[str, tuple[str, ...]] = {
    "employees": ("name", "employee"),
    "teams": ("name", "team"),
    "accounts": ("name", "account"),
    "contacts": ("name", "contact"),
    "products": ("name", "product"),
    "channels": ("name", "channel"),
    "campaigns": ("name", "campaign"),
}
"""Tables whose rows without an id are known by their name, and the columns that may hold it."""

PAGES = (
    *("lead", "deal", "call", "email", "message", "meeting", "demo", "task", "proposal", "payment"),
    *("account", "contact", "employee", "campaign"),
)
"""What may have a page of its own in a source."""
PAGE = re.compile(r"""https?://[^\s/?#{}"'<>\\]+[/?#][^\s{}"'<>\\]*\{id\}[^\s{}"'<>\\]*""", re.IGNORECASE)
"""Where a record is seen: a web address with `{id}` behind the host, so that an id can never choose the host."""


ORDERS = ("day_first", "month_first")
"""What `dates` may say instead of a format: which of day and month comes first where both are numbers."""


class Read(Document):
    """How a stream's files are read; everything is found out where it is not given."""

    encoding: str = "auto"
    separator: str = "auto"
    header_row: int | None = Field(None, ge=1)
    decimal: Literal["auto", ",", "."] = "auto"
    dates: str = "auto"
    time_zone: str | None = None

    @field_validator("dates")
    @classmethod
    def _known_format(cls, dates: str) -> str:
        unknown = [mark for mark in re.findall(r"%-?.?", dates) if not re.fullmatch(r"%-?[dmyYHIMSfpbBaAjz]|%%", mark)]
        if unknown or (dates not in {"auto", *ORDERS} and "%" not in dates):
            told = ", ".join(ORDERS)
            message = f'dates are written as "%d.%m.%Y" (day, month, year), or {told} or auto, not {dates}'
            raise ValueError(message)
        return dates

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, name: str | None) -> str | None:
        return name if name is None else known_zone(name)


class Stream(Document):
    """One stream: where it lies, what it becomes, and ours: theirs."""

    path: str
    into: str
    read: Read = Read()
    sheet: str | None = None
    key: str | tuple[str, ...] | None = None
    columns: Mapping[str, str]
    renamed: Mapping[str, tuple[str, ...]] = {}
    stage_dates: Mapping[str, str] = {}
    values: Mapping[str, Mapping[str, str | bool | int | float]] = {}
    nulls: tuple[str, ...] = ("",)
    snapshot: Literal["none", "full"] = "none"

    @field_validator("into")
    @classmethod
    def _known_table(cls, name: str) -> str:
        if name not in import_tables():
            message = f"there is no table {name} to import into. {did_you_mean(name, import_tables())}"
            raise ValueError(message)
        return name

    @field_validator("key", mode="before")
    @classmethod
    def _tuple(cls, key: object) -> object:
        return tuple(key) if isinstance(key, list) else key

    @model_validator(mode="after")
    def _known_columns(self) -> "Stream":
        known = self.table.columns
        for ours in (*self.columns, *self.values):
            if ours not in known:
                message = f"{self.into} has no column {ours}. {did_you_mean(ours, known)}"
                raise ValueError(message)
        for ours in self.values:
            if self.columns.get(ours, "").strip().startswith("="):
                message = f"values of {ours} are not looked up: its column is an expression, which can say so itself"
                raise ValueError(message)
        read = {*self.columns.values(), *self.stage_dates.values(), *self.key_columns()}
        for header in self.renamed:
            if header not in read:
                message = f"renamed tells of a column that is not read: {header}. {did_you_mean(header, read)}"
                raise ValueError(message)
        if self.stage_dates and self.into not in {"leads", "deals"}:
            message = "stage_dates belongs to leads and deals"
            raise ValueError(message)
        return self

    @property
    def table(self) -> ImportTable:
        """Return the table imported into."""
        return import_tables()[self.into]

    def key_columns(self) -> tuple[str, ...]:
        """Return the columns of theirs that identify a row; () means by content.

        Where `key` is not given: the id, else for people, teams, accounts ... the name, with the span if one is dated.
        """
        if self.key == "auto":
            return ()
        if self.key is not None:
            return (self.key,) if isinstance(self.key, str) else self.key
        table = self.table
        names = (table.key, *KNOWN_BY_NAME.get(table.name, ()))
        given = [self.columns[n] for n in names if n and self._is_plain(n)]
        if not given:
            return ()
        dated = [self.columns[n] for n in ("role", "valid_from") if table.name == "employees" and self._is_plain(n)]
        return (given[0], *dated)

    def headers(self) -> tuple[str, ...]:
        """Return the columns of theirs that a file must have: those of the key and the plain ones, each once."""
        plain = (theirs for theirs in self.columns.values() if not theirs.strip().startswith("="))
        return tuple(dict.fromkeys((*self.key_columns(), *plain, *self.stage_dates.values())))

    def called(self, wanted: str, headers: Iterable[str]) -> list[str]:
        """Return what a column of theirs is called among a file's headers: its own name first, then later ones."""
        known = list(headers)
        found = (find_header(name, known) for name in (wanted, *self.renamed.get(wanted, ())))
        return list(dict.fromkeys(name for name in found if name is not None))

    def missing(self, headers: Iterable[str]) -> tuple[str, ...]:
        """Return the columns of theirs that a file with these headers lacks: none where the stream can read it."""
        known = list(headers)
        return tuple(wanted for wanted in self.headers() if not self.called(wanted, known))

    def fingerprint(self) -> str:
        """Return a text that changes when rows would be mapped in another way."""
        new = set() if self.renamed else {"renamed"}  # loads of before there were later names keep their mapping's
        text = self.model_dump_json(exclude={"path", "snapshot", *new})
        return hashlib.sha256(text.encode()).hexdigest()[:10]

    def _is_plain(self, ours: str) -> bool:
        return not self.columns.get(ours, "=").startswith("=")


class Source(Document):
    """One file of sources/."""

    source: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    connector: Literal["files"] = "files"
    id_space: str | None = Field(None, pattern=r"^[a-z][a-z0-9_]*$")
    urls: Mapping[str, str] = {}
    streams: Mapping[str, Stream]

    @field_validator("urls")
    @classmethod
    def _pages(cls, urls: Mapping[str, str]) -> Mapping[str, str]:
        for entity, pattern in urls.items():
            if entity not in PAGES:
                message = f"nothing has a page under the name {entity}. {did_you_mean(entity, PAGES)}"
                raise ValueError(message)
            if not PAGE.fullmatch(pattern):
                message = f"a page is written https://crm.example.com/deals/{{id}}, not {pattern}"
                raise ValueError(message)
        return urls

    @field_validator("streams")
    @classmethod
    def _plain_names(cls, streams: Mapping[str, Stream]) -> Mapping[str, Stream]:
        for name in streams:
            if not name.replace("_", "").isalnum() or not name.isascii():
                message = f"a stream's name has only latin letters, digits and _: {name}"
                raise ValueError(message)
        return streams

    @property
    def space(self) -> str:
        """Return the id space of the source's ids."""
        return self.id_space or self.source

    @property
    def prefix(self) -> str:
        """Return what stands before the source's ids; nothing where they are the core's own."""
        return "" if self.source == ENTERED else f"{self.space}:"


def read_sources(folder: Path) -> dict[str, Source]:
    """Return the sources of a company's folder by name, with that of what people have entered where they have."""
    found: dict[str, Source] = {}
    for path in sorted((folder / "sources").glob("*.y*ml")):
        source = parse_yaml(text_of(path, str(path.relative_to(folder))), Source, str(path.relative_to(folder)))
        if source.source == ENTERED:
            message = f"{ENTERED} is the name of what people enter in Voronka itself"
            raise SettingsError(message, where=str(path.relative_to(folder)), do="Call the source otherwise")
        if source.source in found:
            raise SettingsError(f"the source {source.source} stands in two files", where=str(path.relative_to(folder)))
        found[source.source] = source
    entered = entered_source(folder)
    return {**found, ENTERED: entered} if entered.streams else found


def entered_source(folder: Path) -> Source:
    """Return the source of what people enter in Voronka itself, a stream per kind of entry that there is."""
    columns = (
        "metric",
        "scope",
        "employee_id",
        "employee",
        "team_id",
        "team",
        "starts_on",
        "ends_on",
        "value",
        "entered_at",
    )
    read = Read(encoding="utf-8", decimal=".", time_zone="UTC")
    plans = Stream(
        path=PLANS_FILE.as_posix(), into="plans", read=read, key="plan_id", columns={name: name for name in columns}
    )
    merges = Stream(
        path=MERGES_FILE.as_posix(),
        into="merges",
        read=read,
        key=("entity", "entity_id"),
        columns={name: name for name in ("entity", "entity_id", "merged_into", "entered_at")},
    )
    streams = {"plans": (PLANS_FILE, plans), "merges": (MERGES_FILE, merges), **_staff_streams(read)}
    return Source(
        source=ENTERED, streams={n: stream for n, (file, stream) in streams.items() if (folder / file).is_file()}
    )


_STAFF_COLUMNS: Mapping[str, tuple[Path, str, str]] = {
    "newcomers": (NEWCOMERS_FILE, "employees", "employee_id employee email phone extension merged_into"),
    "people": (
        PEOPLE_FILE,
        "employees",
        "employee_id employee called team_id team role hired_on left_on valid_from valid_to",
    ),
    "teams": (TEAMS_FILE, "teams", "team_id team called parent_id parent lead_employee_id lead"),
    "times": (TIMES_FILE, "employee_time", "employee_id employee starts_at ends_at kind"),
}


def _staff_streams(read: Read) -> dict[str, tuple[Path, Stream]]:
    """Return the streams of what people state of their own department: each line has a number of its own."""
    return {
        name: (
            file,
            Stream(
                path=file.as_posix(),
                into=into,
                read=read,
                key="entry",
                columns={each: each for each in columns.split()},
            ),
        )
        for name, (file, into, columns) in _STAFF_COLUMNS.items()
    }
