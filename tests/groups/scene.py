"""Working groups and their people, through the actions."""
from datetime import date
from typing import Any

import pytest

from consortium.groups import actions
from consortium.groups.models import GroupKind, GroupRole, GroupState
from consortium.groups.queries import Whole, whole_group
from participation.db import Localized
from participation.policy import Actor
from tests.membership.scene import Council, council
from tests.proposals.doors import Doors
from tests.support.client import Client

BEGAN = date(2026, 4, 1)


def group_said(**more: Any) -> actions.GroupDescription:
    said: dict[str, Any] = {
        "kind": GroupKind.THEME, "name": Localized({"ja": "健康WG", "en": "Health"}),
        "summary": Localized({"ja": "歩きやすいまちを考えます。", "en": "A city to walk in."}),
        "charter": Localized({"ja": "**毎月**集まります。", "en": "We meet **monthly**."}), "category_id": None}
    return actions.GroupDescription(**{**said, **more})


class Gathering:
    """`gathering.group()` -> the group; `.join(group, GroupRole.CHAIR)` -> the person with their role in it."""

    def __init__(self, council: Council) -> None:
        self.council, self.db, self.clock, self.person = council, council.db, council.clock, council.person

    @property
    def desk(self) -> Actor:
        return self.council.desk

    def group(self, *, ended: bool = False, **more: Any) -> Whole:
        slug = self.db.write(lambda s: actions.enter_group(
            s, self.desk, group_said(**more), since=BEGAN, now=self.clock()).slug)
        found = self.again(slug)
        if ended:
            self.council.do(actions.move_group, self.desk, found.line.id, GroupState.ENDED, day=date(2026, 5, 1),
                            reason="The work is done.")
        return self.again(slug)

    def again(self, slug: str) -> Whole:
        found = self.council.ask(whole_group, slug)
        assert found is not None
        return found

    def join(self, group: Whole, role: GroupRole = GroupRole.MEMBER, **more: Any) -> Actor:
        """A person with an account, or (with a name) somebody without."""
        who = self.person(role.capitalize())
        entry = actions.Joining(role=role, joined_on=BEGAN, account_id=who.id)
        self.council.do(actions.join_group, self.desk, group.line.id, entry)
        return self.council.again(who)


@pytest.fixture
def gathering(council: Council) -> Gathering:
    return Gathering(council)


@pytest.fixture
def doors(client: Client) -> Doors:
    return Doors(client)


__all__ = ["Gathering", "council", "doors", "gathering"]
