"""Reminding organisations of renewals that are due. Whether a signature holds is asked of the dates, never of this."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from participation.component import Job
from participation.db import dialect_name, insert_ignore
from participation.events import StoredEvent, record
from participation.notifications.port import NoticeRule, Wave
from participation.organisations.models import Organisation
from participation.organisations.queries import acting_for
from participation.policy import N_
from participation.services import Services
from rules.documents.models import Document
from rules.signing.cases import MAY_SIGN
from rules.signing.events import RenewalDue
from rules.signing.models import RenewalNotice
from rules.signing.queries import book_of, rules_for_organisations
from rules.signing.validity import Agreed

MARKS = (1, 7, 30)  # days before the deadline; besides, when the new version comes into force, and when time is over
BEGUN, OVER = -1, 0
SAYS = {
    BEGUN: N_("a new version of a rule is in force. Please read what changed and sign it"),
    30: N_("no more than 30 days are left to sign the new version of a rule"),
    7: N_("no more than 7 days are left to sign the new version of a rule"),
    1: N_("tomorrow the time to sign the new version of a rule is over"),
    OVER: N_("the time to sign the new version of a rule is over, so the signature has lapsed"),
}


@dataclass(frozen=True)
class Due:
    organisation_id: int
    document_id: int
    version_id: int
    mark: int


def remind(services: Services, now: datetime) -> None:
    """The worker's job: tell each organisation once at each mark; of marks that passed unseen, the last one only."""
    with services.db.read() as session:
        found = list(due(session, now))
    for each in found:
        services.db.write(lambda session, each=each: _tell(session, services, each, now))


def due(session: Session, now: datetime) -> Iterator[Due]:
    """Every renewal that is open or was missed, with the mark that it has reached. Three queries for each rule."""
    for rule in rules_for_organisations(session):
        book = book_of(session, rule.slug)
        for organisation_id in book.signed:
            held = book.agreement(organisation_id, now)
            if held.following is not None and held.until is not None and held.state in (Agreed.DUE, Agreed.LAPSED):
                yield Due(organisation_id, rule.id, held.following, mark_of(held.until - now))


def mark_of(left: timedelta) -> int:
    """The mark that is reached when so much time is left."""
    if left <= timedelta():
        return OVER
    return next((mark for mark in MARKS if left <= timedelta(days=mark)), BEGUN)


def _tell(session: Session, services: Services, found: Due, now: datetime) -> None:
    if not all(hook(session, found.organisation_id) for hook in services.registry.hooks(MAY_SIGN)):
        return  # whoever left the council is reminded of nothing
    about = {"organisation_id": found.organisation_id, "version_id": found.version_id}
    row = insert_ignore(RenewalNotice, dialect_name(session)).values(**about, days=found.mark, at=now)
    if session.execute(row.returning(RenewalNotice.days)).first() is not None:
        fact = RenewalDue(**about, document_id=found.document_id, days=found.mark)
        record(session, fact, actor=None, subject_id=found.organisation_id, now=now)


def renewal_rules() -> dict[str, NoticeRule]:
    return {"rule.renewal_due": NoticeRule(_to_its_people, N_("%(title)s: %(what)s."))}


def _to_its_people(session: Session, event: StoredEvent) -> list[Wave]:
    number = event.body["organisation_id"]
    slug = session.get_one(Organisation, number).slug
    rule = session.get_one(Document, event.body["document_id"]).slug
    params = {"what": SAYS[event.body["days"]], "path": f"/organisations/{slug}/rules/{rule}"}
    return [Wave(acting_for(number), number, number, direct=True, params=params)]


JOBS = (Job("remind of renewals", remind, every=timedelta(hours=1)),)
