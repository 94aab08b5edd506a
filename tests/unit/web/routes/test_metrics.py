from fastapi.testclient import TestClient

from voronka.bootstrap import OpenCompany
from voronka.web.shapes import MetricShown


def test_every_metric_in_force_is_told_with_its_meaning(asking: TestClient, selling: OpenCompany) -> None:
    shown = asking.get("/api/metrics").json()
    assert [metric["name"] for metric in shown] == list(selling.metrics.catalogue.names)
    for metric in shown:
        MetricShown.model_validate(metric)
    by_name = {metric["name"]: metric for metric in shown}
    talk_time = by_name["talk_time"]
    assert talk_time["meaning"] == "sum: talk_seconds / 3600.0 where answered"
    assert (talk_time["unit"], talk_time["better"], talk_time["fact"]) == ("hours", "up", "fct_calls")
    assert talk_time["target"] == {"per": "employee and working day", "from": 2.0, "to": 6.0}
    assert (talk_time["axis"], talk_time["additive"], talk_time["verb"]) == ("started", True, "sum")
    win_rate = by_name["win_rate"]
    assert (win_rate["variant"], win_rate["variants"]) == ("by_count", ["by_count", "from_accepted"])
    assert (win_rate["fact"], win_rate["target"], win_rate["additive"]) == (None, None, False)
    assert win_rate["file"] == "metrics/definitions/closed_deals.yml"
