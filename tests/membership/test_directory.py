"""The public directory: filters in the address, the same in the page, the table and the API."""
import pytest

from consortium.membership.actions import decide
from consortium.membership.models import Stage
from tests.membership.scene import Council, corporate_number, form_values
from tests.proposals.doors import Doors
from tests.support.application import People
from tests.support.client import Client
from tests.support.databases import on_sqlite


@on_sqlite
@pytest.mark.parametrize(("filters", "found"), [
    ("", ["例1株式会社", "例2株式会社"]), ("?q=example+2", ["例2株式会社"]), ("?q=Ｅｘａｍｐｌｅ", ["例1株式会社", "例2株式会社"]),
    ("?standing=suspended", ["例2株式会社"]), ("?kind=bank", []), ("?standing=applied", ["例1株式会社", "例2株式会社"]),
    (f"?q={corporate_number(1)}", ["例1株式会社"]), ("?per_page=1&page=2", ["例2株式会社"]), ("?page=x&kind=%00", None)])
def test_filters_find_the_same_everywhere(
        council: Council, client: Client, filters: str, found: list[str] | None) -> None:
    for stage in ("approved", "approved", "applied"):
        last = council.organisation(stage=stage)
        if last.id and last.name["ja"] == "例2株式会社":
            council.do(decide, council.desk, last.id, Stage.SUSPENDED, "no report")
    found = ["例1株式会社", "例2株式会社"] if found is None else found
    listed = client.api("GET", f"/organisations{filters}").json()
    assert [item["names"]["ja"] for item in listed["items"]] == found
    page, table = client.open(f"/organisations{filters}"), client.get(f"/organisations.csv{filters}").text
    for name in ("例1株式会社", "例2株式会社", "例3株式会社"):
        assert (name in [text for text, _ in page.links], name) == (name in found, name)
        assert (name in table) == (name in found or "per_page" in filters and name != "例3株式会社")


@on_sqlite
def test_a_program_applies_and_is_told_of_bad_entries(client: Client, doors: Doors, person: People) -> None:
    founder = person()
    made = doors.api(founder, "POST", "/organisations", form_values(4))
    assert (made.status, made.json()["standing"], made.json()["slug"]) == (201, "applied", "example-4")
    again = doors.api(person(), "POST", "/organisations", form_values(4))
    assert (again.status, [error["field"] for error in again.json()["errors"]]) == (422, ["corporate_number"])
    assert client.api("GET", "/organisations/example-4").status == 404
    assert doors.api(founder, "GET", "/organisations/example-4").json()["corporate_number"] == corporate_number(4)
