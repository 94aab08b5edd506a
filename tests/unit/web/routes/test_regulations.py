from fastapi.testclient import TestClient

from voronka.web.regulation_shapes import RegulationsShown


def test_regulations_have_the_shape_that_is_told_of_them(asking: TestClient) -> None:
    told = asking.get("/api/regulations?from=2026-02-01&to=2026-02-28").json()
    RegulationsShown.model_validate(told)
    assert len(told["in_force"]["rows"]) == 4  # those that every company has
    assert (told["waiting"], told["overdue"]) == (0, 0)
    assert told["kept"]["ask"]["by"] == ["regulation"]
