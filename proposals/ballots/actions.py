"""Preparing, opening and calling off ballots. Casting, closing and publishing have modules of their own and are
entered from here too."""

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from participation.db import Localized
from participation.events import record
from participation.policy import N_, Actor, ensure, require
from participation.search.actions import mark_for_indexing
from participation.spaces.models import Process
from participation.subjects import Subject, create_subject
from participation.web import Conflict, NotFound
from proposals.ballots.cases import Case, ballot_case
from proposals.ballots.casting import Receipt, cast
from proposals.ballots.closing import close_ballot, forget_for_good, publish_ballot
from proposals.ballots.events import BallotCalledOff, BallotChanged, BallotOpened
from proposals.ballots.models import Ballot, BallotArea, BallotKey, BallotOption, CastBallot, CastRequest, State
from proposals.ballots.policy import may_call_off, may_change, may_manage, may_open
from proposals.ballots.postponing import postpone_ballot
from proposals.ballots.problems import Problem, Wrong
from proposals.ballots.readiness import lacking
from proposals.ballots.ruling import rules_text, sha256

__all__ = [
    "OptionValues",
    "Receipt",
    "call_off",
    "cast",
    "change_ballot",
    "close_ballot",
    "create_ballot",
    "open_ballot",
    "postpone_ballot",
    "publish_ballot",
    "set_options",
]
PROMISES = ("hidden", "secret")
COLUMNS = (
    "title",
    "description",
    "pledge",
    "method",
    "rules",
    "opens_at",
    "closes_at",
    "hidden",
    "secret",
    "quorum",
    "quorum_kind",
    "needs",
    "self_publishing",
    "typed",
)
KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,58}[a-z0-9]")
RESERVED = ("new", "by-id", "desk")
BAD_KEY = N_("This cannot be the key of an option, or comes twice: %(key)s")
PROMISED = N_("Hidden and secret stay as they were announced: they are not taken back once a ballot is open.")


@dataclass(frozen=True, kw_only=True)
class OptionValues:
    """An option to be chosen from. Without a `key` it gets the next free one."""

    title: Mapping[str, str]
    summary: Mapping[str, str] = field(default_factory=dict)
    cost: int = 0
    area_id: int | None = None
    source_id: int | None = None
    key: str = ""


def create_ballot(
    session: Session, actor: Actor, process_id: int, slug: str, values: Mapping[str, Any], *, now: datetime
) -> int:
    """A draft that only the desk sees; returns its id. `values` by column, all optional; `areas`: ids.

    Raises:
        NotFound: there is no such process.
        Refused: see `may_manage`.
        Wrong: the name for the address is taken or none.
    """
    ensure(may_manage(actor, process_id))
    if session.get(Process, process_id) is None:
        raise NotFound
    if not SLUG.fullmatch(slug) or slug in RESERVED:
        raise Wrong(Problem("slug", N_("Please use small letters, digits and hyphens.")))
    if session.scalar(select(Ballot.id).where(Ballot.slug == slug)) is not None:
        raise Wrong(Problem("slug", N_("Another ballot has this name already.")))
    title = Localized(values.get("title", {}))
    subject = create_subject(
        session, "ballot", title=title.to("ja"), space_id=process_id, author_id=actor.id, now=now, locale="ja"
    )
    ballot = Ballot(
        id=subject.id,
        slug=slug,
        process_id=process_id,
        title=title,
        shuffle=secrets.token_hex(16),
        salt=secrets.token_bytes(32),
        seed=secrets.token_hex(32),
        created_at=now,
        updated_at=now,
    )
    session.add(ballot)
    session.flush()
    _write(session, ballot, values)
    return subject.id


def change_ballot(session: Session, actor: Actor, ballot_id: int, values: Mapping[str, Any], *, now: datetime) -> None:
    """Columns that are not in `values` stay as they are.

    Raises:
        NotFound, Refused: see `may_change`.
        Conflict: hidden or secret would be taken back.
    """
    ballot, case = _held(session, ballot_id, now)
    ensure(may_change(actor, case))
    if case.state != State.DRAFT and any(getattr(ballot, name) and not values.get(name, True) for name in PROMISES):
        raise Conflict(PROMISED)
    before = rules_text(session, ballot)
    _write(session, ballot, values)
    ballot.updated_at = now
    if case.state == State.OPEN:
        _ensure_complete(session, ballot, now)
    _note_change(session, actor, ballot, before, now)


