"""A service is told of a withdrawal: signed, in order, again until it answers, and never inside our own network."""
import json
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest

from participation.consents.models import Webhook
from participation.consents.outgoing import NotAllowed, NotReached, is_public, read_place, resolve, within
from participation.consents.queries import services as services_of
from participation.consents.webhooks import MAX_TRIES, set_webhook, sign, try_again
from tests.consents.scene import KEY, Centre
from tests.support.client import Client


class Receiver:
    """A server of a service; `answers` are the statuses that it gives, then 204."""

    def __init__(self) -> None:
        self.got: list[tuple[Mapping[str, str], bytes]] = []
        self.answers: list[int] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.got.append((dict(self.headers), body))
                self.send_response(receiver.answers.pop(0) if receiver.answers else 204)
                self.send_header("Location", "/elsewhere")
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                """Say nothing."""
        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.place = f"127.0.0.1:{self.server.server_port}"
        Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def events(self) -> list[list[tuple[int, str]]]:
        return [[(event["number"], event["type"]) for event in json.loads(body)["items"]] for _, body in self.got]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    running = Receiver()
    yield running
    running.server.shutdown()
    running.server.server_close()


@pytest.fixture
def environment(receiver: Receiver) -> Mapping[str, str]:
    return {"SANPO_WEBHOOK_HOSTS": receiver.place}


@pytest.fixture
def secret(centre: Centre, receiver: Receiver) -> str:
    """A published purpose whose service is told of what follows; its secret."""
    centre.purpose("watch", centre.service("bus"))
    view = centre.ask(services_of, "bus")[0]
    return centre.do(set_webhook, centre.desk, view, f"http://{receiver.place}/hook", secret=KEY)


def hook_of(centre: Centre) -> Webhook:
    return centre.ask(lambda s: s.query(Webhook).one())


def test_a_withdrawal_arrives_signed(centre: Centre, receiver: Receiver, secret: str, deliver: Any) -> None:
    who = centre.person()
    given = centre.grant(who)
    centre.withdraw(who)
    deliver()
    (headers, body), = receiver.got
    assert headers["Sanpo-Signature"] == sign(secret, int(headers["Sanpo-Timestamp"]), body)
    items = json.loads(body)["items"]
    assert [(item["type"], item["subject"]) for item in items] == [
        ("granted", given.subject), ("withdrawn", given.subject)]
    deliver()
    assert len(receiver.got) == 1


def test_another_body_or_time_has_another_signature() -> None:
    assert len({sign("a", 1, b"x"), sign("a", 2, b"x"), sign("a", 1, b"y"), sign("b", 1, b"x")}) == 4


def test_it_is_tried_again_after_growing_pauses_in_order(
    centre: Centre, receiver: Receiver, secret: str, deliver: Any, clock: Any,
) -> None:
    receiver.answers = [500, 302]
    who, pauses = centre.person(), []
    centre.grant(who)
    for _ in range(3):
        deliver()
        pauses.append((hook_of(centre).due_at - clock()).total_seconds())
        centre.withdraw(who)
        clock.advance(seconds=pauses[-1])
    assert pauses == [20, 40, 0]
    both = [(2, "granted"), (3, "withdrawn")]
    assert receiver.events() == [[(2, "granted")], both, both]
    assert (hook_of(centre).sent_number, hook_of(centre).error) == (3, "")


def test_it_gives_up_until_somebody_looks(
    centre: Centre, receiver: Receiver, secret: str, deliver: Any, clock: Any,
) -> None:
    receiver.answers = [500] * MAX_TRIES
    centre.grant(centre.person())
    for _ in range(MAX_TRIES + 3):
        deliver()
        clock.advance(days=2)
    assert len(receiver.got) == MAX_TRIES
    centre.do(try_again, centre.desk, centre.ask(services_of, "bus")[0])
    deliver()
    assert hook_of(centre).sent_number == 2


REFUSED = [
    "http://example.com/", "https://example.com:8443/", "ftp://example.com/", "https://u:p@example.com/", "https://",
    "file:///etc/passwd", "https://127.0.0.1/", "https://10.0.0.8/", "https://192.168.1.1/", "https://172.16.0.1/",
    "https://169.254.169.254/latest/meta-data/", "https://100.64.0.1/", "https://0.0.0.0/", "https://224.0.0.1/",
    "https://[::1]/", "https://[::]/", "https://[fe80::1]/", "https://[fc00::1]/", "https://[::ffff:127.0.0.1]/",
    "https://[64:ff9b::7f00:1]/", "https://[2002:7f00:1::]/", "https://255.255.255.255/", "https://198.18.0.1/",
    "javascript:alert(1)", "https://example.com/#part", "//example.com/", "", "https://[::1"]


@pytest.mark.parametrize("url", REFUSED)
def test_no_address_leads_into_our_own_network(url: str) -> None:
    with pytest.raises(NotAllowed):
        read_place(url, frozenset())


@pytest.mark.parametrize("name", ["localhost", "127.1", "0x7f.1", "2130706433", "017700000001"])
def test_no_name_leads_there_either(name: str) -> None:
    with pytest.raises(NotAllowed):
        resolve(read_place(f"https://{name}/", frozenset()))


def test_public_addresses_are_called_as_they_are() -> None:
    assert resolve(read_place("https://8.8.8.8/hook", frozenset())) == "8.8.8.8"
    assert (is_public("2001:4860:4860::8888"), is_public("8.8.8.8")) == (True, True)


def test_whoever_drips_is_left_alone() -> None:
    from threading import Event
    released = Event()
    with pytest.raises(NotReached):
        within(0.01, lambda: released.wait(10))
    released.set()


def test_a_private_address_is_refused_at_the_field(centre: Centre, client: Client, secret: str) -> None:
    page = client.sign_in(centre.desk).open("/consents/services/bus")
    refused = client.submit(page, {"url": "https://10.0.0.8/"}, form="url")
    kept = refused.form("url").value("url")
    assert (refused.status, kept, "このアドレスは使えません" in refused.text) == (422, "https://10.0.0.8/", True)
