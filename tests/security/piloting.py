"""Pilots of the author's organisation in several states, for the tables of these tests; their addresses and bodies."""
from datetime import timedelta
from typing import Any

from consortium.pilots import actions
from consortium.pilots.models import PilotState as S

STARTS = ("/pilots/",)
REPORT = {"done": "毎日走りました。", "voices": "助かります。"}
EVALUATION = {"done": "三百二十人が乗りました。", "figures_0": "320", "lessons": "雨の日は使う人が少なくなります。",
              "advice": "end"}
NOTES = {"note_title": "もう少し短く。"}
IDEA = {"title": "坂の送迎カート", "summary": "坂の上まで小さな車で送ります。", "category": "transport"}
BODIES: dict[str, Any] = {
    "POST /pilots/new": {"title": "坂の送迎カート", "organisation": "example-1"},
    "POST /api/v1/pilots": {"title": "坂の送迎カート", "organisation": "example-1"},
    "PATCH /api/v1/pilots/{id:int}": {"summary": "坂の上まで小さな車で送ります。"},
    "POST /pilots/{id:int}/edit/{step}": IDEA, "POST /pilots/{id:int}/edit/{step}/draft": IDEA,
    "POST /pilots/{id:int}/transitions": {"to": "evaluating"},
    "POST /api/v1/pilots/{id:int}/transitions": {"to": "evaluating"},
    "POST /pilots/{id:int}/review": {"to": "returned", "reason": "時間を書いてください。", **NOTES},
    "POST /pilots/{id:int}/review/notes": NOTES,
    "POST /pilots/{id:int}/reports": REPORT, "POST /api/v1/pilots/{id:int}/reports": REPORT,
    "POST /pilots/{id:int}/evaluation": EVALUATION,
    "POST /api/v1/pilots/{id:int}/evaluation": {**EVALUATION, "figures": {"0": 320}},
    "POST /pilots/{id:int}/milestones/{position:int}": {"reached": "1"},
    "POST /pilots/{id:int}/operation": {"cost_bearer": "市と会社"},
}
WAYS = {S.DRAFT: (), S.SUBMITTED: (S.SUBMITTED,), S.RUNNING: (S.SUBMITTED, S.APPROVED, S.RUNNING),
        S.EVALUATING: (S.SUBMITTED, S.APPROVED, S.RUNNING, S.EVALUATING)}


def make_pilots(world: Any, organisation_id: int) -> None:
    """One in each of these states, led by the author's organisation."""
    secretary, author, today = world.people["secretariat"], world.people["author"], world.now.date()
    said = {
        "category_id": 1, "summary": "坂の上まで小さな車で送ります。", "body": "小さな電動の車を予約して乗れるようにします。",
        "starts_on": today - timedelta(days=1), "ends_on": today + timedelta(days=90), "lat": 34.65, "lng": 135.13,
        "kpis": [{"name": "乗った人", "unit": "人", "baseline": 0.0, "target": 300.0}],
        "milestones": [{"title": "最初の停留所", "due": today}], "release_plan": "来年度から始めます。",
        "exit_plan": "車を返し、記録を消します。"}

    def make(session: Any, way: tuple[S, ...]) -> int:
        row = actions.draft_pilot(session, author, title="坂の送迎カート", organisation_id=organisation_id, now=world.now)
        actions.save_pilot(session, author, row.id, said, {}, now=world.now)
        for to in way:
            actions.move_pilot(session, secretary if to == S.APPROVED else author, row.id, to, now=world.now)
        return row.id
    for state, way in WAYS.items():
        world.things["pilot", state] = world.db.write(lambda session, way=way: make(session, way))


def value(world: Any, path: str, name: str) -> Any:
    """What stands in an address of pilots: the pilot in whose state the route does something."""
    if name != "id":
        return {"step": "idea", "position": 0}[name]
    if "/edit" in path or path.endswith("/check") or path == "/pilots/{id:int}":
        return world.things["pilot", S.DRAFT]
    states = {"/review": S.SUBMITTED, "/evaluation": S.EVALUATING}
    return world.things["pilot", next((state for end, state in states.items() if end in path), S.RUNNING)]
