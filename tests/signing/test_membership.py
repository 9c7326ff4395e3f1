"""Whatever is done in whatever order: the standing is what the records imply, and no signature ever changes."""
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import select

from consortium.membership.actions import apply_again, decide, leave
from consortium.membership.models import Stage
from participation.db import Localized
from participation.organisations.models import Mandate
from participation.policy import Actor, Refused
from participation.web import Conflict
from rules.signing.models import Signature
from tests.membership.scene import form_values
from tests.signing.scene import Table
from tests.signing.test_validity import Model

STEPS = ("wait", "wait", "sign", "sign", "version", "suspend", "reinstate", "leave", "again", "approve")


@pytest.mark.parametrize("seed", range(4))
def test_the_standing_follows_from_what_happened(table: Table, seed: int) -> None:
    chance, model, stage = Random(seed), Model(), Stage.APPROVED
    table.rule(days=[table.today])
    model.begins = {0: (1, 60)}
    model.morning(0)
    found, who = table.member()
    founder = table.council.again(Actor(id=table.ask(lambda s: s.scalars(select_founder(found.id)).one())))
    values = {**form_values(1), "name": Localized(found.name)}
    day, kept = 0, {}
    for step in (chance.choice(STEPS) for _ in range(40)):
        if step == "wait":
            ahead = chance.choice((1, 20, 45))
            for _ in range(ahead):
                day += 1
                model.morning(day)
            table.clock.advance(days=ahead)
        elif step == "version" and day not in model.begins:
            table.next_version(table.today, body=f"第{day}日の文。")
            model.begins[day] = (max(number for number, _ in model.begins.values()) + 1, 60)
            model.morning(day)
        elif step == "sign":
            if attempt(lambda: table.sign(found, who)) and stage in (Stage.APPROVED, Stage.SUSPENDED):
                model.sign()
        else:
            stage = decided(table, step, found.id, founder, values, stage)
        expected = stage if stage != Stage.APPROVED else (
            "member" if model.holds else "lapsed" if model.ever else "approved")
        assert (step, table.council.view(found.id).standing) == (step, expected)
        kept |= {row.id: row.evidence for row in rows(table) if row.id not in kept}
        assert {row.id: row.evidence for row in rows(table)} == kept


def decided(table: Table, step: str, number: int, founder: Actor, values: dict, stage: Stage) -> Stage:
    """The stage after a step that people decide about; the same where the table has no such arrow."""
    desk, do = table.council.desk, table.council.do
    steps = {
        "suspend": (Stage.SUSPENDED, lambda: do(decide, desk, number, Stage.SUSPENDED, "no report")),
        "reinstate": (Stage.APPROVED, lambda: do(decide, desk, number, Stage.APPROVED, "")),
        "approve": (Stage.APPROVED, lambda: do(decide, desk, number, Stage.APPROVED, "")),
        "leave": (Stage.LEFT, lambda: do(leave, founder, number, "enough")),
        "again": (Stage.APPLIED, lambda: do(apply_again, founder, number, values, "")),
    }
    if step not in steps:
        return stage
    to, work = steps[step]
    return to if attempt(work) else stage


def attempt(work) -> bool:
    try:
        work()
    except (Refused, Conflict):
        return False
    return True


def rows(table: Table) -> list[Signature]:
    return table.ask(lambda session: list(session.scalars(select(Signature).order_by(Signature.id))))


def select_founder(organisation_id: int):
    wanted = (Mandate.organisation_id == organisation_id, Mandate.role == "representative")
    return select(Mandate.account_id).where(*wanted)


def test_a_lapsed_member_is_not_revived_by_the_next_version(table: Table) -> None:
    table.rule(days=[table.today])
    found, who = table.member()
    table.sign(found, who)
    table.next_version(table.today + timedelta(days=1))
    table.clock.advance(days=60)
    assert table.council.view(found.id).standing == "member"
    table.clock.advance(days=1)
    assert table.council.view(found.id).standing == "lapsed"
    table.next_version(table.today, body="また新しい文。")
    assert table.council.view(found.id).standing == "lapsed"
    table.sign(found, who)
    assert table.council.view(found.id).standing == "member"
