"""Bulk data: whole, counted, found, and never over somebody's own data."""
from collections import Counter

import pytest
from sqlalchemy import func, inspect, select

from asgi import COMPONENTS
from consortium.bench.counters import wrong_counters
from consortium.bench.seeding import is_empty, seed
from consortium.bench.sizes import Size
from participation.accounts.models import Account
from participation.cli import run
from participation.comments.models import Comment
from participation.search.port import Query
from participation.search.queries import engine_of
from participation.services import Services
from participation.subjects import Subject, create_subject
from proposals.models import Proposal, Support

SIZE = Size(accounts=60, proposals=40, supports=300, comments=120)


@pytest.fixture
def told() -> Counter:
    return Counter()


@pytest.fixture
def seeded(services: Services, told: Counter) -> Services:
    seed(services, SIZE, lambda what, more: told.update({what: more}))
    return services


def test_it_writes_as_many_as_asked_for_and_every_counter_is_what_its_rows_say(seeded: Services, told: Counter):
    with seeded.db.read() as session:
        rows = {model: session.scalar(select(func.count()).select_from(model)) for model in
                (Account, Proposal, Support, Comment)}
        assert wrong_counters(session) == []
    assert rows == {Account: 60, Proposal: 40, Support: 300, Comment: 120}
    assert told == {"accounts": 60, "proposals": 40, "supports": 300, "comments": 120, "documents": 161}

    def spoil(session) -> None:
        session.get_one(Subject, 2).comments_count += 1
        session.get_one(Proposal, 3).supports_count += 1

    seeded.db.write(spoil)
    with seeded.db.read() as session:
        found = wrong_counters(session)
    assert [line.split(" counts ")[0] for line in found] == ["supports of 3", "comments on 2"]


def test_words_are_found_indexes_are_there_again_and_what_comes_next_gets_ids_behind(seeded: Services):
    assert engine_of(seeded).unready() is None
    assert engine_of(seeded).search(Query(text="自転車道")).total > 0
    found = {index["name"] for index in inspect(seeded.db.engines.write).get_indexes("support")}
    assert found == {"ix_support_account_id"}
    made = seeded.db.write(lambda session: create_subject(session, "test", title="Next", now=seeded.clock()).id)
    assert made == 1 + 40 + 120 + 1


def test_a_database_with_anything_in_it_is_not_empty(services: Services):
    with services.db.read() as session:
        assert is_empty(session)
    services.db.write(lambda session: create_subject(session, "test", title="Mine", now=services.clock()))
    with services.db.read() as session:
        assert not is_empty(session)


def test_the_command_refuses_a_database_that_is_not_empty(capsys, monkeypatch, tmp_path, database_url):
    monkeypatch.setenv("SANPO_DATA", str(tmp_path))
    monkeypatch.setenv("SANPO_DATABASE_URL", database_url)
    arguments = ("bench", "seed", "--accounts", "6", "--proposals", "4", "--supports", "9", "--comments", "5")
    run(COMPONENTS, arguments)
    assert "written and indexed" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        run(COMPONENTS, arguments)
    assert "this database is not empty" in capsys.readouterr().err
