"""Votes over HTTP while the server is killed: what was acknowledged is counted, once, as it was chosen last."""
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from asgi import COMPONENTS
from participation.app import make_services
from participation.clock import system_clock
from participation.db import Database
from participation.settings import from_environment
from proposals.ballots.models import CastBallot, Turnout
from tests.ballots.scene import Scene
from tests.support.application import People
from tests.support.databases import FreshDatabases
from tests.support.server import Serve, Server

VOTERS, PATIENCE = 40, 120.0
WISHES = ("no", "yes", "abstain")


class Voter:
    """Votes again and again, repeating each request until it is acknowledged."""

    def __init__(self, number: int, token: str, over: threading.Event) -> None:
        self.number, self.token, self.over, self.turn = number, token, over, 0
        self.last = ("", "")  # the receipt that was acknowledged last, and for which choice

    def live(self, browser: httpx.Client) -> tuple[str, str]:
        until = time.monotonic() + PATIENCE
        while not self.over.is_set() or not self.last[0]:
            assert time.monotonic() < until, "never acknowledged"
            if not self.vote(browser):
                threading.Event().wait(random.uniform(0.05, 0.3))
        return self.last

    def vote(self, browser: httpx.Client) -> bool:
        choice = WISHES[(self.turn + self.number) % 3]
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": f"{self.turn}"}
        try:
            answer = browser.put("/api/v1/ballots/park-1/vote", json={"choice": choice}, headers=headers)
        except httpx.HTTPError:
            return False
        if answer.status_code != 200:
            assert answer.status_code == 503, answer.text
            return False
        self.turn, self.last = self.turn + 1, (answer.json()["receipt"], f'"{choice}"')
        return True


def vote_while_it_is_killed(server: Server, voters: list[Voter], over: threading.Event) -> list[tuple[str, str]]:
    limits = httpx.Limits(keepalive_expiry=1)
    with httpx.Client(base_url=server.url, timeout=20, limits=limits, verify=False) as browser, \
            ThreadPoolExecutor(len(voters)) as pool:
        lives = [pool.submit(voter.live, browser) for voter in voters]
        for _ in range(2):
            threading.Event().wait(1)
            server.kill()
            server.start()
        over.set()
        return sorted(life.result() for life in lives)


@pytest.mark.postgres
@pytest.mark.asvs("2.3.3")
def test_no_acknowledged_vote_is_lost_or_doubled_by_kill_9(
        fresh_databases: FreshDatabases, serve: Serve, tmp_path: Path) -> None:
    address = fresh_databases.make("postgres")
    settings = from_environment({"SANPO_DATA": str(tmp_path / "data"), "SANPO_DATABASE_URL": address})
    services = make_services(settings, COMPONENTS, owner=False)
    person, over = People(services, system_clock), threading.Event()
    Scene(services.db, system_clock, person).ballot()
    voters = [Voter(number, person.token(person()), over) for number in range(VOTERS)]
    services.db.close()
    server = serve(workers=2, SANPO_DATABASE_URL=address, SANPO_RATE_LIMITS="off")
    wanted = vote_while_it_is_killed(server, voters, over)
    server.kill()
    database = Database(settings.database_url, owner=False)
    with database.read() as session:
        stored = sorted(map(tuple, session.execute(select(CastBallot.receipt, CastBallot.choice))))
        roll = session.scalars(select(Turnout.account_id)).all()
    database.close()
    assert (stored, len(roll)) == (wanted, VOTERS)
    server.start()
    assert server.sanpo("audit", "verify") != ""
