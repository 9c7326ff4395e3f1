"""Opinion maps of the story: asked, added to and voted on through the actions of the product."""

import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from consortium.demo.scenes import Scene, midnight
from consortium.demo.stage import Turn
from consortium.demo.story import Person
from participation.db import Localized
from proposals.opinion_maps import actions, casting
from proposals.opinion_maps.models import MapState, OpinionMap


def map_scenes(maps: Sequence[Mapping[str, Any]], crowd: Sequence[Person]) -> Iterator[Scene]:
    for told in maps:
        slug, opened, last = told["slug"], told["opened"], told.get("closed", 0) - 1
        yield Scene(opened, "ask_opinions", "secretariat", slug, told)
        for added in told.get("added", ()):
            yield Scene(added["at"], "add_statement", added["by"], slug, added)
        chance = random.Random(slug)
        group = [number for number, size in enumerate(told["groups"]) for _ in range(size)]
        for person, own in zip(chance.sample(crowd, told["people"]), group, strict=True):
            day = chance.randint(opened + 1, last)
            yield Scene(day, "give_opinions", person.key, slug, {"group": own, "statements": told["statements"]})
        if "closed" in told:
            yield Scene(told["closed"], "close_opinions", "secretariat", slug)


def ask(turn: Turn) -> None:
    told, stage = turn.detail, turn.stage
    closes = told.get("closed", told.get("closes"))
    said = actions.Description(
        question=Localized(told["question"]),
        intro=Localized(told["intro"]),
        process_id=stage.processes[told["process"]],
        opens_at=None,
        closes_at=midnight(stage.today, closes + 1),
        needs=[],
        takes_statements=True,
        moderated=True,
    )
    row = actions.create_map(turn.session, turn.actor, turn.on, said, now=turn.now)
    for each in told["statements"]:
        text = Localized({tongue: each[tongue] for tongue in ("ja", "en")})
        actions.add_statement(turn.session, turn.actor, turn.on, text, locale="ja", now=turn.now)
    actions.move_map(turn.session, turn.actor, row.id, MapState.OPEN, now=turn.now)


def add(turn: Turn) -> None:
    text = Localized({turn.detail["lang"]: turn.detail["text"]})
    actions.add_statement(turn.session, turn.actor, turn.on, text, locale=turn.detail["lang"], now=turn.now)


def give(turn: Turn) -> None:
    """Most people vote on nearly all statements, as their group does."""
    chance = random.Random(f"{turn.on} {turn.key}")
    for number, statement in enumerate(turn.detail["statements"]):
        agree, disagree = statement["says"][turn.detail["group"]]
        if chance.random() < 0.92:
            value = chance.choices((1, -1, 0), (agree, disagree, 100 - agree - disagree))[0]
            casting.vote(turn.session, turn.actor, turn.on, number, value, now=turn.now)


def close(turn: Turn) -> None:
    number = turn.session.scalars(select(OpinionMap.id).where(OpinionMap.slug == turn.on)).one()
    actions.move_map(turn.session, turn.actor, number, MapState.CLOSED, now=turn.now)


VERBS = {"ask_opinions": ask, "add_statement": add, "give_opinions": give, "close_opinions": close}
