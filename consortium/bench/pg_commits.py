"""`python -m consortium.bench.pg_commits URL CONNECTIONS SECONDS`: one-row commits on PostgreSQL; prints how many.

The table that they are written to is there already: see `table_for_commits`."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg


@contextmanager
def table_for_commits(url: str) -> Iterator[None]:
    """A table with what a row of a support has at least, as long as the block runs."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE bench_commit (id bigserial PRIMARY KEY, text text NOT NULL)")
        try:
            yield
        finally:
            connection.execute("DROP TABLE bench_commit")


def commit_rows(url: str, seconds: float) -> int:
    """As many as one connection can in that time."""
    done, end = 0, time.perf_counter() + seconds
    with psycopg.connect(url, autocommit=True) as connection:
        while time.perf_counter() < end:
            connection.execute("INSERT INTO bench_commit (text) VALUES (%s)", ("x" * 40,))
            done += 1
    return done


def main(url: str, connections: int, seconds: float) -> int:
    """The sum over all connections, each in a thread."""
    counts: list[int] = []
    threads = [
        threading.Thread(target=lambda: counts.append(commit_rows(url, seconds))) for _ in range(connections)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts)


if __name__ == "__main__":
    print(main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3])))
