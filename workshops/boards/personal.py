"""What the boards know of a person: the cards they wrote first, and where their dots are."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.portability import as_plain
from workshops.boards.models import Dot, Note, Persona, Poster
from workshops.models import WorkshopMember


def export_account(session: Session, account_id: int) -> dict[str, Any]:
    """Their name goes with their membership (see `workshops.personal`); what the team wrote stays the team's."""
    own = WorkshopMember.account_id == account_id
    notes = (
        select(Note.section, Note.text, Note.changed_at)
        .join(WorkshopMember, WorkshopMember.id == Note.author_id)
        .where(own, Note.removed_at.is_(None))
        .order_by(Note.id)
    )
    personas = select(Persona.name).join(WorkshopMember, WorkshopMember.id == Persona.author_id).where(own)
    posters = select(Poster.concept, Poster.big_idea).join(WorkshopMember, WorkshopMember.id == Poster.author_id)
    dots = select(Dot.poster_id.label("poster"), Dot.note_id.label("note"), Dot.at)
    dots = dots.join(WorkshopMember, WorkshopMember.id == Dot.member_id).where(own).order_by(Dot.id)
    return {
        "workshop_notes": as_plain(session, notes),
        "workshop_personas": as_plain(session, personas.order_by(Persona.id)),
        "workshop_posters": as_plain(session, posters.where(own).order_by(Poster.id)),
        "workshop_dots": as_plain(session, dots),
    }
