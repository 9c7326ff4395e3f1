"""One action makes a proposal, the draft of a pilot or an improvement of a poster or an idea.

Doing it twice does it once: for the same place, what was made before is returned. The policies of proposals, pilots and
improvements say who may; a poster is linked as a voice, so that its team hears of whatever becomes of it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.backlog.actions import ItemText, open_item
from consortium.outcomes.events import PosterTurned
from consortium.outcomes.models import Into, Outcome
from consortium.outcomes.policy import may_propose_it, may_take_up
from consortium.outcomes.sources import Source, belongs, source_of
from consortium.pilots.actions import draft_pilot
from consortium.services.queries import Line
from participation.events import record
from participation.notifications.following import follow_by_taking_part
from participation.policy import Actor, ensure
from participation.subjects import Subject
from participation.web.errors import NotFound
from proposals.actions import create_draft, illustrate, publish
from proposals.coauthors.actions import credit
from workshops.models import WorkshopMember
from workshops.records.actions import make_idea_known

SUMMARY = 200  # characters of a pilot's summary


@dataclass(frozen=True, kw_only=True)
class Turning:
    """What is made of what: `title` as somebody chose it, `base_url` for the address in the text."""

    kind: str  # of the source: poster | note
    source_id: int
    title: str
    base_url: str


def turn_into_proposal(
    session: Session, actor: Actor, said: Turning, process_id: int, *, publish_it: bool, now: datetime
) -> Outcome:
    """A proposal by the team: members who agreed to be named are its authors at once, the others are asked. It is a
    draft unless `publish_it`.

    Raises:
        NotFound: there is no such poster or idea.
        Refused: see `may_propose_it`; proposals say what else.
    """
    source = _held(session, said)
    ensure(may_propose_it(actor, source.public, belongs(session, actor, source)))

    def make() -> int:
        values = {"title": said.title, "body": source.body(said.base_url)}
        number = create_draft(session, actor, process_id, values, locale=source.locale, now=now)
        if source.picture:
            illustrate(session, number, *source.picture)
        named, others = _team(session, source.team_id)
        credit(session, actor, number, joined=named, invited=others, now=now)
        if publish_it:
            publish(session, actor, number, now=now)
        return number

    return _once(session, actor, source, Into.PROPOSAL, process_id, make, now)


def turn_into_pilot(
    session: Session, actor: Actor, said: Turning, organisation_id: int, *, now: datetime
) -> Outcome:
    """The draft of a pilot that an organisation goes on writing."""
    source = _held(session, said)
    ensure(may_take_up(actor, source.public))

    def make() -> int:
        summary = " ".join(source.idea.split())
        values = {"summary": summary[:SUMMARY], "body": source.body(said.base_url)}
        about = {"title": said.title, "organisation_id": organisation_id, "locale": source.locale}
        return draft_pilot(session, actor, **about, values=values, voices=_voices(session, source, now), now=now).id

    return _once(session, actor, source, Into.PILOT, organisation_id, make, now)


def turn_into_item(session: Session, actor: Actor, said: Turning, service: Line, *, now: datetime) -> Outcome:
    """An improvement on the list of a service."""
    source = _held(session, said)
    ensure(may_take_up(actor, source.public))

    def make() -> int:
        owner = service.owners[0].id if service.owners else None
        text = ItemText(title=said.title, body=source.body(said.base_url), organisation_id=owner)
        more = {"voices": _voices(session, source, now), "locale": source.locale, "now": now}
        return open_item(session, actor, service, text, **more).id

    return _once(session, actor, source, Into.BACKLOG, service.id, make, now)


def _once(
    session: Session, actor: Actor, source: Source, into: Into, place_id: int, make: Callable[[], int], now: datetime
) -> Outcome:
    """What was made before of this source in this place, or what `make` makes now. The source is locked."""
    key = {"poster_id": source.id} if source.kind == "poster" else {"note_id": source.id}
    there = session.scalar(select(Outcome).filter_by(**key, kind=into, place_id=place_id))
    if there is not None:
        return there
    row = Outcome(**key, kind=into, place_id=place_id, target_id=make(), made_by_id=actor.id, at=now)
    session.add(row)
    session.flush()
    if session.get_one(Subject, row.target_id).visible:
        named, others = _team(session, source.team_id)
        for account_id in (*named, *others):
            follow_by_taking_part(session, account_id, row.target_id, now)
    about = {"source": source.kind, "source_id": source.id, "team_id": source.team_id}
    fact = PosterTurned(**about, workshop_id=source.workshop_id, into=into, target_id=row.target_id)
    record(session, fact, actor=actor, subject_id=row.target_id, now=now)
    return row


def _held(session: Session, said: Turning) -> Source:
    source = source_of(session, said.kind, said.source_id, lock=True)
    if source is None:
        raise NotFound
    return source


def _voices(session: Session, source: Source, now: datetime) -> list[int]:
    """A poster is a voice, and so is an idea from now on: its team hears of every later step."""
    if source.kind == "poster":
        return [source.id]
    return [make_idea_known(session, source.id, locale=source.locale, now=now)]


def _team(session: Session, team_id: int) -> tuple[list[int], list[int]]:
    """(accounts that agreed to be named, the others)."""
    wanted = select(WorkshopMember.account_id, WorkshopMember.named).where(
        WorkshopMember.team_id == team_id, WorkshopMember.account_id.is_not(None)
    )
    rows = session.execute(wanted.order_by(WorkshopMember.id)).all()
    return [each.account_id for each in rows if each.named], [each.account_id for each in rows if not each.named]
