"""Services of the story: entered, published and ended through the actions of the product."""

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from consortium.demo.scenes import Scene
from consortium.demo.stage import Turn
from consortium.demo.story import Person
from consortium.feedback.actions import Words, give_feedback
from consortium.feedback.models import AgeBand
from consortium.services.actions import DataEntry, Description, enter_service, move_service, publish_service
from consortium.services.models import ServiceState
from consortium.services.queries import service_slug, whole_service
from participation.db import Localized


AGES = [None, *AgeBand]


def service_scenes(services: Sequence[Mapping[str, Any]], crowd: Sequence[Person]) -> Iterator[Scene]:
    for told in services:
        yield from _feedback(told, crowd)
        yield Scene(told["entered"], "enter_service", told["by"], told["key"], told)
        if "ended" in told:
            yield Scene(told["ended"]["at"], "end_service", told["by"], told["key"], told["ended"])


def _feedback(told: Mapping[str, Any], crowd: Sequence[Person]) -> Iterator[Scene]:
    """The words that the file tells, and one tap of many: neighbours in the list live in different areas."""
    for said in told.get("feedback", ()):
        yield Scene(said["at"], "give_feedback", said["by"], told["key"], said)
    if told.get("taps"):
        chance = random.Random(told["key"])
        for person in chance.sample(crowd, told["taps"]):
            mark = chance.choices((1, 2, 3, 4, 5), told["marks"])[0]
            detail = {"mark": mark, "age": chance.choice(AGES), "area": person.area}
            day = -chance.randrange(1, min(180, -told["entered"]))
            yield Scene(day, "give_feedback", person.key, told["key"], detail)


def give(turn: Turn) -> None:
    told, session = turn.detail, turn.session
    service = whole_service(session, service_slug(session, turn.stage.services[turn.on]) or "")
    assert service is not None  # the story enters it before
    area = turn.stage.areas[told["area"]] if told.get("area") else None
    words = Words(body=told.get("text", ""), area_id=area, age_band=told.get("age"))
    give_feedback(session, turn.actor, service.line, told["mark"], words, locale=told.get("lang", "ja"), now=turn.now)


def enter(turn: Turn) -> None:
    told = turn.detail
    state = ServiceState.RUNNING if "ended" in told else ServiceState(told["state"])
    since = turn.stage.today + timedelta(days=told["since"])
    row = enter_service(turn.session, turn.actor, _said(turn), state=state, since=since, now=turn.now)
    publish_service(turn.session, turn.actor, row.id, now=turn.now)
    turn.stage.services[turn.on] = row.id


def end(turn: Turn) -> None:
    told = turn.detail
    day = turn.stage.today + timedelta(days=told["at"])
    number = turn.stage.services[turn.on]
    move_service(
        turn.session, turn.actor, number, ServiceState.ENDED, day=day, reason=told["reason"], now=turn.now
    )


def _said(turn: Turn) -> Description:
    told, stage = turn.detail, turn.stage
    texts = {name: Localized(told.get(name, {})) for name in ("name", "summary", "description", "for_whom")}
    return Description(
        **texts,
        category_id=stage.categories[told["field"]],
        channels=told.get("channels", []),
        website="",
        api_url=told.get("api", ""),
        api_docs=told.get("docs", ""),
        owners=[stage.organisations[key] for key in told["owners"]],
        areas=[stage.areas[key] for key in told.get("areas", ())],
        data=[_use(*entry) for entry in told.get("data", ())],
    )


def _use(category: str, ja: str, en: str, purpose: str = "") -> DataEntry:
    return DataEntry(category, Localized({"ja": ja, "en": en}), purpose)


VERBS = {"enter_service": enter, "end_service": end, "give_feedback": give}
