"""Writes the API's description without a company: `python -m voronka.web.openapi FILE`."""

import json
import sys
from pathlib import Path

from voronka.web.app import described_app


def write_description(path: Path) -> None:
    """Write the description as OpenAPI 3.1 in JSON; the same code always writes the same bytes."""
    text = json.dumps(described_app().openapi(), ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    write_description(Path(sys.argv[1]))
