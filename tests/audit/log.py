"""A small log for the tests: entries of a kind of their own, a key, and hands that change rows behind our back."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from participation.audit import checkpoint, guards, heads, sequencer, verification
from participation.audit.examination import Broken
from participation.events import Fact, record
from participation.policy import Actor

START = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
NAME = "city.example/log"
SOMEBODY = Actor(id=7, name="Sato", ref="5a70" * 8)


@dataclass(frozen=True, kw_only=True)
class StoneLaid(Fact):
    TYPE = "test.stone_laid"
    AUDITED = True

    stone: int


@dataclass(frozen=True, kw_only=True)
class StoneSeen(Fact):
    TYPE = "test.stone_seen"

    stone: int


class Log:
    """The audit log of one database, driven by hand: time is what the test says."""

    def __init__(self, db, folder):
        self.db, self.now = db, START
        self.signer = checkpoint.signer_of(folder / "audit.key", NAME)

    def lay(self, count, private=None):
        """Record so many stones, a second apart."""

        def work(session):
            for stone in range(count):
                self.now += timedelta(seconds=1)
                record(session, StoneLaid(stone=stone), actor=SOMEBODY, now=self.now, subject_id=9, private=private)

        self.db.write(work)

    def number(self):
        """Number whatever waits; how many entries that made."""
        return self.db.write(sequencer.number_entries)

    def sign(self):
        """Let a minute pass, and sign."""
        self.now += heads.EVERY
        self.db.write(lambda session: heads.sign_if_due(session, self.signer, self.now))

    def grow(self, count, private=None):
        """Lay, number and sign."""
        self.lay(count, private)
        self.number()
        self.sign()

    def verify(self, witnessed=()):
        with self.db.read() as session:
            return verification.verify_database(session, [self.signer.verifier], witnessed)

    def failure(self, witnessed=()):
        """The number of the first entry that fails, and what is said of it; None when the log holds."""
        try:
            self.verify(witnessed)
        except Broken as broken:
            return broken.entry, str(broken)
        return None

    def tamper(self, *statements):
        """What somebody with the database's password can do: drop the guards, then any SQL."""
        with self.db.engines.write.begin() as connection:
            for statement in (*guards.removal(connection.dialect.name), *statements):
                connection.exec_driver_sql(statement)
