"""The headers and cookies that protect readers stand on every answer, whatever it is."""
import re
from urllib.parse import quote, urljoin, urlsplit

import pytest

from participation.app import create_app, make_services
from participation.settings import from_environment
from tests.security.requests import address
from tests.security.world import BASE_URL, ROUTES, World, name_of
from tests.support.client import Client
from tests.support.page import Page

EVERYWHERE = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "strict-origin-when-cross-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "strict-transport-security": "max-age=63072000; includeSubDomains",
}
OPENED = {"x-frame-options": None, "cross-origin-resource-policy": "cross-origin"}
SECRET_ADDRESS = ("referrer-policy", "no-referrer")  # of pages whose address is a key
FRAMED = ("GET /kpis/{key}/embed",)  # what other sites may show in a frame
STRICT = ("default-src 'none'", "script-src 'self'", "style-src 'self'", "base-uri 'none'", "frame-ancestors 'none'",
          "object-src 'none'")
EVIL = ("//evil.example", "/\\evil.example", "\\\\evil.example", "https:evil.example", "https://evil.example",
        "/%2f%2fevil.example/..//evil.example", "%2f%2fevil.example", "javascript:alert(1)", "/\t/evil.example",
        "\t//evil.example", "/\n/evil.example", " //evil.example", "///evil.example", "/\x00/evil.example",
        "http:///evil.example", "//evil.example@sanpo.test", "data:text/html,x", "https://sanpo.test.evil.example")


def faults(page: Page, where: str) -> list[str]:
    headers = page.headers
    framed = page.status == 200 and any(route in where for route in FRAMED)
    expected = {**EVERYWHERE, **(OPENED if framed else {})}
    wrong = [f"{where}: {name} is {headers.get(name)!r}" for name, value in expected.items()
             if headers.get(name) != value and (name, headers.get(name)) != SECRET_ADDRESS]
    policy = headers.get("content-security-policy", "")
    if "sandbox" not in policy:
        if framed:
            policy = policy.replace("frame-ancestors *", "frame-ancestors 'none'")
        wrong += [f"{where}: no {part}" for part in STRICT if part not in policy]
        wrong += [f"{where}: {word} in the policy" for word in ("unsafe-", "*", "http:") if word in policy]
    if headers.get("access-control-allow-origin"):
        wrong.append(f"{where}: opened to other origins")
    kind = headers.get("content-type", "")
    if page.text and kind.startswith(("text/", "application/xml")) and "charset=utf-8" not in kind.lower():
        wrong.append(f"{where}: {kind} without its encoding")
    return wrong


def cookie_faults(page: Page, where: str) -> list[str]:
    wrong = []
    for line in page.set_cookies:
        parts = {part.strip().lower() for part in line.split(";")[1:]}
        wrong += [f"{where}: {line.split('=')[0]} without {needed}"
                  for needed in ("httponly", "secure", "samesite=lax", "path=/") if needed not in parts]
        if any(part.startswith("domain=") for part in parts):
            wrong.append(f"{where}: {line.split('=')[0]} for a whole domain")
    return wrong


@pytest.mark.asvs("3.3.2", "3.3.4", "3.4.1", "3.4.2", "3.4.3", "3.4.4", "3.4.5", "3.4.6", "4.1.1", "14.2.2", "14.3.2")
def test_the_headers_stand_on_every_route(world: World) -> None:
    wrong = []
    for route in ROUTES:
        for role in ("anonymous", "secretariat"):
            browser, path = world.browsers[role], address(world, route, "published")
            page = browser.request(route.method, path)  # unsafe ones are refused for want of a token: an answer too
            wrong += faults(page, f"{role} {name_of(route)} {page.status}")
            wrong += cookie_faults(page, name_of(route))
            if role == "secretariat" and not path.startswith(("/media", "/static")):
                kept = page.headers.get("cache-control", "")
                if not route.api and "no-store" not in kept and page.status == 200 and "public" not in kept:
                    wrong.append(f"{name_of(route)}: a personal page may be kept: {kept!r}")
    assert wrong == []


