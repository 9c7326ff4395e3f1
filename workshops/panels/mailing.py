"""Mails to applicants, in the language in which they applied. Each has the link by which its reader answers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from participation.mail import send_mail
from participation.policy import N_
from participation.services import Services
from participation.web.i18n import show_moment, translations
from workshops.calls.links import token_of
from workshops.models import Workshop, WorkshopApplication
from workshops.panels.models import WorkshopInvitation
from workshops.showing import calendar_of

TEMPLATE = "workshops/panels/mail/told"


@dataclass(frozen=True)
class Office:
    """What a mail's links are made with."""

    base_url: str
    secret: bytes


def office_of(services: Services) -> Office:
    return Office(services.settings.base_url, services.secret)


@dataclass(frozen=True)
class Letter:
    """Message ids with `%(title)s` (and `%(deadline)s`, `%(when)s`, `%(venue)s`)."""

    key: str
    subject: str
    lines: tuple[str, ...]
    link: bool = True
    calendar: bool = False  # with an entry for calendars attached


INVITATION = Letter(
    "invitation",
    N_("You are invited: %(title)s"),
    (
        N_("The places were drawn, and one of them is yours."),
        N_("%(when)s, %(venue)s"),
        N_("Please say until %(deadline)s whether you come. After that the place goes to somebody else."),
    ),
)
REPLACEMENT = Letter(
    "replacement",
    N_("A place became free for you: %(title)s"),
    (
        N_("Somebody gave a place back, and it was drawn for you."),
        N_("%(when)s, %(venue)s"),
        N_("Please say until %(deadline)s whether you come. After that the place goes to somebody else."),
    ),
)
REMINDER = Letter(
    "reminder",
    N_("Please answer until %(deadline)s: %(title)s"),
    (
        N_("You are invited and have not answered yet."),
        N_("%(when)s, %(venue)s"),
        N_("Please say until %(deadline)s whether you come. After that the place goes to somebody else."),
    ),
)
ACCEPTED = Letter(
    "accepted",
    N_("Your place is certain: %(title)s"),
    (
        N_("Thank you for coming."),
        N_("%(when)s, %(venue)s"),
        N_("If something comes in between, please give the place back, so that somebody else can have it:"),
    ),
    calendar=True,
)
DAY = Letter(
    "day",
    N_("Soon: %(title)s"),
    (
        N_("We look forward to seeing you."),
        N_("%(when)s, %(venue)s"),
        N_("If something comes in between, please give the place back, so that somebody else can have it:"),
    ),
    calendar=True,
)
JOINING = N_("Your personal page of the workshop; please do not pass this link on: %(url)s")
EXPIRED = Letter(
    "expired",
    N_("Your invitation has lapsed: %(title)s"),
    (N_("The deadline passed without an answer, so the place was offered to somebody else."),),
    link=False,
)
NOT_DRAWN = Letter(
    "not_drawn",
    N_("The places were drawn: %(title)s"),
    (
        N_("You were not drawn this time. You stay on the waiting list: if a place becomes free, we write to you."),
        N_("How the draw went, everybody's chance, and how anybody can repeat it:"),
    ),
)


def answer_url(office: Office, workshop: Workshop, number: str) -> str:
    return f"{office.base_url}/workshops/{workshop.slug}/invitation/{token_of(office.secret, workshop.id, number)}"


def send_letter(
    session: Session,
    office: Office,
    letter: Letter,
    workshop: Workshop,
    application: WorkshopApplication,
    invitation: WorkshopInvitation | None,
    *,
    now: datetime,
    join_url: str = "",
) -> None:
    """Queue it, once for each letter and invitation. Who gave no address has an account, and is told there."""
    if not application.email:
        return
    locale = application.locale
    said = translations(locale).gettext
    words: dict[str, Any] = {
        "title": workshop.title.to(locale),
        "when": show_moment(workshop.starts_at, locale).striptags(),
        "venue": workshop.venue.to(locale),
        "deadline": show_moment(invitation.deadline, locale).striptags() if invitation else "",
    }
    if invitation is None:
        url = f"{office.base_url}/workshops/{workshop.slug}/draw?number={application.number}"
    else:
        url = answer_url(office, workshop, invitation.number)
    lines = [said(line) % words for line in letter.lines]
    values = {"subject": said(letter.subject) % words, "lines": lines, "url": url if letter.link else "",
              "number": application.number, "join": said(JOINING) % {"url": join_url} if join_url else ""}  # fmt: skip
    calendar = calendar_of(workshop, office.base_url, locale, now) if letter.calendar else ""
    dedupe = f"workshop {letter.key} {workshop.id} {application.number}"
    if letter is DAY and workshop.starts_at is not None:
        dedupe += f" {workshop.starts_at:%Y-%m-%d}"  # of another day people are reminded again
    send_mail(session, application.email, TEMPLATE, values, locale, now, dedupe, calendar=calendar)
