"""Surveys of the story: built, opened, answered, closed and published through the actions of the product."""

import random
from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from consortium.demo.scenes import Scene
from consortium.demo.stage import Turn
from consortium.demo.story import Story
from participation.db import Localized
from participation.surveys import Asking, add_question, send_answers
from participation.surveys.actions import Setting, draft_survey, show_words, turn_survey
from participation.surveys.models import Access, Kind, SurveyState
from participation.surveys.queries import questions_of, sent_answers
from participation.web.i18n import ZONE

YESTERDAY = -1
TEXTS = ("title", "hint", "section", "low", "high")
PLAIN = ("required", "breaks", "other", "least", "most", "steps")


def survey_scenes(story: Story) -> Iterator[Scene]:
    """Those whose process is played; the crowd answers while they are open."""
    played = {process.slug for process in story.processes}
    for told in story.surveys:
        if told["process"] not in played:
            continue
        yield Scene(told["at"], "open_survey", "secretariat", told["key"], told)
        chance, last = random.Random(told["key"]), min(told["closes"] - 1, YESTERDAY)
        for person in chance.sample(story.crowd, told["answers"]):
            yield Scene(chance.randint(told["at"] + 1, last), "answer_survey", person.key, told["key"], told)
        if "published" in told:
            yield Scene(told["closes"], "turn_survey", "secretariat", told["key"], {**told, "to": "closed"})
            yield Scene(told["published"], "turn_survey", "secretariat", told["key"], {**told, "to": "published"})


def open_survey(turn: Turn) -> None:
    """A survey with its questions, open to answers until a moment on the day that it names."""
    told, stage = turn.detail, turn.stage
    said = Setting(
        title=Localized(told["title"]),
        description=Localized(told["description"]),
        access=Access(told.get("access", Access.PEOPLE)),
        closes_at=datetime.combine(stage.today + timedelta(days=told["closes"]), time(21), ZONE),
    )
    process = stage.processes[told["process"]]
    row = draft_survey(turn.session, turn.actor, process, said, slug=turn.on, now=turn.now)
    asked: list[int] = []
    for question in told["questions"]:
        asking = Asking(**_asking(question, asked))
        asked.append(add_question(turn.session, turn.actor, row.id, Kind(question["kind"]), asking, now=turn.now).id)
    turn_survey(turn.session, turn.actor, row.id, SurveyState.OPEN, now=turn.now)
    stage.surveys[turn.on] = row.id


def _asking(question: Mapping[str, Any], asked: list[int]) -> dict[str, Any]:
    rules = {"shown_by_id": asked[question["shown_by"]] if "shown_by" in question else None}
    rules["shown_if"] = [str(place + 1) for place in question.get("shown_if", ())]
    listed = {name: tuple(map(Localized, question.get(name, ()))) for name in ("options", "rows")}
    texts = {name: Localized(question.get(name, {})) for name in TEXTS}
    return {**texts, **listed, **rules, **{name: question[name] for name in PLAIN if name in question}}


def answer_survey(turn: Turn) -> None:
    """What this person says is drawn with the weights of the story, the same at every loading."""
    number, chance = turn.stage.surveys[turn.on], random.Random(f"{turn.on} {turn.key}")
    typed: dict[str, Any] = {}
    for question, told in zip(questions_of(turn.session, number), turn.detail["questions"], strict=True):
        typed |= _typed(question.name, question.kind, told, chance)
    send_answers(turn.session, turn.actor, number, typed, locale="ja", now=turn.now)


def _typed(name: str, kind: Kind, told: Mapping[str, Any], chance: random.Random) -> dict[str, Any]:
    if kind == Kind.TEXT:
        return {name: chance.choice(told["words"])} if chance.randrange(100) < told["share"] else {}
    keys = [str(place + 1) for place in range(len(told["weights"]))]
    if kind == Kind.MATRIX:
        return {f"{name}_{row + 1}": chance.choices(keys, told["weights"])[0] for row in range(len(told["rows"]))}
    if kind == Kind.MULTIPLE:
        return {name: sorted(set(chance.choices(keys, told["weights"], k=told["most"])))}
    return {name: chance.choices(keys, told["weights"])[0]}


def turn_survey_on(turn: Turn) -> None:
    """Close it and open some of its words to everybody, or publish it."""
    number, to = turn.stage.surveys[turn.on], SurveyState(turn.detail["to"])
    turn_survey(turn.session, turn.actor, number, to, now=turn.now)
    if to == SurveyState.CLOSED:
        _open_words(turn, number)


def _open_words(turn: Turn, number: int) -> None:
    texts = [each.id for each in questions_of(turn.session, number) if each.kind == Kind.TEXT]
    opened: set[str] = set()
    for answer, said, _ in sent_answers(turn.session, number):
        for question in texts:
            words = said.get(str(question), "")
            if words and words not in opened and len(opened) < turn.detail["open"]:
                opened.add(words)
                show_words(turn.session, turn.actor, number, answer, question, now=turn.now)


VERBS = {"open_survey": open_survey, "answer_survey": answer_survey, "turn_survey": turn_survey_on}
