"""Surveys in any state, with questions of every kind, and answers to them."""
from datetime import timedelta
from typing import Any

import pytest

from participation.db import Localized
from participation.policy import ANONYMOUS, Actor
from participation.surveys import answering, building
from participation.surveys.actions import Setting, draft_survey, turn_survey
from participation.surveys.building import Asking
from participation.surveys.models import Access, Kind, ResultsFrom, SurveyState
from tests.proposals.scene import Scene

BEFORE = {"draft": (), "open": ("open",), "closed": ("open", "closed"), "published": ("open", "closed", "published")}


def ja(*texts: str) -> tuple[Localized, ...]:
    return tuple(Localized({"ja": text, "en": f"{text} (en)"}) for text in texts)


class Polls:
    """`polls.survey("open")` -> its number; `polls.ask(survey, kind, …)` -> that of a question."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.numbers = scene, 0
        self.process = scene.process(("comment", "survey"))
        self.desk: Actor = scene.person("Desk", roles=("secretariat",))

    def survey(self, state: str = "open", *, access: str = "people", results: str = "publication", days: int = 0,
               bare: bool = False) -> str:
        """The slug; unless `bare`, of one question that must be answered in own words."""
        self.numbers += 1
        slug, ends = f"poll-{self.numbers}", self.scene.clock() + timedelta(days=days) if days else None
        said = Setting(title=ja("歩くまち")[0], description=Localized(), access=Access(access),
                       results_from=ResultsFrom(results), closes_at=ends)

        def make(session: Any) -> int:
            return draft_survey(session, self.desk, self.process, said, slug=slug, now=self.scene.clock()).id
        number = self.scene.db.write(make)
        self.numbered = {**getattr(self, "numbered", {}), slug: number}
        if not bare:
            self.ask(slug, Kind.TEXT, title=ja("どこを歩きますか")[0], required=True)
        self.turn(slug, *BEFORE[state])
        return slug

    def turn(self, slug: str, *states: str) -> None:
        for state in states:
            self.scene.do(turn_survey, self.desk, self.numbered[slug], SurveyState(state))

    def ask(self, slug: str, kind: str, **said: Any) -> int:
        def add(session: Any) -> int:
            asking = Asking(**{"title": ja("質問")[0], **said})
            return building.add_question(session, self.desk, self.numbered[slug], Kind(kind), asking,
                                         now=self.scene.clock()).id
        return self.scene.db.write(add)

    def every_kind(self) -> tuple[str, list[int]]:
        """A draft of two pages: one answer with "other", own words after the second of them, several answers, a scale,
        a table of answers."""
        slug = self.survey("draft", bare=True)
        first = self.ask(slug, "single", options=ja("毎日", "ときどき"), other=True, required=True)
        words = self.ask(slug, "text", shown_by_id=first, shown_if=("2",), required=True)
        several = self.ask(slug, "multiple", options=ja("駅", "店", "公園"), least=1, most=2, breaks=True)
        scale = self.ask(slug, "scale", steps=5, low=ja("不満")[0], high=ja("満足")[0])
        table = self.ask(slug, "matrix", rows=ja("朝", "夜"), options=ja("安全", "不安"))
        return slug, [first, words, several, scale, table]

    def answer(self, slug: str, typed: dict[str, Any], who: Actor = ANONYMOUS) -> int:
        def send(session: Any) -> int:
            row = answering.send_answers(session, who, self.numbered[slug], typed, locale="ja", now=self.scene.clock())
            session.flush()
            return row.id
        return self.scene.db.write(send)


@pytest.fixture
def polls(scene: Scene) -> Polls:
    return Polls(scene)
