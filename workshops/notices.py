"""Who is told of workshops: followers of the process when a call is announced, followers of the workshop, applicants
and members of it when something changes for them."""

from sqlalchemy import Select, select, union
from sqlalchemy.orm import Session

from participation.events import StoredEvent
from participation.notifications.following import followers
from participation.notifications.models import Notice
from participation.notifications.port import NoticeRule, Wave
from participation.notifications.queries import NoticeRow
from participation.policy import N_
from workshops.members import present_in
from workshops.models import Workshop, WorkshopApplication, WorkshopMember
from workshops.showing import calendar_of


def workshop_rules() -> dict[str, NoticeRule]:
    return {
        "workshop.opened": NoticeRule(_announced, N_("A workshop looks for participants: “%(title)s”."), _question),
        "workshop.changed": NoticeRule(_concerned, N_("Time or place of “%(title)s” has changed."), None, _calendar),
        "workshop.called_off": NoticeRule(_concerned, N_("“%(title)s” was called off."), _reason, _calendar),
    }


def people_of(session: Session, workshop_id: int) -> Select[tuple[int]]:
    """The accounts of applicants and members."""
    applied = select(WorkshopApplication.account_id).where(
        WorkshopApplication.workshop_id == workshop_id,
        WorkshopApplication.account_id.is_not(None),
        WorkshopApplication.withdrawn_at.is_(None),
    )
    members = select(WorkshopMember.account_id).where(
        present_in(workshop_id), WorkshopMember.account_id.is_not(None)
    )
    both = union(applied, members).subquery()
    return select(both.c.account_id)


def _announced(session: Session, event: StoredEvent) -> list[Wave]:
    number = event.body["workshop_id"]
    process_id = session.scalar(select(Workshop.process_id).where(Workshop.id == number)) or 0
    return [Wave(followers(process_id), number, number)]


def _concerned(session: Session, event: StoredEvent) -> list[Wave]:
    number = event.body["workshop_id"]
    return [Wave(people_of(session, number), number, number, direct=True), Wave(followers(number), number, number)]


def _question(session: Session, row: NoticeRow) -> str:
    """In each language that there is: a notice has no reader at hand."""
    workshop = session.get(Workshop, row.about_id)
    return "\n\n".join(workshop.question.values()) if workshop else ""


def _reason(session: Session, row: NoticeRow) -> str:
    workshop = session.get(Workshop, row.about_id)
    return workshop.called_off_reason if workshop else ""


def _calendar(session: Session, row: NoticeRow, base: str, locale: str) -> str:
    """As it stands now, for whoever takes part and so has it in the calendar."""
    own = select(WorkshopMember.id).join(Notice, Notice.account_id == WorkshopMember.account_id)
    own = own.where(Notice.id == row.id, WorkshopMember.workshop_id == row.about_id)
    workshop = session.get(Workshop, row.about_id)
    if workshop is None or session.scalar(own) is None:
        return ""
    return calendar_of(workshop, base, locale, workshop.updated_at)
