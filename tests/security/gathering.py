"""A working group that the author leads, for the tables of these tests; its addresses and bodies."""
from datetime import date
from typing import Any

from consortium.groups.actions import GroupDescription, Joining, enter_group, join_group
from consortium.groups.models import GroupKind, GroupRole
from participation.accounts.sessions import actor_of_account
from participation.db import Localized

GROUP = {"kind": "theme", "name_ja": "移動WG", "name_en": "Mobility", "summary_ja": "移動を考えます。", "category": "transport"}
STARTS = ("/working-groups/",)
BODIES: dict[str, Any] = {
    "POST /working-groups": {**GROUP, "since": "2026-05-01"}, "PATCH /working-groups/{slug}": GROUP,
    "POST /working-groups/{slug}/members": {"role": "member", "name": "灘 花", "joined_on": "2026-05-02"},
    "DELETE /working-groups/{slug}/members/{id:int}": {"left_on": "2026-05-31"},
    "POST /working-groups/{slug}/state": {"to": "ended", "day": "2026-06-01", "reason": "The work is done."},
    "POST /api/v1/working-groups": {**GROUP, "since": "2026-05-01"},
}


def make_group(world: Any) -> None:
    """Public; the author leads it, and somebody without an account belongs to it."""
    secretary, author = world.people["secretariat"], world.people["author"]
    said = GroupDescription(kind=GroupKind.THEME, name=Localized({"ja": "健康WG", "en": "Health"}),
                            summary=Localized({"ja": "健康を考えます。"}), charter=Localized(), category_id=1)

    def work(session: Any) -> tuple[int, str, int]:
        group = enter_group(session, secretary, said, since=date(2026, 4, 1), now=world.now)
        lead = Joining(role=GroupRole.CHAIR, account_id=author.id, joined_on=date(2026, 4, 1))
        named = Joining(role=GroupRole.MEMBER, name="須磨 太郎", joined_on=date(2026, 4, 1))
        join_group(session, secretary, group.id, lead, now=world.now)
        return group.id, group.slug, join_group(session, secretary, group.id, named, now=world.now).id
    found = world.db.write(work)
    world.things |= {("working group", name): value for name, value in zip(("", "slug", "id"), found, strict=True)}
    with world.db.read() as session:
        world.people["author"] = actor_of_account(session, author.id)


def value(world: Any, path: str, name: str) -> Any:
    """What stands in an address of working groups."""
    return world.things["working group", "" if path.startswith("/working-groups/by-id") else name]
