"""What challenges know of a person: which steps they took for an organisation. These stay; who took them goes."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from consortium.challenges.models import ChallengeStep, SheetStep
from participation.portability import as_plain


def export_account(session: Session, account_id: int) -> dict[str, Any]:
    own = select(ChallengeStep.challenge_id, ChallengeStep.to_state, ChallengeStep.reason, ChallengeStep.at)
    sheets = select(SheetStep.sheet_id, SheetStep.to_state, SheetStep.at).where(SheetStep.actor_id == account_id)
    return {
        "challenge_steps": as_plain(session, own.where(ChallengeStep.actor_id == account_id)),
        "solution_sheet_steps": as_plain(session, sheets),
    }


def erase_account(session: Session, account_id: int, now: datetime) -> None:
    for column in (ChallengeStep.actor_id, SheetStep.actor_id):
        forget = update(column.class_).where(column == account_id).values({column.key: None})
        session.execute(forget, execution_options={"synchronize_session": False})
