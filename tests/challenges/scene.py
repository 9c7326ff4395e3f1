"""A poster, a member that answers, a coordinator; challenges and sheets in any state."""
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from consortium.challenges import actions, answering
from consortium.challenges.models import ChallengeState, SheetState
from participation.db import Localized
from participation.policy import Actor
from tests.services.scene import Catalogue

SHEET = {"offer": "小さな電動の車で、坂の上まで送り迎えをします。", "cost": "under_5m"}
FORM = {"poster": "example-1", "title_ja": "坂の町の買い物", "title_en": "Shopping in steep streets", "category": "mobility",
        "background_ja": "坂の上に住む人が、買い物に行けなくなっています。", "wanted_ja": "荷物を持って上れる手段を求めます。",
        "closes_on": "2026-07-01"}


@dataclass
class Market:
    """`market.challenge(state)` of `market.poster`, `market.sheet(number, state)` of `market.member`."""

    catalogue: Catalogue

    def __post_init__(self) -> None:
        self.catalogue.frame()
        self.poster, self.owner = self.catalogue.member()
        self.member, self.answerer = self.catalogue.member()
        helper = self.catalogue.person("Coordinator")
        self.do(actions.name_coordinator, self.desk, helper.id)
        self.coordinator = self.catalogue.council.again(helper)

    @property
    def desk(self) -> Actor:
        return self.catalogue.desk

    def do(self, action: Any, who: Actor, *what: Any, **more: Any) -> Any:
        now = self.catalogue.clock()

        def work(session: Any) -> Any:
            made = action(session, who, *what, **more, now=now)
            return getattr(made, "id", made)
        return self.catalogue.db.write(work)

    def challenge(self, state: str = "open", *, days: int = 20, **more: Any) -> int:
        """What is matched has a sheet that was chosen."""
        number = self.do(actions.draft_challenge, self.owner, self.poster.id, {"title_ja": "下書き"})
        if state == "draft":
            return number
        said = {"organisation_id": self.poster.id, "title": Localized({"ja": "坂の町の買い物"}), "category_id": 1,
                "background": Localized({"ja": "坂の上に住む人が困っています。"}), "area_id": None,
                "wanted": Localized({"ja": "上れる手段。"}),
                "closes_on": (self.catalogue.clock() + timedelta(days=days)).date()}
        self.do(actions.post_challenge, self.owner, number, actions.Description(**{**said, **more}))
        chosen = self.sheet(number) if state == "matched" else 0
        for to in {"closed": ("closed",), "matched": ("closed",), "withdrawn": ("withdrawn",)}.get(state, ()):
            self.do(actions.move_challenge, self.owner, number, ChallengeState(to), "because")
        if chosen:
            self.do(answering.match_sheets, self.desk, number, [chosen], chosen)
        return number

    def sheet(self, number: int, state: str = "submitted", *, by: Actor | None = None, of: Any = None,
              **more: Any) -> int:
        who, owner = by or self.answerer, of or self.member
        if state == SheetState.DRAFT:
            return self.do(answering.save_sheet, who, number, owner.id, {"offer": "下書き"}) or 0
        values = {**SHEET, "experience": "", "needs": "", "public": False, **more}
        found = self.do(answering.hand_in_sheet, who, number, owner.id, values, locale="ja")
        if state == SheetState.WITHDRAWN:
            self.do(answering.withdraw_sheet, who, number, owner.id)
        return found


@pytest.fixture
def market(catalogue: Catalogue) -> Market:
    return Market(catalogue)
