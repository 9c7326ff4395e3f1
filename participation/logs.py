"""Logs on stderr: a line of text, or one JSON object per line."""

import json
import logging
import re
import sys
from datetime import UTC, datetime

EXTRA = ("request_id", "status", "ms", "path")


CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class TextLines(logging.Formatter):
    """One line for each message: no address and no other server's words begin a line of their own."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        return CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", super().formatMessage(record))


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        entry.update({name: getattr(record, name) for name in EXTRA if hasattr(record, name)})
        if record.exc_info:
            entry["trace"] = self.formatException(record.exc_info)
        return CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(entry, ensure_ascii=False))


def set_up_logs(kind: str, level: str = "INFO") -> None:
    """`kind` is 'json' or 'text'."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if kind == "json" else TextLines("%(asctime)s %(levelname)s %(message)s"))
    root = logging.getLogger("sanpo")
    root.handlers[:] = [handler]
    root.propagate = False
    root.setLevel(level)
