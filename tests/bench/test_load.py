"""The load generator: what it takes for an answer, and what it counts."""
import socket
import threading
from contextlib import suppress

from consortium.bench.load import drive, read_head, spread, summary

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"


def test_an_answer_is_whole_when_its_body_is():
    assert read_head(b"HTTP/1.1 200 OK\r\nContent-Le") is None
    assert read_head(ANSWER) == (200, len(ANSWER))
    assert read_head(b"HTTP/1.1 303 See Other\r\nlocation: /\r\n\r\n") == (303, 39)


def test_half_are_faster_than_the_median():
    assert spread([0.001 * n for n in range(1, 101)]) == {"count": 100, "p50": 51.0, "p99": 100.0, "max": 100.0}


def test_it_sends_the_scripts_and_counts_the_answers():
    """Against a server of two lines, so that its own cost is all there is."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        for _ in range(2):
            connection, _ = listening.accept()
            threading.Thread(target=answer, args=(connection,), daemon=True).start()

    def answer(connection: socket.socket) -> None:
        with connection, suppress(ConnectionError):  # the generator hangs up when its time is over
            while connection.recv(4096):
                connection.sendall(ANSWER)

    threading.Thread(target=serve, daemon=True).start()
    port = listening.getsockname()[1]
    requests = [("a", "GET / HTTP/1.1\r\n\r\n"), ("b", "GET /b HTTP/1.1\r\n\r\n")]
    plan = {"port": port, "seconds": 0.6, "requests": requests, "scripts": [[0, 1], [1]]}
    measured = summary(drive(plan), 0.6)
    assert set(measured["statuses"]) == {"a 200", "b 200"}
    assert measured["count"] == sum(measured["statuses"].values())
    assert measured["count"] == sum(kind["count"] for kind in measured["kinds"].values())
    assert measured["sent"] > measured["count"] > 0
