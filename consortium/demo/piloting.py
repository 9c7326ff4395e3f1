"""Pilots of the story: each goes its way through the actions of the product."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from consortium.demo.scenes import Scene
from consortium.demo.stage import Turn
from consortium.groups.models import WorkingGroup
from consortium.pilots import actions, reporting
from consortium.pilots.forms import LABELS
from consortium.pilots.models import Advice, PilotState
from consortium.voices.actions import link_voice

BY_DESK = (PilotState.RETURNED, PilotState.APPROVED, PilotState.RELEASED, PilotState.ENDED)


def pilot_scenes(pilots: Sequence[Mapping[str, Any]]) -> Iterator[Scene]:
    """Drafted and written on one day, then its steps; what it answers may be named later."""
    for told in pilots:
        key, by = told["key"], told["by"]
        yield Scene(told["drafted"], "draft_pilot", by, key, told)
        yield Scene(told.get("heard", told["drafted"]), "name_voices", by, key, told)
        for state in PilotState:
            if state in told and state != PilotState.DRAFT:
                said = told[state] if isinstance(told[state], dict) else {"at": told[state]}
                who = "secretariat" if state in BY_DESK else by
                yield Scene(said["at"], "move_pilot", who, key, {**said, "to": state})
        for position, (_, _, *reached) in enumerate(told.get("milestones", ())):
            yield from (Scene(day, "reach_milestone", by, key, {"position": position}) for day in reached)
        for said in told.get("reports", ()):
            yield Scene(said["at"], "report_pilot", by, key, said)
        if "evaluation" in told:
            yield Scene(told["evaluation"]["at"], "report_pilot", by, key, told["evaluation"])


def draft(turn: Turn) -> None:
    told, stage = turn.detail, turn.stage
    group = turn.session.scalar(select(WorkingGroup.id).where(WorkingGroup.slug == told.get("group", "")))
    lead, title = stage.organisations[told["lead"]], told["title"]
    about = {"title": title, "organisation_id": lead, "working_group_id": group}
    row = actions.draft_pilot(turn.session, turn.actor, **about, now=turn.now)
    stage.pilots[turn.on] = row.id
    actions.save_pilot(turn.session, turn.actor, row.id, _said(turn), {}, now=turn.now)


def name_voices(turn: Turn) -> None:
    """Those that are told: a part of the story may be played without some of the proposals."""
    target, proposals = turn.stage.pilots[turn.on], turn.stage.proposals
    for key in turn.detail["voices"]:
        if key in proposals:
            link_voice(turn.session, turn.actor, target, proposals[key], now=turn.now)


def move(turn: Turn) -> None:
    told, number = turn.detail, turn.stage.pilots[turn.on]
    if "notes" in told:
        actions.annotate(turn.session, turn.actor, number, told["notes"], now=turn.now)
    to, reason = PilotState(told["to"]), told.get("reason", "")
    actions.move_pilot(turn.session, turn.actor, number, to, reason=reason, now=turn.now)


def reach(turn: Turn) -> None:
    number, position = turn.stage.pilots[turn.on], turn.detail["position"]
    reporting.reach_milestone(turn.session, turn.actor, number, position, True, now=turn.now)


def report(turn: Turn) -> None:
    """A report, or with advice the evaluation."""
    told, number = turn.detail, turn.stage.pilots[turn.on]
    texts = {name: told.get(name, "") for name in ("done", "voices", "following", "lessons")}
    advice = Advice(told["advice"]) if "advice" in told else None
    words, figures = reporting.Words(**texts, advice=advice), dict(enumerate(map(float, told.get("figures", ()))))
    hand_in = reporting.evaluate if advice else reporting.report
    hand_in(turn.session, turn.actor, number, words, figures, now=turn.now)


def _said(turn: Turn) -> dict[str, Any]:
    """What the file tells, by the names of the columns."""
    told, stage = turn.detail, turn.stage
    lat, lng = told.get("point", (None, None))
    texts = {name: told[name] for name in LABELS if isinstance(told.get(name), str) and name != "title"}
    return {
        **texts,
        "category_id": stage.categories[told["field"]],
        "areas": [stage.areas[key] for key in told.get("areas", ())],
        "lat": lat,
        "lng": lng,
        "starts_on": _day(turn, told["starts"]),
        "ends_on": _day(turn, told["ends"]),
        "partners": [_partner(turn, *each) for each in told.get("partners", ())],
        "milestones": [{"due": _day(turn, due), "title": title} for due, title, *_ in told.get("milestones", ())],
        "data": [
            {"category": kind, "reason": why, "purpose_key": rest[0] if rest else None}
            for kind, why, *rest in told["data"]
        ],
        "kpis": [
            {"name": name, "unit": unit, "baseline": before, "target": float(target)}
            for name, unit, before, target in told.get("kpis", ())
        ],
    }


def _partner(turn: Turn, who: str, role: str) -> dict[str, Any]:
    member = turn.stage.organisations.get(who)
    return {"organisation_id": member, "name": "" if member else who, "role": role}


def _day(turn: Turn, days: int) -> date:
    return turn.stage.today + timedelta(days=days)


VERBS = {
    "draft_pilot": draft,
    "name_voices": name_voices,
    "move_pilot": move,
    "reach_milestone": reach,
    "report_pilot": report,
}
