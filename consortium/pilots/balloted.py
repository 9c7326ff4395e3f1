"""Pilots as options of ballots; the results of those in which they stood, written into the history of each."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.pilots.events import PilotStoodInBallot
from consortium.pilots.models import PilotBallot
from consortium.pilots.queries import register
from participation.db import Localized, insert_ignore
from participation.events import StoredEvent, record
from participation.subjects import Subject
from proposals.ballots.models import Ballot
from proposals.ballots.port import Candidate, fates_in


@dataclass(frozen=True)
class InBallot:
    """`path`: of the result."""

    title: Localized
    path: str
    won: bool
    at: datetime


def pilot_candidates(session: Session) -> tuple[Candidate, ...]:
    """Pilots that everybody may see, of all processes, for they belong to none; the newest first. Three queries."""
    return tuple(
        Candidate(
            id=line.id,
            title=line.title,
            summary=line.summary,
            place=line.place,
            locale=line.locale,
            path=line.path,
            state=line.state,
            label=line.label,
        )
        for line in register(session)
    )


def note_result(session: Session, event: StoredEvent) -> None:
    """Once for each pilot and ballot, however often the event comes."""
    ballot_id = event.body["ballot_id"]
    for pilot_id, won in fates_in(session, ballot_id, "pilot").items():
        noted = insert_ignore(PilotBallot, session.get_bind().dialect.name).returning(PilotBallot.pilot_id)
        values = {"pilot_id": pilot_id, "ballot_id": ballot_id, "won": won, "at": event.at}
        if session.execute(noted.values(**values)).first() is not None:
            fact = PilotStoodInBallot(pilot_id=pilot_id, ballot_id=ballot_id, won=won)
            record(session, fact, actor=None, subject_id=pilot_id, now=event.at)


def ballots_of(session: Session, pilot_id: int) -> tuple[InBallot, ...]:
    """Those whose page everybody may read, the oldest first. One query."""
    rows = session.execute(
        select(Ballot.title, Ballot.slug, PilotBallot.won, PilotBallot.at)
        .join(PilotBallot, PilotBallot.ballot_id == Ballot.id)
        .join(Subject, Subject.id == Ballot.id)
        .where(PilotBallot.pilot_id == pilot_id, Subject.hidden_at.is_(None))
        .order_by(PilotBallot.at, Ballot.id)
    )
    return tuple(InBallot(title, f"/ballots/{slug}", won, at) for title, slug, won, at in rows)
