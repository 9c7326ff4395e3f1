"""Working groups as bodies that meet (hook of participation/meetings)."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.groups.models import GroupMember, GroupState, WorkingGroup
from consortium.groups.policy import SCOPE
from participation.meetings import Attender, Body


def meeting_bodies(session: Session, ids: Sequence[int]) -> list[Body]:
    """The groups among these ids, with the people who belong to them now. Two queries."""
    rows = session.scalars(select(WorkingGroup).where(WorkingGroup.id.in_(ids)).order_by(WorkingGroup.id)).all()
    people: dict[int, list[Attender]] = {row.id: [] for row in rows}
    persons = select(GroupMember.group_id, GroupMember.account_id, GroupMember.name).where(
        GroupMember.group_id.in_(list(people)),
        GroupMember.left_on.is_(None),
        (GroupMember.account_id.is_not(None)) | (GroupMember.name != ""),
    )
    for group_id, account_id, name in session.execute(persons.order_by(GroupMember.id)):
        people[group_id].append(Attender(account_id, name))
    return [
        Body(
            id=row.id,
            kind=SCOPE,
            name=row.name,
            path=f"/working-groups/{row.slug}",
            at_work=row.state == GroupState.ACTIVE,
            people=tuple(people[row.id]),
        )
        for row in rows
    ]
