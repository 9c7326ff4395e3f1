"""Reads of ballots, as frozen views; a fixed number of queries each.

Nothing of what was cast is read here while a ballot is hidden, whoever asks, but for a person's own vote.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.db import Localized
from participation.events import Event
from participation.policy import Actor, Verdict, ensure
from participation.spaces.models import Area, Process
from participation.subjects import Subject
from participation.web import NotFound
from proposals.ballots.cases import Case, case_by_slug
from proposals.ballots.casting import voter_tag
from proposals.ballots.events import BallotClosed
from proposals.ballots.models import (
    Ballot,
    BallotKey,
    BallotOption,
    BallotResult,
    CastBallot,
    CountedBallot,
    Postponement,
    RunningCount,
    State,
    Turnout,
)
from proposals.ballots.policy import may_read, may_see_result, may_take_part, may_vote
from proposals.ballots.ruling import rules_text
from proposals.ballots.ruling import sha256 as digest

FEWEST = 10  # ballots of which a list may be shown: among fewer, people can guess


@dataclass(frozen=True, kw_only=True)
class OptionView:
    """`source_kind`, `source_id`: the proposal or pilot that it was made from."""

    key: str
    title: Localized
    summary: Localized
    cost: int
    area: Localized | None
    source_kind: str
    source_id: int | None
    position: int


@dataclass(frozen=True, kw_only=True)
class OwnVote:
    """A person's own vote while the ballot is open; nobody can tell it any more after the close."""

    choice: Any
    receipt: str


@dataclass(frozen=True, kw_only=True)
class ResultView:
    """`result`: what `tally` gave, as JSON; `valid`: the quorum was reached; `published`: everybody sees it."""

    result: Mapping[str, Any]
    sha256: str
    ballots_sha256: str
    tie_seed: str
    ballots: int
    eligible: int
    valid: bool
    counted_at: datetime
    published: bool


@dataclass(frozen=True)
class Postponed:
    """The close that was announced, the later one, why, and when that was said."""

    before: datetime
    until: datetime
    reason: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class BallotView:
    """A ballot before one reader. `options` stand in an order of this reader's own. `turnout`: how many have voted;
    `running`: the count so far, of a ballot that is not hidden; `result`: for whoever may see it."""

    case: Case
    id: int
    slug: str
    title: Localized
    description: Localized
    pledge: Localized
    process_slug: str
    process_title: Localized
    method: str
    rules: Mapping[str, Any]
    state: State
    opens_at: datetime | None
    closes_at: datetime | None
    closed_at: datetime | None
    published_at: datetime | None
    end_reason: str
    hidden: bool
    secret: bool
    quorum: int
    quorum_kind: str
    needs: tuple[str, ...]
    areas: tuple[Localized, ...]
    self_publishing: bool
    rules_sha256: str
    seed_sha256: str
    seed: str  # told from the close on
    options: tuple[OptionView, ...]
    belongs: Verdict  # whether the ballot is for this person, whatever the time
    may_vote: Verdict
    has_voted: bool
    own: OwnVote | None
    turnout: int
    postponed: tuple[Postponed, ...]
    running: Mapping[str, Any] | None
    result: ResultView | None


def ballot_view(session: Session, actor: Actor, slug: str, now: datetime) -> BallotView:
    """Eleven queries, fewer for whoever is signed out.

    Raises:
        NotFound: there is none, or it is not this reader's to see.
    """
    case = case_by_slug(session, slug, now)
    if not may_read(actor, case):
        raise NotFound
    ballot, process, subject = _rows(session, case.id)
    voted = _has_voted(session, actor, case.id)
    return BallotView(
        case=case,
        process_slug=process.slug,
        process_title=process.title,
        state=case.state,
        needs=case.needs,
        areas=tuple(name for _, name in case.areas),
        rules_sha256=digest(rules_text(session, ballot)),
        seed_sha256=digest(ballot.seed),
        seed=ballot.seed if case.state in (State.CLOSED, State.PUBLISHED) else "",
        options=options_for(session, ballot, actor),
        belongs=may_take_part(actor, case),
        may_vote=may_vote(actor, case, now),
        has_voted=voted,
        own=_own(session, actor, case) if voted else None,
        turnout=turnout_of(session, case.id),
        postponed=_postponed(session, case.id),
        running=_running(session, case),
        result=_result(session, actor, case),
        **{name: getattr(ballot, name) for name in _PLAIN},
    )


