"""A whole run: queries counted, ceilings, pages, supports, the mix, counters held against rows."""

import os
import platform
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import text

from consortium.bench import scenarios
from consortium.bench.counters import wrong_counters
from consortium.bench.drawing import large_draw, small_draws
from consortium.bench.documents import make_long_document, milliseconds_to_compare
from consortium.bench.mapping import computing, make_map, seconds_to_map, voting
from consortium.bench.loop import loop_scenarios, make_loop, pages_of_the_loop
from consortium.bench.measuring import (
    CLIENTS,
    bytes_of,
    measure,
    measure_ceilings,
    queries_of,
    sanpo,
    seconds_until_found,
)
from consortium.bench.scenarios import Scenario, Site, different, same
from consortium.bench.servers import Server
from consortium.bench.visitors import ANYBODY, Visitor, signed_in
from participation.services import Services
from participation.web.shell import static_url

MOST = 64  # connections
DRAWN, PANELS = 30, 200  # seats of the large draw; panels of which the quotas are counted
STATIC = ("sanpo.css", "vendor/htmx/htmx.min.js", "app.js", "drafts.js")
Say = Callable[[str], None]


def run_all(services: Services, seconds: float, drawn_from: int, say: Say) -> dict[str, Any]:
    """Measure everything once. `seconds` is how long each page is asked for, `drawn_from` how many people there are in
    the pool of the large draw; `say` is told what comes next."""
    with services.db.read() as session:
        site = scenarios.look_at(session)
    make_long_document(services)
    make_loop(services)
    map_id = make_map(services)
    with signed_in(services, MOST) as people:
        say("queries per page")
        run = {**machine(services), "site": vars(site), "queries": _queries(services, site, people[0])}
        with sanpo(services, _workers(services)) as server:
            run |= {"start_seconds": round(server.seconds_to_answer, 3), "first_page_kb": _first_page(server)}
            size = bytes_of(server, "/proposals")
            run["comparison_ms"] = milliseconds_to_compare(server)
        say("ceilings")
        run["ceilings"] = measure_ceilings(services, size, seconds)
        with sanpo(services, _workers(services)) as server:
            asked = (*_reading(site, people[0]), *loop_scenarios(services, people[0]), *_taking_part(site, people))
            run["pages"] = _measure_pages(server, asked, seconds, say)
            run["megabytes"] = server.megabytes()
            say("opinion map")
            run["map_seconds"] = seconds_to_map(services, map_id)
            with computing(services, map_id):
                asked = _while_mapped(services, site, people[:CLIENTS])
                run["pages"] |= _measure_pages(server, asked, seconds, say)
            run["findable_seconds"] = seconds_until_found(server, people[0], site.popular[0])
    say("draw")
    run["draw"], run["large_draw"] = small_draws(), large_draw(drawn_from, DRAWN, PANELS)
    say("counters")
    with services.db.read() as session:
        run["wrong_counters"] = wrong_counters(session)
    return run


def _pages(site: Site, person: Visitor) -> dict[str, str]:
    talked = f"/proposals/{site.talked_about}"
    return {"list_cold": ANYBODY.get("/proposals"), "list_in": person.get("/proposals"),
            "proposal": ANYBODY.get(talked), "proposal_in": person.get(talked)}  # fmt: skip


def _queries(services: Services, site: Site, person: Visitor) -> dict[str, int]:
    return queries_of(services, {**_pages(site, person), **pages_of_the_loop(person)})


def _measure_pages(
    server: Server, asked: Sequence[Scenario], seconds: float, say: Say
) -> dict[str, dict[str, Any]]:
    found = {}
    for scenario in asked:
        say(scenario.label)
        found[scenario.key] = measure(server, scenario, seconds)
    return found


def _reading(site: Site, person: Visitor) -> list[Scenario]:
    pages, comments = _pages(site, person), f"{site.comments} comments"
    return [
        same("list_warm", "list, anonymous, warm", CLIENTS, pages["list_cold"]),
        same("list_in", "list, signed in", CLIENTS, pages["list_in"]),
        different("list_cold", "list, cold", CLIENTS, scenarios.cold_list(site.proposals)),
        same("proposal", f"proposal with {comments}, anonymous, warm", CLIENTS, pages["proposal"]),
        same("proposal_in", f"proposal with {comments}, signed in", CLIENTS, pages["proposal_in"]),
        different("search_1", "search, one word, one reader", 1, scenarios.searches(1, 3)),
        different("search_2", "search, two words, one reader", 1, scenarios.searches(2, 5)),
    ]


def _taking_part(site: Site, people: Sequence[Visitor]) -> list[Scenario]:
    found = []
    for clients in (CLIENTS, MOST):
        for api in (False, True):
            key, how = ("support_api", "API") if api else ("support", "page")
            label = f"support, {how}, {clients} connections"
            found.append(scenarios.supporting(f"{key}_{clients}", label, site, people[:clients], api=api))
    return [*found, scenarios.civic_mix(site, people[:CLIENTS])]


def _while_mapped(services: Services, site: Site, people: Sequence[Visitor]) -> list[Scenario]:
    """Supports and votes one after the other, under the same load."""
    label = f"support, API, {len(people)} connections, while a map is computed"
    return [scenarios.supporting("support_mapped", label, site, people, api=True), voting(people, services)]


def _first_page(server: Server) -> float:
    """KB that a new visitor's first page takes over the wire, without pictures."""
    return round(sum(bytes_of(server, path) for path in ("/", *map(static_url, STATIC))) / 1024, 1)


def _workers(services: Services) -> int:
    return 1 if services.db.sqlite else 2


def machine(services: Services) -> dict[str, Any]:
    """When and on what this was measured."""
    cpu = next((line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
                if line.startswith("model name")), platform.machine())  # fmt: skip
    database = "sqlite" if services.db.sqlite else "postgresql"
    with services.db.read() as session:
        question = "SELECT sqlite_version()" if services.db.sqlite else "SHOW server_version"
        version = session.execute(text(question)).scalar_one()
    load = Path("/proc/loadavg").read_text().split()[0]
    return {"at": services.clock().isoformat(timespec="seconds"), "cpu": cpu, "load_before": load,
            "cores": len(os.sched_getaffinity(0)), "python": platform.python_version(), "database": database,
            "database_version": version}  # fmt: skip

