"""What public comment knows of a person. On erasure the words stay, for the city answered them; who wrote them goes."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from participation.portability import as_plain
from rules.opinions.models import Opinion, OpinionDraft, OpinionPerson, OpinionResponse, PublicComment
from rules.opinions.times.models import PublicCommentChange
from rules.opinions.voices.models import Voice, VoiceLike

NO_SYNC = {"synchronize_session": False}


def export_account(session: Session, account_id: int) -> dict[str, Any]:
    sent = select(
        Opinion.receipt,
        Opinion.section_key,
        Opinion.body,
        Opinion.stance,
        Opinion.kind,
        Opinion.sent_at,
        Opinion.withdrawn_at,
        OpinionPerson.name,
        OpinionPerson.address,
        OpinionPerson.organisation,
        Voice.nickname,
    )
    sent = sent.outerjoin(OpinionPerson, OpinionPerson.opinion_id == Opinion.id)
    sent = sent.outerjoin(Voice, Voice.opinion_id == Opinion.id)
    liked = select(VoiceLike.voice_id, VoiceLike.at).where(VoiceLike.account_id == account_id)
    drafts = select(OpinionDraft.section_key, OpinionDraft.fields, OpinionDraft.saved_at)
    return {
        "opinions": as_plain(session, sent.where(Opinion.account_id == account_id).order_by(Opinion.id)),
        "liked": as_plain(session, liked.order_by(VoiceLike.voice_id)),
        "drafts": as_plain(session, drafts.where(OpinionDraft.account_id == account_id)),
    }


def erase_account(session: Session, account_id: int, now: datetime) -> None:
    """Delete names, addresses and drafts; opinions, letters and responses lose their link to the person."""
    own = select(Opinion.id).where(Opinion.account_id == account_id)
    session.execute(delete(OpinionPerson).where(OpinionPerson.opinion_id.in_(own)), execution_options=NO_SYNC)
    session.execute(delete(OpinionDraft).where(OpinionDraft.account_id == account_id), execution_options=NO_SYNC)
    nameless = update(Voice).where(Voice.opinion_id.in_(own)).values(nickname="")
    session.execute(nameless, execution_options=NO_SYNC)
    at_the_desk = (
        Opinion.entered_by_id, OpinionResponse.answered_by_id, PublicComment.opened_by_id,
        PublicCommentChange.by_id,
    )
    for column in (Opinion.account_id, *at_the_desk):
        forget = update(column.class_).where(column == account_id).values({column.key: None})
        session.execute(forget, execution_options=NO_SYNC)
