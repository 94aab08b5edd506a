"""One language for one reader: what the command line prints, and what is said of files, has words in both languages."""

import ast
import importlib
import json
import re
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path

import pytest

from tests.house.tree import PACKAGE, ROOT, dotted
from voronka.domain.access import MEANINGS, Right
from voronka.operations.audit import ACTIONS
from voronka.pipeline.sentences import deed_in, refusal_in, sentence_in

LANGUAGES = ["en", "ru"]
CLI = sorted((PACKAGE / "cli").glob("*.py"))
FOR_WHO_RUNS_IT = {
    "access_commands",
    "backup_commands",
    "company_commands",
    "metric_commands",
    "query_commands",
    "serve_commands",
    "serving",
    "serving_processes",
    "user_commands",
}
"""Commands for who sets Voronka up or writes definitions: they speak English."""
PRINTING = {"note", "echo"}
LETTERS = re.compile(r"[A-Za-z]{3,}")
HOLE = re.compile(r"\{\w*\}")
OF_FILES = [
    *(PACKAGE / "connectors" / "files").glob("*.py"),
    *(PACKAGE / "pipeline").glob("*.py"),
    *(PACKAGE / "transform").glob("*.py"),
]
OF_PAGES = [
    path
    for room in ("analyses", "domain", "lake", "metrics", "operations", "pipeline", "reports", "web")
    for path in (PACKAGE / room).rglob("*.py")
]
"""Whatever a page asks, these may refuse."""
REFUSING: dict[str, tuple[int, str | None]] = dict.fromkeys(
    ("InputError", "NotAllowedError", "QuestionError", "RetryError", "SignInError", "StorageError"), (0, "do")
)
NOT_FOR_PAGES = {"delta.py", "foreign_logs.py", "session.py"}
"""Faults of the lake and its engine, and of logs that only the command line reads."""
SAID: dict[str, tuple[int, str | None]] = {
    "InputError": (0, "do"),
    "Flag": (1, None),
    "Suspicion": (1, None),
    "Question": (1, None),
    "Guess": (1, None),
    "_flagged": (-1, None),
    "_refuse": (-1, None),
}
"""Where a call has its sentence: the argument's place, and the name of another."""
NOT_FOR_FOLK = {"staging.py", "foreign_logs.py", "process_log.py"}
"""Faults of the lake itself, and of logs of other processes, which an analyst gives."""


@pytest.mark.parametrize("path", CLI, ids=lambda path: path.stem)
def test_words_of_a_command_are_in_both_languages_with_the_same_holes(path: Path) -> None:
    module = importlib.import_module(dotted(path))
    for name, words in vars(module).items():
        if isinstance(words, Mapping) and "ru" in words and isinstance(words["ru"], Mapping):
            assert sorted(words) == LANGUAGES, name
            assert sorted(words["ru"]) == sorted(words["en"]), name
            for key, said in words["ru"].items():
                assert sorted(set(HOLE.findall(said))) == sorted(set(HOLE.findall(words["en"][key]))), (name, key)


def test_a_command_prints_no_sentence_of_one_language() -> None:
    found = []
    for path in CLI:
        if path.stem not in FOR_WHO_RUNS_IT:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            found += [f"{path.stem}:{call.lineno}" for call in _calls(tree, PRINTING) if _is_plain(call)]
    assert found == []


def test_what_is_said_of_files_has_words_in_russian() -> None:
    found = {
        f"{path.name}: {text}"
        for path in OF_FILES
        if path.name not in NOT_FOR_FOLK
        for text in _sentences(ast.parse(path.read_text(encoding="utf-8")))
        if LETTERS.search(text.replace("7", "")) and sentence_in("ru", text) == text
    }
    assert sorted(found) == []


def test_why_a_page_is_refused_has_words_in_russian() -> None:
    found = {
        f"{path.name}: {text}"
        for path in OF_PAGES
        if path.name not in NOT_FOR_PAGES or path.parent.name == "routes"
        for text in _sentences(ast.parse(path.read_text(encoding="utf-8")), REFUSING)
        if LETTERS.search(text.replace("7", "")) and refusal_in("ru", text) == text
    }
    assert sorted(found) == []


def test_what_a_role_may_not_do_has_words_in_russian() -> None:
    told = {right: refusal_in("ru", f"Your role does not let you {meaning}") for right, meaning in MEANINGS.items()}
    assert [right for right, text in told.items() if LETTERS.search(re.sub("CSV|XLSX", "", text))] == []


