"""A counter of supports in a few lines, right or wrong on purpose: what the harness is tried on.

    python small_server.py PORT FILE honest|answers-early|checks-then-inserts
"""
import queue
import sqlite3
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PORT, FILE, MANNER = int(sys.argv[1]), sys.argv[2], sys.argv[3]
UNIQUE = "" if MANNER == "checks-then-inserts" else "UNIQUE"
LATE: queue.Queue[tuple[str, bool]] = queue.Queue()
ONE_WRITER, PAUSE = threading.Lock(), threading.Event()


def connect() -> sqlite3.Connection:
    connection = sqlite3.connect(FILE, isolation_level=None, timeout=30)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(f"CREATE TABLE IF NOT EXISTS support (person TEXT {UNIQUE})")
    return connection


def save(connection: sqlite3.Connection, person: str, wish: bool) -> None:
    if wish:
        connection.execute("INSERT OR IGNORE INTO support VALUES (?)", (person,))
    else:
        connection.execute("DELETE FROM support WHERE person = ?", (person,))


def check_then_insert(connection: sqlite3.Connection, person: str, wish: bool) -> None:
    """The classic mistake: between the look and the insert somebody else inserts too."""
    if wish and connection.execute("SELECT 1 FROM support WHERE person = ?", (person,)).fetchone():
        return
    PAUSE.wait(0.002)  # what a busy server does between the two statements
    with ONE_WRITER:
        save(connection, person, wish)


def save_later() -> None:
    """The other mistake: the answer is given, the write follows in a batch."""
    connection = connect()
    while True:
        batch = [LATE.get()]
        PAUSE.wait(1.0)
        while not LATE.empty():
            batch.append(LATE.get())
        connection.execute("BEGIN IMMEDIATE")
        for person, wish in batch:
            save(connection, person, wish)
        connection.execute("COMMIT")


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_PUT(self) -> None:  # noqa: N802 (http.server)
        self._wish(True)

    def do_DELETE(self) -> None:  # noqa: N802 (http.server)
        self._wish(False)

    def do_GET(self) -> None:  # noqa: N802 (http.server)
        self._answer()

    def _wish(self, wish: bool) -> None:
        person = self.headers["X-Person"]
        if MANNER == "answers-early":
            LATE.put((person, wish))
        else:
            connection = connect()
            if MANNER == "honest":
                with ONE_WRITER:
                    save(connection, person, wish)
            else:
                check_then_insert(connection, person, wish)
            connection.close()
        self._answer()

    def _answer(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


if __name__ == "__main__":
    connect().close()
    threading.Thread(target=save_later, daemon=True).start()
    ThreadingHTTPServer.request_queue_size = 256
    ThreadingHTTPServer(("127.0.0.1", PORT), Handler).serve_forever()
