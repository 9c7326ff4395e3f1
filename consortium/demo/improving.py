"""Improvements of the story: what users said, what became of it, and whether it helped, by the product's actions."""

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from consortium.backlog.actions import ItemText, merge_items, move_item, open_item
from consortium.backlog.answering import answer_voice
from consortium.backlog.helping import AFTER, say_helped
from consortium.backlog.models import AnswerKind, Helped, ItemState
from consortium.backlog.wanting import say_me_too
from consortium.demo.scenes import Scene
from consortium.demo.stage import Turn
from consortium.demo.story import Person
from consortium.feedback.actions import Words, give_feedback
from consortium.services.queries import Line, service_slug, whole_service
from consortium.voices.actions import link_voice

YESTERDAY = -1
PROPOSAL = "proposal:"


def improvement_scenes(told: Sequence[Mapping[str, Any]], crowd: Sequence[Person]) -> Iterator[Scene]:
    for each in told:
        service, by = each["service"], each["by"]
        for key, said in each.get("voices", {}).items():
            yield Scene(said["at"], "say_of_service", said["by"], service, {**said, "key": key})
        for proposal in each.get("origins", ()):
            yield Scene(YESTERDAY, "name_origin", by, service, {"proposal": proposal})
        for item in each["items"]:
            yield from _item(service, by, item, crowd)
        for answer in each.get("answers", ()):
            yield Scene(answer["at"], "answer_voice", by, service, answer)


def _item(service: str, by: str, item: Mapping[str, Any], crowd: Sequence[Person]) -> Iterator[Scene]:
    """Me-toos come while it is open; four weeks after a release some say whether it helped."""
    chance, last = random.Random(item["key"]), YESTERDAY
    yield Scene(item["opened"], "open_item", by, service, item)
    for step in item["steps"]:
        yield Scene(step["at"], "move_item", by, item["key"], step)
        last = step["at"] - 1 if step["to"] in ("released", "declined") else last
    if "merged" in item:
        yield Scene(item["merged"]["at"], "merge_items", by, item["key"], item["merged"])
        last = item["merged"]["at"] - 1
    people = chance.sample(list(crowd), item["me_too"])
    for person in people:
        yield Scene(chance.randrange(item["opened"] + 1, last + 1), "say_me_too", person.key, item["key"])
    released = next((step["at"] for step in item["steps"] if step["to"] == "released"), None)
    if released is not None and "helped" in item:
        answers = [each for each in Helped for _ in range(item["helped"][each])]
        first_no = answers.index(Helped.NO) if Helped.NO in answers else -1
        for place, (person, answer) in enumerate(zip(people, answers, strict=False)):
            words = item["helped"].get("words", "") if place == first_no else ""
            day = min(released + AFTER.days + chance.randrange(1, 6), YESTERDAY)
            yield Scene(day, "say_helped", person.key, item["key"], {"answer": answer, "words": words})


def say(turn: Turn) -> None:
    told = turn.detail
    words, lang = Words(body=told["text"]), told.get("lang", "ja")
    row = give_feedback(
        turn.session, turn.actor, _line(turn), told["mark"], words, locale=lang, now=turn.now
    )
    turn.stage.said[told["key"]] = row.subject_id or 0


def name_origin(turn: Turn) -> None:
    source = turn.stage.proposals.get(turn.detail["proposal"])
    if source is not None:  # a part of the story tells some of the proposals only
        link_voice(turn.session, turn.actor, turn.stage.services[turn.on], source, now=turn.now)


def open_one(turn: Turn) -> None:
    told, line = turn.detail, _line(turn)
    target = turn.stage.today + timedelta(days=told["target"]) if "target" in told else None
    text = ItemText(
        title=told["title"], body=told["body"], organisation_id=line.owner_ids[0], target_on=target
    )
    sources = [source for key in told["from"] if (source := _source(turn, key)) is not None]
    row = open_item(turn.session, turn.actor, line, text, voices=sources, locale="ja", now=turn.now)
    turn.stage.items[told["key"]] = row.id


def move(turn: Turn) -> None:
    told, item = turn.detail, turn.stage.items[turn.on]
    said = {"reason": told.get("why", ""), "release_note": told.get("note", "")}
    move_item(turn.session, turn.actor, item, ItemState(told["to"]), **said, now=turn.now)


def merge(turn: Turn) -> None:
    items, told = turn.stage.items, turn.detail
    merge_items(turn.session, turn.actor, items[turn.on], items[told["into"]], reason=told["why"], now=turn.now)


def want(turn: Turn) -> None:
    say_me_too(turn.session, turn.actor, turn.stage.items[turn.on], now=turn.now)


def helped(turn: Turn) -> None:
    answer, words = Helped(turn.detail["answer"]), turn.detail["words"]
    say_helped(turn.session, turn.actor, turn.stage.items[turn.on], answer, words, now=turn.now)


def answer(turn: Turn) -> None:
    told, kind = turn.detail, AnswerKind(turn.detail["kind"])
    source = turn.stage.said[told["voice"]]
    answer_voice(turn.session, turn.actor, _line(turn), source, kind, told["text"], now=turn.now)


def _source(turn: Turn, key: str) -> int | None:
    """The words of a voice; None for a proposal that this part of the story does not tell."""
    if key.startswith(PROPOSAL):
        return turn.stage.proposals.get(key.removeprefix(PROPOSAL))
    return turn.stage.said[key]


def _line(turn: Turn) -> Line:
    service = whole_service(turn.session, service_slug(turn.session, turn.stage.services[turn.on]) or "")
    assert service is not None  # the story enters it before
    return service.line


VERBS = {
    "say_of_service": say,
    "name_origin": name_origin,
    "open_item": open_one,
    "move_item": move,
    "merge_items": merge,
    "say_me_too": want,
    "say_helped": helped,
    "answer_voice": answer,
}
