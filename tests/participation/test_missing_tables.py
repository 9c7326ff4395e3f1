"""A database of another version, or one that was restored in part: said as our fault, not as a crowd that passes."""

import re

from sqlalchemy import text


def drop(db, table: str) -> None:
    words = f"DROP TABLE {table}{'' if db.sqlite else ' CASCADE'}"
    db.write(lambda session: session.execute(text(words)) and None)


def test_a_table_that_is_not_there_is_our_fault(client, db):
    drop(db, "proposal")
    page = client.get("/proposals", headers={"Accept-Language": "en"})
    assert (page.status, page.heading) == (500, "Something went wrong on our side")
    assert re.search(r"[0-9a-f]{16}", page.text)
    assert "no such table" not in page.html and "try again in" not in page.text
    call = client.api("GET", "/proposals")
    assert (call.status, call.headers["content-type"]) == (500, "application/problem+json")


def test_the_probe_names_the_tables_that_are_not_there(client, db):
    assert client.get("/readyz").status == 200
    drop(db, "proposal")
    page = client.get("/readyz")
    assert (page.status, page.json()["problems"]) == (503, ["database: no table proposal"])
