"""The fixtures that every other test stands on."""
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest
from sqlalchemy import func, select

from participation.accounts.models import Account
from participation.db import Database
from participation.policy import Actor
from tests.support.application import People
from tests.support.browser import Visitor
from tests.support.client import Client
from tests.support.clock import START, TestClock
from tests.support.databases import on_sqlite
from tests.support.server import Serve


def people_in(db: Database) -> int:
    with db.read() as session:
        return session.scalar(select(func.count()).select_from(Account))


def test_a_database_is_empty_and_migrated_first(db: Database, person: People) -> None:
    assert people_in(db) == 0
    person("Hanako")
    assert people_in(db) == 1


def test_a_database_is_empty_and_migrated_again(db: Database, person: People) -> None:
    assert people_in(db) == 0
    person("Taro")
    assert people_in(db) == 1


def test_a_person_holds_what_was_given(person: People) -> None:
    actor = person("Hanako", roles=("secretariat", ("facilitator", "workshop", 3)), verifications=("resident",))
    assert (actor.has("secretariat"), actor.has("facilitator", "workshop", 3), actor.verifications) == (
        True, True, frozenset({"resident"}))


def test_the_clock_stands_still(clock: TestClock) -> None:
    assert (clock(), clock.advance(hours=2).hour, clock().hour) == (START, 5, 5)


@on_sqlite
def test_a_signed_in_client_is_that_person(client: Client, person: People) -> None:
    hanako: Actor = person("Hanako")
    assert client.sign_in(hanako).get("/healthz").status == 200
    assert client.cookies["__Host-sid"]


def test_a_real_server_survives_being_killed(serve: Serve) -> None:
    server = serve()
    assert httpx.get(f"{server.url}/healthz").json() == {"status": "ok"}
    server.kill()
    with pytest.raises(httpx.TransportError):
        httpx.get(f"{server.url}/healthz")
    assert httpx.get(f"{server.start().url}/healthz").json() == {"status": "ok"}


def test_two_workers_serve_one_postgresql(serve: Serve) -> None:
    server = serve(workers=2, engine="postgres")
    assert httpx.get(f"{server.url}/readyz").status_code == 200


def test_the_browser_notices_bad_manners(visit: Callable[..., Visitor], site_of: Callable[[str], str]) -> None:
    visitor = visit(site_of("<style>p {color: red}</style><script>1</script><img src='http://elsewhere.test/x.png'>"))
    visitor.open("/")
    kinds = sorted(line.split(" on ")[0].split(" from ")[0] for line in visitor.bad_manners)
    assert set(kinds) == {"policy violation", "third party asked"}
    visitor.bad_manners.clear()


def test_the_browser_finds_barriers(visit: Callable[..., Visitor], site_of: Callable[[str], str]) -> None:
    visitor = visit(site_of("<main><h1>A page</h1><input></main>"))
    visitor.open("/")
    assert [line.split()[1] for line in visitor.accessibility_violations()] == ["label:"]


@pytest.fixture
def site_of() -> Iterator[Callable[[str], str]]:
    """A site of one page with the headers that Sanpo sends."""
    servers = []

    def start(body: str) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:  # noqa: N802 (http.server)
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Security-Policy", "script-src 'self'; style-src 'self'; img-src * data:")
                self.end_headers()
                head = '<!doctype html><html lang="en"><title>A page</title><link rel="icon" href="data:,">'
                self.wfile.write(f"{head}{body}</html>".encode())

            def log_message(self, format: str, *args: object) -> None:
                """Quiet."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()