_PLAIN = (
    *("id", "slug", "title", "description", "pledge", "method", "rules", "opens_at", "closes_at", "closed_at"),
    *("published_at", "end_reason", "hidden", "secret", "quorum", "quorum_kind", "self_publishing"),
)


def _rows(session: Session, ballot_id: int) -> tuple[Ballot, Process, Subject]:
    rows = (
        select(Ballot, Process, Subject)
        .join(Process, Process.id == Ballot.process_id)
        .join(Subject, Subject.id == Ballot.id)
        .where(Ballot.id == ballot_id)
    )
    ballot, process, subject = session.execute(rows).one()
    return ballot, process, subject


def options_for(session: Session, ballot: Ballot, actor: Actor) -> tuple[OptionView, ...]:
    """The options in an order that is by chance for each person and stays for that person: SHA-256 of a value of the
    ballot, the person and the option. Whoever prepares the ballot sees its own order while it is a draft."""
    rows = session.execute(
        select(BallotOption, Area.name, Subject.kind)
        .outerjoin(Area, Area.id == BallotOption.area_id)
        .outerjoin(Subject, Subject.id == BallotOption.source_id)
        .where(BallotOption.ballot_id == ballot.id)
        .order_by(BallotOption.position)
    )
    shown = [
        OptionView(
            key=option.key,
            title=option.title,
            summary=option.summary,
            cost=option.cost,
            area=area,
            source_kind=kind or "",
            source_id=option.source_id,
            position=option.position,
        )
        for option, area, kind in rows
    ]
    if ballot.state != State.OPEN:
        return tuple(shown)
    return tuple(sorted(shown, key=lambda one: sha256(f"{ballot.shuffle}:{actor.id}:{one.key}".encode()).digest()))


def _postponed(session: Session, ballot_id: int) -> tuple[Postponed, ...]:
    columns = (Postponement.before, Postponement.until, Postponement.reason, Postponement.at)
    rows = session.execute(select(*columns).where(Postponement.ballot_id == ballot_id).order_by(Postponement.until))
    return tuple(Postponed(*row) for row in rows)


def _has_voted(session: Session, actor: Actor, ballot_id: int) -> bool:
    return actor.id is not None and session.get(Turnout, (ballot_id, actor.id)) is not None


def _own(session: Session, actor: Actor, case: Case) -> OwnVote | None:
    key = session.scalar(select(BallotKey.key).where(BallotKey.ballot_id == case.id))
    if key is None or actor.id is None:
        return None
    row = session.execute(
        select(CastBallot.choice, CastBallot.receipt).where(
            CastBallot.ballot_id == case.id, CastBallot.voter_tag == voter_tag(key, actor.id)
        )
    ).first()
    return OwnVote(choice=json.loads(row.choice), receipt=row.receipt) if row else None


def turnout_of(session: Session, ballot_id: int) -> int:
    """How many people have voted."""
    return session.scalar(select(func.count()).select_from(Turnout).where(Turnout.ballot_id == ballot_id)) or 0


def _running(session: Session, case: Case) -> Mapping[str, Any] | None:
    if case.hidden or case.state != State.OPEN:
        return None
    text = session.scalar(select(RunningCount.result).where(RunningCount.ballot_id == case.id))
    return json.loads(text) if text else None


def _result(session: Session, actor: Actor, case: Case) -> ResultView | None:
    if not may_see_result(actor, case):
        return None
    row = session.get(BallotResult, case.id)
    if row is None:
        return None
    return ResultView(
        result=json.loads(row.result),
        sha256=digest(row.result),
        ballots_sha256=_sealed_list(session, case.id),
        tie_seed=row.tie_seed,
        ballots=row.ballots,
        eligible=row.eligible,
        valid=row.valid,
        counted_at=row.counted_at,
        published=case.state == State.PUBLISHED,
    )


