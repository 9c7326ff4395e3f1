"""The rules of a ballot as one canonical text, whose SHA-256 is shown from the opening on and sealed at the close."""

import hashlib
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.events import canonical, microseconds
from proposals.ballots.models import Ballot, BallotArea, BallotOption


def rules_text(session: Session, ballot: Ballot) -> str:
    """Everything a voter could know beforehand: texts, method, limits, options, who may vote, times, tie-break."""
    options = session.scalars(
        select(BallotOption).where(BallotOption.ballot_id == ballot.id).order_by(BallotOption.key)
    ).all()
    areas = session.scalars(
        select(BallotArea.area_id).where(BallotArea.ballot_id == ballot.id).order_by(BallotArea.area_id)
    ).all()
    said: dict[str, Any] = {
        "areas": list(areas),
        "ballot": ballot.slug,
        "closes_at": microseconds(ballot.closes_at) if ballot.closes_at else None,
        "description": dict(ballot.description),
        "hidden": bool(ballot.hidden),
        "method": ballot.method,
        "needs": sorted(ballot.needs),
        "opens_at": microseconds(ballot.opens_at) if ballot.opens_at else None,
        "options": [
            {"area": one.area_id, "cost": one.cost, "id": one.key, "source": one.source_id}
            | {"summary": dict(one.summary), "title": dict(one.title)}
            for one in options
        ],
        "pledge": dict(ballot.pledge),
        "quorum": [ballot.quorum, ballot.quorum_kind],
        "rules": ballot.rules,
        "secret": bool(ballot.secret),
        "seed_sha256": sha256(ballot.seed),
        "title": dict(ballot.title),
    }
    return canonical(said)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
