"""Turns a YAML or TOML text that a person wrote into a checked model, or into an error naming file, line and field."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from voronka.domain.errors import SettingsError, VoronkaError, did_you_mean

Path: TypeAlias = tuple[str | int, ...]
M = TypeVar("M", bound=BaseModel)


_YAML_HINT = (
    "Look at this line and the one above: "
    "keys of one level begin with equally many spaces, and a space follows each colon"
)


class Document(BaseModel):
    """A file's model: frozen, and no key that it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def parse_yaml(text: str, model: type[M], where: str, error: type[VoronkaError] = SettingsError) -> M:
    """Return `text` as `model`; whatever is wrong is raised as `error` with `where` and the line."""
    return _checked(read_yaml(text, where, error), model, where, _lines_of(text), error)


def read_yaml(text: str, where: str, error: type[VoronkaError] = SettingsError) -> dict[str, Any]:
    """Return the mapping that a YAML text holds; dates and yes/no words stay text where YAML would guess."""
    try:
        data = yaml.load(text, Loader=_Loader)  # noqa: S506 - _Loader is a SafeLoader
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        begun = getattr(fault, "context_mark", None)
        since = f" (in what begins on line {begun.line + 1})" if begun and mark and begun.line != mark.line else ""
        problem = getattr(fault, "problem", None) or str(fault)
        raise error(f"not readable as YAML: {problem}{since}", where=f"{where}{line}", do=_YAML_HINT) from fault
    if not isinstance(data, dict):
        raise error("the file must hold `key: value` lines", where=where)
    return data


def read_own_yaml(text: str) -> dict[str, Any]:
    """Return the mapping that a YAML text of our own holds, as `read_yaml` reads it, in a tenth of the time.

    What is wrong in it is the library's error: nobody but us can have written it.
    """
    found = yaml.load(text, Loader=_OwnLoader)  # noqa: S506 - _OwnLoader is a SafeLoader
    assert isinstance(found, dict)  # noqa: S101 - our files are mappings
    return found


def parse_toml(text: str, model: type[M], where: str) -> M:
    """Return a TOML text as `model`; whatever is wrong is raised as SettingsError."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise SettingsError(f"not readable as TOML: {fault}", where=where, do="Mend the line") from fault
    return _checked(data, model, where, {}, SettingsError)


class _Loader(yaml.SafeLoader):
    """A loader that refuses a repeated key and leaves dates and words such as `yes` or `No` as text."""


_Loader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag not in {"tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool"}
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool",
    re.compile(r"^(?:true|false)$"),
    list("tf"),
)


class _OwnLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The same, by the library's parser in C where there is one; it leaves the same words as text."""


_OwnLoader.yaml_implicit_resolvers = _Loader.yaml_implicit_resolvers


def _no_repeats(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[str] = set()
    for key, _ in node.value:
        name = str(key.value)
        if name in seen:
            raise yaml.constructor.ConstructorError(None, None, f"the key {name} stands twice", key.start_mark)
        seen.add(name)
    return yaml.SafeLoader.construct_mapping(loader, node, deep=True)


_Loader.add_constructor("tag:yaml.org,2002:map", _no_repeats)


def _checked(
    data: Mapping[str, Any],
    model: type[M],
    where: str,
    lines: Mapping[Path, int],
    error: type[VoronkaError],
) -> M:
    try:
        return model.model_validate(data)
    except ValidationError as fault:
        wrong = fault.errors()
        first = next((each for each in wrong if each["type"] == "extra_forbidden"), wrong[0])
        path = tuple(first["loc"])
        line = next((lines[path[:n]] for n in range(len(path), 0, -1) if path[:n] in lines), None)
        place = where if line is None else f"{where}, line {line}"
        what, hint = _sentence(first, path, _known_keys(model, path[:-1]))
        raise error(what, where=place, do=hint) from fault


def _sentence(fault: ErrorDetails, path: Path, known: Sequence[str]) -> tuple[str, str]:
    kind, message = fault["type"], fault["msg"]
    name = ".".join(str(part) for part in path)
    if kind == "extra_forbidden":
        return f"unknown key `{path[-1]}`", did_you_mean(str(path[-1]), known)
    if kind == "missing":
        return f"the key `{name}` is missing", f"Add `{path[-1]}:`"
    if kind == "literal_error":
        expected = re.sub(r"'(\w+)'", r"\1", fault["ctx"]["expected"])
        return f"`{name}` is one of: {expected}; not {fault['input']}", ""
    return f"`{name}`: {message.removeprefix('Value error, ').rstrip('.')}", ""


def _known_keys(model: type[BaseModel], path: Path) -> list[str]:
    current: Any = model
    for part in path:
        current = _step(current, part)
        if current is None:
            return []
    return [field.alias or name for name, field in current.model_fields.items()]


def _step(model: Any, part: str | int) -> Any:  # noqa: ANN401 - annotations are of any shape
    field = getattr(model, "model_fields", {}).get(part)
    if field is None:
        return model if isinstance(model, type) and not _fields_of(model) else _inner(model)
    return _inner(field.annotation)


def _fields_of(model: type) -> Iterable[str]:
    return getattr(model, "model_fields", {})


def _inner(annotation: Any) -> Any:  # noqa: ANN401 - annotations are of any shape
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        found = _inner(argument)
        if found is not None:
            return found
    return None


def line_of(text: str, path: Path) -> int | None:
    """Return the line (1-based) of a key of a YAML text that was read, None where it is not there."""
    return _lines_of(text).get(path)


def _lines_of(text: str) -> dict[Path, int]:
    """Return the line (1-based) of every key of a YAML text."""
    lines: dict[Path, int] = {}

    def walk(node: yaml.Node | None, path: Path) -> None:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                inner = (*path, str(key.value))
                lines[inner] = key.start_mark.line + 1
                walk(value, inner)
        elif isinstance(node, yaml.SequenceNode):
            for number, item in enumerate(node.value):
                lines[*path, number] = item.start_mark.line + 1
                walk(item, (*path, number))

    walk(yaml.compose(text, Loader=_Loader), ())
    return lines
