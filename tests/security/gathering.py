"""A working group that the author leads and its meetings, for the tables of these tests; their addresses and bodies."""
from datetime import date, timedelta
from typing import Any

from consortium.groups.actions import GroupDescription, Joining, enter_group, join_group, write_step
from consortium.groups.models import GroupKind, GroupRole, StepState
from participation.accounts.sessions import actor_of_account
from participation.db import Localized
from participation.meetings import actions, minuting
from participation.meetings.models import Access, MeetingState
from participation.meetings.papers import add_paper, holder
from participation.web.routing import Route

GROUP = {"kind": "theme", "name_ja": "移動WG", "name_en": "Mobility", "summary_ja": "移動を考えます。", "category": "transport"}
MEETING = {"title_ja": "第5回会議", "starts_at": "2026-07-01T18:00", "ends_at": "2026-07-01T20:00", "access": "public",
           "agenda_ja": "前回の確認"}
STEP = {"title_ja": "歩道の調査", "starts_on": "2026-06-01", "state": "planned"}
CALL_OFF = {"to": "called_off", "reason": "A storm."}
STARTS = ("/working-groups/", "/meetings", "/papers")
BODIES: dict[str, Any] = {
    "POST /working-groups": {**GROUP, "since": "2026-05-01"}, "PATCH /working-groups/{slug}": GROUP,
    "POST /working-groups/{slug}/members": {"role": "member", "name": "灘 花", "joined_on": "2026-05-02"},
    "DELETE /working-groups/{slug}/members/{id:int}": {"left_on": "2026-05-31"},
    "POST /working-groups/{slug}/state": {"to": "ended", "day": "2026-06-01", "reason": "The work is done."},
    "POST /api/v1/working-groups": {**GROUP, "since": "2026-05-01"},
    "POST /working-groups/{slug}/roadmap": STEP, "PATCH /working-groups/{slug}/roadmap/{id:int}": STEP,
    "POST /meetings": MEETING, "PATCH /meetings/{id:int}": MEETING, "POST /api/v1/meetings": MEETING,
    "POST /meetings/{id:int}/draft": MEETING, "POST /meetings/{id:int}/state": CALL_OFF,
    "POST /api/v1/meetings/{id:int}/transitions": CALL_OFF, "PUT /meetings/{id:int}/answer": {"comes": "yes"},
    "PUT /meetings/{id:int}/attendance": {"names": "灘 花"}, "PUT /meetings/{id:int}/minutes": {"body_ja": "話した。"},
    "POST /meetings/{id:int}/minutes/draft": {"body_ja": "話した"},
    "PUT /api/v1/meetings/{id:int}/minutes": {"body_ja": "話した。"},
    "POST /meetings/{id:int}/minutes/notes": {"body": "十二人でした。"},
    "POST /meetings/{id:int}/decisions": {"text_ja": "道を直す。"},
    "POST /meetings/{id:int}/actions": {"text_ja": "地図を作る", "owner_name": "道路課", "due_on": "2026-07-01"},
    "POST /papers": {"title_ja": "資料", "access": "public", "text": "本文"},
}
# The meeting that an address stands for: one that is confirmed, one with a draft, else one that lies ahead.
OF_CONFIRMED = ("/meetings/{id:int}/minutes.json", "/meetings/{id:int}/minutes/notes")
OF_DRAFT = ("/record", "/attendance", "/minutes", "/draft", "/confirmation", "/decisions", "/decisions/{number:int}",
            "/actions")


