"""The API keeps to its own description, whatever a tester that has read the description makes up (schemathesis)."""
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.core import NOT_SET

from tests.security.world import World
from tests.support.databases import on_sqlite

EXAMPLES = 6  # of each call


@on_sqlite
@pytest.mark.asvs("2.2.1")
def test_no_call_made_up_from_the_description_finds_a_fault(world: World) -> None:
    """Every call, by somebody who may do much: no answer is a fault of ours, and refusals are problem documents."""
    client = world.browsers["anonymous"]
    document = client.get("/api/v1/openapi.json").json()
    schema, wrong = schemathesis.openapi.from_dict(document), []

    def examine(case: schemathesis.Case) -> None:
        said = {**dict(case.headers or {}), "Authorization": f"Bearer {world.tokens['secretariat']}"}
        body = {} if case.body is NOT_SET else {"json": case.body}
        page = client.request(case.method, case.formatted_path, params=dict(case.query or {}), headers=said, **body)
        if page.status >= 500:
            wrong.append((case.method, case.formatted_path, page.status))
        elif page.status >= 400 and page.headers["content-type"] != "application/problem+json":
            wrong.append((case.method, case.formatted_path, page.headers["content-type"]))

    calls = [found.ok() for found in schema.get_all_operations()]
    for call in calls:
        run = settings(max_examples=EXAMPLES, deadline=None, database=None, derandomize=True,
                       suppress_health_check=list(HealthCheck))
        run(given(call.as_strategy())(examine))()
    assert wrong == []
    assert len(calls) >= 15
