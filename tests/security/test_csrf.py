"""No other site, and no stale page, changes anything in somebody's name."""
import pytest
from sqlalchemy import select

from consortium.feedback.models import Feedback
from participation.web.csrf import csrf_token
from tests.security.requests import BODIES, address, has_states, send
from tests.security.world import BASE_URL, ROUTES, World, name_of

# These may be sent from elsewhere, because their address is signed or what they bring is proved otherwise.
FOREIGN = {"POST /unsubscribe/{token}", "POST /workshops/{slug}/news/{token}", "GET /sign-in/oidc/{name}/callback"}
# calls that anybody may make, with a key or without
OPEN = {"POST /api/v1/services/{slug}/feedback", "POST /api/v1/surveys/{slug}/answers",
        "POST /api/v1/workshops/{slug}/applications"}
SIGNED = {"DELETE /api/v1/workshops/{slug}/applications/{token}"}  # whose address is the key
HARMLESS = {"POST /ballots/{slug}/check"}  # unsafe methods that change nothing: it repeats a choice in words
UNSAFE = [route for route in ROUTES if not route.api and route.method != "GET" and not route.foreign
          and name_of(route) not in HARMLESS]
OURS = {"Origin": BASE_URL, "Sec-Fetch-Site": "same-origin"}
# What a browser says of a form on another site, by the generation of the browser.
ELSEWHERE = {
    "another site": {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
    "another host of the same site": {"Origin": "https://www.sanpo.test", "Sec-Fetch-Site": "same-site"},
    "an old browser, another site": {"Origin": "https://evil.example"},
    "an old browser, a look-alike": {"Origin": "https://sanpo.test.evil.example"},
    "an old browser, a hidden origin": {"Origin": "null"},
    "only a referer of another site": {"Referer": "https://evil.example/?https://sanpo.test/"},
    "an origin that is none": {"Origin": "http://["},
    "nothing at all": {},
}


def role_for(path: str) -> str:
    """Somebody who may do it."""
    if path.startswith("/admin"):
        return "administrator"
    return "secretariat" if path.startswith("/secretariat") or path.endswith(("/answer", "/review")) else "author"


def post(world: World, route, form: dict[str, str], headers: dict[str, str]) -> int:
    """The status; fails if anything changed."""
    before = world.services.db.version()
    body = {**BODIES.get(name_of(route), {}), "_method": route.method, **form}
    path = address(world, route, "published")
    page = world.browsers[role_for(route.path)].request("POST", path, data=body, headers=headers)
    assert world.services.db.version() == before, f"{name_of(route)} changed something"
    return page.status


def test_only_what_is_listed_here_may_be_sent_from_elsewhere() -> None:
    assert {name_of(route) for route in ROUTES if route.foreign} == FOREIGN
    assert {name_of(route) for route in ROUTES if route.reads and not route.api} == HARMLESS


@pytest.mark.asvs("3.5.1")
def test_no_form_is_taken_from_another_site(world: World) -> None:
    token = {role: world.csrf(role) for role in world.people}
    wrong = [(name_of(route), where, status) for route in UNSAFE for where, headers in ELSEWHERE.items()
             if (status := post(world, route, {"csrf": token[role_for(route.path)]}, headers)) != 403]
    assert wrong == []


@pytest.mark.asvs("3.5.1")
def test_no_form_is_taken_without_the_token_of_this_session(world: World) -> None:
    key = world.person.session_key(world.people["author"])  # the same person, signed in elsewhere
    tokens = {"none": {}, "empty": {"csrf": ""}, "wrong": {"csrf": "A" * 88}, "no base64": {"csrf": "\u00e9\u3042"},
              "of another person": {"csrf": world.csrf("citizen")},
              "of another session": {"csrf": csrf_token(world.services.secret, key)}}
    wrong = [(name_of(route), what, status) for route in UNSAFE for what, form in tokens.items()
             if "/oidc/{name}" not in route.path  # no provider is set up here: nothing to begin
             and (status := post(world, route, form, OURS)) != 403]
    assert wrong == []


@pytest.mark.asvs("3.5.3")
def test_a_link_never_does_what_a_button_does(world: World) -> None:
    """GET with the words of the form in the address, and with the method that it asks for."""
    shown = {route.path for route in ROUTES if route.method == "GET"}
    for route in UNSAFE:
        before = world.services.db.version()
        answer = world.browsers[role_for(route.path)].get(
            address(world, route, "published").partition("?")[0],
            params={**{k: str(v) for k, v in BODIES.get(name_of(route), {}).items()}, "_method": route.method})
        assert world.services.db.version() == before, name_of(route)
        # another address with a parameter may take the place of one that has no page of its own
        assert route.path in shown or answer.status in (404, 405), (name_of(route), answer.status)


@pytest.mark.asvs("3.5.1")
def test_the_programs_door_takes_no_cookie_for_a_key(world: World) -> None:
    """So that no page of another site can use it in somebody's name."""
    browser = world.browsers["author"]
    browser.cookies.set("bearer", world.tokens["author"], domain="sanpo.test", path="/")
    before = world.services.db.version()
    for route in ROUTES:
        if route.api and route.method != "GET" and name_of(route) not in OPEN | SIGNED:
            path = address(world, route, "published")
            answer = browser.request(route.method, path, json=BODIES.get(name_of(route), {}), headers=OURS)
            assert answer.status in (401, 403, 404, 422), (name_of(route), answer.status)
    assert browser.api("GET", "/me").status == 401
    assert world.services.db.version() == before


def test_an_open_call_with_a_cookie_is_nobodys(world: World) -> None:
    browser = world.browsers["author"]
    for route in ROUTES:
        if name_of(route) in OPEN:
            path, body = address(world, route, "published"), BODIES[name_of(route)]
            assert browser.request(route.method, path, json=body, headers=OURS).status == 201
    with world.services.db.read() as session:
        newest = session.scalars(select(Feedback).order_by(Feedback.id.desc()).limit(1)).one()
    assert newest.account_id is None


@pytest.mark.asvs("3.3.3")
def test_a_cookie_that_a_neighbouring_host_can_plant_is_not_a_session(world: World) -> None:
    browser = world.browsers["anonymous"]
    browser.cookies.set("sid", world.person.session_key(world.people["citizen"]), domain="sanpo.test", path="/")
    assert (browser.get("/me").location or "").startswith("/sign-in")


def test_the_tables_of_these_tests_speak_of_routes_that_exist() -> None:
    names = {name_of(route) for route in ROUTES}
    assert [name for name in BODIES if name not in names] == []
    assert any(has_states(route) for route in ROUTES) and callable(send)
