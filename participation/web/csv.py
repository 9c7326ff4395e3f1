"""Tables that open in a spreadsheet program and do nothing there."""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from starlette.responses import StreamingResponse

from participation.web import Response

# A cell that begins like this would be calculated by the program (OWASP "CSV Injection"); full-width forms too, which
# some of them fold.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
AT_ONCE = 64 * 1024  # characters that are handed on together
IN_MEMORY = 1_000_000  # bytes of a table that are not put on disk
BOM = "\ufeff"  # without it, spreadsheet programs take UTF-8 for the system's old encoding


def cell(value: Any) -> str:
    """The text of a cell; a quotation mark before whatever a spreadsheet program would calculate."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, int | float):
        return str(value)
    text = str(value)
    return f"'{text}" if text.lstrip(" \u3000").startswith(DANGEROUS) or text.startswith(DANGEROUS) else text


def csv_text(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """The table in RFC 4180's form, all cells quoted, with a byte order mark."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL)
    for row in (heads, *rows):
        writer.writerow([cell(value) for value in row])
    return BOM + buffer.getvalue()


def csv_answer(name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> Response:
    """The table as a file to keep; `name` without its ending."""
    headers = {"content-disposition": f'attachment; filename="{name}.csv"'}
    return Response(csv_text(heads, rows), media_type="text/csv; charset=utf-8", headers=headers)


def csv_stream(name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> Response:
    """The same for tables of any length: `rows` are read one by one while the database is at hand, wait in a file
    without a name, and leave from there part by part."""
    kept = tempfile.SpooledTemporaryFile(IN_MEMORY, "w+", encoding="utf-8", newline="")
    kept.write(BOM)
    writer = csv.writer(kept, quoting=csv.QUOTE_ALL)
    writer.writerow([cell(value) for value in heads])
    writer.writerows([cell(value) for value in row] for row in rows)
    kept.seek(0)
    headers = {"content-disposition": f'attachment; filename="{name}.csv"'}
    return StreamingResponse(_parts(kept), media_type="text/csv; charset=utf-8", headers=headers)


def _parts(kept: Any) -> Iterator[str]:
    with kept:
        while part := kept.read(AT_ONCE):
            yield part
