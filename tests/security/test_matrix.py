"""Every route answers every kind of person, about things in every state, as the table in matrix.txt says."""
import pytest

from tests.security.matrix import Line, attempt, read_table, wanted_lines
from tests.security.world import ROUTES, World, name_of

TABLE = read_table()
BY_NAME = {name_of(route): route for route in ROUTES}
AREAS = {"pages": lambda path: not path.startswith(("/api/", "/secretariat", "/admin", "/me", "/proposals/{id")),
         "proposals": lambda path: path.startswith("/proposals/{id"),
         "desk": lambda path: path.startswith(("/secretariat", "/admin", "/me")),
         "api": lambda path: path.startswith("/api/")}


@pytest.mark.asvs("8.1.1")
def test_the_table_names_every_route_in_every_state_and_nothing_else() -> None:
    assert sorted(TABLE) == sorted(wanted_lines())


@pytest.mark.asvs("8.2.1", "8.2.2")
@pytest.mark.parametrize("area", AREAS)
def test_everybody_is_answered_as_the_table_says(world: World, area: str) -> None:
    wrong = []
    for line in TABLE.values():
        route = BY_NAME[line.route]
        if not AREAS[area](route.path):
            continue
        for role, expected in line.asked:
            found, changed = attempt(world, role, route, line.state)
            if found != expected:
                wrong.append(f"{line.route} {line.state} {role}: {found}, not {expected}")
            if changed and (route.method == "GET" or found != "o"):
                wrong.append(f"{line.route} {line.state} {role}: the database changed with the answer {found}")
    assert wrong == []


def _of(prefixes: tuple[str, ...]) -> list[Line]:
    return [line for line in TABLE.values() if line.route.split()[1].startswith(prefixes)]


@pytest.mark.asvs("8.3.1")
def test_the_desk_is_closed_to_strangers_and_to_those_without_a_role() -> None:
    assert [line for line in _of(("/secretariat", "/admin")) if not set(line.expected[:4]) <= {"s", "f", "n"}] == []


@pytest.mark.asvs("8.2.1")
def test_the_own_pages_are_closed_to_those_who_are_not_signed_in() -> None:
    # A mailed link proves the address by itself; a provider that is not there is there for nobody.
    own = [line for line in _of(("/me",)) if line.route.split()[1].split("/")[1] == "me"]
    assert [line.route for line in own if line.expected[0] not in ("s", "n", "c")] == []


def test_the_auditor_changes_nothing_at_the_desk() -> None:
    assert [line for line in _of(("/secretariat", "/admin"))
            if line.expected[6] == "o" and not line.route.startswith("GET ")] == []


@pytest.mark.asvs("8.2.2")
def test_managing_one_process_opens_no_other() -> None:
    assert [line.route for line in _of(("/secretariat/processes/{id",)) if line.expected[3] != "f"] == []
