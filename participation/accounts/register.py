"""Verification by a register that the city uploads: kept as keyed hashes only, so that the platform never holds it.

A person proves who they are by writing the same fields once. The hash is also the identity of the verification, and
unique: one natural person verifies at most one account.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from participation.accounts.actions import add_verification, find_account
from participation.accounts.events import RegisterUploaded
from participation.accounts.models import RegisterEntry
from participation.accounts.policy import may_change_own, may_upload_register
from participation.db import dialect_name, insert_ignore
from participation.events import record
from participation.keys import keyed_hash
from participation.policy import N_, Actor, ensure
from participation.web import Conflict

COLUMNS = ("name", "birth_date", "postal_code")
ENCODINGS = ("utf-8-sig", "cp932")  # spreadsheets in Japan still write the latter
MAX_ROWS, MAX_PROBLEMS = 2_000_000, 100
ADULT = 18  # years; Civil Code article 4


@dataclass(frozen=True)
class Problem:
    """Why a row can't be used: its number in the file (the heading is 1), the column, a message id."""

    row: int
    column: str
    message: str


@dataclass(frozen=True)
class Reading:
    """A register as read: the hashes of its usable rows, and what is wrong with the others."""

    identities: tuple[bytes, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Report:
    added: int
    problems: tuple[Problem, ...]


def identity_of(secret: bytes, name: str, born: date, postal_code: str) -> bytes:
    """The keyed hash of a person. Spaces, width and case of letters, hyphens make no difference."""
    fields = (_letters(name), born.isoformat(), _letters(postal_code))
    return keyed_hash(secret, "register", "\n".join(fields))


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in plain if character.isalnum())


def read_register(data: bytes, secret: bytes, headings: Mapping[str, str]) -> Reading:
    """Read an uploaded CSV file with the columns name, birth_date (year-month-day) and postal_code, in any order;
    `headings` are further names of columns, as a city's own lists have them."""
    text = _decode(data)
    if text is None:
        return Reading((), (Problem(1, "", N_("The file is neither UTF-8 nor Shift JIS text.")),))
    rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        read = [(heading or "").strip().lower() for heading in rows.fieldnames or ()]
        rows.fieldnames = [headings.get(heading, heading) for heading in read]
        missing = [column for column in COLUMNS if column not in rows.fieldnames]
        if missing:
            return Reading((), tuple(Problem(1, column, N_("This column is missing.")) for column in missing))
        return _read_rows(rows, secret)
    except csv.Error:
        return Reading((), (Problem(rows.line_num, "", N_("This is not a CSV file.")),))


def _decode(data: bytes) -> str | None:
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _read_rows(rows: "csv.DictReader[str]", secret: bytes) -> Reading:
    found: dict[bytes, None] = {}
    problems: list[Problem] = []
    for number, row in enumerate(rows, 2):
        values = {column: (row.get(column) or "").strip() for column in COLUMNS}
        wrong = [Problem(number, column, N_("This cell is empty.")) for column, value in values.items() if not value]
        born = _day(values["birth_date"])
        if values["birth_date"] and born is None:
            wrong.append(Problem(number, "birth_date", N_("Please write a day such as 1980-04-01.")))
        if not wrong and born is not None:
            identity = identity_of(secret, values["name"], born, values["postal_code"])
            wrong = [Problem(number, "", N_("The same person stands in an earlier row."))] if identity in found else []
            found[identity] = None
        problems += wrong
        if len(problems) >= MAX_PROBLEMS or number > MAX_ROWS:
            break
    return Reading(tuple(found), tuple(problems[:MAX_PROBLEMS]))


def _day(text: str) -> date | None:
    parts = re.fullmatch(r"(\d{4})\D(\d{1,2})\D(\d{1,2})\D?", unicodedata.normalize("NFKC", text))
    try:
        return date(*(int(part) for part in parts.groups())) if parts else None
    except ValueError:
        return None


def save_register(
    session: Session, actor: Actor, kind: str, identities: Sequence[bytes], *, replace: bool, now: datetime
) -> int:
    """Keep the hashes; with `replace` those of before are forgotten. Returns how many are new."""
    ensure(may_upload_register(actor))
    if replace:
        session.execute(delete(RegisterEntry).where(RegisterEntry.kind == kind))
    kept = select(func.count()).where(RegisterEntry.kind == kind)
    before = session.scalar(kept) or 0
    adding = insert_ignore(RegisterEntry.__table__, dialect_name(session))
    rows = [{"kind": kind, "identity": identity, "uploaded_at": now} for identity in identities]
    session.connection().execute(adding, rows)
    added = (session.scalar(kept) or 0) - before
    record(session, RegisterUploaded(kind=kind, entries=added), actor=actor, now=now)
    return added


def prove(
    session: Session, actor: Actor, secret: bytes, name: str, born: date, postal_code: str, now: datetime
) -> list[str]:
    """Compare with the registers; what was confirmed by it.

    Raises:
        Conflict: nothing matches, or the match has confirmed another account.
    """
    ensure(may_change_own(actor))
    identity = identity_of(secret, name, born, postal_code)
    found = select(RegisterEntry.kind).where(RegisterEntry.identity == identity).order_by(RegisterEntry.kind)
    kinds = list(session.scalars(found))
    if not kinds:
        raise Conflict(N_("Nothing in the register matches these entries. Please check them, or ask the secretariat."))
    if _years(born, now.date()) >= ADULT and "adult" not in kinds:
        kinds.append("adult")
    account = find_account(session, actor.id or 0)
    for kind in kinds:
        add_verification(session, account, kind, "register", actor=actor, now=now, identity=identity)
    return kinds


def _years(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
