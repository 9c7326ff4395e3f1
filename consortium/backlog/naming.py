"""Who names the voices behind an improvement (hook of consortium/voices): whoever keeps the list of its service."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from consortium.backlog.policy import MERGED, may_work
from consortium.backlog.queries import case_of
from participation.policy import N_, Actor, Verdict, require


def may_name_voices(session: Session, actor: Actor, item_id: int, now: datetime) -> Verdict:
    """Two queries."""
    case = case_of(session, item_id)
    there = case is not None and case.visible and case.merged_into_id is None
    gone = require(there, N_("This is no longer shown."))
    return may_work(actor, case.owners if case else ()) & gone


def takes_comments(session: Session, subject: Any) -> Verdict:
    """Whether an improvement is talked about here: what was merged is talked about in the other one."""
    case = case_of(session, subject.id)
    open_here = case is not None and case.merged_into_id is None
    return require(open_here, MERGED, "closed")
