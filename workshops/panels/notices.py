"""What people with an account are told on the platform of a draw and their invitation. Whoever has an address gets the
letters of `mailing` as well, so notices are not mailed."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.events import StoredEvent
from participation.notifications.port import NoticeRule, Wave
from participation.policy import N_
from participation.web.i18n import ZONE
from workshops.members import present_in
from workshops.models import Workshop, WorkshopApplication, WorkshopMember
from workshops.panels.closing import counting
from workshops.panels.models import Answer, WorkshopInvitation


def panel_rules() -> dict[str, NoticeRule]:
    invited = N_("You are invited to “%(title)s”. Please say until %(deadline)s whether you come.")
    reminded = N_("Please remember to say until %(deadline)s whether you come to “%(title)s”.")
    drawn = N_("The places of “%(title)s” were drawn. You were not drawn this time and stay on the waiting list.")
    return {
        "workshop.invitation_made": NoticeRule(_waiting, invited),
        "workshop.invitation_reminded": NoticeRule(_waiting, reminded),
        "workshop.invitation_answered": NoticeRule(_lapsed, N_("Your invitation to “%(title)s” has lapsed.")),
        "workshop.day_is_near": NoticeRule(_coming, N_("“%(title)s” is near. If you cannot come, please say so.")),
        "workshop.panel_drawn": NoticeRule(_not_drawn, drawn),
    }


def _waiting(session: Session, event: StoredEvent) -> list[Wave]:
    """Whoever has not answered yet."""
    return _invited(session, event, Answer.INVITED)


def _lapsed(session: Session, event: StoredEvent) -> list[Wave]:
    """Whoever answered knows it; of a deadline that passed they are told."""
    return _invited(session, event, Answer.EXPIRED) if event.body["state"] == Answer.EXPIRED else []


def _invited(session: Session, event: StoredEvent, state: Answer) -> list[Wave]:
    row = session.get(WorkshopInvitation, event.body["invitation_id"])
    if row is None or row.state != state:
        return []
    person = select(WorkshopApplication.account_id).where(
        WorkshopApplication.id == row.application_id, WorkshopApplication.account_id.is_not(None)
    )
    slug = session.get_one(Workshop, row.workshop_id).slug
    deadline = f"{row.deadline.astimezone(ZONE):%Y-%m-%d %H:%M}"
    params = {"deadline": deadline, "path": f"/workshops/{slug}/invitation"}
    return [Wave(person, row.workshop_id, row.workshop_id, direct=True, params=params, mailed=True)]


def _coming(session: Session, event: StoredEvent) -> list[Wave]:
    """Whoever applied had a letter; who was taken in by hand gets the mail of the notice."""
    number = event.body["workshop_id"]
    people = select(WorkshopMember.account_id).where(present_in(number), WorkshopMember.account_id.is_not(None))
    applied = people.where(WorkshopMember.application_id.is_not(None))
    return [Wave(applied, number, number, direct=True, mailed=True), Wave(people, number, number, direct=True)]


def _not_drawn(session: Session, event: StoredEvent) -> list[Wave]:
    number = event.body["workshop_id"]
    invited = select(WorkshopInvitation.number).where(WorkshopInvitation.workshop_id == number)
    others = select(WorkshopApplication.account_id).where(
        *counting(number), WorkshopApplication.account_id.is_not(None), WorkshopApplication.number.not_in(invited)
    )
    return [Wave(others, number, number, direct=True, mailed=True)]
