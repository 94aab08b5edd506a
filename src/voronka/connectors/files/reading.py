"""Reads one file as a table of text, choosing the reader by what the file holds."""

from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import mkdtemp

import duckdb

from voronka.connectors.files.batch import FileBatch, ReadOptions, SourceFile
from voronka.connectors.files.binary_workbook import read_binary_workbook
from voronka.connectors.files.delimited import Place, read_delimited
from voronka.connectors.files.jsonlines import read_json_lines
from voronka.connectors.files.kinds import kind_of
from voronka.connectors.files.limits import DEFAULT_LIMITS, refuse_large, refuse_long, refuse_wide
from voronka.connectors.files.pages import read_page
from voronka.connectors.files.parquet import read_parquet
from voronka.connectors.files.process_log import read_process_log
from voronka.connectors.files.workbook import read_workbook
from voronka.connectors.files.xml_workbook import read_xml_workbook
from voronka.settings import LimitSettings

Reader = Callable[[SourceFile, ReadOptions, Place], FileBatch]
READERS: Mapping[str, Reader] = {
    "csv": read_delimited,
    "html": read_page,
    "jsonl": read_json_lines,
    "parquet": read_parquet,
    "xes": read_process_log,
    "xls": read_binary_workbook,
    "xlsx": read_workbook,
    "xml": read_xml_workbook,
}


def read_file(
    file: SourceFile, options: ReadOptions, workdir: Path, limits: LimitSettings = DEFAULT_LIMITS
) -> FileBatch:
    """Return the batch of `file`, or refuse the file whole with an InputError.

    Copies go into a folder of this batch's own inside `workdir`, which must live as long as the batch; the caller
    removes it. A file over one of the `limits` is refused, by its size before anything of it is read.
    """
    refuse_large(file, limits)
    workdir.mkdir(parents=True, exist_ok=True)
    folder = Path(mkdtemp(dir=workdir))
    place = Place(duckdb.connect(config={"temp_directory": str(folder)}), folder, limits)
    batch = READERS[kind_of(file)](file, options, place)
    refuse_wide(file, len(batch.columns), limits)
    refuse_long(file, batch.rows, limits)
    return batch
