"""A pilot in any state, brought there by the actions themselves."""
from datetime import date, timedelta
from typing import Any

import pytest

from consortium.membership.queries import MemberView
from consortium.pilots import actions, reporting
from consortium.pilots.models import Advice, Pilot, PilotState
from participation.policy import Actor
from tests.membership.scene import council
from tests.proposals.doors import Doors
from tests.services.scene import Catalogue, catalogue
from tests.support.client import Client

S = PilotState
WAY = {
    S.DRAFT: (), S.SUBMITTED: (S.SUBMITTED,), S.RETURNED: (S.SUBMITTED, S.RETURNED),
    S.APPROVED: (S.SUBMITTED, S.APPROVED), S.RUNNING: (S.SUBMITTED, S.APPROVED, S.RUNNING),
    S.EVALUATING: (S.SUBMITTED, S.APPROVED, S.RUNNING, S.EVALUATING)}
WAY |= {last: (*WAY[S.EVALUATING], last) for last in (S.RELEASED, S.ENDED)}


class Trial:
    """`trial.lead` and `trial.person` (who represents it), `trial.pilot(S.RUNNING)`."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue, self.council, self.db = catalogue, catalogue.council, catalogue.db
        self.clock, self.do, self.ask = catalogue.clock, catalogue.council.do, catalogue.council.ask
        catalogue.frame()
        self.lead: MemberView
        self.lead, self.person = catalogue.member()

    @property
    def desk(self) -> Actor:
        return self.catalogue.desk

    @property
    def today(self) -> date:
        return self.clock().date()

    def values(self, **more: Any) -> dict[str, Any]:
        """All that a pilot has to say."""
        return {
            "category_id": self.catalogue.field, "summary": "坂の上まで小さな車で送ります。",
            "body": "坂の多い町で、小さな電動の車を予約して乗れるようにします。だれが何回使うかを確かめます。",
            "starts_on": self.today - timedelta(days=1), "ends_on": self.today + timedelta(days=90),
            "kpis": [{"name": "乗った人", "unit": "人", "baseline": 0.0, "target": 300.0}],
            "milestones": [{"title": "最初の停留所", "due": self.today + timedelta(days=20)}],
            "data": [], "areas": [], "release_plan": "来年度から市内の三つの町で始めます。",
            "exit_plan": "車を返し、集めた記録を消して、参加した人に知らせます。", "operation": "交通の会社が運営します。",
            "cost_bearer": "市と会社が半分ずつ", "support_contact": "078-000-0000", "access": "電話でも予約できます。", **more}

    def pilot(self, state: PilotState = S.DRAFT, *, by: Actor | None = None, lead: MemberView | None = None,
              **more: Any) -> Pilot:
        """A pilot that went the shortest way to this state."""
        who, lead = by or self.person, lead or self.lead
        row = self.do(actions.draft_pilot, who, title="坂の送迎カート", organisation_id=lead.id)
        self.do(actions.save_pilot, who, row.id, self.values(**more), {})
        for step in WAY[state]:
            self.move(row.id, step, who)
        return self.again(row.id)

    def move(self, pilot_id: int, to: PilotState, who: Actor | None = None, reason: str = "直してください。") -> None:
        lead_goes = to in (S.SUBMITTED, S.RUNNING, S.EVALUATING)
        if to in (S.RELEASED, S.ENDED):
            self.evaluate(pilot_id, who)
        self.do(actions.move_pilot, (who or self.person) if lead_goes else self.desk, pilot_id, to, reason=reason)

    def evaluate(self, pilot_id: int, who: Actor | None = None) -> None:
        words = reporting.Words(done="三百二十人が乗りました。", lessons="雨の日は少ない。", advice=Advice.RELEASE)
        self.do(reporting.evaluate, who or self.person, pilot_id, words, {0: 320.0})

    def again(self, pilot_id: int) -> Pilot:
        with self.db.read() as session:
            return session.get_one(Pilot, pilot_id)


@pytest.fixture
def trial(catalogue: Catalogue) -> Trial:
    return Trial(catalogue)


@pytest.fixture
def doors(client: Client) -> Doors:
    return Doors(client)


__all__ = ["Trial", "catalogue", "council", "doors", "trial"]
