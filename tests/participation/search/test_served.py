"""The real server and the command beside it."""
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from sqlalchemy.orm import Session

from participation.app import make_services
from participation.search.actions import mark_for_indexing
from participation.search.port import Query, SearchUnavailable
from participation.search.queries import engine_of
from participation.services import Services
from participation.settings import from_environment
from participation.spaces.models import Process
from participation.subjects import create_subject
from tests.support.waiting import wait_for


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def server(request: pytest.FixtureRequest, serve: Callable) -> Any:
    return serve(engine=request.param)


@pytest.fixture
def guest(server: Any) -> Iterator[Services]:
    """Another process's view of the server's data."""
    from asgi import COMPONENTS
    made = make_services(from_environment(server.environment), COMPONENTS, owner=False)
    yield made
    made.db.close()


def publish(services: Services, slug: str, title: str, *, marked: bool = True) -> int:
    def work(session: Session) -> int:
        now = services.clock()
        subject = create_subject(session, "process", title=title, now=now, published=True)
        session.add(Process(id=subject.id, slug=slug, title={"ja": title}, state="published", updated_at=now))
        if marked:
            mark_for_indexing(session, subject.id, now)
        return subject.id
    return services.db.write(work)


def indexed(services: Services, text: str) -> list[int]:
    try:
        return [hit.subject_id for hit in engine_of(services).search(Query(text=text)).hits]
    except SearchUnavailable:
        return []


def found(server: Any, text: str) -> list[int]:
    answer = httpx.get(f"{server.url}/api/v1/search", params={"q": text}, timeout=10)
    return [item["id"] for item in answer.raise_for_status().json()["items"]]


def test_what_is_committed_is_found_at_once_soon_in_the_index_and_after_a_restart(server: Any, guest: Services) -> None:
    process = publish(guest, "garden", "屋上の庭園づくり")
    assert found(server, "庭園") == [process]
    wait_for(lambda: indexed(guest, "庭園") == [process], "the index")
    assert found(server, "庭園") == [process]
    server.kill()
    later = publish(guest, "kiosk", "駅前の売店づくり")
    assert indexed(guest, "売店") == []
    server.start()
    wait_for(lambda: indexed(guest, "売店") == [later], "the index after a restart")


def test_the_command_rebuilds_and_the_running_server_follows(server: Any, guest: Services) -> None:
    process = publish(guest, "garden", "屋上の庭園づくり", marked=False)
    wait_for(lambda: engine_of(guest).unready() is None, "the first index")
    assert "1 documents are in the search index." in server.sanpo("search", "rebuild")
    assert found(server, "庭園") == [process]
    assert "--help" in server.sanpo("search", "--help")
