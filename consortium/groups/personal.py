"""What working groups know of a person."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.groups.actions import end_memberships_of
from consortium.groups.models import GroupMember, WorkingGroup
from participation.portability import as_plain


def export_account(session: Session, account_id: int) -> dict[str, Any]:
    wanted = (
        select(WorkingGroup.slug, GroupMember.role, GroupMember.joined_on, GroupMember.left_on)
        .join(WorkingGroup, WorkingGroup.id == GroupMember.group_id)
        .where(GroupMember.account_id == account_id)
        .order_by(GroupMember.id)
    )
    return {"working_groups": as_plain(session, wanted)}


def erase_account(session: Session, account_id: int, now: datetime) -> None:
    """Memberships end; that there was one stays, without a name."""
    end_memberships_of(session, account_id, now)
