"""Writes docs/reference from the code, so that the pages cannot say what the code does not.

`make docs` runs it; tests/house compares what it gives with what is committed.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import click

from docs.metric_pages import metric_pages
from voronka.cli.main import main as voronka
from voronka.domain import model
from voronka.domain.access import ACCESS_ROLES, GIVEN_ROLES, MEANINGS, Right
from voronka.domain.model import TABLES, Table
from voronka.settings import SETTINGS
from voronka.transform.import_tables import import_tables

REFERENCE = Path(__file__).resolve().parent / "reference"
MADE = "<!-- Made by docs/generate.py: run `make docs`, do not edit. -->"


def settings_page() -> str:
    """Return the page of every setting."""
    rows = ([code(s.name), code(_default(s.default)), s.help] for s in SETTINGS)
    return page(
        "Settings",
        "What a company says in `voronka.toml`. A dotted name is a key of a section: `calendar.country` is `country`"
        " under `[calendar]`. Names in capitals are environment variables.",
        table(["Setting", "Default", "What it says"], rows),
    )


def _default(value: object) -> str:
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(str, value))}]"
    return str(value) if value not in ("", None) else ""


def commands_page() -> str:
    """Return the page of every command of the command line."""
    walked = list(commands(voronka, voronka.context_class(voronka, info_name="voronka", **voronka.context_settings)))
    return page(
        "Commands",
        "Every command, as `voronka COMMAND --help` tells it. Exit code 0: done; 1: failed; 2: asked or set wrongly.",
        table(
            ["Command", "What it does"],
            ([f"[`{c.command_path}`](#{anchor(c.command_path)})", short(c)] for c in walked),
        ),
        *(part for context in walked for part in _command(context)),
    )


def commands(command: click.Command, context: click.Context) -> Iterator[click.Context]:
    """Return the contexts of a command and of all that stand under it, hidden ones left out."""
    yield context
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            if found is not None and not found.hidden:
                yield from commands(found, click.Context(found, info_name=name, parent=context))


def short(context: click.Context) -> str:
    """Return the first sentence of a command's help."""
    return (context.command.help or "").split("\n\n")[0].replace("\n", " ").strip()


def _command(context: click.Context) -> Iterator[str]:
    command = context.command
    yield f"## {context.command_path}"
    yield f"```\n{' '.join([context.command_path, *command.collect_usage_pieces(context)])}\n```"
    for paragraph in (command.help or "").replace("\b\n", "\b").split("\n\n"):
        text = paragraph.strip()
        if text:
            yield f"```\n{text.lstrip(chr(8))}\n```" if text.startswith("\b") else " ".join(text.split())
    told = [parameter.get_help_record(context) for parameter in command.params]  # --help itself is click's own
    records = [record for record in told if record and record[1]]
    if records:
        yield table(["Option", "What it says"], ([code(name), " ".join(said.split())] for name, said in records))


def listed(value: object) -> str:
    """Return a name, or a list of names, as code."""
    names = list(value.values()) if isinstance(value, Mapping) else value if isinstance(value, list) else [value]
    return ", ".join(code(str(name)) for name in names)


def core_model_page() -> str:
    """Return the page of every table of the core."""
    opening = (
        (model.__doc__ or "").strip().replace("'<id_space>:<id in the source>'", "`<id_space>:<id in the source>`")
    )
    overview = ([f"[`{t.name}`](#{anchor(t.name)})", t.grain, listed(list(t.axes)) if t.axes else ""] for t in TABLES)
    return page(
        "Core model",
        opening,
        table(["Table", "Grain", "Time axes, the main one first"], overview),
        *(part for each in TABLES for part in _table(each)),
    )


def _table(each: Table) -> Iterator[str]:
    yield f"## {each.name}"
    kind = "View: " if each.view else ""
    yield f"{kind}{each.grain}."
    yield table(["Column", "Type"], ([code(column.name), column.type] for column in each.own))
    added = each.columns[len(each.own) :]
    if added:
        yield f"Added by the build: {', '.join(code(column.name) for column in added)}."


def import_tables_page() -> str:
    """Return the page of every table that a stream can be mapped into."""
    tables = sorted(import_tables().values(), key=lambda each: each.name)
    return page(
        "Import tables",
        "What `into:` of a stream may name, and the columns to map. A column's reader says what its text is read as;"
        " `employee`, `account` and their like take a name where the source has no id. A row without a key column is"
        " known by its content.",
        table(["Table", "Key"], ([f"[`{t.name}`](#{anchor(t.name)})", code(t.key or "")] for t in tables)),
        *(part for each in tables for part in _import_table(each.name, each.columns)),
    )


def _import_table(name: str, columns: Mapping[str, str]) -> Iterator[str]:
    yield f"## {name}"
    yield table(["Column", "Read as"], ([code(column), reader] for column, reader in columns.items()))


REACHES = {
    "own": "their own rows",
    "team": "rows of people while they were in the teams they lead",
    "all": "all rows",
}


def access_page() -> str:
    """Return the page of every role of people who sign in, and what each may do."""
    roles = [(name, ACCESS_ROLES[name]) for name in GIVEN_ROLES]
    rows = [
        [code(right), MEANINGS[right], *("yes" if right in role.rights else "" for _, role in roles)] for right in Right
    ]
    return page(
        "Access",
        "What the roles of people who sign in see and may do. A role is given by an administrator, on the page of"
        " settings or by `voronka user`; whose rows somebody sees follows from the role and from which employee they"
        " are. A team is led by whom the data name as its lead and, where they name nobody for any, by those of the"
        " role who are in it today; a person's rows are those of the days on which they were in the team.",
        table(
            ["Role", "Sees", "Begins at"],
            ([code(name), REACHES[role.reach], code(role.start)] for name, role in roles),
        ),
        table(["Right", "What it lets one do", *(code(name) for name, _ in roles)], rows),
        "Whoever lacks `personal` is shown `7 ••• ••12` and `a•••@mail.ru` wherever a number or a mail address of a"
        " client would stand, in pages, answers and files alike. A page that is not built yet is passed over: people"
        " begin at the first page of their menu.",
    )


def page(title: str, *parts: str) -> str:
    """Return a page of parts with a blank line between."""
    return "\n\n".join([f"# {title}", MADE, *(part for part in parts if part)]) + "\n"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a Markdown table."""
    heads = list(head)
    lines = [
        heads,
        ["---"] * len(heads),
        *([cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows),
    ]
    return "\n".join(f"| {' | '.join(line)} |".replace("|  |", "| |") for line in lines)


def code(text: str) -> str:
    """Return a text as code, nothing for nothing."""
    return f"`{text}`" if text else ""


def anchor(heading: str) -> str:
    """Return the name by which a heading is linked to."""
    return heading.lower().replace(" ", "-")


PAGES: Mapping[str, Callable[[], str]] = {
    "settings.md": settings_page,
    "commands.md": commands_page,
    **metric_pages(),
    "core-model.md": core_model_page,
    "import-tables.md": import_tables_page,
    "access.md": access_page,
}


def main() -> int:
    """Write every page, or those named as arguments, and take away those of subjects that are no more; return 0."""
    for path in REFERENCE.rglob("*.md"):
        if path.relative_to(REFERENCE).as_posix() not in PAGES:
            path.unlink()
    for name, made in PAGES.items():
        if sys.argv[1:] and name not in sys.argv[1:]:
            continue
        path = REFERENCE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
