"""The day of a workshop in the story, its record, and what became of its posters.

Played on a workshop whose panel is complete; people without an account sat in its teams, so that the organisers act.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from consortium.demo.drawing import draw_svg
from consortium.demo.scenes import Scene
from consortium.demo.stage import Turn
from consortium.outcomes.actions import Turning, turn_into_pilot, turn_into_proposal
from participation.accounts.sessions import actor_of_account
from participation.paths import DEMO
from participation.pictures import StoredPicture, store_picture
from participation.subjects import Subject
from participation.web.i18n import ZONE
from workshops.actions import appoint, move_workshop
from workshops.boards.cases import Case, find_case
from workshops.boards.models import Dot, Note, Poster, Section
from workshops.boards.saving import add_card
from workshops.boards.teams import agree_to_name, make_team, place_member, teams_of
from workshops.models import Kind, State, Workshop, WorkshopMember
from workshops.records.actions import Mark, add_lesson, add_photo, set_picture, write_story
from workshops.records.models import Consent

BASE = "https://demo.example"
POSTER = ("concept", "for_whom", "problem", "big_idea", "how")
PERSONA = ("name", "age", "home", "occupation", "lifestyle", "health")
MOMENT = ("at", "feeling", "activity", "words")


def day_scenes(told: Sequence[Mapping[str, Any]]) -> Iterator[Scene]:
    """The day with its record, and each poster that was taken further."""
    for day in told:
        yield Scene(day["at"], "hold_workshop", "secretariat", day["slug"], day)
        for team in day["teams"]:
            for turned in team.get("becomes", ()):
                yield Scene(turned["at"], "turn_poster", turned["by"], day["slug"], {**turned, "team": team["name"]})


def hold_workshop(turn: Turn) -> None:
    """Teams, boards, dots and the record, each at the time when it happened."""
    number, told = turn.stage.workshops[turn.on], turn.detail
    workshop = turn.session.get_one(Workshop, number)
    begins = workshop.starts_at or turn.now
    if workshop.state == State.DRAWING:
        reason = "" if len(_members(turn, number)) >= workshop.capacity else told["fewer"]
        move_workshop(turn.session, turn.actor, number, State.CONFIRMED, reason=reason,
                      registry=turn.stage.registry, now=begins - timedelta(days=2))  # fmt: skip
    leads = turn.stage.actors["facilitator"].id or 0
    appoint(turn.session, turn.actor, number, leads, now=begins - timedelta(days=1))
    turn.stage.actors["facilitator"] = actor_of_account(turn.session, leads)
    _move(turn, number, State.HELD, begins)
    _seat(turn, number, begins)
    for team in told["teams"]:
        _board(turn, team, begins + timedelta(hours=1))
    _dots(turn, number, begins + timedelta(hours=4))
    published = datetime.fromisoformat(told["published"]).replace(tzinfo=ZONE)
    write_story(turn.session, turn.actor, number, told["story"], now=published)
    _photos(turn, number, begins + timedelta(hours=5))
    for lesson in told["lessons"]:
        add_lesson(turn.session, turn.actor, number, lesson, now=published)
    _move(turn, number, State.PUBLISHED, published)


def turn_poster(turn: Turn) -> None:
    """Into a published proposal, or the draft of a pilot."""
    case, told = find_case(turn.session, turn.stage.actors["secretariat"], turn.on), turn.detail
    team = next(each for each in teams_of(turn.session, case.workshop.id) if each.name == told["team"])
    poster = turn.session.scalars(select(Poster).where(Poster.team_id == team.id)).one()
    said = Turning(kind="poster", source_id=poster.id, title=told["title"], base_url=BASE)
    if told["into"] == "proposal":
        process = turn.stage.processes[told["place"]]
        turn_into_proposal(turn.session, turn.actor, said, process, publish_it=True, now=turn.now)
    else:
        turn_into_pilot(turn.session, turn.actor, said, turn.stage.organisations[told["place"]], now=turn.now)


def _seat(turn: Turn, number: int, at: datetime) -> None:
    """The members by turns into the teams; those told agree to be named."""
    case = find_case(turn.session, turn.actor, turn.on)
    names = [team["name"] for team in turn.detail["teams"]]
    teams = [make_team(turn.session, turn.actor, case, name, now=at) for name in names]
    for place, member in enumerate(_members(turn, number)):
        place_member(turn.session, turn.actor, case, member.id, teams[place % len(teams)].id, now=at)
        member.checked_in_at = at
        if place % turn.detail["named_every"] == 0:
            agree_to_name(turn.session, turn.actor, case, member.id, True, now=at)


def _board(turn: Turn, told: Mapping[str, Any], at: datetime) -> None:
    """A team's persona with a day, its notes and its poster."""
    case = find_case(turn.session, turn.actor, turn.on)
    team = next(each for each in teams_of(turn.session, case.workshop.id) if each.name == told["name"])
    own = Case(case.workshop, case.member, team)
    more: dict[str, Any] = {"now": at}

    def card(kind: str, uid: str, values: Mapping[str, Any], **rest: Any) -> None:
        add_card(turn.session, turn.actor, own, kind, f"demo-{team.id}-{uid}", values, **rest, **more)

    card("persona", "persona", dict(zip(PERSONA, told["persona"], strict=True)))
    for place, moment in enumerate(told["day"]):
        card("moment", f"moment-{place}", dict(zip(MOMENT, moment, strict=True)), belongs_to=f"demo-{team.id}-persona")
    for section in Section:
        for place, text in enumerate(told.get(str(section), ())):
            card("note", f"{section}-{place}", {"text": text}, section=section)
    card("poster", "poster", dict(zip(POSTER, told["poster"], strict=True)))
    poster = turn.session.scalars(select(Poster.id).where(Poster.team_id == team.id)).one()
    turn.session.get_one(Subject, poster).locale = told.get("language", "ja")
    if picture := _picture(turn, told["picture"]):
        set_picture(turn.session, turn.actor, poster, picture, told["shows"], **more)


