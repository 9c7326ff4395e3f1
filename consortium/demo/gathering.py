"""Working groups of the story: set up, joined, met, through the actions of the product."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from consortium.demo.scenes import Scene
from consortium.demo.stage import Turn
from consortium.groups.actions import GroupDescription, Joining, enter_group, join_group, leave_group, write_step
from consortium.groups.models import GroupKind, GroupRole, StepState
from participation.accounts.sessions import actor_of_account
from participation.db import Localized
from participation.meetings import (
    Access,
    MeetingState,
    Plan,
    add_paper,
    answer_meeting,
    confirm_minutes,
    finish_action,
    give_action,
    holder,
    move_meeting,
    plan_meeting,
    record_decision,
    record_presence,
    write_minutes,
)
from participation.policy import N_
from participation.web.i18n import ZONE, translations

PLANNED, INVITED = -28, -21  # days before a meeting
HOUR, LONG = time(18), timedelta(hours=2)
PLACE = N_("City hall, meeting room (example)")
LATEST = -3  # the last day on which the story plans something that lies ahead


def group_scenes(groups: Sequence[Mapping[str, Any]]) -> Iterator[Scene]:
    for told in groups:
        key = told["key"]
        yield Scene(told["entered"], "set_up_group", "secretariat", key, told)
        for person in told["people"]:
            yield Scene(person[3], "join_group", "secretariat", key, {"row": person, "posts": told.get("posts", {})})
            if len(person) > 4:
                yield Scene(person[4], "leave_group", "secretariat", key, {"who": person[1], "day": person[4]})
        for place, meeting in enumerate(told.get("meetings", ())):
            yield from _meeting(key, told["people"][0][1], {**meeting, "place_in_row": place})


def _meeting(key: str, chair: str, told: Mapping[str, Any]) -> Iterator[Scene]:
    """It is planned, invited to, and written down on the day after it; what lies ahead is only invited to."""
    day = told["day"]
    yield Scene(min(day + PLANNED, LATEST), "plan_meeting", chair, key, told)
    if told.get("state") == "planned":
        return
    yield Scene(min(day + INVITED, LATEST + 1), "invite_to_meeting", chair, key, told)
    for who, comes in told.get("answers", {}).items():
        yield Scene(min(day - 5, LATEST + 2), "answer_meeting", who, key, {**told, "comes": comes})
    if "called_off" in told:
        yield Scene(told["called_off"]["at"], "call_off_meeting", chair, key, told)
    elif day < 0:
        yield Scene(day + 1, "record_meeting", chair, key, told)
        for place, task in enumerate(told.get("tasks", ())):
            if task[4] is not None:
                yield Scene(task[4], "finish_task", task[2], key, {**told, "task": place})


def set_up(turn: Turn) -> None:
    told, stage = turn.detail, turn.stage
    texts = {name: Localized(told.get(name, {})) for name in ("name", "summary", "charter")}
    field = stage.categories[told["field"]] if "field" in told else None
    said = GroupDescription(**texts, kind=GroupKind(told["kind"]), category_id=field)
    since = stage.today + timedelta(days=told["entered"])
    row = enter_group(turn.session, turn.actor, said, since=since, slug=told["key"], now=turn.now)
    stage.groups[turn.on] = row.id
    for ja, en, first, last, state in told.get("steps", ()):
        days = (_day(turn, first), _day(turn, last) if last is not None else None)
        title = Localized({"ja": ja, "en": en})
        write_step(turn.session, turn.actor, row.id, None, title, *days, StepState(state), now=turn.now)
    on = holder(turn.session, stage.registry, row.id)
    for paper in told.get("papers", ()):
        title, access = Localized({"ja": paper["ja"], "en": paper["en"]}), Access(paper.get("access", "public"))
        add_paper(turn.session, turn.actor, on, title, access, text=paper["text"], now=turn.now)


def join(turn: Turn) -> None:
    role, who, organisation, day = turn.detail["row"][:4]
    account = turn.stage.actors.get(who)
    entry = Joining(
        role=GroupRole(role),
        account_id=account.id if account else None,
        name="" if account else who,
        organisation_id=turn.stage.organisations[organisation] if organisation else None,
        post=Localized(turn.detail["posts"].get(who, {})),
        joined_on=_day(turn, day),
    )
    row = join_group(turn.session, turn.actor, turn.stage.groups[turn.on], entry, now=turn.now)
    turn.stage.seats[turn.on, who] = row.id
    _know_again(turn, who)


def leave(turn: Turn) -> None:
    who, day = turn.detail["who"], _day(turn, turn.detail["day"])
    seat = turn.stage.seats[turn.on, who]
    leave_group(turn.session, turn.actor, turn.stage.groups[turn.on], seat, day, now=turn.now)
    _know_again(turn, who)


def plan(turn: Turn) -> None:
    told, stage = turn.detail, turn.stage
    starts = datetime.combine(_day(turn, told["day"]), HOUR, ZONE)
    said = Plan(
        title=Localized(told["title"]),
        starts_at=starts,
        ends_at=starts + LONG,
        access=Access(told.get("access", "public")),
        place=Localized({"ja": translations("ja").gettext(PLACE), "en": PLACE}),
        url=told.get("url", ""),
        agenda=[Localized({"ja": ja, "en": en}) for ja, en in told["agenda"]],
    )
    group = stage.groups[turn.on]
    row = plan_meeting(turn.session, turn.actor, group, said, registry=stage.registry, now=turn.now)
    stage.meetings[turn.on, told["place_in_row"]] = row.id


def invite(turn: Turn) -> None:
    move_meeting(turn.session, turn.actor, _meeting_id(turn), MeetingState.INVITED, now=turn.now)


def answer(turn: Turn) -> None:
    answer_meeting(turn.session, turn.actor, _meeting_id(turn), turn.detail["comes"], now=turn.now)


def call_off(turn: Turn) -> None:
    reason = turn.detail["called_off"]["reason"]
    move_meeting(turn.session, turn.actor, _meeting_id(turn), MeetingState.CALLED_OFF, reason=reason, now=turn.now)


def write_down(turn: Turn) -> None:
    """Who was there, minutes, decisions and tasks; and the minutes of the meeting before are confirmed."""
    told, number, about = turn.detail, _meeting_id(turn), (turn.session, turn.actor)
    move_meeting(*about, number, MeetingState.HELD, now=turn.now)
    drafts = turn.stage.drafts
    if turn.on in drafts:
        confirm_minutes(*about, drafts.pop(turn.on), number, now=turn.now)
    present = [turn.stage.actors[who].id or 0 for who in told["present"]]
    record_presence(*about, number, present, told.get("others", ()), now=turn.now)
    write_minutes(*about, number, Localized({"ja": told["minutes"]}), now=turn.now)
    drafts[turn.on] = number
    for ja, en in told.get("decisions", ()):
        record_decision(*about, number, Localized({"ja": ja, "en": en}), now=turn.now)
    for place, (ja, en, who, due, _) in enumerate(told.get("tasks", ())):
        text, owner = Localized({"ja": ja, "en": en}), turn.stage.actors[who].id
        row = give_action(*about, number, text, _day(turn, due), owner_id=owner, now=turn.now)
        turn.stage.tasks[turn.on, told["place_in_row"], place] = row.id


def finish(turn: Turn) -> None:
    task = turn.stage.tasks[turn.on, turn.detail["place_in_row"], turn.detail["task"]]
    finish_action(turn.session, turn.actor, task, True, now=turn.now)


def _meeting_id(turn: Turn) -> int:
    return turn.stage.meetings[turn.on, turn.detail["place_in_row"]]


def _day(turn: Turn, day: int) -> date:
    return turn.stage.today + timedelta(days=day)


def _know_again(turn: Turn, who: str) -> None:
    """The person with the roles that they have from now on."""
    if who in turn.stage.actors:
        turn.stage.actors[who] = actor_of_account(turn.session, turn.stage.actors[who].id or 0)


VERBS = {
    "set_up_group": set_up,
    "join_group": join,
    "leave_group": leave,
    "plan_meeting": plan,
    "invite_to_meeting": invite,
    "answer_meeting": answer,
    "call_off_meeting": call_off,
    "record_meeting": write_down,
    "finish_task": finish,
}
