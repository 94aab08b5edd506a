"""A file past 500 lines is two subjects; a function past 50 is split, or a comment above says why not."""

import ast

from tests.house.tree import shown, sources

FILE_LINES = 500
FUNCTION_LINES = 50


def test_no_file_holds_two_subjects() -> None:
    lengths = {shown(path): len(path.read_text("utf-8").splitlines()) for path in sources()}
    assert {name: lines for name, lines in lengths.items() if lines > FILE_LINES} == {}


def test_no_function_is_long_without_a_reason_above_it() -> None:
    assert [said for path in sources() for said in long_functions(path.read_text("utf-8"), shown(path))] == []


def test_a_comment_above_a_long_function_is_its_reason() -> None:
    body = "".join("    x = 1\n" for _ in range(FUNCTION_LINES))
    assert long_functions(f"def f():\n{body}", "a.py") == ["a.py:1 f: 51 lines"]
    assert long_functions(f"# one table of cases\ndef f():\n{body}", "a.py") == []
    assert long_functions(f"# one table of cases\n@cache\ndef f():\n{body}", "a.py") == []


def long_functions(text: str, name: str) -> list[str]:
    """Return the functions of a module that are long and have no comment right above."""
    lines = text.splitlines()
    found = []
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        length = (node.end_lineno or node.lineno) - node.lineno + 1
        top = min([node.lineno, *(d.lineno for d in node.decorator_list)])
        if length > FUNCTION_LINES and not _is_comment(lines, top - 1):
            found.append(f"{name}:{node.lineno} {node.name}: {length} lines")
    return found


def _is_comment(lines: list[str], above: int) -> bool:
    return above > 0 and lines[above - 1].lstrip().startswith("#")
