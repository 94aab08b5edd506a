from pathlib import Path

from tests.company import CompanyFolder
from tests.unit.cli.conftest import Voronka


def test_a_company_is_backed_up_and_restored(company: CompanyFolder, voronka: Voronka, tmp_path: Path) -> None:
    file, folder = tmp_path / "backup.tar", tmp_path / "again"
    (company.folder / ".env").write_text("KEY=1", "utf-8")
    made = voronka("backup", str(file), company=company)
    assert made.stdout.startswith(f"{file}: ")
    assert "Left out, as it may hold a secret: .env" in made.stderr
    restored = voronka("restore", str(file), "--company", str(folder))
    assert restored.stdout.startswith(f"{folder}: {file}: ")
    assert "put it there yourself: .env" in restored.stderr
    refused = voronka("restore", str(file), "--company", str(folder))
    assert refused.exit_code != 0
    assert "--over" in refused.stderr
    assert "What was there is now" in voronka("restore", str(file), "--company", str(folder), "--over").stderr
