"""The consents of the story: what services ask for, and what people said, through the actions of the product."""

import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from consortium.demo.scenes import Scene
from consortium.demo.stage import Turn
from consortium.services.models import Service
from participation.consents import TRANSLATED, WORDS, actions
from participation.consents.models import ConsentService, PurposeVersion, VersionState, Way
from participation.consents.queries import purpose_by_key, services, versions_of
from participation.db import Localized

YESTERDAY = -1


def consent_scenes(purposes: Sequence[Mapping[str, Any]], crowd: Sequence[str]) -> Iterator[Scene]:
    """Each purpose is written, published by the secretariat, perhaps changed; people give and withdraw."""
    for told in purposes:
        key, by = told["key"], told["by"]
        yield Scene(told["written"], "write_purpose", by, key, told)
        if "submitted" in told:
            yield Scene(told["submitted"], "submit_purpose", by, key)
        if "published" in told:
            yield Scene(told["published"], "publish_purpose", "secretariat", key)
        grants = {**_of_crowd(told, crowd), **told.get("grants", {})}
        yield from (Scene(day, "grant", who, key) for who, day in grants.items())
        yield from (Scene(day, "withdraw_consent", who, key) for who, day in told.get("withdrawals", {}).items())
        if "changed" in told:
            yield Scene(told["changed"]["at"], "change_purpose", by, key, told)
            yield Scene(told["changed"]["at"], "publish_purpose", "secretariat", key)


def _of_crowd(told: Mapping[str, Any], crowd: Sequence[str]) -> dict[str, int]:
    chance, begins = random.Random(told["key"]), told.get("published", YESTERDAY)
    chosen = chance.sample(crowd, told.get("crowd", 0))
    return {who: min(begins + 1 + chance.randrange(-begins), YESTERDAY) for who in chosen}


def write(turn: Turn) -> None:
    told, service = turn.detail, _service(turn)
    actions.draft_purpose(turn.session, turn.actor, service, turn.on, _words(told), now=turn.now)


def change(turn: Turn) -> None:
    told = {**turn.detail, **turn.detail["changed"]}
    purpose = purpose_by_key(turn.session, turn.on)
    version = actions.draft_version(turn.session, turn.actor, purpose, now=turn.now)
    actions.change_words(turn.session, turn.actor, version, _words(told), now=turn.now)


def submit(turn: Turn) -> None:
    actions.move_version(turn.session, turn.actor, _latest(turn), VersionState.SUBMITTED, now=turn.now)


def publish(turn: Turn) -> None:
    actions.move_version(turn.session, turn.actor, _latest(turn), VersionState.PUBLISHED, now=turn.now)


def grant(turn: Turn) -> None:
    actions.grant(turn.session, turn.actor, turn.on, secret=turn.stage.secret, way=Way.PAGE, now=turn.now)


def withdraw(turn: Turn) -> None:
    actions.withdraw(turn.session, turn.actor, turn.on, way=Way.PAGE, now=turn.now)


def _latest(turn: Turn) -> PurposeVersion:
    return versions_of(turn.session, turn.on, drafts=True)[0].version


def _service(turn: Turn) -> ConsentService:
    """The service that asks, entered with its first purpose; under its address in the catalogue where it has one."""
    told, stage = turn.detail, turn.stage
    row = turn.session.get(Service, stage.services.get(told["service"], 0))
    key = row.slug if row else told["service"]
    if found := services(turn.session, key):
        return turn.session.get_one(ConsentService, found[0].id)
    name = Localized(row.name if row else told["name"])
    controller = stage.organisations[told["owner"] if "owner" in told else _owner(turn)]
    values = {"key": key, "controller_id": controller, "name": name}
    return actions.enter_service(turn.session, turn.actor, values, now=turn.now)


def _owner(turn: Turn) -> str:
    entry = next(entry for entry in turn.stage.story.services if entry["key"] == turn.detail["service"])
    return str(entry["owners"][0])


def _words(told: Mapping[str, Any]) -> dict[str, Any]:
    texts = {name: Localized(told.get(name, {})) for name in TRANSLATED}
    return {**{name: told.get(name) for name in WORDS}, **texts}


VERBS = {
    "write_purpose": write,
    "change_purpose": change,
    "submit_purpose": submit,
    "publish_purpose": publish,
    "grant": grant,
    "withdraw_consent": withdraw,
}
