"""A person is forgotten, and the log still verifies."""

import pytest
from sqlalchemy import func, select

from participation.audit import actions
from participation.events import Event, EventPrivate
from tests.audit.log import SOMEBODY, Log


@pytest.fixture
def log(db, tmp_path):
    log = Log(db, tmp_path)
    log.grow(5, private={"why": "a neighbour asked"})
    return log


def ids(log, *numbers):
    with log.db.read() as session:
        return session.scalars(select(Event.id).where(Event.seq.in_(numbers))).all()


def test_an_erased_private_part_is_gone_and_the_log_holds(log):
    erased = log.db.write(
        lambda session: actions.erase_private(session, ids(log, 1, 3), actor=None, now=log.now, basis="request")
    )
    assert erased == 2
    with log.db.read() as session:
        assert session.scalar(select(func.count()).select_from(EventPrivate)) == 3
    log.number()
    log.sign()
    report = log.verify()
    assert (report.size, report.erased) == (6, 2)


def test_an_erasure_is_an_entry_of_its_own(log):
    first = ids(log, 1)
    log.db.write(lambda session: actions.erase_private(session, first, actor=SOMEBODY, now=log.now, basis="court"))
    with log.db.read() as session:
        uid = session.scalar(select(Event.uid).where(Event.seq == 1))
        kind, body = session.execute(select(Event.type, Event.body).where(Event.seq.is_(None))).one()
    assert (kind, body) == ("privacy.erased", f'{{"basis":"court","entries":"{uid}"}}')


def test_everything_private_of_one_person_goes_at_once(log):
    assert log.db.write(lambda session: actions.erase_private_of(session, 7, actor=None, now=log.now)) == 5
    assert log.db.write(lambda session: actions.erase_private_of(session, 7, actor=None, now=log.now)) == 0
    assert log.verify().erased == 5


def test_where_nothing_is_private_nothing_is_recorded(log):
    log.lay(1)
    log.number()
    assert log.db.write(lambda session: actions.erase_private(session, ids(log, 5), actor=None, now=log.now)) == 0
    assert log.number() == 0


def test_a_private_part_removed_without_a_record_is_found(log):
    log.tamper("DELETE FROM event_private")
    assert log.failure() == (0, "the private part of entry 0 is gone, and no erasure of it was recorded")