def set_options(
    session: Session, actor: Actor, ballot_id: int, options: Sequence[OptionValues], *, now: datetime
) -> tuple[str, ...]:
    """The options anew, in this order; returns their keys.

    Raises:
        NotFound, Refused: see `may_change`.
        Wrong: a key is none, or comes twice.
    """
    ballot, case = _held(session, ballot_id, now)
    ensure(may_change(actor, case))
    before, keys = rules_text(session, ballot), _keys_of(options)
    session.execute(delete(BallotOption).where(BallotOption.ballot_id == ballot_id))
    for position, (key, values) in enumerate(zip(keys, options, strict=True)):
        session.add(
            BallotOption(
                ballot_id=ballot_id,
                key=key,
                title=Localized(values.title),
                summary=Localized(values.summary),
                cost=values.cost,
                area_id=values.area_id,
                source_id=values.source_id,
                position=position,
            )
        )
    ballot.updated_at = now
    session.flush()
    if case.state == State.OPEN:
        _ensure_complete(session, ballot, now)
    _note_change(session, actor, ballot, before, now)
    return keys


def open_ballot(session: Session, actor: Actor, ballot_id: int, *, now: datetime) -> None:
    """Everybody sees it from now on; votes are taken from `opens_at` to `closes_at`.

    Raises:
        NotFound, Refused: see `may_open`.
        Wrong: what is still missing, field by field.
    """
    ballot, case = _held(session, ballot_id, now)
    ensure(may_open(actor, case))
    _ensure_complete(session, ballot, now)
    ballot.state, ballot.opened_at, ballot.updated_at, ballot.typed = State.OPEN, now, now, {}
    subject = session.get_one(Subject, ballot_id)
    subject.title, subject.published_at = ballot.title.to("ja"), now
    session.add(BallotKey(ballot_id=ballot_id, key=secrets.token_bytes(32)))
    session.flush()
    fact = BallotOpened(
        ballot_id=ballot_id, rules_sha256=sha256(rules_text(session, ballot)), seed_sha256=sha256(ballot.seed)
    )
    record(session, fact, actor=actor, subject_id=ballot_id, now=now)
    mark_for_indexing(session, ballot_id, now)


def call_off(session: Session, actor: Actor, ballot_id: int, reason: str, *, now: datetime) -> None:
    """End it without a result. What was cast is deleted, uncounted; the reason is public.

    Raises:
        NotFound, Refused: see `may_call_off`, and without a reason.
    """
    ballot, case = _held(session, ballot_id, now)
    ensure(may_call_off(actor, case) & require(bool(reason.strip()), N_("Please say why the ballot is called off.")))
    forget_for_good(session)
    ballot.state, ballot.called_off_at, ballot.end_reason = State.CALLED_OFF, now, reason.strip()
    session.flush()
    for table in (CastBallot, CastRequest, BallotKey):
        session.execute(delete(table).where(table.ballot_id == ballot_id))
    record(session, BallotCalledOff(ballot_id=ballot_id), actor=actor, subject_id=ballot_id, now=now)
    mark_for_indexing(session, ballot_id, now)


def _held(session: Session, ballot_id: int, now: datetime) -> tuple[Ballot, Case]:
    """The ballot, held against votes and other changes until the end of the transaction."""
    ballot = session.get(Ballot, ballot_id, with_for_update=True, populate_existing=True)
    if ballot is None:
        raise NotFound
    return ballot, ballot_case(session, ballot_id, now)


def _write(session: Session, ballot: Ballot, values: Mapping[str, Any]) -> None:
    for column in COLUMNS:
        if column in values:
            value = values[column]
            setattr(ballot, column, Localized(value) if column in ("title", "description", "pledge") else value)
    if "title" in values:
        session.get_one(Subject, ballot.id).title = ballot.title.to("ja")
    if "areas" in values:
        session.execute(delete(BallotArea).where(BallotArea.ballot_id == ballot.id))
        session.add_all(BallotArea(ballot_id=ballot.id, area_id=area) for area in sorted(set(values["areas"])))
    session.flush()


def _note_change(session: Session, actor: Actor, ballot: Ballot, before: str, now: datetime) -> None:
    after = rules_text(session, ballot)
    if ballot.state == State.OPEN and after != before:
        fact = BallotChanged(ballot_id=ballot.id, rules_sha256=sha256(after))
        record(session, fact, actor=actor, subject_id=ballot.id, now=now)
        mark_for_indexing(session, ballot.id, now)


def _ensure_complete(session: Session, ballot: Ballot, now: datetime) -> None:
    problems = lacking(session, ballot, now)
    if problems:
        raise Wrong(*problems)


def _keys_of(options: Sequence[OptionValues]) -> tuple[str, ...]:
    taken = [option.key for option in options if option.key]
    for key in taken:
        if not KEY.fullmatch(key) or taken.count(key) > 1:
            raise Wrong(Problem("options", BAD_KEY, {"key": key}))
    free = (key for number in range(1, 2 * len(options) + 1) if (key := f"o{number}") not in taken)
    return tuple(option.key or next(free) for option in options)
