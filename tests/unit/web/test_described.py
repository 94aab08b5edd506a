from voronka.web.app import described_app


def test_times_are_told_to_be_local_and_what_is_kept_to_stay_unchanged() -> None:
    described = described_app().openapi()
    shapes, paths = described["components"]["schemas"], described["paths"]
    assert shapes["ViewShown"]["properties"]["changed_at"]["format"] == "date-time-local"
    kinds = [each.get("format") for each in shapes["StreamStateShown"]["properties"]["last_event_at"]["anyOf"]]
    assert kinds == ["date-time-local", "date", None]
    assert "If-None-Match" in paths["/api/query"]["get"]["responses"]["304"]["description"]
    assert "304" not in paths["/api/session"]["get"]["responses"]
    assert "304" not in paths["/api/news"]["get"]["responses"]


def test_a_file_as_it_is_is_a_body_that_is_described() -> None:
    paths = described_app().openapi()["paths"]
    for path in ("/api/data/uploads", "/api/plans/file"):
        assert list(paths[path]["post"]["requestBody"]["content"]) == ["application/octet-stream"]
    assert list(paths["/api/views"]["post"]["requestBody"]["content"]) == ["application/json"]
