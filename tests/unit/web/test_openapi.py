import json
from pathlib import Path

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
