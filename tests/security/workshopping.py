"""A workshop that takes applications and one in preparation, for the tables of these tests; addresses and bodies."""
from datetime import timedelta
from typing import Any

from participation.spaces.models import Phase, Process
from participation.subjects import create_subject
from tests.security.boarding import make_boards
from tests.security.recording import make_records
from workshops.actions import create_workshop, move_workshop, set_question
from workshops.calls.actions import Said, apply
from workshops.calls.links import Links
from workshops.members import add_member
from workshops.models import State

STARTS = ("/workshops",)
OPTIONS = (("young", {"ja": "39歳以下"}), ("old", {"ja": "40歳以上"}))
PLANNED = tuple(f"/workshops/{{slug}}/{part}" for part in ("desk/questions", "desk/quotas", "questions", "quotas"))
APPLICATION = {"name": "Hana", "email": "hana@example.test", "q.age": "young"}
BODIES: dict[str, Any] = {
    "POST /workshops": {"title_ja": "公園", "slug": "park-two", "process": "workshops"},
    "PATCH /workshops/{slug}": {"title_ja": "夜の公園", "fee": "100"},
    "POST /workshops/{slug}/desk/questions": {
        "key": "way", "label_ja": "来かた", "why_ja": "いろいろな方に", "options": "bus | バス\nwalk | 徒歩"},
    "POST /workshops/{slug}/desk/questions/ready": {"key": "gender"},
    "POST /workshops/{slug}/desk/quotas/draft": {"min.age.young": "1"},
    "PUT /workshops/{slug}/desk/quotas": {"min.age.young": "1", "max.age.young": "2"},
    "POST /workshops/{slug}/desk/state/{to}": {"reason": "The hall is closed."},
    "POST /workshops/{slug}/apply": {**APPLICATION, "agree": "1", "agreed": "1"},
    "PUT /workshops/{slug}/application/{token}": APPLICATION,
    "POST /api/v1/workshops": {"title_ja": "夜の公園", "slug": "park-three", "process": "workshops"},
    "PATCH /api/v1/workshops/{slug}": {"fee": 100},
    "PUT /api/v1/workshops/{slug}/questions": {"questions": [
        {"key": "way", "label_ja": "来かた", "why_ja": "いろいろな方に",
         "options": [{"key": "bus", "label_ja": "バス"}, {"key": "walk", "label_ja": "徒歩"}]}]},
    "PUT /api/v1/workshops/{slug}/quotas": {"quotas": [
        {"feature": "age", "value": "young", "minimum": 1, "maximum": 2}]},
    "PUT /api/v1/workshops/{slug}/facilitators": {"facilitators": []},
    "POST /api/v1/workshops/{slug}/transitions": {"to": "called_off", "reason": "The hall is closed."},
    "POST /api/v1/workshops/{slug}/applications": {**APPLICATION, "agree": True, "agreed": 1},
}


def make_workshops(world: Any) -> None:
    now, desk = world.now, world.people["secretariat"]

    def make(session: Any) -> str:
        subject = create_subject(session, "process", title="Workshops", now=now, published=True)
        session.add(Process(id=subject.id, slug="workshops", title={"ja": "場"}, state="published", updated_at=now))
        session.flush()
        session.add(Phase(process_id=subject.id, title={"ja": "考える"}, starts_at=now, features=["workshop"]))
        values = {
            "title": {"ja": "夜の公園", "en": "The park"}, "question": {"ja": "どうすれば?"}, "venue": {"ja": "市民ホール"},
            "capacity": 4, "purpose": "watch", "retention_days": 30, "lat": 34.7, "lng": 135.2,
            "starts_at": now + timedelta(days=28), "ends_at": now + timedelta(days=28, hours=5),
            "call_opens_at": now, "call_closes_at": now + timedelta(days=7)}
        for slug in ("plan", "park"):
            row = create_workshop(session, desk, subject.id, slug, values, now=now)
            set_question(session, desk, row.id, "age", {"ja": "年齢"}, {"ja": "構成のため"}, OPTIONS, now=now)
        move_workshop(session, desk, row.id, State.RECRUITING, registry=world.services.registry, now=now)
        joined = add_member(session, desk, row.id, name="Hana", now=now)
        said, links = Said(name="Ren", answers={"age": "old"}, agreed=1), Links(world.services.secret, "")
        mine = apply(session, world.people["author"], row.id, said, links=links, now=now)
        world.things |= {("workshop", "park"): row.id, ("workshop", "token"): links.token(mine)}
        return joined.key
    world.things["workshop", "key"] = world.db.write(make)
    make_boards(world)
    make_records(world)


def value(world: Any, path: str, name: str) -> Any:
    """What stands in an address of workshops."""
    slug = "plan" if path.startswith(PLANNED) else "park"
    return {"slug": slug, "id": world.things["workshop", "park"], "to": "called_off", "key": "age",
            "token": world.things["workshop", "key" if "/join/" in path else "token"],
            "account": world.people["author"].id}[name]
