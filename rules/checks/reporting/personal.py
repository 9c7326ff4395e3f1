"""What yearly reports know of a person: their steps. The reports are the organisation's and stay."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.portability import as_plain
from rules.checks.reporting.models import ReportStep


def export_account(session: Session, account_id: int) -> dict[str, Any]:
    steps = select(ReportStep.report_id, ReportStep.to_state, ReportStep.text, ReportStep.reason, ReportStep.at)
    mine = steps.where(ReportStep.actor_id == account_id).order_by(ReportStep.id)
    return {"steps": as_plain(session, mine)}
