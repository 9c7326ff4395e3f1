"""What improvements know of a person. On erasure texts and numbers stay, under nobody's name."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from consortium.backlog.models import BacklogItem, BacklogStep, HelpAnswer, MeToo, VoiceAnswer
from participation.portability import as_plain
from participation.subjects import Subject


def export_account(session: Session, account_id: int) -> dict[str, Any]:
    wanted = select(MeToo.item_id, Subject.title, MeToo.at).join(Subject, Subject.id == MeToo.item_id)
    helped = select(HelpAnswer.item_id, HelpAnswer.answer, HelpAnswer.words, HelpAnswer.at)
    answers = select(VoiceAnswer.source_id, VoiceAnswer.kind, VoiceAnswer.text, VoiceAnswer.at)
    return {
        "wanted_improvements": as_plain(session, wanted.where(MeToo.account_id == account_id).order_by(MeToo.at)),
        "helped": as_plain(session, helped.where(HelpAnswer.account_id == account_id).order_by(HelpAnswer.id)),
        "answers_to_voices": as_plain(
            session, answers.where(VoiceAnswer.answered_by_id == account_id).order_by(VoiceAnswer.id)
        ),
    }


def erase_account(session: Session, account_id: int, now: datetime) -> None:
    """Me-toos go on counting, and whether something helped stays said, without a name."""
    for column in (BacklogItem.account_id, BacklogStep.actor_id, VoiceAnswer.answered_by_id, HelpAnswer.account_id):
        forget = update(column.class_).where(column == account_id).values({column.key: None})
        session.execute(forget, execution_options={"synchronize_session": False})
