from fastapi.testclient import TestClient

from voronka.web.lateness_shapes import LatenessShown


def test_why_late_has_the_shape_that_is_told_of_it_and_goes_out_as_files(asking: TestClient) -> None:
    days = "from=2026-02-01&to=2026-02-28"
    told = asking.get(f"/api/lateness?{days}").json()
    LatenessShown.model_validate(told)
    # February is too short: half a year until its end is judged
    assert (told["asked"]["from"], told["asked"]["to"]) == ("2025-09-02", "2026-02-28")
    assert set(told["said"]) == {"ru", "en"}
    for table in ("effects", "parts", "remains", "queues"):
        assert asking.get(f"/api/lateness/table.csv?{days}&table={table}&lang=ru").status_code == 200
    assert asking.get(f"/api/lateness/table.xlsx?{days}&table=queues").content[:2] == b"PK"