def test_what_the_audit_log_says_was_done_has_words_in_russian() -> None:
    found = {
        f"{path.name}: {text}"
        for path in (*CLI, *(PACKAGE / "web").rglob("*.py"))
        for text in _deeds(ast.parse(path.read_text(encoding="utf-8")))
        if LETTERS.search(text.replace("7", "")) and deed_in("ru", text) == text
    }
    assert sorted(found) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_change_and_every_file_that_is_taken_out_has_words_for_the_audit_log(language: str) -> None:
    found = [address for path in (PACKAGE / "web" / "routes").glob("*.py") for address in _addresses(path)]
    untold = [address for address in found if deed_in(language, address) == address]
    assert len(found) > len(untold) == 0, sorted(untold)


def _addresses(path: Path) -> Iterator[str]:
    """Yield the addresses of a file of routes by which something is changed or a table leaves."""
    text = path.read_text(encoding="utf-8")
    prefix = re.search(r'APIRouter\(prefix="([^"]*)"', text)
    for method, route in re.findall(r'@router\.(get|post|put|patch|delete)\("([^"]*)"', text):
        address = f"{method.upper()} {prefix.group(1) if prefix else ''}{route}"
        signs_in = address.split()[1] in {"/api/session", "/api/setup", "/api/invitation", "/api/invitation/look"}
        if not signs_in and (method != "get" or route.endswith((".csv", ".xlsx"))):
            yield address


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_have_words_of_every_right_and_of_all_that_is_noted(language: str) -> None:
    words = json.loads((ROOT / "frontend" / "src" / "i18n" / f"access.{language}.json").read_text(encoding="utf-8"))
    wanted = {*(f"access.right.{right}" for right in Right), *(f"access.action.{action}" for action in ACTIONS)}
    assert wanted - set(words) == set()


def _deeds(tree: ast.Module) -> Iterator[str]:
    """Yield what calls note in the audit log: a visitor's after the action, the log's own after who did it."""
    named = _named(tree.body)
    for call in _calls(tree, {"note", "noted"}):
        is_log = isinstance(call.func, ast.Attribute) and getattr(call.func.value, "attr", "") == "audit"
        yield from (text for arg in call.args[2 if is_log else 1 :] for text in _texts(arg, named))


def _calls(tree: ast.AST, names: set[str]) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in names:
                yield node


def _is_plain(call: ast.Call) -> bool:
    """Return whether a call prints words that stand in the code."""
    texts = [part.value for arg in call.args for part in _parts(arg) if isinstance(part, ast.Constant)]
    return any(LETTERS.search(str(text).replace("voronka", "")) for text in texts)


def _parts(arg: ast.expr) -> list[ast.expr]:
    return arg.values if isinstance(arg, ast.JoinedStr) else [arg]


def _sentences(tree: ast.Module, said: Mapping[str, tuple[int, str | None]] = SAID) -> Iterator[str]:
    """Yield the sentences that calls in a module are given, 7 in place of what varies."""
    of_module = _named(tree.body)
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        named = {**of_module, **_named(ast.walk(function))}
        for call in _calls(function, set(said)):
            name = call.func.id if isinstance(call.func, ast.Name) else call.func.attr  # type: ignore[attr-defined]
            place, keyword = said[name]
            given = [call.args[place]] if len(call.args) > place else []
            given += [each.value for each in call.keywords if each.arg == keyword]
            for arg in given:
                yield from _texts(arg, named)


def _named(nodes: "Iterator[ast.AST] | list[ast.stmt]") -> dict[str, list[ast.expr]]:
    found: dict[str, list[ast.expr]] = {}
    for node in nodes:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    found.setdefault(target.id, []).append(node.value)
    return found


def _texts(node: ast.expr, named: Mapping[str, list[ast.expr]]) -> list[str]:
    """Return what an expression may say; nothing where the code does not tell."""
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    if isinstance(node, ast.JoinedStr):
        return ["".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in node.values)]
    if isinstance(node, ast.IfExp):
        return [*_texts(node.body, named), *_texts(node.orelse, named)]
    if isinstance(node, ast.BinOp):
        left, right = (_texts(side, named) or ["7"] for side in (node.left, node.right))
        return ["".join(both) for both in product(left, right)]
    if isinstance(node, ast.Name):
        return [text for each in named.get(node.id, []) for text in _texts(each, {})]
    return []
