"""Crowds, races, and what nobody finds out: no partial tally, no join of who and what."""

import random
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, inspect, make_url, select, text

from participation.accounts.models import Account
from participation.events import Event
from participation.policy import Actor, Refused
from participation.web import Conflict
from proposals.ballots.actions import cast, close_ballot, publish_ballot
from proposals.ballots.checking import broken_ballots
from proposals.ballots.models import BallotKey, CastBallot, CountedBallot, Turnout
from proposals.ballots.queries import published_list
from tests.ballots.scene import Scene
from tests.support.databases import on_sqlite

VOTERS, THREADS = 2_000, 24
CHOICES = ("yes", "no", "abstain")


def crowd(scene: Scene, number: int) -> list[Actor]:
    """People in bulk: an account row each and nothing else."""
    def work(session: Any) -> list[int]:
        rows = [{"name": f"Voter {place}", "locale": "ja", "created_at": scene.clock(), "unread": 0, "managed": False,
                 "age_band": "", "blocked_reason": ""} for place in range(number)]
        session.execute(insert(Account), rows)
        return list(session.scalars(select(Account.id).where(Account.name.like("Voter %")).order_by(Account.id)))
    return [Actor(id=number, name="Voter") for number in scene.db.write(work)]


def at_once(works: list[Any]) -> list[Any]:
    with ThreadPoolExecutor(THREADS) as pool:
        return [future.result() for future in [pool.submit(work) for work in works]]


def counted(scene: Scene, ballot: int) -> dict[str, str]:
    return scene.ask(lambda session: {row.receipt: row.choice for row in session.execute(
        select(CountedBallot.receipt, CountedBallot.choice).where(CountedBallot.ballot_id == ballot))})


def test_two_thousand_voters_at_once_are_each_counted_once(scene: Scene) -> None:
    ballot, chance = scene.ballot(), random.Random(7)
    voters = crowd(scene, VOTERS)
    wanted = [(voter, chance.choice(CHOICES)) for voter in voters]
    receipts = at_once([lambda each=each: scene.do(cast, each[0], ballot, each[1]).code for each in wanted])
    scene.do(close_ballot, scene.desk, ballot, reason="All have voted.")
    assert counted(scene, ballot) == {
        receipt: f'"{choice}"' for receipt, (_, choice) in zip(receipts, wanted, strict=True)}
    assert scene.ask(lambda session: session.scalar(select(func.count()).select_from(Turnout))) == VOTERS
    assert scene.ask(lambda session: list(broken_ballots(session))) == []


@pytest.mark.asvs("2.3.4")
def test_one_person_in_many_windows_has_one_vote(scene: Scene) -> None:
    ballot, hanako = scene.ballot(), scene.person()
    receipts = at_once([lambda: scene.do(cast, hanako, ballot, "yes").code] * 30)
    assert len(set(receipts)) == 1
    mixed = at_once([lambda place=place: scene.do(cast, hanako, ballot, CHOICES[place % 3]).code
                     for place in range(30)])
    (left,) = scene.ask(lambda session: session.scalars(select(CastBallot.receipt)).all())
    assert left in {*mixed, *receipts}
    assert scene.ask(lambda session: session.scalar(select(func.count()).select_from(Turnout))) == 1
    assert scene.ask(lambda session: list(broken_ballots(session))) == []


def test_votes_that_race_with_the_close_are_counted_or_refused_and_never_both(scene: Scene) -> None:
    ballot, voters = scene.ballot(), crowd(scene, 120)
    begun = threading.Event()

    def vote(place: int, voter: Actor) -> str | None:
        if place == 60:
            begun.set()
        try:
            return scene.do(cast, voter, ballot, "yes").code
        except (Refused, Conflict):
            return None

    def close() -> None:
        begun.wait()
        scene.do(close_ballot, scene.desk, ballot, reason="Now.")

    receipts = at_once([*(lambda place=place, voter=voter: vote(place, voter) for place, voter in enumerate(voters)),
                        close])[:-1]
    acknowledged = {receipt for receipt in receipts if receipt}
    assert set(counted(scene, ballot)) == acknowledged
    assert scene.ask(lambda session: list(broken_ballots(session))) == []


