"""From a pilot to a service of the catalogue: everything that was said of it is carried over."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.pilots.events import PilotBecameService
from consortium.pilots.models import Pilot, PilotArea, PilotData, PilotPartner
from consortium.services.actions import DataEntry, Description, adopt_service
from consortium.voices.actions import link_voice
from consortium.voices.queries import voices_of
from participation.db import Localized
from participation.events import record
from participation.policy import Actor
from participation.subjects import Subject
from participation.web.i18n import ZONE


def become_service(session: Session, actor: Actor, row: Pilot, now: datetime) -> int:
    """Enter it in the catalogue, in operation from today, run by its lead and the partners that are members; returns
    its id. Owners, areas, data with their purposes, words and voices are those of the pilot, in its own language."""
    subject = session.get_one(Subject, row.id)
    said = describe(session, row, subject.title, subject.locale)
    service = adopt_service(session, actor, said, since=now.astimezone(ZONE).date(), now=now)
    for voice in voices_of(session, [row.id]).get(row.id, ()):
        link_voice(session, actor, service.id, voice.id, now=now)
    fact = PilotBecameService(pilot_id=row.id, service_id=service.id)
    record(session, fact, actor=actor, subject_id=row.id, now=now)
    return service.id


def describe(session: Session, row: Pilot, title: str, locale: str) -> Description:
    partners = select(PilotPartner.organisation_id).where(
        PilotPartner.pilot_id == row.id, PilotPartner.organisation_id.is_not(None)
    )
    owners = [row.organisation_id, *session.scalars(partners.order_by(PilotPartner.position))]
    data = session.scalars(select(PilotData).where(PilotData.pilot_id == row.id).order_by(PilotData.position))
    return Description(
        name=Localized({locale: title}),
        summary=Localized({locale: row.summary}),
        description=Localized({locale: "\n\n".join(text for text in (row.body, row.operation, row.access) if text)}),
        for_whom=Localized(),
        category_id=row.category_id,
        channels=[],
        website="",
        api_url="",
        api_docs="",
        owners=list(dict.fromkeys(owners)),
        areas=list(session.scalars(select(PilotArea.area_id).where(PilotArea.pilot_id == row.id))),
        data=[DataEntry(use.category, Localized({locale: use.reason}), use.purpose_key or "") for use in data],
    )
