"""Workshops of the story: the call of 2020 with its draw, and one that takes applications on the day of loading.

The first happened before the platform was there: it is entered on one day of the story, each step with its own moment.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import product
from typing import Any

from consortium.demo.scenes import Scene
from consortium.demo.stage import Turn
from consortium.demo.story import Person
from participation.db import Localized
from participation.spaces.actions import add_phase, create_process, set_process_state
from participation.spaces.models import ProcessState
from participation.web.i18n import ZONE
from workshops.actions import Quota, create_workshop, move_workshop, set_question, set_quotas
from workshops.calls.actions import Links, Said, apply
from workshops.models import State, WorkshopApplication
from workshops.panels.actions import enter_value, name_source
from workshops.panels.port import Answer, Office, answer, calculate_now, invited_now, keep_seats

PURPOSE, YESTERDAY = "workshop-application", -1
TEXTS = ("title", "question", "description", "venue", "address", "access", "contact")
PLAIN = ("capacity", "fee", "min_age", "any_of", "retention_days")
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def workshop_scenes(workshops: Sequence[Mapping[str, Any]], crowd: Sequence[Person]) -> Iterator[Scene]:
    """What happened long ago on one day; of the others the opening, and who applies until yesterday."""
    for told in workshops:
        verb = "enter_workshop" if "drawn" in told else "open_workshop"
        yield Scene(told["at"], verb, "secretariat", told["slug"], told)
        chance = random.Random(told["slug"])
        for person in chance.sample(crowd, told.get("crowd", 0)):
            day = chance.randint(told["at"] + 1, YESTERDAY)
            yield Scene(day, "apply_to_workshop", person.key, told["slug"], told)


def open_workshop(turn: Turn) -> None:
    """Announced, with its call open from the same day on."""
    _announce(turn, turn.stage.processes[turn.detail["in_process"]], turn.now)


def apply_to_workshop(turn: Turn) -> None:
    """Somebody of the crowd, with answers drawn for them."""
    told, workshop_id = turn.detail, turn.stage.workshops[turn.on]
    chance = random.Random(f"{turn.on} {turn.key}")
    answers = {key: chance.choice(list(asked["options"])) for key, asked in told["questions"].items()}
    said = Said(name=turn.actor.name, answers=answers, declared=["adult", "resident"], agreed=1)
    apply(turn.session, turn.actor, workshop_id, said, links=Links(turn.stage.secret, ""), now=turn.now)


def enter_workshop(turn: Turn) -> None:
    """The whole way from the call to the full panel, as it went then."""
    told, session, desk, office = turn.detail, turn.session, turn.actor, Office("", turn.stage.secret)
    opened, closed = _moment(told["call"][0], turn), _moment(told["call"][1], turn)
    number = _announce(turn, _process(turn, told["process"]), opened)
    name_source(session, desk, number, told["source"], now=opened)
    _applications(turn, number, opened, closed)
    move_workshop(session, None, number, State.DRAWING, registry=turn.stage.registry, now=closed)
    calculate_now(session, office, number, now=closed)
    drawn = told["drawn"]
    at = _moment(drawn["at"], turn)
    enter_value(session, desk, number, drawn["value"], drawn["url"], answer_days=drawn["answer_days"], now=at)
    calculate_now(session, office, number, now=at)
    for day, declining in ((1, drawn["decline"]), (2, 0)):
        then = at + timedelta(days=day)
        for place, invited in enumerate(invited_now(session, number)):
            to = Answer.DECLINED if place < declining else Answer.ACCEPTED
            answer(session, office, None, number, invited, to, now=then)
        keep_seats(session, office, number, registry=turn.stage.registry, now=then)


def _process(turn: Turn, told: Mapping[str, Any]) -> int:
    texts = {"title": Localized(told["title"]), "summary": Localized(told["summary"]), "body": Localized()}
    process = create_process(turn.session, turn.actor, {"slug": told["slug"], **texts}, now=turn.now)
    phase = {
        "title": Localized(told["title"]),
        "description": Localized(told["summary"]),
        "starts_at": _moment(told["from"], turn),
        "ends_at": _moment(told["to"], turn),
        "features": ["workshop"],
    }
    add_phase(turn.session, turn.actor, process, phase, now=turn.now)
    set_process_state(turn.session, turn.actor, process, ProcessState.PUBLISHED, now=turn.now)
    turn.stage.processes[told["slug"]] = process.id
    return process.id


def _announce(turn: Turn, process_id: int, now: datetime) -> int:
    told, session, desk = turn.detail, turn.session, turn.actor
    values = {name: Localized(told[name]) for name in TEXTS} | {name: told[name] for name in PLAIN}
    times = {f"{name}_at": _moment(told[name], turn) for name in ("starts", "ends")}
    call = {f"call_{name}_at": _moment(at, turn) for name, at in zip(("opens", "closes"), told["call"], strict=True)}
    values |= {**times, **call, "purpose": PURPOSE, "lat": told["point"][0], "lng": told["point"][1]}
    row = create_workshop(session, desk, process_id, turn.on, values, now=now)
    for key, asked in told["questions"].items():
        options = [(option, Localized(words)) for option, words in asked["options"].items()]
        label, why = Localized(asked["label"]), Localized(asked["why"])
        set_question(session, desk, row.id, key, label, why, options, now=now)
    quotas = [
        Quota(feature=feature, value=value, minimum=least, maximum=most)
        for feature, bounds in told["quotas"].items()
        for value, (least, most) in bounds.items()
    ]
    set_quotas(session, desk, row.id, quotas, now=now)
    move_workshop(session, desk, row.id, State.RECRUITING, registry=turn.stage.registry, now=now)
    turn.stage.workshops[turn.on] = row.id
    return row.id


def _applications(turn: Turn, workshop_id: int, opened: datetime, closed: datetime) -> None:
    """Of people without an account, whose addresses are long deleted."""
    told, chance = turn.detail, random.Random(turn.on)
    names = ["".join(words) for words in product(*told["names"])]
    answers = [
        {"age": age, "gender": gender}
        for age, genders in told["applied"].items()
        for gender, people in genders.items()
        for _ in range(people)
    ]
    for name, said in zip(names, answers, strict=True):
        at = opened + (closed - opened) * chance.random()
        turn.session.add(_application(workshop_id, chance, name, said, at))
    turn.session.flush()


def _application(
    workshop_id: int, chance: random.Random, name: str, answers: Mapping[str, str], at: datetime
) -> WorkshopApplication:
    number = "".join(chance.choices(CROCKFORD, k=10))
    return WorkshopApplication(
        workshop_id=workshop_id, name=name, answers=dict(answers), number=number, email_confirmed_at=at, created_at=at,
        updated_at=at,
    )  # fmt: skip


def _moment(told: Any, turn: Turn) -> datetime:
    """"2020-11-07 13:00", a day of the calendar, or [days from the day of loading, "18:00"]."""
    if isinstance(told, list):
        day, hour = turn.stage.today + timedelta(days=told[0]), time.fromisoformat(told[1])
        return datetime.combine(day, hour, ZONE)
    if isinstance(told, date):
        return datetime.combine(told, time(), ZONE)
    return datetime.fromisoformat(told).replace(tzinfo=ZONE)


VERBS = {
    "enter_workshop": enter_workshop,
    "open_workshop": open_workshop,
    "apply_to_workshop": apply_to_workshop,
}
