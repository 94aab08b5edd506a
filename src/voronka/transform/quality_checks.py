"""The checks of the data: each a SELECT of what it finds wrong, with words for people and what it needs to be made."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import resources
from string import Template
from typing import Any, Literal

import yaml

from voronka.domain.model import tables
from voronka.domain.required_fields import FIELDS
from voronka.lake.session import empty_select, literal
from voronka.settings import QualitySettings

FOUND = (
    ("check_name", "TEXT"),
    ("entity", "TEXT"),
    ("entity_id", "TEXT"),
    ("employee_id", "TEXT"),
    ("load_id", "TEXT"),
    ("title", "TEXT"),
    ("detail", "TEXT"),
    ("from_day", "DATE"),
    ("to_day", "DATE"),
    ("url", "TEXT"),
)
"""The columns of what the checks find; a check's SELECT gives those it knows."""

_HOMES = {
    "deals": ("deal", "fct_deals", "deal_id"),
    "leads": ("lead", "fct_leads", "lead_id"),
    "contacts": ("contact", "dim_contact", "contact_id"),
    "accounts": ("account", "dim_account", "account_id"),
    "calls": ("call", "fct_activities", "activity_id"),
}
"""The entity, table and id of the records that a company demands fields of."""
_MIXED = "mixed"
"""The entity of a check whose SELECT tells the entity of each row."""
_NEED = re.compile(r"(\w+)\.(\w+)(?:@(\w+))?")
_TOLD_BY = {"fct_activities": "kind", "identity": "entity"}
"""By which column the rows of one kind of record are told, in tables that hold several: `identity.value@lead`."""
Language = Literal["ru", "en"]


@dataclass(frozen=True)
class QualityCheck:
    """A check; `needs` are `table.column`, or several of which one is enough with | between them.

    Of a table of several kinds of records `table.column@kind` means those of one.
    """

    name: str
    kind: str
    entity: str
    severity: str
    title: Mapping[str, str]
    meaning: Mapping[str, str]
    action: Mapping[str, str]
    needs: tuple[str, ...]
    select: str

    def found(self, settings: QualitySettings, last_load: datetime | None) -> str:
        """Return the SELECT of what the check finds; `last_load` is when the newest load was received (UTC)."""
        values = {
            "last_load": literal(last_load.isoformat() if last_load else "9999-12-30"),
            **{name: str(getattr(settings, name)) for name in QualitySettings.model_fields if name != "required"},
        }
        own = re.sub(r"\$([a-z_]+)\b", lambda m: values.get(m[1], m[0]), self.select)
        entity = "" if self.entity == _MIXED else f"{literal(self.entity)} AS entity, "
        return f"SELECT {literal(self.name)} AS check_name, {entity}q.* FROM ({own}) AS q"


@cache
def quality_checks(settings: QualitySettings) -> tuple[QualityCheck, ...]:
    """Return the checks of a company: those of the fields it requires, then the others."""
    return (*_of_required(settings), *_of_files())


def issues_select(settings: QualitySettings, last_load: datetime | None) -> str:
    """Return the SELECT of what all checks find, with the columns FOUND."""
    found = (check.found(settings, last_load) for check in quality_checks(settings))
    return " UNION ALL BY NAME ".join(f"({select})" for select in (empty_select(list(FOUND)), *found))


def told_select(settings: QualitySettings) -> str:
    """Return the SELECT that says of each need of a check whether some record fulfils it: need, is_told."""
    needs = sorted({need for check in quality_checks(settings) for need in check.needs})
    rows = [f"SELECT {literal(need)} AS need, {_is_told(need)} AS is_told" for need in needs]
    return " UNION ALL ".join(rows)


def check_rows(settings: QualitySettings, language: str) -> list[dict[str, Any]]:
    """Return a row per check, or per need of one that has several: its words in a language, in the order of files."""
    rows = []
    words_of = check_words(settings, language)
    for position, check in enumerate(quality_checks(settings), start=1):
        words = words_of[check.name]
        own = {"check_name": check.name, "class": check.kind, "entity": check.entity, "severity": check.severity}
        rows += [{**own, **words, "position": position, "need": need} for need in check.needs or (None,)]
    return rows


def check_words(settings: QualitySettings, language: str) -> dict[str, dict[str, str]]:
    """Return the words of each check by its name, in a language: title, meaning, action."""
    return {
        check.name: {
            "title": check.title[language],
            "meaning": check.meaning[language],
            "action": check.action[language],
        }
        for check in quality_checks(settings)
    }


@cache
def _words() -> Mapping[str, Any]:
    text = _folder().joinpath("checks.yml").read_text(encoding="utf-8")
    found: Mapping[str, Any] = yaml.safe_load(text)
    return found


def _folder() -> Any:  # noqa: ANN401 - importlib's Traversable has moved between versions
    return resources.files("voronka.transform").joinpath("checks")


@cache
def _sql(name: str) -> str | None:
    path = _folder().joinpath(f"{name}.sql")
    return path.read_text(encoding="utf-8").rstrip() + "\n" if path.is_file() else None


def _of_files() -> Iterator[QualityCheck]:
    for name, words in _words()["checks"].items():
        yield QualityCheck(
            name,
            words["class"],
            words["entity"],
            words["severity"],
            words["title"],
            words["meaning"],
            words["action"],
            tuple(words.get("needs", ())),
            str(_sql(name)),
        )


def _of_required(settings: QualitySettings) -> Iterator[QualityCheck]:
    words = _words()
    for records, fields in settings.required:
        entity, table, key = _HOMES[records]
        for field in fields:
            name = f"{entity}_without_{field}"
            columns = FIELDS[records][field]
            yield QualityCheck(
                name,
                "empty",
                entity,
                words["required"]["severity"],
                _title(words["entities"][entity], words["fields"][field]),
                words["required"]["meaning"],
                words["required"]["action"],
                (_need(entity, table, columns),),
                _sql(name) or _empty_field(table, key, columns),
            )


def _need(entity: str, table: str, columns: Sequence[str]) -> str:
    if not columns:
        return "identity.value@lead|identity.value@contact" if entity == "lead" else f"identity.value@{entity}"
    kind = f"@{entity}" if table in _TOLD_BY else ""
    return "|".join(f"{table}.{each}{kind}" for each in columns)


def _title(entity: Mapping[str, str], field: Mapping[str, str]) -> Mapping[str, str]:
    return {"ru": f"{entity['ru']} без {field['ru']}", "en": f"{entity['en']} without {field['en']}"}


def _empty_field(table: str, key: str, columns: Sequence[str]) -> str:
    value = columns[0] if len(columns) == 1 else f"coalesce({', '.join(columns)})"
    return Template(str(_sql("empty_field"))).substitute(table=table, key=key, value=value)


def _is_told(need: str) -> str:
    """Return the SQL that says whether some record has a value; the names are known to the model."""
    parts = []
    for table, column, kind in _NEED.findall(need):
        if table in tables():
            known = {each.name for each in tables()[table].columns}
            assert column in known, f"a check needs {table}.{column}, which is not there"  # noqa: S101 - our files
        only = f" AND {_TOLD_BY[table]} = {literal(kind)}" if kind else ""
        parts.append(f"EXISTS (SELECT 1 FROM {table} WHERE {column} IS NOT NULL{only})")
    return " OR ".join(parts)
