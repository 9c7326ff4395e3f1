"""The public part of the log as a file that anybody can check without us: one JSON object per line.

The first line says what it is and by which key the log signs; then come all heads, then all entries in their order.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, TextIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.audit import queries, store
from participation.audit.checkpoint import BadCheckpoint, Signer, VerifierKey
from participation.audit.examination import Broken, Examination, Report
from participation.audit.models import AuditHead
from participation.events import canonical

FORMAT = "sanpo-audit-log"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def write_export(session: Session, by: Signer, now: datetime, file: TextIO) -> int:
    """Write the log as it stands, under a head signed now; how many entries it has."""
    size = store.size(session)
    newest = by.sign(size, store.root(session, size), now)
    write_line(file, {"format": FORMAT, "version": 1, "key": str(by.verifier)})
    for note in session.scalars(select(AuditHead.note).where(AuditHead.size < size).order_by(AuditHead.size)):
        write_line(file, {"head": note})
    write_line(file, {"head": newest})
    for entry in _entries(session, size):
        write_line(file, {"seq": entry.seq, "entry": entry.leaf()})
    return size


def _entries(session: Session, size: int) -> Iterator[queries.Entry]:
    for start in range(0, size, queries.MOST):
        yield from queries.entries(session, start, min(queries.MOST, size - start))


def write_line(file: TextIO, value: dict[str, Any]) -> None:
    """One object on a line of its own."""
    file.write(canonical(value) + "\n")


def verify_export(file: TextIO, keys: Sequence[VerifierKey], witnessed: Sequence[str]) -> Report:
    """Check an exported log. Without `keys` the one in the file is believed, so compare it with the published one.

    Raises Broken at the first entry that fails, or at the first line that is none.
    """
    lines = _read(file)
    header = next(lines, {})
    if header.get("format") != FORMAT or header.get("version") != 1:
        raise Broken(0, "this is no exported audit log of a version that is known here")
    notes, first = list(witnessed), None
    for line in lines:
        if "head" not in line:
            first = line
            break
        notes.append(_text(line, "head"))
    examination = Examination(notes, keys or [_key(header)])
    while first is not None:
        _take(examination, first)
        first = next(lines, None)
    return examination.finish()


def _take(examination: Examination, line: dict[str, Any]) -> None:
    entry = line.get("entry")
    try:
        at = EPOCH + timedelta(microseconds=int(entry["at"]))
        leaf = canonical(entry).encode()
    except (ValueError, TypeError, KeyError, OverflowError) as error:
        place = examination.size
        raise Broken(place, f"entry {place} is missing: its place holds something that cannot be read") from error
    examination.take(line.get("seq", -1), at, leaf)


def _read(file: TextIO) -> Iterator[dict[str, Any]]:
    for number, text in enumerate(file, 1):
        try:
            line = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise Broken(-1, f"line {number} cannot be read") from error
        if not isinstance(line, dict):
            raise Broken(-1, f"line {number} is neither a head nor an entry")
        yield line


def _text(line: dict[str, Any], name: str) -> str:
    if not isinstance(value := line.get(name), str):
        raise Broken(0, f"the {name} is no text")
    return value


def _key(header: dict[str, Any]) -> VerifierKey:
    try:
        return VerifierKey.parse(_text(header, "key"))
    except BadCheckpoint as error:
        raise Broken(0, str(error)) from error