def everything_stored(scene: Scene, *without: str) -> str:
    """All rows of all tables as one text."""
    def work(session: Any) -> str:
        tables = [name for name in inspect(session.connection()).get_table_names() if name not in without]
        rows = (row for name in tables for row in session.execute(text(f'SELECT * FROM "{name}"')))
        return "\n".join(str(tuple(row)) for row in rows)
    return scene.ask(work)


WHERE = ("/ballots/park-1", "/ballots", "/secretariat/ballots/{id}", "/secretariat/ballots", "/audit",
         "/api/v1/ballots", "/api/v1/ballots/park-1", "/ballots/park-1/ballots.json", "/ballots/park-1/result.csv",
         "/ballots/park-1/counted.csv", "/ballots/park-1/receipts", "/api/v1/ballots/park-1/export", "/kpis", "/readyz")


@on_sqlite
def test_nobody_sees_a_partial_tally_of_a_hidden_ballot(scene: Scene, client: Any, deliver: Any, caplog: Any) -> None:
    ballot, voters = scene.ballot(), scene.voters(5)
    receipts = [scene.do(cast, voter, ballot, "yes").code for voter in voters]
    watchers = [client.another().sign_in(person) for person in (
        scene.desk, scene.person(roles=("administrator",)), scene.person(roles=("auditor",)), scene.person())]
    token = client.people.token(scene.desk)

    def seen() -> list[str]:
        headers = {"Authorization": f"Bearer {token}"}
        pages = [browser.get(path.format(id=ballot), headers=headers if "/api/" in path else None)
                 for browser in [client, *watchers] for path in WHERE if path != "/audit"]
        return [f"{page.path} {page.status} {page.text}" for page in pages]

    deliver()
    before = seen()
    receipts += [scene.do(cast, voter, ballot, "no").code for voter in voters]
    deliver()
    assert seen() == before
    stored = everything_stored(scene, "ballot_cast")
    pages = " ".join(browser.get("/audit").html for browser in watchers)
    for receipt in receipts:
        assert receipt not in stored + pages + caplog.text
    bodies = scene.ask(lambda session: session.scalars(
        select(Event.body).where(Event.type == "ballot.vote_cast").order_by(Event.id)).all())
    assert Counter(bodies) == {f'{{"ballot_id":{ballot},"first":{first}}}': 5 for first in ("true", "false")}


@on_sqlite
def test_after_the_close_nothing_joins_a_person_and_a_choice(scene: Scene, settings: Any) -> None:
    ballot, voters = scene.ballot(), scene.voters(12)
    receipts = [scene.do(cast, voter, ballot, CHOICES[place % 2], key=f"k{place}").code
                for place, voter in enumerate(voters)]
    key = scene.ask(lambda session: session.scalar(select(BallotKey.key)))
    scene.do(close_ballot, scene.desk, ballot, reason="All have voted.")
    assert set(counted(scene, ballot)) == set(receipts)
    order = scene.ask(lambda session: session.execute(text("SELECT receipt FROM ballot_counted ORDER BY rowid")).all())
    assert [row[0] for row in order] == sorted(receipts)
    stored = everything_stored(scene, "ballot_counted")
    assert [receipt for receipt in receipts if receipt in stored] == []
    scene.db.close()  # brings the write-ahead log home
    path = Path(make_url(settings.database_url).database or "")
    assert [each.name for each in path.parent.glob(f"{path.name}*") if key in each.read_bytes()] == []


def test_a_published_ballot_that_is_not_secret_forgets_the_name_on_erasure(scene: Scene, deliver: Any) -> None:
    ballot, hanako = scene.ballot(secret=False), scene.person("Hanako")
    scene.do(cast, hanako, ballot, "yes")
    scene.do(close_ballot, scene.desk, ballot, reason="All have voted.")
    deliver()
    scene.do(publish_ballot, scene.desk, ballot)
    scene.db.write(lambda session: setattr(session.get(Account, hanako.id), "name", ""))
    listed = scene.ask(published_list, scene.desk, "park-1", scene.clock())
    assert [(each.choice, each.voter) for each in listed.ballots] == [("yes", "")]
    assert scene.ask(lambda session: list(broken_ballots(session))) == []
