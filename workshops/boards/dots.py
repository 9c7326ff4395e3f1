"""Dots on posters and ideas: at most one on each thing and as many as the workshop gives, counted once.

A member's own row is locked while their dots are counted, so that two windows cannot give the last one twice.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from participation.db import dialect_name, insert_ignore
from participation.policy import N_, Actor, Refused, Verdict, ensure
from participation.web.errors import NotFound
from workshops.boards.cases import Case
from workshops.boards.fields import KINDS
from workshops.boards.models import Dot, Note, Section, Team
from workshops.boards.policy import may_dot
from workshops.boards.saving import touch_board
from workshops.models import WorkshopMember

NONE_LEFT = N_("You have given all your %(dots)s dots. Take one back first to give it here.")


def give_dot(session: Session, actor: Actor, case: Case, kind: str, uid: str, *, now: datetime) -> int:
    """Put a dot on a poster or an idea of any team; saying it twice changes nothing. Returns how many are left.

    Raises:
        NotFound: there is no such thing in this workshop.
        Refused: see `may_dot`; or all dots are given.
    """
    member, target, team_id = _hold(session, actor, case, kind, uid)
    given = _given(session, member.id)
    if given >= case.workshop.dots and not _has(session, member.id, target):
        raise Refused(Verdict("conflict", NONE_LEFT, (("dots", case.workshop.dots),)))
    row = {"member_id": member.id, **target, "at": now}
    if session.execute(insert_ignore(Dot, dialect_name(session)).values(**row).returning(Dot.id)).first() is None:
        return case.workshop.dots - given
    touch_board(session, team_id)
    return case.workshop.dots - given - 1


def take_dot(session: Session, actor: Actor, case: Case, kind: str, uid: str, *, now: datetime) -> int:
    """Take one's dot back; without one nothing changes. Returns how many are left."""
    member, target, team_id = _hold(session, actor, case, kind, uid)
    taken = delete(Dot).where(Dot.member_id == member.id, *_is(target)).returning(Dot.id)
    if session.execute(taken).first() is not None:
        touch_board(session, team_id)
    return case.workshop.dots - _given(session, member.id)


def dots_left(session: Session, case: Case) -> int:
    """How many the reader still has; none where they do not take part."""
    return case.workshop.dots - _given(session, case.member.id) if case.member else 0


def _hold(
    session: Session, actor: Actor, case: Case, kind: str, uid: str
) -> tuple[WorkshopMember, dict[str, int], int]:
    """The member, locked; what the dot is for; its team."""
    ensure(may_dot(actor, case))
    assert case.member is not None  # or `may_dot` had refused
    model: Any = KINDS.get(kind) if kind in ("poster", "note") else None
    if model is None:
        raise NotFound
    wanted = select(model.id, model.team_id).join(Team, Team.id == model.team_id)
    wanted = wanted.where(model.uid == uid, model.removed_at.is_(None), Team.workshop_id == case.workshop.id)
    found = session.execute(wanted if kind == "poster" else wanted.where(Note.section == Section.IDEA)).first()
    if found is None:
        raise NotFound
    # Not for its key: a note that names its author refers to the row without waiting, or the two would deadlock.
    mine = select(WorkshopMember).where(WorkshopMember.id == case.member.id).with_for_update(key_share=True)
    member = session.scalars(mine.execution_options(populate_existing=True)).one()
    return member, {f"{kind}_id": found.id}, found.team_id


def _is(target: dict[str, int]) -> list[Any]:
    return [getattr(Dot, name) == number for name, number in target.items()]


def _has(session: Session, member_id: int, target: dict[str, int]) -> bool:
    return session.scalar(select(Dot.id).where(Dot.member_id == member_id, *_is(target))) is not None


def _given(session: Session, member_id: int) -> int:
    return session.scalar(select(func.count()).select_from(Dot).where(Dot.member_id == member_id)) or 0
