from pathlib import Path

import pytest

from tests.company import AskedCompany, CompanyFolder
from voronka.transform import staging


@pytest.fixture
def company(tmp_path: Path) -> CompanyFolder:
    """Return an empty company in Moscow."""
    return AskedCompany(tmp_path / "company")


@pytest.fixture(params=["kept", "read again"])
def both_stagings(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep staging tables in memory, then have all of them read again by each statement, as large ones are."""
    if request.param == "read again":
        monkeypatch.setattr(staging, "LARGE", 0)
