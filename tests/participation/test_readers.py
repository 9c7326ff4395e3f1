"""Reading sessions are enough for every thread that answers, also where a page needs a second one."""
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import text

from participation.app import THREADS
from participation.db import Database


def test_every_thread_may_read_beside_its_own_session(database_url):
    db = Database(database_url)
    threads = THREADS[db.dialect]
    all_reading = Barrier(threads, timeout=20)

    def answer(_: int) -> int:
        with db.read() as session:
            session.execute(text("SELECT 1"))
            all_reading.wait()
            with db.read() as second:
                return second.scalar(text("SELECT 1"))

    with ThreadPoolExecutor(threads) as pool:
        assert list(pool.map(answer, range(threads))) == [1] * threads
    db.close()
