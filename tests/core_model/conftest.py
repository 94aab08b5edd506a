from pathlib import Path

import pytest

from tests.company import CompanyFolder
from voronka.transform import staging


@pytest.fixture(params=["kept", "read again"])
def company(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> CompanyFolder:
    """Return an empty company in Moscow, once with staging tables in memory and once with all of them as views."""
    if request.param == "read again":
        monkeypatch.setattr(staging, "LARGE", 0)
    return CompanyFolder(tmp_path / "company")
