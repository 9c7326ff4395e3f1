"""Who is told when words change, and when a purpose waits for somebody."""

from sqlalchemy import Select, select, true
from sqlalchemy.orm import Session

from participation.accounts.models import Account, RoleGrant
from participation.consents.models import ConsentEvent, ConsentPurpose, ConsentService, EventKind, PurposeVersion
from participation.db import Localized
from participation.events import StoredEvent
from participation.notifications.port import NoticeRule, Wave
from participation.organisations.models import MandateRole
from participation.organisations.queries import acting_for
from participation.policy import N_


def consent_rules() -> dict[str, NoticeRule]:
    return {
        "consent.purpose_published": NoticeRule(
            _to_those_who_agreed, N_("“%(purpose)s” has changed and asks you again; until you answer, it is off.")
        ),
        "consent.purpose_retired": NoticeRule(
            _to_those_who_agreed, N_("“%(purpose)s” is not asked for any more; your consent has ended.")
        ),
        "consent.purpose_submitted": NoticeRule(
            _to_the_desk, N_("The purpose “%(purpose)s” waits for its publication.")
        ),
        "consent.purpose_returned": NoticeRule(
            _to_the_controller, N_("The secretariat returned the purpose “%(purpose)s”.")
        ),
    }


def _to_those_who_agreed(session: Session, event: StoredEvent) -> list[Wave]:
    """Everybody whose last word was yes, in their own language."""
    return _in_both(session, event, _agreed(event), "/consents#purpose-{key}")


def _agreed(event: StoredEvent) -> Select[tuple[int]]:
    purpose_id, retired = event.body["purpose_id"], event.type == "consent.purpose_retired"
    mine = ConsentEvent.__table__.alias()
    newest = (
        select(mine.c.number)
        .where(mine.c.purpose_id == purpose_id, mine.c.account_id == ConsentEvent.account_id)
        .order_by(mine.c.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    return select(ConsentEvent.account_id).where(
        ConsentEvent.purpose_id == purpose_id,
        ConsentEvent.kind == EventKind.GRANTED,
        ConsentEvent.number == newest,
        true() if retired else ConsentEvent.version_id != event.body["version_id"],  # who was quicker needs not be told
    )


def _to_the_desk(session: Session, event: StoredEvent) -> list[Wave]:
    desk = select(RoleGrant.account_id).where(RoleGrant.role == "secretariat", RoleGrant.scope_kind == "platform")
    return _in_both(session, event, desk, "/consents/services/{service}")


def _to_the_controller(session: Session, event: StoredEvent) -> list[Wave]:
    service = _service(session, event)
    people = acting_for(service.controller_id, MandateRole.REPRESENTATIVE)
    return _in_both(session, event, people, "/consents/services/{service}")


def _service(session: Session, event: StoredEvent) -> ConsentService:
    return session.get_one(ConsentService, session.get_one(ConsentPurpose, event.body["purpose_id"]).service_id)


def _in_both(session: Session, event: StoredEvent, people: Select[tuple[int]], path: str) -> list[Wave]:
    """One wave per language, each with the title in it: an institutional text is no message of the catalogue."""
    purpose = session.get_one(ConsentPurpose, event.body["purpose_id"])
    title: Localized = session.get_one(PurposeVersion, event.body["version_id"]).title
    place = path.format(key=purpose.key, service=_service(session, event).key)
    found = people.subquery()
    waves = []
    for english in (True, False):
        speaks = Account.locale == "en" if english else Account.locale != "en"
        of_these = select(Account.id).where(speaks, Account.id.in_(select(found.c[0])))
        params = {"purpose": title.to("en" if english else "ja"), "path": place}
        waves.append(Wave(of_these, None, None, direct=True, params=params))
    return waves
