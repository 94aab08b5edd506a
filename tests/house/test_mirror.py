"""tests/unit mirrors src: one test file per source file, at the same path."""

import ast

from tests.house.tree import PACKAGE, UNIT, shown, sources


def test_every_source_file_with_a_function_has_its_test_file() -> None:
    wanted = {
        UNIT / path.relative_to(PACKAGE).with_name(f"test_{path.name}"): shown(path)
        for path in sources()
        if path.name != "__init__.py" and has_behaviour(path.read_text("utf-8"))
    }
    assert {source: shown(test) for test, source in wanted.items() if not test.is_file()} == {}


def test_every_unit_test_file_tests_a_source_file_that_exists() -> None:
    strays = [
        shown(test)
        for test in sorted(UNIT.rglob("test_*.py"))
        if not (PACKAGE / test.relative_to(UNIT).with_name(test.name.removeprefix("test_"))).is_file()
    ]
    assert strays == []


def test_a_module_of_values_or_of_a_seam_needs_no_test_file() -> None:
    assert not has_behaviour('A = 1\nclass B:\n    """A record."""\n    c: int\n')
    assert not has_behaviour('class B(Protocol):\n    def f(self) -> int:\n        """Return it."""\n        ...\n')
    assert has_behaviour("def f() -> int:\n    return 1\n")


def has_behaviour(text: str) -> bool:
    """Say whether a module defines a function that does something; a protocol's `...` does nothing."""
    functions = (n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
    return any(not _is_constant(statement) for function in functions for statement in function.body)


def _is_constant(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
