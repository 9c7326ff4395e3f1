"""A process that opens workshops, a purpose of use, and workshops in it, by the product's own actions."""
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import pytest

from participation.consents import actions as consents
from participation.consents.models import PurposeVersion, VersionState
from participation.db import Localized
from participation.organisations.actions import enter_organisation
from participation.policy import Actor
from participation.services import Services
from participation.spaces.models import Phase, Process
from participation.subjects import create_subject
from tests.support.application import Acting, People
from tests.support.clock import TestClock
from workshops.actions import Quota, create_workshop, move_workshop, set_question, set_quotas
from workshops.members import add_member
from workshops.models import State, Workshop

AGES = (("young", {"ja": "39歳以下", "en": "Up to 39"}), ("old", {"ja": "40歳以上", "en": "40 and over"}))
WORDS: dict[str, Any] = {
    "title": {"ja": "ワークショップの参加者募集", "en": "Finding workshop participants"},
    "summary": {"ja": "応募と抽選に使います。", "en": "To apply and to draw places."},
    "categories": ["contact", "age_and_gender"], "reason": {"ja": "構成のためです。", "en": "To compose the group."},
    "retention": {"ja": "開催から90日", "en": "90 days after the day"}, "retention_days": 90, "third_parties": {},
    "effect": {"ja": "応募が取り下げられます。", "en": "The application is withdrawn."}}
ORGANISATION: dict[str, Any] = {
    "name": {"ja": "市", "en": "City"}, "kind": "city", "corporate_number": None, "address": "", "website": "",
    "description": ""}
PURPOSE = "workshop-call"


class Scene(Acting):
    """`scene.workshop()` takes applications from now for a week and is held in four; returns the row."""

    def __init__(self, services: Services, clock: TestClock, person: People) -> None:
        super().__init__(services.db, clock, person)
        self.registry = services.registry
        self.desk = person("Desk", roles=("secretariat",))
        self.process_id = services.db.write(self._process)
        self.purpose = services.db.write(self._purpose)
        self.numbers = 0

    def _process(self, session: Any) -> int:
        now = self.clock()
        subject = create_subject(session, "process", title="Vision", now=now, published=True)
        session.add(Process(id=subject.id, slug="vision", title={"ja": "ビジョン", "en": "Vision"}, state="published",
                            updated_at=now))
        session.flush()
        session.add(Phase(process_id=subject.id, title={"ja": "考える", "en": "Think"},
                          starts_at=now - timedelta(days=1), features=["workshop"]))
        return subject.id

    def _purpose(self, session: Any) -> PurposeVersion:
        return published_purpose(session, self.desk, self.clock())

    def draft(self, *, quotas: Sequence[tuple[str, int, int]] = (), **values: Any) -> Workshop:
        """`quotas`: (answer of the age question, at least, at most)."""
        self.numbers += 1
        row = self.do(create_workshop, self.desk, self.process_id, f"park-{self.numbers}",
                      {**usual(self.clock()), **values})
        self.do(set_question, self.desk, row.id, "age", {"ja": "年齢", "en": "Age"}, {"ja": "構成", "en": "Mix"}, AGES)
        if quotas:
            self.do(set_quotas, self.desk, row.id,
                    [Quota(feature="age", value=value, minimum=least, maximum=most) for value, least, most in quotas])
        return row

    def workshop(self, state: State = State.RECRUITING, **values: Any) -> Workshop:
        """In this state: called off where it was being recruited for, else led there step by step."""
        row = self.draft(**values)
        path = list(State)[1 : list(State).index(state) + 1]
        for step in [State.RECRUITING, State.CALLED_OFF] if state == State.CALLED_OFF else path:
            if step == State.CONFIRMED:
                self.do(add_member, None, row.id, name="Hana")
            if step == State.HELD:
                self.do(begin_now, row.id)
            if step == State.PUBLISHED:
                self.do(call_published, row.id)  # what a record has to hold before is told in tests/workshops/records
            else:
                self.move(row, step, self.desk, reason="because")
        return self.ask(lambda session: session.get_one(Workshop, row.id))

    def move(self, row: Workshop, to: State, actor: Actor | None = None, reason: str = "") -> None:
        self.do(move_workshop, actor, row.id, to, reason=reason, registry=self.registry)


def usual(now: Any) -> Mapping[str, Any]:
    """What a workshop needs before its call."""
    return {
        "title": {"ja": "夜の公園", "en": "The park at night"},
        "question": {"ja": "どうすれば夜の公園を安心にできるだろう?", "en": "How might we make the park safe at night?"},
        "venue": {"ja": "市民ホール", "en": "Civic hall"}, "capacity": 4, "purpose": PURPOSE,
        "starts_at": now + timedelta(days=28), "ends_at": now + timedelta(days=28, hours=5),
        "call_opens_at": now, "call_closes_at": now + timedelta(days=7)}


def call_published(session: Any, workshop_id: int, *, now: Any) -> None:
    session.get_one(Workshop, workshop_id).state = State.PUBLISHED


def begin_now(session: Any, workshop_id: int, *, now: Any) -> None:
    row = session.get_one(Workshop, workshop_id)
    row.starts_at, row.ends_at = now, now + timedelta(hours=5)


def published_purpose(session: Any, desk: Actor, now: Any) -> PurposeVersion:
    """The purpose of use that applicants agree to."""
    city = enter_organisation(session, desk, {**ORGANISATION, "name": Localized(ORGANISATION["name"])}, now=now)
    service = consents.enter_service(
        session, desk, {"key": "workshops", "controller_id": city.id, "name": {"ja": "市", "en": "City"}}, now=now)
    version = consents.draft_purpose(session, desk, service, PURPOSE, WORDS, now=now)
    consents.move_version(session, desk, version, VersionState.PUBLISHED, now=now)
    return version


@pytest.fixture
def scene(services: Services, clock: TestClock, person: People) -> Scene:
    return Scene(services, clock, person)
