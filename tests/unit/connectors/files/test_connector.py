from pathlib import Path

from voronka.connectors.files import FilesConnector, ReadOptions


def test_the_connector_finds_and_reads_from_its_base(tmp_path: Path) -> None:
    (tmp_path / "deals.csv").write_text("a;b\n1;2\n")
    connector = FilesConnector(tmp_path)
    batch = connector.read(connector.find("*.csv")[0], ReadOptions(), tmp_path / "work")
    assert (connector.name, batch.file.name, batch.rows) == ("files", "deals.csv", 1)


def test_files_tell_neither_history_nor_deletions_nor_recordings(tmp_path: Path) -> None:
    connector = FilesConnector(tmp_path)
    flags = (connector.has_stage_history, connector.has_deletes, connector.has_recordings)
    assert flags == (False, False, False)
