"""A challenge that the secretariat posted, for the tables of these tests; its addresses and bodies."""
from datetime import timedelta
from typing import Any

from consortium.challenges.actions import Description, draft_challenge, post_challenge
from participation.db import Localized
from tests.challenges.scene import FORM, SHEET

STARTS = ("/challenges/", "/secretariat/coordinators/")
POSTED = {**FORM, "poster": "example-1", "category": "transport", "closes_on": "2030-07-01", "do": "post"}
API = {name: value for name, value in POSTED.items() if name != "do"}
WITHDRAWN = {"to": "withdrawn", "reason": "The road was built."}
CHANGED = {name: text for name, text in API.items() if name != "poster"} | {"reason": "The wording is clearer now."}
BODIES: dict[str, Any] = {
    "POST /challenges/new": POSTED, "POST /challenges/drafts": POSTED, "POST /challenges/{id:int}/edit": POSTED,
    "POST /challenges/{id:int}/draft": POSTED, "POST /challenges/{id:int}/state": WITHDRAWN,
    "POST /challenges/{id:int}/sheets/{slug}": SHEET, "POST /challenges/{id:int}/sheets/{slug}/draft": SHEET,
    "POST /secretariat/coordinators": {"email": "other@example.test"}, "POST /api/v1/challenges": API,
    "POST /api/v1/challenges/{id:int}/transitions": WITHDRAWN,
    "PATCH /challenges/{id:int}/change": CHANGED, "PATCH /api/v1/challenges/{id:int}": CHANGED,
    "PUT /api/v1/challenges/{id:int}/sheets/{slug}": SHEET,
}


def make_challenge(world: Any) -> None:
    """Open."""
    secretary = world.people["secretariat"]
    said = Description(
        organisation_id=None, title=Localized({"ja": "坂の町の買い物"}), background=Localized({"ja": "困っています。"}),
        wanted=Localized({"ja": "上れる手段。"}), category_id=1, area_id=None,
        closes_on=(world.now + timedelta(days=30)).date())

    def work(session: Any) -> int:
        row = draft_challenge(session, secretary, None, {}, now=world.now)
        post_challenge(session, secretary, row.id, said, now=world.now)
        return row.id
    world.things["challenge", ""] = world.db.write(work)


def value(world: Any, path: str, name: str) -> Any:
    """What stands in an address of challenges."""
    if path.startswith("/secretariat"):
        return world.other.id
    return world.things["organisation", "slug"] if name == "slug" else world.things["challenge", ""]
