"""An opinion map that is open, with a statement that waits, for the tables of these tests; its addresses and bodies."""
from typing import Any

from participation.db import Localized
from participation.spaces.models import Phase, Process
from participation.subjects import create_subject
from proposals.opinion_maps import actions, casting
from proposals.opinion_maps.models import MapState

FORM = {"process": "opinions", "question_ja": "車の少ない中心街は?"}
STARTS = ("/opinion-maps/", "/secretariat/opinion-maps/")
BODIES: dict[str, Any] = {
    "POST /opinion-maps/{slug}/statements": {"text": "もっと木を植える"},
    "POST /api/v1/opinion-maps/{slug}/statements": {"text": "もっと木を植える"},
    "POST /opinion-maps/{slug}/statements/{number:int}/vote": {"vote": "agree"},
    "PUT /api/v1/opinion-maps/{slug}/statements/{number:int}/vote": {"vote": "agree"},
    "POST /secretariat/opinion-maps": {**FORM, "slug": "more-trees"},
    "POST /api/v1/opinion-maps/{slug}/transitions": {"to": "closed"},
    "POST /api/v1/opinion-maps/{slug}/statements/{number:int}/decision": {"to": "accepted"},
    "POST /api/v1/opinion-maps": {**FORM, "slug": "more-trees"},
    "POST /secretariat/opinion-maps/{slug}/edit": FORM,
    "POST /secretariat/opinion-maps/{slug}/state": {"to": "closed"},
    "POST /secretariat/opinion-maps/{slug}/statements": {"text_ja": "もっと木を植える"},
    "POST /secretariat/opinion-maps/{slug}/statements/{number:int}": {"to": "accepted"},
}
WAITING = 3
OVER = (".csv",)  # addresses of the closed one


def make_maps(world: Any) -> None:
    """One open, one closed, both in a process of their own."""
    now, desk = world.now, world.people["secretariat"]

    def make(session: Any, slug: str) -> tuple[int, int]:
        subject = create_subject(session, "process", title="Opinions", now=now, published=True)
        name = "opinions" if slug == "streets" else "old-opinions"
        session.add(Process(id=subject.id, slug=name, title={"ja": "意見"}, state="published", updated_at=now))
        session.flush()
        session.add(Phase(process_id=subject.id, title={"ja": "意見"}, starts_at=now, features=["opinion_map"]))
        session.flush()
        said = actions.Description(question=Localized({"ja": "車の少ない中心街は?"}), intro=Localized(), opens_at=None,
                                   closes_at=None, needs=[], takes_statements=True, moderated=True,
                                   process_id=subject.id)
        row = actions.create_map(session, desk, slug, said, now=now)
        for number in range(3):
            text = Localized({"ja": f"意見その{number}"})
            statement = actions.add_statement(session, desk, slug, text, locale="ja", now=now)
        actions.move_map(session, desk, row.id, MapState.OPEN, now=now)
        casting.vote(session, world.other, slug, 1, 1, now=now)
        text = Localized({"ja": "歩道を広くする"})
        actions.add_statement(session, world.other, slug, text, locale="ja", now=now)
        if slug == "old-streets":
            actions.move_map(session, desk, row.id, MapState.CLOSED, now=now)
        return row.id, statement.id
    for slug in ("old-streets", "streets"):
        world.things["opinion map", "id"], world.things["opinion map", "statement"] = world.db.write(
            lambda session, slug=slug: make(session, slug))


def value(world: Any, path: str, name: str) -> Any:
    """What stands in an address of opinion maps."""
    if name == "number":
        return WAITING if path.startswith("/secretariat") or path.endswith("/decision") else 0
    if name == "id":
        return world.things["opinion map", "statement" if "/statements/" in path else "id"]
    return "old-streets" if path.endswith(OVER) else "streets"
