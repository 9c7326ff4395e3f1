"""Improvements of a service, brought by its actions to where a test needs them."""
from collections.abc import Sequence
from typing import Any

import pytest

from consortium.backlog import actions
from consortium.backlog.models import BacklogItem, ItemState
from consortium.feedback.actions import Words, give_feedback
from consortium.feedback.models import Feedback
from consortium.services.models import Service
from consortium.services.queries import whole_service
from participation.policy import ANONYMOUS, Actor
from tests.services.scene import Catalogue

# The steps that lead to a state from the beginning.
WAYS = {
    ItemState.NEW: (), ItemState.TRIAGED: ("triaged",), ItemState.PLANNED: ("triaged", "planned"),
    ItemState.IN_PROGRESS: ("triaged", "planned", "in_progress"),
    ItemState.RELEASED: ("triaged", "planned", "in_progress", "released"), ItemState.DECLINED: ("declined",)}
NOTE = "前は一時間に一本、今は三本走ります。"


class Works:
    """`works.service()` -> a service and who runs it; `works.item(state)` -> an improvement in that state."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue, self.db, self.clock = catalogue, catalogue.db, catalogue.clock
        self.mine, self.owner = catalogue.member()
        self.service: Service = catalogue.service(self.mine)

    def do(self, work: Any) -> Any:
        """`work(session)` in a transaction; what it returns is taken out of it."""
        def run(session: Any) -> Any:
            found = work(session)
            session.flush()
            if hasattr(found, "__table__"):
                session.refresh(found)
                session.expunge(found)
            return found
        return self.db.write(run)

    def line(self, session: Any) -> Any:
        return whole_service(session, self.service.slug).line

    def item(self, state: ItemState = ItemState.NEW, *, title: str = "坂の上まで走る", body: str = "",
             voices: Sequence[int] = ()) -> int:
        text = actions.ItemText(title=title, body=body, organisation_id=self.mine.id)
        item_id = self.do(lambda s: actions.open_item(
            s, self.owner, self.line(s), text, voices=voices, locale="ja", now=self.clock()).id)
        for to in WAYS[state]:
            self.move(item_id, ItemState(to))
        return item_id

    def move(self, item_id: int, to: ItemState, *, reason: str = "予算がつきません", note: str = NOTE) -> None:
        self.do(lambda s: actions.move_item(
            s, self.owner, item_id, to, reason=reason, release_note=note, now=self.clock()))

    def said(self, by: Actor = ANONYMOUS, body: str = "坂の上まで来てほしい", mark: int = 2) -> Feedback:
        """Feedback with words on the service."""
        return self.do(lambda s: give_feedback(
            s, by, self.line(s), mark, Words(body=body), locale="ja", now=self.clock()))

    def row(self, item_id: int) -> BacklogItem:
        with self.db.read() as session:
            return session.get_one(BacklogItem, item_id)


@pytest.fixture
def works(catalogue: Catalogue) -> Works:
    return Works(catalogue)
