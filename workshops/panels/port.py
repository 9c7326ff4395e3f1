"""The draw of a workshop's places for other packages: commands, and whoever plays a whole workshop at once."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshops.panels.actions import keep_check, keep_result
from workshops.panels.closing import held
from workshops.panels.computing import compute
from workshops.panels.inviting import answer
from workshops.panels.mailing import Office
from workshops.panels.models import Answer, WorkshopInvitation
from workshops.panels.seats import keep_seats

__all__ = ["Answer", "Office", "answer", "calculate_now", "invited_now", "keep_seats"]


def calculate_now(session: Session, office: Office, workshop_id: int, *, now: datetime) -> None:
    """What the worker's process would do next, in this process: the check of the quotas, or the draw."""
    draw = held(session, workshop_id)
    seed = draw.seed if draw.entered_at else ""
    told = compute({"pool": draw.pool_csv, "quotas": draw.quotas_csv, "seats": draw.seats, "seed": seed})
    if seed:
        keep_result(session, office, workshop_id, told["result"], told["engine"], now=now)
    else:
        keep_check(session, workshop_id, draw.quotas_sha256, told["problem"], now=now)


def invited_now(session: Session, workshop_id: int) -> list[str]:
    """The numbers whose invitation waits for an answer."""
    waiting = (WorkshopInvitation.workshop_id == workshop_id, WorkshopInvitation.state == Answer.INVITED)
    return list(session.scalars(select(WorkshopInvitation.number).where(*waiting).order_by(WorkshopInvitation.number)))
