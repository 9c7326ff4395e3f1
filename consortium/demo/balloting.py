"""Ballots of the story. Votes are drawn by chance from the weights that the file gives, the same at every loading."""

import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from consortium.demo.scenes import Scene, midnight
from consortium.demo.stage import Turn
from consortium.demo.story import Person
from proposals.ballots.actions import OptionValues, cast, create_ballot, open_ballot, publish_ballot, set_options
from proposals.ballots.port import finish_ballot

PROCESS = "kobe-vision"
NEAR = 3  # how much more often a project in one's own living area is chosen
FIVE = 5


def ballot_scenes(ballots: Sequence[Mapping[str, Any]], crowd: Sequence[Person]) -> Iterator[Scene]:
    """Each is announced and voted on; those with a day of publication are also closed, counted and published."""
    for told in ballots:
        yield Scene(told["announced"], "announce_ballot", "secretariat", told["slug"], told)
        chance = random.Random(told["slug"])
        able = [person for person in crowd if set(told.get("needs", ())) <= set(person.verified)]
        for person in chance.sample(able, told.get("voters", 0)):
            day = chance.randrange(told["opens"], min(told["closes"], 0))
            yield Scene(day, "vote", person.key, told["slug"], {"choice": _choice(told, person, chance)})
        if "published" in told:
            yield Scene(told["closes"], "count_ballot", "secretariat", told["slug"])
            yield Scene(told["published"], "publish_ballot", "secretariat", told["slug"])


def _choice(told: Mapping[str, Any], person: Person, chance: random.Random) -> Any:
    """One of the answers, a ranking of some options, or up to five of them."""
    if told["method"] == "yes_no":
        return chance.choices(list(told["answers"]), list(told["answers"].values()))[0]
    liked = sorted(told["options"], key=lambda option: _draw(option, person, chance), reverse=True)
    keys = [option["key"] for option in liked]
    if told["method"] == "runoff":
        return [[key] for key in keys[: chance.randint(2, len(keys))]]
    return keys[: chance.randint(1, FIVE)]


def _draw(option: Mapping[str, Any], person: Person, chance: random.Random) -> float:
    """Sorted by this, options come in a random order by their weights (Efraimidis and Spirakis 2006)."""
    weight = option["weight"] * (NEAR if option.get("area") == person.area else 1)
    return chance.random() ** (1 / weight)


def announce(turn: Turn) -> None:
    told, stage = turn.detail, turn.stage
    values = {name: told[name] for name in ("title", "description", "pledge", "method", "needs", "rules", "quorum")
              if name in told}  # fmt: skip
    times = {name: midnight(stage.today, told[day]) for name, day in (("opens_at", "opens"), ("closes_at", "closes"))}
    process = stage.processes[PROCESS]
    ballot = create_ballot(turn.session, turn.actor, process, turn.on, {**values, **times}, now=turn.now)
    options = [_option(turn, entry) for entry in told.get("options", ())]
    if options:
        set_options(turn.session, turn.actor, ballot, options, now=turn.now)
    if not told.get("draft"):
        open_ballot(turn.session, turn.actor, ballot, now=turn.now)
    stage.ballots[turn.on] = ballot


def _option(turn: Turn, entry: Mapping[str, Any]) -> OptionValues:
    said = {name: {locale: entry[locale][place] for locale in ("ja", "en")}
            for place, name in enumerate(("title", "summary"))}  # fmt: skip
    source = turn.stage.proposals.get(entry.get("from", ""))  # a part of the story may be played without some of them
    area = turn.stage.areas[entry["area"]] if "area" in entry else None
    return OptionValues(**said, key=entry["key"], cost=entry.get("cost", 0), area_id=area, source_id=source)


def vote(turn: Turn) -> None:
    cast(turn.session, turn.actor, turn.stage.ballots[turn.on], turn.detail["choice"], now=turn.now)


def finish(turn: Turn) -> None:
    finish_ballot(turn.session, turn.stage.ballots[turn.on], now=turn.now)


def publish(turn: Turn) -> None:
    publish_ballot(turn.session, turn.actor, turn.stage.ballots[turn.on], now=turn.now)


VERBS = {"announce_ballot": announce, "vote": vote, "count_ballot": finish, "publish_ballot": publish}
