"""Services of the story: entered, published and ended through the actions of the product."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from consortium.demo.scenes import Scene
from consortium.demo.stage import Turn
from consortium.services.actions import DataEntry, Description, enter_service, move_service, publish_service
from consortium.services.models import ServiceState
from participation.db import Localized


def service_scenes(services: Sequence[Mapping[str, Any]]) -> Iterator[Scene]:
    for told in services:
        yield Scene(told["entered"], "enter_service", told["by"], told["key"], told)
        if "ended" in told:
            yield Scene(told["ended"]["at"], "end_service", told["by"], told["key"], told["ended"])


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


VERBS = {"enter_service": enter, "end_service": end}
