from pathlib import Path

from tests.company import CompanyFolder
from voronka.bootstrap import built_metrics
from voronka.pipeline.stage_history import stage_history


def test_what_lacks_most_stands_first_and_shares_are_of_all_records(tmp_path: Path) -> None:
    company = CompanyFolder(tmp_path / "c")
    columns = {"deal_id": "id", "stage": "stage"}
    company.stream("crm", "deals", "id,stage\n1,New\n2,Won\n3,Won\n4,\n", into="deals", columns=columns)
    log = "deal,to,at\n1,New,2026-02-01 12:00\n2,New,2026-02-01 12:00\n2,Won,2026-02-03 12:00\n"
    moves = {"deal_id": "deal", "stage": "to", "changed_at": "at"}
    company.stream("crm", "moves", log, into="stage_changes", key="auto", columns=moves)
    leads = {"lead_id": "id", "stage": "stage"}
    company.stream("site", "leads", "id,stage\n1,New\n2,New\n", into="leads", columns=leads)
    company.load_and_build()
    with built_metrics(str(company.folder)) as metrics:
        rows = stage_history(metrics)
    assert [(row["entity"], row["source"], row["records"], row["native"], row["without"]) for row in rows] == [
        ("lead", "site", 2, 0, 2),
        ("deal", "crm", 3, 2, 1),  # one without a stage has none to tell of
    ]
    assert rows[0]["median_precision_seconds"] is None
    assert (rows[1]["entries"], rows[1]["known"], rows[1]["median_precision_seconds"]) == (3, 100 * 2 / 3, 0)