def _photos(turn: Turn, number: int, at: datetime) -> None:
    """Drawn ones, each with its mark."""
    for told in turn.detail["photos"]:
        if picture := _picture(turn, told["picture"]):
            words = {"alt": told["shows"], "caption": told["caption"], "said_by": told["by"]}
            mark = Mark(**words, consent=Consent(told["consent"]))
            add_photo(turn.session, turn.actor, number, picture, mark, now=at)


def _picture(turn: Turn, name: str) -> StoredPicture | None:
    """One of the demo's own pictures, kept like an uploaded one; None where the stage has no folder for them."""
    folder = turn.stage.uploads
    return store_picture(folder, draw_svg(DEMO / "pictures" / f"{name}.svg")) if folder else None


def _dots(turn: Turn, number: int, at: datetime) -> None:
    """Everybody puts their dots on posters and ideas of other teams."""
    members, dots = _members(turn, number), turn.session.get_one(Workshop, number).dots
    ids = {member.team_id for member in members}
    posters = turn.session.execute(select(Poster.id, Poster.team_id).where(Poster.team_id.in_(ids))).all()
    ideas = turn.session.execute(
        select(Note.id, Note.team_id).where(Note.team_id.in_(ids), Note.section == Section.IDEA)
    ).all()
    chance = random.Random(turn.on)
    for member in members:
        mine = [("poster_id", *row) for row in posters] + [("note_id", *row) for row in ideas]
        others = [(name, one) for name, one, team in mine if team != member.team_id]
        for name, one in chance.sample(others, min(dots, len(others))):
            turn.session.add(Dot(member_id=member.id, at=at, **{name: one}))
    turn.session.flush()


def _move(turn: Turn, number: int, to: State, at: datetime) -> None:
    move_workshop(turn.session, turn.actor, number, to, registry=turn.stage.registry, now=at)


def _members(turn: Turn, number: int) -> Sequence[WorkshopMember]:
    mine = (WorkshopMember.workshop_id == number, WorkshopMember.kind == Kind.PARTICIPANT)
    return turn.session.scalars(select(WorkshopMember).where(*mine).order_by(WorkshopMember.id)).all()


VERBS = {"hold_workshop": hold_workshop, "turn_poster": turn_poster}
