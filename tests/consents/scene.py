"""A city with a service that asks for data, made by the actions themselves."""
from typing import Any

import pytest

from participation.consents import actions
from participation.consents.models import ConsentService, PurposeVersion, VersionState, Way
from participation.consents.queries import last_event, published_purposes, standings
from participation.policy import Actor
from tests.membership.scene import Council
from tests.support.application import SECRET

WORDS: dict[str, Any] = {
    "title": {"ja": "見守り", "en": "Watch over me"}, "summary": {"ja": "脈拍を家族に伝えます。", "en": "Your pulse is shown."},
    "categories": ["vital_signs", "contact"], "reason": {"ja": "早く気づくためです。", "en": "To notice early."},
    "retention": {"ja": "30日", "en": "30 days"}, "retention_days": 30, "third_parties": {},
    "effect": {"ja": "見守りが止まります。", "en": "Nobody watches any more."}}
KEY = SECRET.encode()


class Centre:
    """`centre.purpose("watch")` is published; `centre.grant(person, "watch")`; `centre.on(person, "watch")`."""

    def __init__(self, council: Council) -> None:
        self.council, self.clock, self.db = council, council.clock, council.db
        self.person, self.desk, self.do, self.ask = council.person, council.desk, council.do, council.ask
        self.numbers = 0

    def service(self, key: str = "bus", founder: Actor | None = None) -> ConsentService:
        found = self.council.organisation(founder)
        values = {"key": key, "controller_id": found.id, "name": {"ja": f"サービス{key}", "en": f"Service {key}"}}
        return self.do(actions.enter_service, self.desk, values)

    def draft(self, key: str, service: ConsentService | None = None, **words: Any) -> PurposeVersion:
        where = service or self.service(f"service-of-{key}")
        return self.do(actions.draft_purpose, self.desk, where, key, {**WORDS, **words})

    def purpose(self, key: str = "watch", service: ConsentService | None = None, **words: Any) -> PurposeVersion:
        return self.move(self.draft(key, service, **words), VersionState.PUBLISHED)

    def next_version(self, key: str, **words: Any) -> PurposeVersion:
        def work(session: Any) -> PurposeVersion:
            from participation.consents.queries import purpose_by_key
            now = self.clock()
            version = actions.draft_version(session, self.desk, purpose_by_key(session, key), now=now)
            actions.change_words(session, self.desk, version, {**WORDS, **words}, now=now)
            actions.move_version(session, self.desk, version, VersionState.PUBLISHED, now=now)
            return version
        return self.db.write(work)

    def move(self, version: PurposeVersion, to: VersionState, actor: Actor | None = None,
             note: str = "") -> PurposeVersion:
        def work(session: Any) -> PurposeVersion:
            found = session.get_one(PurposeVersion, version.id)
            actions.move_version(session, actor or self.desk, found, to, note, now=self.clock())
            return found
        return self.db.write(work)

    def grant(self, who: Actor, key: str = "watch", **more: Any) -> Any:
        return self.do(actions.grant, who, key, secret=KEY, way=Way.PAGE, **more)

    def withdraw(self, who: Actor, key: str = "watch") -> Any:
        return self.do(actions.withdraw, who, key, way=Way.PAGE)

    def standing(self, who: Actor, key: str = "watch") -> Any:
        return self.ask(lambda s: standings(s, who.id, published_purposes(s))[key])

    def on(self, who: Actor, key: str = "watch") -> bool:
        return self.standing(who, key).on

    def last(self, who: Actor, purpose_id: int) -> Any:
        return self.ask(last_event, who.id, purpose_id)


@pytest.fixture
def centre(council: Council) -> Centre:
    return Centre(council)


__all__ = ["Centre", "centre"]
