"""Who names the voices that a pilot answers (hook of consortium/voices)."""

from datetime import datetime

from sqlalchemy.orm import Session

from consortium.pilots.cases import case_of
from consortium.pilots.guards import LEAD_ONLY, represents, reviews
from consortium.pilots.models import Pilot
from participation.policy import Actor, Verdict, require, takes_part
from participation.web.errors import NotFound


def may_name_voices(session: Session, actor: Actor, pilot_id: int, now: datetime) -> Verdict:
    """Its lead, and those who review it, in every state: voices may come while it runs."""
    row = session.get(Pilot, pilot_id)
    if row is None:
        raise NotFound
    allowed = represents(actor, row.organisation_id) or reviews(actor, case_of(session, actor, row, now))
    return takes_part(actor) & require(allowed, LEAD_ONLY, "forbidden")
