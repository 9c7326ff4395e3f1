"""What search brings."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from participation.component import Component, Job, LateCommand, Limit, MenuItem
from participation.policy import N_
from participation.search import api, pages
from participation.search.indexer import Indexer
from participation.search.models import SearchEntry, SearchPending
from participation.search.postgres_engine import PostgresEngine
from participation.search.whoosh_engine import WhooshEngine
from participation.services import Services


def provide_engine(services: Services) -> None:
    """The engine that goes with the database: PostgreSQL holds the index itself, with SQLite it is Whoosh's folder."""
    engine = WhooshEngine(services.settings.data / "search") if services.db.sqlite else PostgresEngine(services.db)
    services.extras["search"] = engine
    services.extras["search_indexer"] = Indexer(engine)


def index_waiting(services: Services, now: datetime) -> None:
    services.extras["search_indexer"].drain(services, now)


def keep_house(services: Services, now: datetime) -> None:
    services.extras["search_indexer"].keep_house(services, now)


def ready(services: Services, now: datetime) -> Iterable[tuple[str, str]]:
    """People can take part without search: a missing index only degrades the service."""
    reason = services.extras["search"].unready()
    return [] if reason is None else [("degraded", reason)]


SEARCH = Component(
    name="search",
    models=(SearchPending, SearchEntry),
    routes=(*pages.ROUTES, *api.ROUTES),
    jobs=(Job("search-housekeeping", keep_house, every=timedelta(seconds=2)), Job("search-index", index_waiting)),
    menu=(MenuItem("search", N_("Search"), "/search", order=70),),
    limits={"search": Limit(120, timedelta(minutes=1))},
    commands=(LateCommand("search", "participation.search.commands:search"),),
    hooks={"services": provide_engine, "ready": ready},
)
