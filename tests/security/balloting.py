"""A ballot that is open and one that is published, for the tables of these tests; their addresses and bodies."""
from datetime import timedelta
from typing import Any

from participation.spaces.models import Phase, Process
from participation.subjects import create_subject
from proposals.ballots.actions import (
    OptionValues, cast, close_ballot, create_ballot, open_ballot, publish_ballot, set_options,
)
from proposals.ballots.closing import count, keep_result
from proposals.ballots.models import Ballot, CountedBallot

STARTS = ("/ballots/", "/secretariat/ballots/")
DESK = "/secretariat/ballots/{id:int}"
NEW = {"slug": "kiosk", "process": "votes-roof", "title_ja": "売店"}
OPTION = {"title_ja": "甲"}
REASON = {"reason": "The square was sold."}
BODIES: dict[str, Any] = {
    "POST /ballots/{slug}/check": {"choice": "yes"}, "POST /ballots/{slug}/vote": {"choice": "yes"},
    "POST /secretariat/ballots/new": NEW, "POST /api/v1/ballots": NEW, f"POST {DESK}/options": OPTION,
    f"POST {DESK}/options/{{key}}": OPTION, f"POST {DESK}/edit/{{step}}": {"title_ja": "売店"},
    f"POST {DESK}/edit/{{step}}/draft": {"title_ja": "売店"}, f"POST {DESK}/state/{{to}}": REASON,
    "PATCH /api/v1/ballots/{slug}": {"title_en": "A kiosk"}, "PUT /api/v1/ballots/{slug}/vote": {"choice": "yes"},
    f"POST {DESK}/later": {"closes_at": "2099-01-01T09:00", **REASON},
    "POST /api/v1/ballots/{slug}/postponements": {"closes_at": "2099-01-01T09:00:00+09:00", **REASON},
    "POST /api/v1/ballots/{slug}/transitions": {"to": "called_off", **REASON},
}
OVER = tuple(f"/ballots/{{slug}}/{name}" for name in ("counted.csv", "ballots.json", "result.csv", "export", "answers"))


def make_ballots(world: Any) -> None:
    """Both yes or no, each in a process of its own; the one that is over was not secret."""
    now, desk = world.now, world.people["secretariat"]

    def make(session: Any, slug: str, over: bool) -> int:
        subject = create_subject(session, "process", title="Votes", now=now, published=True)
        session.add(Process(id=subject.id, slug=f"votes-{slug}", title={"ja": "投票"}, state="published", updated_at=now))
        session.flush()
        session.add(Phase(process_id=subject.id, title={"ja": "投票"}, starts_at=now, features=["vote", "comment"]))
        values = {"title": {"ja": "公園に屋根を", "en": "A roof for the park"}, "pledge": {"ja": "多い方に決めます。"},
                  "secret": not over, "opens_at": now, "closes_at": now + timedelta(days=7)}
        ballot = create_ballot(session, desk, subject.id, slug, values, now=now)
        if slug == "draft":
            set_options(session, desk, ballot, [OptionValues(title={"ja": name}) for name in "ab"], now=now)
            return ballot
        open_ballot(session, desk, ballot, now=now)
        if over:
            cast(session, world.people["author"], ballot, "yes", now=now)
            later = now + timedelta(days=7)
            close_ballot(session, None, ballot, now=later)
            result, seed = count(session, session.get(Ballot, ballot), CountedBallot)
            keep_result(session, ballot, result, seed, now=later)
            publish_ballot(session, desk, ballot, now=later)
        return ballot
    for slug, over in (("roof", False), ("old-roof", True), ("draft", False)):
        world.things["ballot", slug] = world.db.write(lambda session, slug=slug, over=over: make(session, slug, over))


def value(world: Any, path: str, name: str) -> Any:
    """What stands in an address of ballots."""
    if path.endswith("/later"):
        return world.things["ballot", "roof"]
    if path.startswith("/secretariat"):
        return {"id": world.things["ballot", "draft"], "step": "question", "to": "called_off", "key": "o1"}[name]
    slug = "old-roof" if path in OVER else "roof"
    return world.things["ballot", slug] if name == "id" else slug
