"""A version is not adopted while an opinion waits for its response, or while opinions are still taken."""

from datetime import datetime

from sqlalchemy.orm import Session

from participation.policy import ALLOWED, N_, Verdict
from participation.web.i18n import ZONE
from rules.documents.models import Stage
from rules.documents.port import StageChange
from rules.opinions.cases import cases_of
from rules.opinions.groups import unanswered

OPEN = N_("The public comment on version %(version)s takes opinions until %(end)s. Adopt the text after that.")
WAITING = N_("%(count)s opinions on version %(version)s have no response yet. Answer them first.")


def guard_adoption(session: Session, change: StageChange, now: datetime) -> Verdict:
    """Looks at every public comment that the document ever had."""
    if change.to != Stage.ADOPTED:
        return ALLOWED
    cases = cases_of(session, change.document_id)
    waiting = unanswered(session, [case.id for case in cases])
    for case in cases:
        if case.called_off:
            continue
        if not case.ended(now):
            end = case.closes_at.astimezone(ZONE).strftime("%Y-%m-%d %H:%M")
            return Verdict("conflict", OPEN, (("version", case.number), ("end", end)))
        if count := waiting.get(case.id):
            return Verdict("conflict", WAITING, (("count", count), ("version", case.number)), remedy=case.desk)
    return ALLOWED
