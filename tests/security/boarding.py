"""The day of the workshop, for the tables of these tests: a team, a note, an empty team; addresses and bodies."""
from typing import Any

from sqlalchemy import update

from workshops.actions import create_workshop
from workshops.boards.cases import find_case
from workshops.boards.models import Section
from workshops.boards.saving import add_card
from workshops.boards.teams import make_team, place_member
from workshops.members import add_member
from workshops.models import State, Workshop

STARTS = tuple(f"/workshops/{{slug}}/{part}" for part in (
    "board", "screen", "teams", "dots", "members", "desk/teams", "desk/present", "desk/links", "desk/members"))
_BOARD = "/workshops/{slug}/teams/{id:int}"
NOTE = {"text": "もう一枚", "section": "idea", "colour": "blue"}
GUEST = {"name": "Yui", "kind": "guest"}
BODIES: dict[str, Any] = {
    f"PUT {_BOARD}/board/{{kind}}/{{uid}}": NOTE, f"PUT {_BOARD}/board/{{kind}}/{{uid}}/{{field}}": {"value": "ベンチ"},
    f"POST {_BOARD}/order/{{kind}}/{{uid}}": {"by": "1"},
    "POST /workshops/{slug}/desk/teams/{id:int}/order": {"by": "1"},
    f"POST /api/v1{_BOARD}/order/{{kind}}/{{uid}}": {"by": "1"}, "POST /workshops/{slug}/desk/teams": {"name": "C"},
    "PATCH /workshops/{slug}/desk/teams/{id:int}": {"name": "D"},
    "POST /workshops/{slug}/desk/teams/balance": {"teams": "2"},
    "POST /workshops/{slug}/desk/present": GUEST, "POST /api/v1/workshops/{slug}/members": GUEST,
    f"PUT /api/v1{_BOARD}/board/{{kind}}/{{uid}}": NOTE,
    f"PUT /api/v1{_BOARD}/board/{{kind}}/{{uid}}/{{field}}": {"value": "ベンチ", "version": 0},
}


def make_boards(world: Any) -> None:
    """Of a workshop of its own, which is confirmed; the author is in the team, the citizen takes no part. A second one
    has a team that is empty."""
    now, desk, author = world.now, world.people["secretariat"], world.people["author"]

    def make(session: Any) -> tuple[int, int, int]:
        row = session.get(Workshop, world.things["workshop", "park"])
        day = create_workshop(session, desk, row.process_id, "day", {"title": {"ja": "一日"}, "dots": 3}, now=now)
        member = add_member(session, desk, day.id, name="Author", account_id=author.id, now=now).member
        create_workshop(session, desk, row.process_id, "eve", {"title": {"ja": "前の日"}}, now=now)
        case = find_case(session, desk, "day")
        team, empty = (make_team(session, desk, each, "A", now=now).id
                       for each in (case, find_case(session, desk, "eve")))
        place_member(session, desk, case, member.id, team, now=now)
        session.execute(update(Workshop).where(Workshop.id == day.id).values(state=State.CONFIRMED))
        session.expire_all()
        case = find_case(session, author, "day", team_id=team)
        add_card(session, author, case, "note", "note-0001", {"text": "長いベンチ"}, section=Section.IDEA, now=now)
        return team, empty, member.id
    team, empty, member = world.db.write(make)
    world.things |= {("board", "team"): team, ("board", "empty"): empty, ("board", "member"): member}


def value(world: Any, path: str, name: str) -> Any:
    """What stands in an address of boards."""
    if name == "id":
        part = "member" if "/members/" in path or "/present" in path else "empty" if "/desk/" in path else "team"
        return world.things["board", part]
    slug = "eve" if path.startswith("/workshops/{slug}/desk/teams/{id") else "day"
    return {"slug": slug, "kind": "note", "uid": "note-0001", "field": "text"}[name]
