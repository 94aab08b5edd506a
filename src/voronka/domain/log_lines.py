"""A line of the log as JSON, in which nothing of anybody's stands: no address asked for, no name, no value."""

import json
import logging
from datetime import UTC, datetime
from pathlib import Path
from traceback import extract_tb


class JsonLine(logging.Formatter):
    """Writes a record as one line of JSON.

    The sentence is the one in the code, without what it was filled with: that may be a client's. What is to be told
    beside it is given as `extra={"told": {...}}`. Of a fault stands its class and where it came up, not what it says.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": str(record.msg),
            **getattr(record, "told", {}),
        }
        if record.exc_info and record.exc_info[0] is not None:
            frames = extract_tb(record.exc_info[2])
            line["fault"] = record.exc_info[0].__name__
            line["came_up"] = [f"{Path(each.filename).name}:{each.lineno} {each.name}" for each in frames]
        return json.dumps(line, ensure_ascii=False)
