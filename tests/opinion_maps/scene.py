"""A process that opens opinion maps, a map with statements, people who vote."""

from dataclasses import dataclass
from typing import Any

import pytest

from participation.db import Localized
from participation.policy import Actor
from proposals.opinion_maps import actions, casting
from proposals.opinion_maps.models import MapState, OpinionMap
from tests.proposals.doors import Doors
from tests.proposals.scene import Scene, doors, scene

__all__ = ["Doors", "Opinions", "Scene", "doors", "opinions", "scene"]
FORM = {"process": "process-1", "slug": "streets", "question_ja": "車の少ない中心街は?", "question_en": "Fewer cars?",
        "takes_statements": "1", "moderated": "1"}


@dataclass
class Opinions:
    """`opinions.map("open", statements=8)` is a slug; `opinions.vote(person, slug, number, 1)`."""

    scene: Scene

    def __post_init__(self) -> None:
        self.scene.process(("opinion_map", "comment"))
        self.desk = self.scene.person("Desk", roles=("secretariat",))
        self.made = 0

    def do(self, action: Any, *what: Any, **more: Any) -> Any:
        now = self.scene.clock()
        made = self.scene.db.write(lambda session: (found := action(session, *what, **more, now=now),
                                                    getattr(found, "id", found))[1])
        return made

    def map(self, state: str = "open", *, statements: int = 3, **said: Any) -> str:
        self.made += 1
        slug = f"streets-{self.made}"
        words = {"question": Localized({"ja": "車の少ない中心街は?", "en": "Fewer cars?"}), "intro": Localized(),
                 "process_id": self.scene.current, "opens_at": None, "closes_at": None, "needs": [],
                 "takes_statements": True, "moderated": True}
        number = self.do(actions.create_map, self.desk, slug, actions.Description(**{**words, **said}))
        for each in range(statements):
            self.do(actions.add_statement, self.desk, slug, Localized({"ja": f"意見その{each}", "en": f"Opinion {each}"}),
                    locale="ja")
        for to in {"open": ("open",), "closed": ("open", "closed")}.get(state, ()):
            self.do(actions.move_map, self.desk, number, MapState(to))
        return slug

    def vote(self, person: Actor, slug: str, number: int, value: int) -> bool:
        return self.do(casting.vote, person, slug, number, value).changed

    def row(self, slug: str) -> OpinionMap:
        with self.scene.db.read() as session:
            return session.query(OpinionMap).filter_by(slug=slug).one()


@pytest.fixture
def opinions(scene: Scene) -> Opinions:
    return Opinions(scene)