@pytest.mark.asvs("3.4.1", "3.4.3", "3.4.4", "3.4.5", "3.4.6", "4.1.1")
def test_the_headers_stand_on_refusals_and_files(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    client = world.browsers["anonymous"]
    large = {"Content-Length": "99000000", "Origin": BASE_URL, "Content-Type": "application/x-www-form-urlencoded"}
    pages = {
        "no such page": (client.get("/no-such-page"), 404),
        "no such call": (client.api("GET", "/no-such-call"), 404),
        "no such file": (client.get("/static/no-such-file"), 404),
        "a file": (client.get("/static/sanpo.css"), 200),
        "a script": (client.get("/static/app.js"), 200),
        "a wrong method": (client.request("DELETE", "/about"), 405),
        "a wrong method of a call": (client.api("DELETE", "/search"), 405),
        "an unknown method": (client.request("OPTIONS", "/about"), 405),
        "too much": (client.request("POST", "/sign-in", headers=large), 413),
        "too much for a program": (client.request("POST", "/api/v1/comments", headers=large), 413),
        "another host": (client.get("/", headers={"Host": "evil.example"}), 400)}
    assert [(what, page.status) for what, (page, status) in pages.items() if page.status != status] == []
    assert [fault for what, (page, _) in pages.items() for fault in faults(page, what)] == []


@pytest.mark.asvs("13.4.2")
@pytest.mark.asvs("16.5.1")
@pytest.mark.parametrize("path", ["/about", "/api/v1/processes"])
def test_a_fault_of_ours_tells_nothing_of_the_inside(world: World, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret detail of the inside")

    monkeypatch.setattr("participation.web.adapter._answer", fail)
    page = world.browsers["anonymous"].get(path, headers={"Accept-Language": "en"})
    assert page.status == 500
    assert "secret detail" not in page.html and "Traceback" not in page.html and "RuntimeError" not in page.html
    assert re.search(r"[0-9a-f]{16}", page.html), "an id by which the city finds the line in its log"
    assert faults(page, path) == []


@pytest.mark.asvs("3.3.1")
def test_a_visitor_who_chose_nothing_keeps_no_cookie(world: World) -> None:
    browser = world.browsers["anonymous"]
    for route in ROUTES:
        if route.method == "GET" and not route.foreign and route.path != "/workshops/{slug}/join/{token}":
            browser.cookies.clear()  # who opens a personal link, though, wants to be known as who they are
            page = browser.get(address(world, route, "published"))
            if (page.location or "").startswith("/sign-in"):
                continue  # the line that says why they stand before the door now
            assert page.set_cookies == [], name_of(route)


@pytest.mark.asvs("3.3.1", "3.3.2", "3.3.3", "3.3.4")
@pytest.mark.parametrize(("base", "name", "secure"), [
    ("https://sanpo.test", "__Host-sid", True), ("http://sanpo.test", "sid", False)])
def test_the_session_cookie_is_bound_to_this_host_where_residents_come_by_https(
        world: World, loop, base: str, name: str, secure: bool) -> None:
    settings = from_environment({**world.services.settings.environ, "SANPO_BASE_URL": base})
    services = make_services(settings, world.services.registry.components, clock=world.clock, owner=False)
    client = Client(create_app(services), loop)
    page = client.request("POST", base + f"/sign-in/link/{world.things['key', 'sign-in']}", headers={"Origin": base})
    line = next(line for line in page.set_cookies if line.startswith(f"{name}="))
    parts = {part.strip().lower() for part in line.split(";")[1:]}
    assert {"httponly", "path=/", "samesite=lax"} <= parts and ("secure" in parts) is secure
    assert not any(part.startswith("domain") for part in parts)
    client.close()
    services.db.close()


@pytest.mark.asvs("3.7.2")
def test_nobody_is_sent_to_another_site(world: World) -> None:
    browser = world.browsers["citizen"]
    stranger = world.browsers["anonymous"]
    for evil in EVIL:
        for path in (f"/sign-in?next={quote(evil, safe='')}", f"/sign-up?next={quote(evil, safe='')}"):
            for who in (browser, stranger):
                page = who.get(path)
                targets = [page.location or "/", *(value for form in page.forms for key, value in form.fields
                                                   if key == "next")]
                for target in targets:
                    assert urlsplit(urljoin(BASE_URL + "/", target)).netloc == "sanpo.test", (path, target)
        referred = stranger.request("POST", "/proposals/new", data={"title": "x"},
                                    headers={"Origin": BASE_URL, "Referer": evil.encode().decode("latin-1")}
                                    if evil.isprintable() else {"Origin": BASE_URL})
        assert {urlsplit(urljoin(BASE_URL, link)).netloc for _, link in referred.links} == {"sanpo.test"}


@pytest.mark.asvs("4.1.3")
def test_hosts_that_are_not_ours_are_refused_and_never_used_in_links(world: World) -> None:
    client = world.browsers["anonymous"]
    for host in ("evil.example", "sanpo.test.evil.example", "sanpo.test@evil.example", "", "sanpo.test:80:80", "["):
        assert client.get("/", headers={"Host": host}).status == 400, host
    for name in ("X-Forwarded-Host", "X-Original-Host", "Forwarded", "X-Forwarded-For", "X-Original-URL",
        "X-Rewrite-URL"):
        page = client.get("/proposals", headers={name: "evil.example"})
        assert page.status == 200 and "evil.example" not in page.html, name