def _sealed_list(session: Session, ballot_id: int) -> str:
    """The digest of the list of ballots, as the log recorded it at the close."""
    body = session.scalar(select(Event.body).where(Event.subject_id == ballot_id, Event.type == BallotClosed.TYPE))
    return str(json.loads(body)["ballots_sha256"]) if body else ""


@dataclass(frozen=True, kw_only=True)
class ListedBallot:
    """A counted ballot of the published list; `voter`: the name, where the ballot was not secret."""

    receipt: str
    choice: Any
    voter: str


@dataclass(frozen=True, kw_only=True)
class PublishedList:
    """`withheld`: "" or why only totals are shown: few | unanimous."""

    total: int
    withheld: str
    ballots: tuple[ListedBallot, ...]


def published_list(
    session: Session, actor: Actor, slug: str, now: datetime, *, receipt: str = "", start: int = 0, limit: int = 100
) -> PublishedList:
    """The ballots as they were counted, by receipt; with `receipt` that one alone. Five queries.

    Raises:
        NotFound: there is no such ballot for this reader.
        Refused: the result is not published.
    """
    case = case_by_slug(session, slug, now)
    if not may_read(actor, case):
        raise NotFound
    ensure(may_see_result(actor, case))
    total, withheld = withheld_list(session, case)
    if withheld:
        return PublishedList(total=total, withheld=withheld, ballots=())
    rows = (
        select(CountedBallot.receipt, CountedBallot.choice, Account.name)
        .outerjoin(Account, Account.id == CountedBallot.account_id)
        .where(CountedBallot.ballot_id == case.id)
        .order_by(CountedBallot.receipt)
    )
    if receipt:
        rows = rows.where(CountedBallot.receipt == receipt)
    found = session.execute(rows.offset(start).limit(limit))
    ballots = tuple(ListedBallot(receipt=row[0], choice=json.loads(row[1]), voter=row[2] or "") for row in found)
    return PublishedList(total=total, withheld="", ballots=ballots)


def withheld_list(session: Session, case: Case) -> tuple[int, str]:
    """How many ballots were counted, and why their list is not shown ("" where it is): of few people, or of people
    who all chose the same, a list would tell who chose what."""
    ballots, choices = session.execute(
        select(func.count(), func.count(CountedBallot.choice.distinct())).where(CountedBallot.ballot_id == case.id)
    ).one()
    if not case.secret:
        return ballots, ""
    if ballots < FEWEST:
        return ballots, "few"
    return ballots, "unanimous" if choices == 1 else ""


@dataclass(frozen=True, kw_only=True)
class BallotLine:
    """A ballot as lists show it."""

    id: int
    slug: str
    title: Localized
    description: Localized
    pledge: Localized
    method: str
    state: State
    opens_at: datetime | None
    closes_at: datetime | None
    hidden: bool
    secret: bool
    process_slug: str
    process_title: Localized
    has_voted: bool


def ballot_lines(
    session: Session, actor: Actor, *, process_id: int | None = None, drafts: bool = False
) -> tuple[BallotLine, ...]:
    """All ballots that everybody may see (with `drafts` the desk's too), the newest first. One query."""
    voted = select(Turnout.ballot_id).where(Turnout.ballot_id == Ballot.id, Turnout.account_id == actor.id).exists()
    rows = (
        select(Ballot, Process.slug, Process.title, voted)
        .join(Subject, Subject.id == Ballot.id)
        .join(Process, Process.id == Ballot.process_id)
        .order_by(Ballot.id.desc())
    )
    if not drafts:
        rows = rows.where(Subject.published_at.is_not(None), Subject.hidden_at.is_(None))
    if process_id is not None:
        rows = rows.where(Ballot.process_id == process_id)
    return tuple(
        BallotLine(
            state=State(ballot.state),
            process_slug=process_slug,
            process_title=process_title,
            has_voted=bool(has_voted),
            **{name: getattr(ballot, name) for name in _LINE},
        )
        for ballot, process_slug, process_title, has_voted in session.execute(rows)
    )


_LINE = ("id", "slug", "title", "description", "pledge", "method", "opens_at", "closes_at", "hidden", "secret")
