"""What the secretariat makes of opinions: groups, public wordings, responses. Each: ensure, change, record."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.orm import Session

from participation.events import record
from participation.policy import N_, Actor, ensure, require
from participation.web.errors import NotFound
from rules.opinions import policy
from rules.opinions.cases import Case, case_by_id
from rules.opinions.events import OpinionMoved, OpinionReworded, ResponseGiven, ResponseShown
from rules.opinions.models import Opinion, OpinionGroup, OpinionResponse, Outcome


def hold(session: Session, actor: Actor, group_id: int) -> tuple[OpinionGroup, Case]:
    """A group, its row locked, and its public comment.

    Raises:
        Refused: the actor does not work at the desk. NotFound: there is none.
    """
    ensure(policy.may_work(actor))
    wanted = select(OpinionGroup).where(OpinionGroup.id == group_id).with_for_update()
    group = session.scalar(wanted.execution_options(populate_existing=True))
    case = case_by_id(session, group.public_comment_id) if group else None
    if group is None or case is None:
        raise NotFound
    return group, case


def join_groups(session: Session, actor: Actor, group_id: int, others: Iterable[int], *, now: datetime) -> int:
    """Put the opinions of `others` into the group; returns how many moved. What has a response of its own stays."""
    group, case = hold(session, actor, group_id)
    ensure(policy.may_arrange(actor, case, now))
    answered = exists().where(OpinionResponse.group_id == OpinionGroup.id)
    usable = select(OpinionGroup.id).where(
        OpinionGroup.id.in_(list(others)),
        OpinionGroup.id != group.id,
        OpinionGroup.public_comment_id == case.id,
        ~answered,
    )
    joined = session.scalars(usable.with_for_update()).all()
    moving = session.scalars(select(Opinion.id).where(Opinion.group_id.in_(joined))).all()
    ensure(require(len(moving) <= policy.MOST_TOGETHER, N_("These are too many opinions for one group.")))
    _move(session, actor, moving, group.id, case, now)
    session.execute(delete(OpinionGroup).where(OpinionGroup.id.in_(joined)))
    return len(moving)


def take_out(session: Session, actor: Actor, group_id: int, opinion_id: int, *, now: datetime) -> int:
    """Give an opinion a group of its own again; returns that group's id."""
    group, case = hold(session, actor, group_id)
    ensure(policy.may_arrange(actor, case, now))
    opinion = _opinion(session, group, opinion_id)
    together = session.scalar(select(func.count()).where(Opinion.group_id == group.id)) or 0
    ensure(require(together > 1, N_("This opinion stands alone already.")))
    own = OpinionGroup(public_comment_id=case.id, title="", created_at=now)
    session.add(own)
    session.flush()
    _move(session, actor, [opinion.id], own.id, case, now)
    return own.id


def reword(session: Session, actor: Actor, group_id: int, opinion_id: int, wording: str, *, now: datetime) -> None:
    """Show other words in the table than those sent; what was sent stays for the desk and its writer."""
    group, case = hold(session, actor, group_id)
    opinion = _opinion(session, group, opinion_id)
    opinion.wording = wording
    session.flush()
    record(session, OpinionReworded(opinion_id=opinion.id), actor=actor, subject_id=case.document_id, now=now)


def respond(
    session: Session,
    actor: Actor,
    group_id: int,
    *,
    outcome: Outcome,
    view: Mapping[str, str],
    sections: Iterable[str] = (),
    title: str = "",
    now: datetime,
) -> int:
    """The city's next response to a group; returns its number. Earlier ones stay."""
    group, case = hold(session, actor, group_id)
    newest = select(func.max(OpinionResponse.number)).where(OpinionResponse.group_id == group.id)
    number = 1 + (session.scalar(newest) or 0)
    group.title = title
    session.add(
        OpinionResponse(
            group_id=group.id,
            number=number,
            outcome=outcome,
            view=dict(view),
            sections=list(sections),
            answered_by_id=actor.id,
            at=now,
        )
    )
    session.flush()
    fact = ResponseGiven(public_comment_id=case.id, group_id=group.id, number=number, outcome=outcome)
    record(session, fact, actor=actor, subject_id=case.document_id, private={"view": dict(view)}, now=now)
    if case.told_at is not None:
        show_response(session, case, group.id, number, now)
    return number


def show_response(session: Session, case: Case, group_id: int, number: int, now: datetime) -> None:
    """Have those who wrote be told a row that everybody can read now."""
    fact = ResponseShown(document_id=case.document_id, group_id=group_id, number=number, version=case.number)
    record(session, fact, actor=None, subject_id=case.document_id, now=now)


def _opinion(session: Session, group: OpinionGroup, opinion_id: int) -> Opinion:
    opinion = session.get(Opinion, opinion_id)
    if opinion is None or opinion.group_id != group.id or opinion.withdrawn_at is not None:
        raise NotFound
    return opinion


def _move(
    session: Session, actor: Actor, opinions: Iterable[int], group_id: int, case: Case, now: datetime
) -> None:
    ids = list(opinions)
    session.execute(update(Opinion).where(Opinion.id.in_(ids)).values(group_id=group_id))
    for opinion_id in ids:
        fact = OpinionMoved(opinion_id=opinion_id, group_id=group_id)
        record(session, fact, actor=actor, subject_id=case.document_id, now=now)
