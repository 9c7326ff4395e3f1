"""Whatever is done in whatever order: the standing is what the records imply; no text and no signature ever changes."""
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from consortium.membership.actions import apply_again, decide, leave
from consortium.membership.models import Stage
from participation.db import Localized
from participation.organisations.models import Mandate
from participation.policy import Actor, Refused
from participation.web import Conflict
from rules.documents.models import Version
from rules.signing.models import Signature
from tests.membership.scene import form_values
from tests.rules.test_freezing import ONLY_SQLITE, RAW
from tests.signing.scene import Table
from tests.signing.test_validity import Model

DAYS = 60  # to sign a new version
ON_SIGNATURES = [
    "UPDATE signature SET sha256 = 'x'", "UPDATE signature SET name = 'somebody else'", "DELETE FROM signature",
    "UPDATE signature SET signed_at = '2020-01-01 00:00:00'", "UPDATE signature SET evidence = '{}', seal = ''",
]


class Membership(RuleBasedStateMachine):
    """One organisation after the other with the same rule, beside a person with a calendar on the wall (`Model`)."""

    table: Table
    begins: dict[int, tuple[int, int]]  # day: (version, days to sign it); of the rule, so of all examples
    kept: dict[str, tuple[Any, ...]]  # texts and signatures as they were first seen

    @initialize()
    def joins(self) -> None:
        self.model, self.stage = Model(begins=self.begins), Stage.APPROVED
        for day in range(self.day + 1):
            self.model.morning(day)
        self.found, self.who = self.table.member()
        wanted = (Mandate.organisation_id == self.found.id, Mandate.role == "representative")
        founder = self.table.ask(lambda s: s.scalars(select(Mandate.account_id).where(*wanted)).one())
        self.founder = self.table.council.again(Actor(id=founder))

    @property
    def day(self) -> int:
        return (self.table.today - self.first).days

    @rule(days=some.sampled_from((1, 20, 45)))
    def wait(self, days: int) -> None:
        for _ in range(days):
            self.table.clock.advance(days=1)
            self.model.morning(self.day)

    @rule()
    def a_new_version(self) -> None:
        if self.day not in self.begins:
            self.table.next_version(self.table.today, body=f"第{self.day}日の文。")
            self.begins[self.day] = (max(number for number, _ in self.begins.values()) + 1, DAYS)
            self.model.morning(self.day)

    @rule()
    def signs(self) -> None:
        if attempt(lambda: self.table.sign(self.found, self.who)) and self.stage in (Stage.APPROVED, Stage.SUSPENDED):
            self.model.sign()

    @rule(to=some.sampled_from((Stage.SUSPENDED, Stage.APPROVED)))
    def the_desk_decides(self, to: Stage) -> None:
        council = self.table.council
        if attempt(lambda: council.do(decide, council.desk, self.found.id, to, "because")):
            self.stage = to

    @rule()
    def leaves(self) -> None:
        if attempt(lambda: self.table.council.do(leave, self.founder, self.found.id, "enough")):
            self.stage = Stage.LEFT

    @rule()
    def applies_again(self) -> None:
        values = {**form_values(1), "name": Localized(self.found.name)}
        values["corporate_number"] = self.found.corporate_number or ""
        if attempt(lambda: self.table.council.do(apply_again, self.founder, self.found.id, values, "")):
            self.stage = Stage.APPLIED

    @rule(statement=some.sampled_from([*RAW, *ON_SIGNATURES, *ONLY_SQLITE]))
    def somebody_writes_into_the_database(self, statement: str) -> None:
        """What touches no row may pass; what passes must have changed nothing."""
        with suppress(DBAPIError), self.table.council.db.engines.write.begin() as connection:
            connection.execute(text(statement.replace(":", r"\:")))

    @invariant()
    def the_standing_is_what_the_records_imply(self) -> None:
        held = "member" if self.model.holds else "lapsed" if self.model.ever else "approved"
        expected = held if self.stage == Stage.APPROVED else self.stage
        assert self.table.council.view(self.found.id).standing == expected

    @invariant()
    def no_text_and_no_signature_changes(self) -> None:
        now = self.table.ask(records)
        assert {key: now.get(key) for key in self.kept} == self.kept
        self.kept |= now


def records(session: Any) -> dict[str, tuple[Any, ...]]:
    """Every published version with its sections, and every signature, as the database holds them."""
    found: dict[str, tuple[Any, ...]] = {}
    for row in session.scalars(select(Version).where(Version.published_at.is_not(None))):
        sections = session.execute(
            text("SELECT key, position, heading, body FROM document_section WHERE version_id = :id ORDER BY position"),
            {"id": row.id}).all()
        found[f"version {row.id}"] = (row.number, row.sha256, str(row.title), row.in_force_from, str(sections))
    for mark in session.scalars(select(Signature)):
        found[f"signature {mark.code}"] = (mark.organisation_id, mark.version_id, mark.name, mark.sha256,
                                           mark.signed_at, mark.evidence, mark.evidence_sha256, mark.seal)
    return found


def attempt(work: Callable[[], Any]) -> bool:
    try:
        work()
    except (Refused, Conflict):
        return False
    return True


def test_the_standing_follows_from_what_happened_and_nothing_signed_ever_changes(table: Table) -> None:
    table.rule(days=[table.today])
    sqlite = table.council.db.sqlite
    machine = type("Bound", (Membership,), {
        "table": table, "first": table.today, "begins": {0: (1, DAYS)}, "kept": {}})
    run_state_machine_as_test(machine, settings=settings(
        max_examples=8 if sqlite else 2, stateful_step_count=20 if sqlite else 10, deadline=None, database=None,
        derandomize=True, suppress_health_check=list(HealthCheck)))


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