def make_group(world: Any) -> None:
    """Public; the author leads it, and somebody without an account belongs to it."""
    secretary, author = world.people["secretariat"], world.people["author"]
    said = GroupDescription(kind=GroupKind.THEME, name=Localized({"ja": "健康WG", "en": "Health"}),
                            summary=Localized({"ja": "健康を考えます。"}), charter=Localized(), category_id=1)

    def work(session: Any) -> tuple[int, str, int, int]:
        group = enter_group(session, secretary, said, since=date(2026, 4, 1), now=world.now)
        lead = Joining(role=GroupRole.CHAIR, account_id=author.id, joined_on=date(2026, 4, 1))
        named = Joining(role=GroupRole.MEMBER, name="須磨 太郎", joined_on=date(2026, 4, 1))
        join_group(session, secretary, group.id, lead, now=world.now)
        member = join_group(session, secretary, group.id, named, now=world.now)
        step = write_step(session, secretary, group.id, None, Localized({"ja": "調査"}), date(2026, 4, 1), None,
                          StepState.PLANNED, now=world.now)
        return group.id, group.slug, member.id, step.id
    found = world.db.write(work)
    names = ("", "slug", "id", "step")
    world.things |= {("working group", name): value for name, value in zip(names, found, strict=True)}
    with world.db.read() as session:
        world.people["author"] = actor_of_account(session, author.id)


def make_meetings(world: Any) -> None:
    """Three that were held (confirmed, with a draft, without minutes), one that lies ahead, and a paper."""
    author, group = world.people["author"], world.things["working group", ""]

    def hold(session: Any, days: int) -> int:
        starts = world.now + timedelta(days=days)
        said = actions.Plan(title=Localized({"ja": "会議"}), starts_at=starts, ends_at=starts + timedelta(hours=2),
                            agenda=[Localized({"ja": "議題"})])
        before, after = starts - timedelta(days=5), starts + timedelta(hours=1)
        row = actions.plan_meeting(session, author, group, said, registry=world.services.registry, now=before)
        actions.move_meeting(session, author, row.id, MeetingState.INVITED, now=before)
        if days < 0:
            actions.move_meeting(session, author, row.id, MeetingState.HELD, now=after)
        return row.id

    def work(session: Any) -> list[int]:
        confirmed, draft, newest, ahead = (hold(session, days) for days in (-60, -40, -20, 20))
        for each in (confirmed, draft):
            minuting.write_minutes(session, author, each, Localized({"ja": "話した。"}), now=world.now)
        minuting.confirm_minutes(session, author, confirmed, draft, now=world.now)
        minuting.record_decision(session, author, draft, Localized({"ja": "決めた。"}), now=world.now)
        due, about = date(2026, 7, 1), {"owner_id": author.id, "now": world.now}
        task = minuting.give_action(session, author, draft, Localized({"ja": "する。"}), due, **about)
        on = holder(session, world.services.registry, group)
        paper = add_paper(session, author, on, Localized({"ja": "資料"}), Access.PUBLIC, text="本文", now=world.now)
        return [confirmed, draft, newest, ahead, task.id, paper.id]
    names = ("confirmed", "draft", "newest", "ahead", "task", "paper")
    found = world.db.write(work)
    world.things |= {("meeting", name): value for name, value in zip(names, found, strict=True)}


def value(world: Any, path: str, name: str) -> Any:
    """What stands in an address of working groups, meetings and papers."""
    if path.startswith("/working-groups"):
        found = "" if path.startswith("/working-groups/by-id") else name
        return world.things["working group", "step" if name == "id" and "/roadmap/" in path else found]
    if name == "number":
        return 1
    if path.startswith(("/papers", "/meetings/actions")):
        return world.things["meeting", "paper" if path.startswith("/papers") else "task"]
    if path in OF_CONFIRMED:
        return world.things["meeting", "confirmed"]
    inside = path.removeprefix("/meetings/{id:int}") != "/draft" and path.endswith(OF_DRAFT)
    return world.things["meeting", "draft" if inside else "ahead"]


def query(world: Any, route: Route) -> str:
    """What stands behind some of these addresses."""
    on = f"?on={world.things['working group', '']}"
    return {"/meetings/new": on, "/papers/new": on, "/meetings/{id:int}/state": "?to=called_off"}.get(route.path, "")


def more(world: Any, route: Route) -> dict[str, Any]:
    """What else is sent, for it is known only once the city is there."""
    if route.method == "POST" and route.path in ("/meetings", "/papers", "/api/v1/meetings"):
        number = world.things["working group", ""]
        return {"on": number if route.api else str(number)}
    return {"later": str(world.things["meeting", "newest"])} if route.path.endswith("/minutes/confirmation") else {}
