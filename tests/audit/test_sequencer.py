"""Audited events become entries, in order and without gaps; heads are signed when the log has grown."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from participation.audit import checkpoint, heads, sequencer, store
from participation.audit.models import AuditHead
from participation.audit.verification import verify_database
from participation.events import Event, record
from tests.audit.log import Log, StoneLaid, StoneSeen


@pytest.fixture
def log(db, tmp_path):
    return Log(db, tmp_path)


def numbers(log):
    with log.db.read() as session:
        return session.scalars(select(Event.seq).order_by(Event.id)).all()


def test_entries_are_numbered_without_gaps_in_the_order_of_their_events(log):
    log.lay(3)
    log.number()
    log.lay(2)
    assert numbers(log) == [0, 1, 2, None, None]
    log.number()
    assert numbers(log) == [0, 1, 2, 3, 4]


def test_what_is_not_audited_gets_no_number(log):
    log.lay(1)
    log.db.write(lambda session: record(session, StoneSeen(stone=1), actor=None, now=log.now))
    log.lay(1)
    assert log.number() == 2
    assert numbers(log) == [0, None, 1]


def test_a_backlog_is_numbered_in_pieces(log):
    log.lay(7)
    assert [log.db.write(lambda session: sequencer.number_entries(session, 3)) for _ in range(4)] == [3, 3, 1, 0]
    assert numbers(log) == list(range(7))


def test_a_head_is_signed_a_minute_after_the_last_one_if_the_log_grew(log):
    log.lay(3)
    log.number()
    for size, wait in ((3, 0), (3, 60), (5, 59), (5, 1)):
        if size == 5 and wait == 59:
            log.lay(2)
            log.number()
            log.now -= timedelta(seconds=2)
        log.now += timedelta(seconds=wait)
        log.db.write(lambda session: heads.sign_if_due(session, log.signer, log.now))
    with log.db.read() as session:
        kept = session.scalars(select(AuditHead).order_by(AuditHead.size)).all()
        assert [head.size for head in kept] == [3, 5]
        assert [head.root for head in kept] == [store.root(session, 3), store.root(session, 5)]
        assert [checkpoint.verify(head.note, [log.signer.verifier]).at for head in kept] == [h.at for h in kept]


def test_an_empty_log_has_nothing_to_sign(log):
    log.sign()
    with log.db.read() as session:
        assert heads.newest(session) is None
        assert store.size(session) == 0


def test_several_workers_number_at_once_without_gaps_or_doubles(log):
    def lay():
        for _ in range(20):
            log.lay(1)

    def number():
        while sum(log.number() for _ in range(3)) or len(numbers(log)) < 60 or None in numbers(log):
            log.sign()

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(lambda job: job(), [lay, lay, lay, number, number, number]))
    assert sorted(numbers(log)) == list(range(60))
    assert log.verify().size == 60


def test_entries_that_wait_too_long_are_told_to_whoever_watches(services, deliver, clock):
    services.db.write(lambda session: record(session, StoneLaid(stone=1), actor=None, now=clock()))
    assert sequencer.probe(services, clock()) == []
    clock.advance(seconds=61)
    assert sequencer.probe(services, clock()) == [("degraded", "audit log: entries wait for their numbers")]
    deliver()
    assert sequencer.probe(services, clock()) == []


def test_the_worker_numbers_and_signs_by_itself(services, deliver, clock):
    services.db.write(lambda session: record(session, StoneLaid(stone=1), actor=None, now=clock()))
    deliver()
    with services.db.read() as session:
        assert heads.newest(session).size == 1
    with services.db.read() as session:
        assert verify_database(session, [heads.signer(services.settings).verifier]).size == 1
