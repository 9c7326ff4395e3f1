"""A new version is announced once, its deadline is recalled at 30, 7 and 1 days, and its end is said; nothing twice."""
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from consortium.membership.actions import leave
from participation.mail.models import Mail
from participation.notifications.models import Notice
from participation.organisations.models import MandateRole
from participation.policy import Actor
from rules.signing.renewing import SAYS, mark_of
from tests.signing.scene import Table
from tests.support.databases import on_sqlite

@pytest.mark.parametrize(("left", "mark"), [(61, -1), (30, 30), (29.5, 30), (7, 7), (1, 1), (0.1, 1), (0, 0), (-3, 0)])
def test_marks(left: float, mark: int) -> None:
    assert mark_of(timedelta(days=left)) == mark


@on_sqlite
def test_reminders_come_once_each_and_stop_with_the_signature(table: Table, deliver: Callable[[], int]) -> None:
    table.rule()
    late, signatory = table.member()
    early, other = table.member()
    gone, third = table.member()
    for found, who in ((late, signatory), (early, other), (gone, third)):
        table.sign(found, who)
    founder = table.council.appoint(gone, MandateRole.REPRESENTATIVE)
    table.council.do(leave, founder, gone.id, "enough")
    table.next_version(table.today)

    def told(who: Actor) -> list[int]:
        mine = select(Notice.params).where(Notice.account_id == who.id, Notice.type == "rule.renewal_due")
        said = table.ask(lambda s: s.scalars(mine.order_by(Notice.id)).all())
        return [next(mark for mark, words in SAYS.items() if words == each["what"]) for each in said]
    for day in range(70):
        deliver()
        deliver()
        if day == 0:
            mails = table.ask(lambda s: s.scalars(select(Mail.text).where(Mail.recipient == signatory.email)).all())
            assert ["新しい版が施行されました" in text for text in mails] == [False, True]
        if day == 40:
            table.sign(early, other)
        table.clock.advance(days=1)
    assert (told(signatory), told(other), told(third)) == ([-1, 30, 7, 1, 0], [-1, 30], [])
    assert [table.council.view(each.id).standing for each in (late, early, gone)] == ["lapsed", "member", "left"]
