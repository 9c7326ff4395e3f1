"""Answering a voice to a service without an improvement: in a few words, or by saying why it is set aside."""

from datetime import datetime

from sqlalchemy.orm import Session

from consortium.backlog.events import VoiceAnswered
from consortium.backlog.models import AnswerKind, VoiceAnswer
from consortium.backlog.policy import may_work
from consortium.backlog.queries import case_of
from consortium.backlog.spoken import waiting_voice
from consortium.services.queries import Line
from consortium.voices.actions import link_voice
from participation.events import record
from participation.policy import N_, Actor, ensure, require
from participation.web.errors import NotFound


def answer_voice(
    session: Session, actor: Actor, service: Line, source_id: int, kind: AnswerKind, text: str, *, now: datetime
) -> VoiceAnswer:
    """Reply to a voice, or set it aside with a reason; whoever spoke is told. It may be answered again later.

    Raises:
        NotFound: it is no voice to this service that everybody may read.
    """
    ensure(may_work(actor, service.owner_ids))
    ensure(require(bool(text), N_("Please fill this in.")))
    if waiting_voice(session, service.id, source_id) is None:
        raise NotFound
    row = VoiceAnswer(service_id=service.id, source_id=source_id, kind=kind, text=text, answered_by_id=actor.id, at=now)
    session.add(row)
    session.flush()
    fact = VoiceAnswered(service_id=service.id, source_id=source_id, kind=kind, answer=row.id)
    record(session, fact, actor=actor, subject_id=service.id, private={"text": text}, now=now)
    return row


def join_item(
    session: Session, actor: Actor, service: Line, source_id: int, item_id: int, *, now: datetime
) -> None:
    """Name a voice to a service behind an improvement that is on its list already.

    Raises:
        NotFound: it is no voice to this service that everybody may read.
        Refused: the improvement is of another service, or was merged.
    """
    ensure(may_work(actor, service.owner_ids))
    if waiting_voice(session, service.id, source_id) is None:
        raise NotFound
    case = case_of(session, item_id, lock=True)
    there = case is not None and case.service_id == service.id and case.visible and case.merged_into_id is None
    ensure(require(there, N_("There is no improvement with this number.")))
    link_voice(session, actor, item_id, source_id, now=now)
