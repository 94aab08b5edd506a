"""Names in raw tables: any header of a source as a column name that every engine accepts, and back."""

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import unquote

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")

SERVICE = ("_key", "_received_at", "_load_id", "_file", "_row", "_deleted", "_malformed", "_fault")
"""Columns that Voronka adds to what a source sends."""


def raw_table(source: str, stream: str) -> str:
    """Return the name of a stream's raw table."""
    return f"raw/{source}/{stream}"


def raw_name(header: str) -> str:
    """Return the column name of a header: characters that Parquet readers refuse are written as %XX (UTF-8 bytes)."""
    safe = re.sub(r"[ ,;{}()\n\t\r=%\"'`\x00-\x1f]", lambda m: f"%{ord(m[0]):02X}", header)
    return f"%5F{safe[1:]}" if safe.startswith("_") else safe


def header_of(name: str) -> str:
    """Return the header that a raw column name stands for."""
    return unquote(name)


def find_header(wanted: str, headers: Iterable[str]) -> str | None:
    """Return the header meant: the very one, else the only one that differs in how it is written.

    Case, spaces, unseen characters, ё for е, and letters made of two signs do not matter.
    """
    known = list(headers)
    if wanted in known:
        return wanted
    folded = [h for h in known if _plain(h) == _plain(wanted)]
    return folded[0] if len(folded) == 1 else None


def _plain(header: str) -> str:
    whole = unicodedata.normalize("NFKC", _UNSEEN.sub("", header)).casefold()
    return " ".join(whole.replace("ё", "е").split())
