"""Datasets of the story: entered, offered, changed and withdrawn through the actions of the product."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from consortium.datasets.actions import Description, change_dataset, enter_dataset, move_dataset
from consortium.datasets.models import DatasetState
from consortium.demo.scenes import Scene
from consortium.demo.stage import Turn
from participation.db import Localized


def dataset_scenes(datasets: Sequence[Mapping[str, Any]]) -> Iterator[Scene]:
    for told in datasets:
        yield Scene(told["at"], "enter_dataset", told["by"], told["key"], told)
        if "changed" in told:
            detail = {**told, **told["changed"]}
            yield Scene(told["changed"]["at"], "change_dataset", told["by"], told["key"], detail)
        if "withdrawn" in told:
            yield Scene(told["withdrawn"]["at"], "withdraw_dataset", told["by"], told["key"], told["withdrawn"])


def enter(turn: Turn) -> None:
    service = turn.stage.services[turn.detail["service"]]
    row = enter_dataset(turn.session, turn.actor, service, _said(turn), now=turn.now)
    turn.stage.datasets[turn.on] = row.id
    if not turn.detail.get("draft"):
        move_dataset(turn.session, turn.actor, row.id, DatasetState.PUBLISHED, now=turn.now)


def change(turn: Turn) -> None:
    number, reason = turn.stage.datasets[turn.on], turn.detail["reason"]
    change_dataset(turn.session, turn.actor, number, _said(turn), reason, now=turn.now)


def withdraw(turn: Turn) -> None:
    number, reason = turn.stage.datasets[turn.on], turn.detail["reason"]
    move_dataset(turn.session, turn.actor, number, DatasetState.WITHDRAWN, reason, now=turn.now)


def _said(turn: Turn) -> Description:
    told, today = turn.detail, turn.stage.today
    return Description(
        title=Localized(told["title"]),
        description=Localized(told["text"]),
        **{name: told[name] for name in ("access", "format", "cycle", "licence")},
        download_url=told.get("file", ""),
        api_url=told.get("api", ""),
        contact=told["contact"],
        covers_from=_day(today, told.get("from")),
        covers_to=_day(today, told.get("to")),
        areas=[turn.stage.areas[key] for key in told.get("areas", ())],
    )


def _day(today: date, day: int | None) -> date | None:
    return None if day is None else today + timedelta(days=day)


VERBS = {"enter_dataset": enter, "change_dataset": change, "withdraw_dataset": withdraw}
