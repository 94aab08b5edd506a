import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from fastapi.testclient import TestClient

from tests.unit.web.conftest import sign_in
from voronka.bootstrap import OpenCompany
from voronka.web.openapi import write_description


def test_the_description_is_written_without_a_company_and_always_alike(tmp_path: Path) -> None:
    for name in ("a.json", "b.json"):
        write_description(tmp_path / name)
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    described = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert described["openapi"].startswith("3.1")
    session = described["paths"]["/api/session"]["get"]
    assert session["responses"]["200"]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/SessionShown"
    }
    assert session["responses"]["4XX"]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/Fault"
    }
    assert set(described["components"]["schemas"]["FaultSaid"]["required"]) == {"what", "where", "do", "kind"}
    assert "/healthz" not in described["paths"]


SEED = 20261123
EACH = 4
"""How many questions each address is asked."""
STRANGE = (
    *("", " ", "0", "-1", "1e309", "99999999999999999999", "NaN", "true", "null", "[]", "{}", "0x10"),
    *("2026-02-30", "9999-12-31", "0001-01-01", "2026-01-01", "2026-W05", "2026-13", "never"),
    *("' OR 1=1 --", "employee=crm:1", "employee=", "=x", "../../etc/passwd", "%00", "\0", "\ud7ff", "ё" * 400, "🙂"),
    *("leads", "revenue", "sales", "employee", "channel", "created", "desc", "crm:1", "name:анна", "team", "1"),
)
STARTS_WORK = ("/api/data/",)
"""What begins a job of its own when it is asked for: it is asked with bodies in its own tests."""


def values(schema: dict[str, Any], chance: random.Random) -> str:
    """Return a value for a parameter: now and then one that its description allows."""
    kinds = [schema, *schema.get("anyOf", ())]
    allowed = [value for kind in kinds for value in kind.get("enum", ())]
    allowed += [str(kind["default"]) for kind in kinds if kind.get("default") is not None]
    return str(chance.choice(allowed)) if allowed and chance.random() < 0.5 else chance.choice(STRANGE)


def questions(described: dict[str, Any], chance: random.Random) -> Iterator[tuple[str, str, Any]]:
    """Give method, address and body of what is asked, the same with every run."""
    for path, methods in sorted(described["paths"].items()):
        for method, told in sorted(methods.items()):
            if method != "get" and path.startswith(STARTS_WORK):
                continue
            for _ in range(EACH):
                yield method.upper(), *asked(path, told.get("parameters", ()), chance), body(told, chance)


def asked(path: str, parameters: Any, chance: random.Random) -> tuple[str]:  # noqa: ANN401 - JSON
    query = []
    for each in parameters:
        value = values(each["schema"], chance)
        if each["in"] == "path":
            path = path.replace(f"{{{each['name']}}}", quote(value or "x", safe=""))
        elif each["in"] == "query" and each["name"] != "seconds" and (each.get("required") or chance.random() < 0.4):
            query += [(each["name"], value)] * chance.choice((1, 1, 1, 2))
    seconds = [("seconds", "0")] if path == "/api/news" else []
    return (f"{path}?{urlencode([*query, *seconds])}",)


def body(told: dict[str, Any], chance: random.Random) -> Any:  # noqa: ANN401 - JSON
    if "requestBody" not in told:
        return None
    return chance.choice([{}, [], "x", 1, {"name": chance.choice(STRANGE), "what": 1}])


@pytest.mark.parametrize(("role", "employee_id"), [("head", None), ("manager", "crm:1")])
def test_whatever_is_asked_nothing_is_a_fault_of_ours(
    browser: TestClient, company: OpenCompany, role: str, employee_id: str | None
) -> None:
    sign_in(browser, company, "Анна", role, employee_id)
    described = browser.app.openapi()  # type: ignore[attr-defined]
    wrong, count = [], 0
    for method, address, given in questions(described, random.Random(SEED)):  # noqa: S311 - to be the same each time
        if method == "DELETE" and address.startswith("/api/session"):
            continue
        answer = browser.request(method, address, json=given, follow_redirects=False)
        count += 1
        if answer.status_code >= 500:
            wrong.append((method, address[:200], answer.status_code, answer.text[:200]))
    assert wrong == []
    assert count > EACH * 40
