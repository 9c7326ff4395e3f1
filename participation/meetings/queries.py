"""Reads of meetings: a list in one query and those of its bodies; a meeting with all it left behind in thirteen."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from participation.accounts.models import Account, RoleGrant
from participation.component import Registry
from participation.db import Localized
from participation.meetings.models import (
    Access,
    ActionItem,
    Attendance,
    Decision,
    Meeting,
    MeetingState,
    Minutes,
    MinutesNote,
    MinutesState,
    Paper,
    Precision,
)
from participation.meetings.policy import ROLES, may_read, may_read_inside, sees_inside
from participation.meetings.port import Body, bodies
from participation.meetings.views import (
    ActionView,
    Comer,
    DecisionView,
    MeetingLine,
    MinutesView,
    NoteView,
    PaperView,
    WholeMeeting,
)
from participation.policy import Actor
from participation.search.port import SearchDocument
from participation.subjects import Subject


_ROWS = select(Meeting, Subject.published_at, Subject.hidden_at).join(Subject, Subject.id == Meeting.id)


def meeting_lines(
    session: Session, registry: Registry, actor: Actor, *, body_id: int | None = None
) -> tuple[MeetingLine, ...]:
    """The meetings that the reader may know of, the newest first; of all bodies, or of one."""
    wanted = _ROWS.order_by(Meeting.starts_at.desc(), Meeting.id.desc())
    if body_id is not None:
        wanted = wanted.where(Meeting.body_id == body_id)
    return _lines(session, registry, actor, session.execute(wanted).all())


def meeting_line(session: Session, registry: Registry, actor: Actor, meeting_id: int) -> MeetingLine | None:
    """One meeting, if the reader may know of it."""
    found = _lines(session, registry, actor, session.execute(_ROWS.where(Meeting.id == meeting_id)).all())
    return found[0] if found else None


def whole_meeting(session: Session, registry: Registry, actor: Actor, meeting_id: int) -> WholeMeeting | None:
    """One meeting with all that the reader may see of it, or None where they may not know of it."""
    line = meeting_line(session, registry, actor, meeting_id)
    if line is None:
        return None
    row = session.get_one(Meeting, meeting_id)
    minutes, open_minutes = _minutes(session, meeting_id), False
    if minutes is not None:
        open_minutes = line.inside and (minutes.state == MinutesState.CONFIRMED or member(actor, line))
    near = _near(session, registry, actor, row)
    return WholeMeeting(
        line=line,
        agenda=tuple(Localized(item) for item in row.agenda) if line.inside else (),
        reason=row.reason if line.inside else "",
        comers=_comers(session, meeting_id) if open_minutes or member(actor, line) else (),
        minutes=minutes if open_minutes else None,
        minutes_state=minutes.state if minutes else None,
        decisions=_decisions(session, [meeting_id]) if open_minutes or member(actor, line) else (),
        actions=_actions(session, ActionItem.meeting_id == meeting_id) if open_minutes or member(actor, line) else (),
        papers=papers_on(session, actor, meeting_id, line) if line.inside else (),
        **near,
    )


def member(actor: Actor, line: MeetingLine) -> bool:
    """Whether drafts are open to the reader."""
    return sees_inside(actor, line.body_kind, line.body_id)


def papers_on(session: Session, actor: Actor, on_id: int, body: Any) -> tuple[PaperView, ...]:
    """Papers of a meeting or a body (`body` has body_kind and body_id), as far as the reader may have them."""
    wanted = select(Paper.id, Paper.title, Paper.url, Paper.access).where(Paper.on_id == on_id).order_by(Paper.id)
    if not sees_inside(actor, body.body_kind, body.body_id):
        wanted = wanted.where(Paper.access == Access.PUBLIC)
    return tuple(PaperView(row.id, row.title, row.url, Access(row.access)) for row in session.execute(wanted))


def coming_lines(
    session: Session, registry: Registry, actor: Actor, body_ids: Sequence[int], now: datetime
) -> tuple[MeetingLine, ...]:
    """The meetings of these bodies that are not over, the next first. Two queries."""
    wanted = _ROWS.where(
        Meeting.body_id.in_(body_ids),
        Meeting.ends_at > now,
        Meeting.state.in_((MeetingState.PLANNED, MeetingState.INVITED)),
    )
    return _lines(session, registry, actor, session.execute(wanted.order_by(Meeting.starts_at, Meeting.id)).all())


def open_tasks(session: Session, account_id: int) -> tuple[ActionView, ...]:
    """What a person took upon them and has not done, what is due first before the rest. One query."""
    return _actions(session, ActionItem.owner_id == account_id, ActionItem.done_at.is_(None))


def outcomes(
    session: Session, lines: Sequence[MeetingLine], actor: Actor
) -> tuple[tuple[DecisionView, ...], tuple[ActionView, ...]]:
    """Decisions and tasks of these meetings: of drafts, only what the people of the body see. Three queries."""
    ids = [line.id for line in lines if line.inside]
    confirmed = set(
        session.scalars(
            select(Minutes.meeting_id).where(Minutes.meeting_id.in_(ids), Minutes.state == MinutesState.CONFIRMED)
        )
    )
    shown = [line.id for line in lines if line.inside and (line.id in confirmed or member(actor, line))]
    return _decisions(session, shown), _actions(session, ActionItem.meeting_id.in_(shown))


def account_names(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """The names that people chose, by account. One query."""
    return {row.id: row.name for row in session.execute(select(Account.id, Account.name).where(Account.id.in_(ids)))}


def people_of_body(kind: str, body_id: int) -> Select[tuple[int]]:
    """The accounts with a role in a body, for notices."""
    return select(RoleGrant.account_id).where(
        RoleGrant.scope_kind == kind, RoleGrant.scope_id == body_id, RoleGrant.role.in_(ROLES)
    )


def meeting_document(session: Session, meeting_id: int) -> SearchDocument | None:
    """What search knows of a meeting: title; of a public one agenda, place, and minutes once they are confirmed."""
    found, subject = session.get(Meeting, meeting_id), session.get(Subject, meeting_id)
    if found is None or subject is None or not subject.visible or subject.published_at is None:
        return None
    texts = list(found.title.values())
    if found.access == Access.PUBLIC:
        texts += [text for item in (*found.agenda, found.place) for text in item.values()]
        minutes = session.get(Minutes, meeting_id)
        if minutes is not None and minutes.state == MinutesState.CONFIRMED:
            texts += [*minutes.body.values()]
            texts += [text for decision in _decisions(session, [meeting_id]) for text in decision.text.values()]
    return SearchDocument(
        subject_id=meeting_id,
        kind="meeting",
        locale="ja",
        title=found.title.to("ja"),
        body="\n".join(texts),
        published_at=subject.published_at,
        state=found.state,
    )


def _lines(session: Session, registry: Registry, actor: Actor, rows: Sequence[Any]) -> tuple[MeetingLine, ...]:
    known = bodies(session, registry, sorted({row[0].body_id for row in rows}))
    lines = []
    for row, published_at, hidden_at in rows:
        visible = published_at is not None and hidden_at is None
        if row.body_id in known and may_read(actor, row, visible):
            lines.append(_line(row, known[row.body_id], actor, visible))
    return tuple(lines)


def _line(row: Meeting, body: Body, actor: Actor, visible: bool) -> MeetingLine:
    inside = may_read_inside(actor, row, row.access)
    return MeetingLine(
        id=row.id,
        body=body,
        number=row.number,
        title=row.title,
        state=MeetingState(row.state),
        access=Access(row.access),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        precision=Precision(row.precision),
        place=row.place if inside else Localized(),
        url=row.url if inside else "",
        visible=visible,
        inside=inside,
        sequence=row.sequence,
    )


def _near(session: Session, registry: Registry, actor: Actor, row: Meeting) -> dict[str, tuple[MeetingLine, ...]]:
    """Meetings of the same body that confirm its minutes, or whose minutes it confirms. Two queries."""
    body = Meeting.body_id == row.body_id
    rows = session.execute(
        _ROWS.add_columns(Minutes.state, Minutes.confirmed_in_id)
        .outerjoin(Minutes, Minutes.meeting_id == Meeting.id)
        .where(body, Meeting.state == MeetingState.HELD)
        .order_by(Meeting.starts_at)
    ).all()
    lines = {line.id: line for line in _lines(session, registry, actor, [found[:3] for found in rows])}
    states = {found[0].id: (found[3], found[4]) for found in rows}
    shown = [line for line in lines.values() if line.id in states]
    earlier = [line for line in shown if line.starts_at < row.starts_at]
    inside = sees_inside(actor, row.body_kind, row.body_id)
    return {
        "to_confirm": tuple(each for each in earlier if inside and states[each.id][0] == MinutesState.DRAFT),
        "confirmed_here": tuple(each for each in shown if states[each.id][1] == row.id),
        "later": tuple(each for each in shown if each.starts_at > row.starts_at),
    }


def _minutes(session: Session, meeting_id: int) -> MinutesView | None:
    found = session.execute(
        select(Minutes, Meeting.title)
        .outerjoin(Meeting, Meeting.id == Minutes.confirmed_in_id)
        .where(Minutes.meeting_id == meeting_id)
    ).first()
    if found is None:
        return None
    notes = session.execute(
        select(MinutesNote.body, Account.name, MinutesNote.at)
        .outerjoin(Account, Account.id == MinutesNote.author_id)
        .where(MinutesNote.meeting_id == meeting_id)
        .order_by(MinutesNote.id)
    )
    row, title = found
    return MinutesView(
        body=row.body,
        state=MinutesState(row.state),
        updated_at=row.updated_at,
        sha256=row.sha256,
        confirmed_at=row.confirmed_at,
        confirmed_in=title,
        confirmed_path=f"/meetings/{row.confirmed_in_id}" if row.confirmed_in_id else "",
        frozen=row.frozen,
        notes=tuple(NoteView(body, name or "", at) for body, name, at in notes),
    )


def _comers(session: Session, meeting_id: int) -> tuple[Comer, ...]:
    rows = session.execute(
        select(Attendance, Account.name)
        .outerjoin(Account, Account.id == Attendance.account_id)
        .where(Attendance.meeting_id == meeting_id)
        .order_by(Attendance.id)
    )
    return tuple(Comer(row.account_id, name or row.name, row.answer, row.present) for row, name in rows)


def _decisions(session: Session, meeting_ids: Sequence[int]) -> tuple[DecisionView, ...]:
    wanted = select(Decision).where(Decision.meeting_id.in_(meeting_ids)).order_by(Decision.number.desc())
    return tuple(DecisionView(row.number, row.text, row.meeting_id) for row in session.scalars(wanted))


def _actions(session: Session, *wanted: Any) -> tuple[ActionView, ...]:
    rows = session.execute(
        select(ActionItem, Account.name)
        .outerjoin(Account, Account.id == ActionItem.owner_id)
        .where(*wanted)
        .order_by(ActionItem.due_on, ActionItem.id)
    )
    return tuple(
        ActionView(
            id=row.id,
            meeting_id=row.meeting_id,
            text=row.text,
            owner_id=row.owner_id,
            owner=name or row.owner,
            due_on=row.due_on,
            done_at=row.done_at,
        )
        for row, name in rows
    )

