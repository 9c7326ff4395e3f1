"""A workshop whose record is being written and one whose record is public, for the tables of these tests."""
from datetime import timedelta
from typing import Any

from participation.pictures import StoredPicture
from participation.subjects import Subject, create_subject
from workshops.actions import create_workshop, move_workshop
from workshops.boards.models import Moment, Note, Persona, Poster, Section, Team
from workshops.models import State, Workshop, WorkshopMember
from workshops.records import actions
from workshops.records.models import Consent

STARTS = ("/workshops/{slug}/record", "/posters", "/personas", "/workshop-photos", "/ideas")
LESSON, MARK = {"text_ja": "歩いてから考える"}, {"alt": "坂を歩く人たち", "consent": "nobody_recognisable"}
TURN = {"title": "A bench that glows at night", "place": "process-2", "into": "proposal"}
BODIES: dict[str, Any] = {
    **{f"POST {start}/{{id:int}}/turn/{{into}}": TURN for start in ("/posters", "/ideas")},
    **{f"POST /api/v1{start}/{{id:int}}/outcomes": TURN for start in ("/posters", "/ideas")},
    "POST /workshops/{slug}/record/story": {"story_ja": "坂を歩きました。"},
    "PUT /api/v1/workshops/{slug}/record": {"story_ja": "坂を歩きました。"},
    "POST /workshops/{slug}/record/lessons": LESSON, "POST /api/v1/workshops/{slug}/record/lessons": LESSON,
    "POST /workshops/{slug}/record/photos": MARK, "PATCH /workshop-photos/{id:int}": MARK,
    "PUT /api/v1/workshop-photos/{id:int}": MARK, "POST /posters/{id:int}/picture": {"do": "remove"},
}


def make_records(world: Any) -> None:
    now, desk = world.now, world.people["secretariat"]

    def make(session: Any) -> None:
        for slug in ("over", "done"):
            values = {"title": {"ja": "坂のまち"}, "starts_at": now - timedelta(hours=5), "ends_at": now}
            row = create_workshop(session, desk, world.process, slug, values, now=now)
            session.get_one(Workshop, row.id).state = State.HELD
            _fill(world, session, row.id, slug)
            if slug == "done":
                move_workshop(session, desk, row.id, State.PUBLISHED, registry=world.services.registry, now=now)
    world.db.write(make)


def _fill(world: Any, session: Any, number: int, slug: str) -> None:
    now, desk, process = world.now, world.people["secretariat"], world.process
    create = create_subject(session, "poster", title="ベンチ", now=now, space_id=process)
    session.get_one(Subject, number).published_at = now
    team = Team(workshop_id=number, name="A")
    session.add(team)
    session.flush()
    about = {"team_id": team.id, "changed_at": now}
    persona = Persona(uid=f"persona-{slug}", name="みつ", **about)
    note = Note(uid=f"idea-of-{slug}", section=Section.IDEA, text="光るベンチ", **about)
    member = WorkshopMember(workshop_id=number, account_id=world.people["author"].id, name="Author", team_id=team.id,
                            kind="participant", added_at=now)
    session.add_all([persona, note, member])
    session.flush()
    session.add_all([Moment(uid=f"moment-{slug}-{n}", persona_id=persona.id, at=f"0{n}:00", activity="歩く", **about)
                     for n in (6, 8)])
    session.add(Poster(id=create.id, uid=f"poster-{slug}", concept="ベンチ", for_whom="歩く人", big_idea="光る", **about))
    actions.write_story(session, desk, number, {"ja": "歩きました。"}, now=now)
    lesson = actions.add_lesson(session, desk, number, {"ja": "聞くこと"}, now=now)
    mark = actions.Mark(alt="坂の道", consent=Consent.NOBODY_RECOGNISABLE)
    picture = StoredPicture(f"{slug:0>64}.webp", 40, 30)
    photo = actions.add_photo(session, desk, number, picture, mark, now=now)
    world.things |= {("record", f"{slug} {what}"): made.id for what, made in (
        ("poster", create), ("persona", persona), ("note", note), ("lesson", lesson), ("photo", photo))}


def value(world: Any, path: str, name: str) -> Any:
    """What stands in an address of records: the one that is public where it is read, the other where it is written."""
    slug = "done" if path.endswith("/record") else "over"
    if name != "id":
        return {"slug": slug, "paper": "a4", "locale": "ja", "into": "proposal"}[name]
    what = {"/workshops": "over lesson", "/posters": "done poster", "/personas": "done persona",
            "/workshop-photos": "done photo", "/ideas": "done note"}
    return world.things["record", next(thing for start, thing in what.items() if path.startswith(start))]
