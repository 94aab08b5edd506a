"""A file of pipelines/ as pages change it."""

from pathlib import Path

import pytest

from voronka.domain.errors import QuestionError
from voronka.pipeline.pipeline_file import PipelineFile, one_line, tells
from voronka.settings import Settings

TEXT = "pipeline: sales\r\nstages: [{ id: New }]\r\n"


def test_a_file_is_found_by_its_pipeline_and_keeps_its_ends_of_lines(tmp_path: Path) -> None:
    (tmp_path / "pipelines").mkdir()
    (tmp_path / "pipelines/a.yml").write_bytes(TEXT.encode())
    file = PipelineFile.of(tmp_path, Settings(), "sales")
    assert (file.where, file.raw, file.text) == ("pipelines/a.yml", TEXT, TEXT.replace("\r\n", "\n"))
    assert file.as_it_was(file.text) == TEXT
    with pytest.raises(QuestionError, match="no file tells of the pipeline sale"):
        PipelineFile.of(tmp_path, Settings(), "sale")


def test_a_text_tells_what_is_meant_or_it_does_not(tmp_path: Path) -> None:
    (tmp_path / "pipelines").mkdir()
    (tmp_path / "pipelines/a.yml").write_bytes(TEXT.encode())
    meant = PipelineFile.of(tmp_path, Settings(), "sales").pipeline
    assert tells("pipeline: sales\nstages: [id: New]\n", meant, "a.yml")
    assert not tells("pipeline: sales\nstages: [id: Old]\n", meant, "a.yml")
    assert not tells("pipeline: [", meant, "a.yml")


def test_what_is_typed_becomes_one_line_that_can_be_shown() -> None:
    assert one_line(" a\n\tb\u200b c ") == "a b c"
