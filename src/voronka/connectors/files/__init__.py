"""Files as a source: CSV, XLSX, Parquet and JSON lines, each read as one table of text."""

from voronka.connectors.files.batch import DAYS_FROM, FROM_1904, FileBatch, ReadOptions, SourceFile
from voronka.connectors.files.connector import FilesConnector
from voronka.connectors.files.finding import find_files
from voronka.connectors.files.reading import read_file

__all__ = [
    "DAYS_FROM",
    "FROM_1904",
    "FileBatch",
    "FilesConnector",
    "ReadOptions",
    "SourceFile",
    "find_files",
    "read_file",
]
