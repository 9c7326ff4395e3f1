"""Whatever a page is sent, it answers with a page: never a fault of ours, never the inside of the program."""
import pytest

from participation.web.csrf import csrf_token
from tests.malformed.values import PATHS, QUERIES, TEXTS
from tests.security.requests import BODIES, address
from tests.security.test_csrf import role_for
from tests.security.world import BASE_URL, ROUTES, World, name_of
from tests.support.databases import on_sqlite
from tests.support.page import Page

OURS = {"Origin": BASE_URL, "Sec-Fetch-Site": "same-origin"}
GETS = [route for route in ROUTES if route.method == "GET"]
FORMS = [route for route in ROUTES if route.method != "GET" and not route.api and BODIES.get(name_of(route))]
HUMAN = ("Traceback", "sqlalchemy", "psycopg", "Exception", "site-packages", "File \"")


def fault(page: Page, where: str) -> list[str]:
    if page.status >= 500:
        return [f"{where}: {page.status}"]
    shown = page.html if page.status >= 400 else ""
    return [f"{where}: shows {word}" for word in HUMAN if word in shown]


@on_sqlite
@pytest.mark.asvs("16.5.1")
def test_addresses_that_are_none(world: World) -> None:
    wrong = []
    for path in PATHS:
        for role in ("anonymous", "administrator"):
            wrong += fault(world.browsers[role].get(path), path[:60])
    assert wrong == []


def test_every_page_opens_on_either_database(world: World) -> None:
    """What only looks may lock nothing; PostgreSQL refuses that, and SQLite does not notice."""
    wrong = []
    for route in GETS:
        for role in ("anonymous", "citizen", "secretariat", "administrator"):
            browser, path = world.browsers[role], address(world, route, "published")
            page = browser.api("GET", path.removeprefix("/api/v1")) if route.api else browser.get(path)
            wrong += fault(page, f"{path} as {role}")
    assert wrong == []


@pytest.mark.asvs("1.2.4", "15.3.7")
def test_addresses_with_words_that_nobody_asked_for(world: World) -> None:
    """On both databases, since each refuses other things."""
    wrong = []
    for number, route in enumerate(GETS):
        for at, (what, query) in enumerate(QUERIES.items()):
            if (number + at) % (7 if world.services.db.sqlite else 17) == 0:
                path = address(world, route, "published").partition("?")[0]
                page = world.browsers["administrator" if route.path.startswith("/admin") else "secretariat"].get(
                    f"{path}?{query}")
                wrong += fault(page, f"{name_of(route)}?{what}")
    assert wrong == []


def send(world: World, route, form: dict, **options) -> Page:
    role = role_for(route.path)
    key = world.browsers[role].cookies.get("__Host-sid")
    if key is None:  # an earlier form ended the session
        world.browsers[role].sign_in(world.people[role])
        key = world.browsers[role].cookies.get("__Host-sid")
    body = {**form, "csrf": csrf_token(world.services.secret, key or ""), "_method": route.method}
    return world.browsers[role].request("POST", address(world, route, "published"), data=body, headers=OURS, **options)


@pytest.mark.asvs("1.2.4", "2.2.1")
@pytest.mark.parametrize("half", [0, 1])
def test_forms_filled_with_what_nobody_asked_for(world: World, half: int) -> None:
    """Each field in turn holds each value, the others what they should."""
    wrong, few = [], not world.services.db.sqlite
    values = list(TEXTS.items())[half::2]
    for number, route in enumerate(FORMS):
        good = BODIES[name_of(route)]
        for at, field in enumerate(good):
            for turn, (what, value) in enumerate(values):
                if (len(value) > 100_000 and at) or (number + at + turn) % (19 if few else 7):
                    continue
                page = send(world, route, {**good, field: value})
                wrong += fault(page, f"{name_of(route)} {field}: {what}")
    assert wrong == []


# of a message: at its field, in the summary where the form is no longer offered, or alone on a page
SIGNS = ("aria-invalid", '-error"', "error-summary", "data-problem")


@on_sqlite
@pytest.mark.asvs("2.2.1")
def test_every_form_answers_emptiness_at_its_fields_and_keeps_what_was_typed(world: World) -> None:
    wrong = []
    for route in FORMS:
        good = {name: value for name, value in BODIES[name_of(route)].items() if isinstance(value, str)}
        for missing in good:
            kept = {name: f"{value} zqx" if name in ("title", "body", "reasons", "reason", "text", "note", "title_ja",
                "name_ja")
                    else value for name, value in good.items() if name != missing}
            page = send(world, route, kept)
            if page.status != 422:
                continue
            if "zqx" in "".join(kept.values()) and "zqx" not in page.html:
                wrong.append(f"{name_of(route)} without {missing}: what was typed is lost")
            if not any(sign in page.html for sign in SIGNS):
                wrong.append(f"{name_of(route)} without {missing}: no message")
    assert wrong == []


@on_sqlite
def test_forms_in_a_shape_that_is_none(world: World) -> None:
    wrong = []
    head = b'--b\r\nContent-Disposition: form-data; name="title"'
    bodies = {
        "1,000 parts": ("multipart/form-data; boundary=b", b"".join(
            b'--b\r\nContent-Disposition: form-data; name="f%d"\r\n\r\nx\r\n' % n
                for n in range(1_000)) + b"--b--\r\n"),
        "1,000 files": ("multipart/form-data; boundary=b", b"".join(
            b'--b\r\nContent-Disposition: form-data; name="pictures"; filename="f%d"\r\n\r\nx\r\n' % n
                for n in range(1_000))
            + b"--b--\r\n"),
        "10,000 fields": ("application/x-www-form-urlencoded", b"&".join(b"f%d=1" % n for n in range(10_000))),
        "no boundary": ("multipart/form-data", b"x"), "another boundary": ("multipart/form-data; boundary=c", head),
        "no end": ("multipart/form-data; boundary=b", head + b"\r\n\r\nx"),
        "no name": ("multipart/form-data; boundary=b", b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n"),
        "an endless header": ("multipart/form-data; boundary=b",
        head + b"\r\nX: " + b"x" * 200_000 + b"\r\n\r\nx\r\n--b--\r\n"),
        "JSON": ("application/json", b'{"title": "x"}'), "a text": ("text/plain", b"title=x"), "XML": ("text/xml",
        b"<a/>"),
        "nothing": ("", b"title=x"), "no UTF-8": ("application/x-www-form-urlencoded",
        b"title=%ff%fe&body=\xff\xfe&csrf=%ff"),
        "NUL": ("application/x-www-form-urlencoded", b"title=%00&csrf=%00&_method=%00&once=%00&next=%00"),
        **{f"encoding {name}": (f"multipart/form-data; boundary=b; charset={name}",
            head + b"\r\n\r\n+2AA-\r\n--b--\r\n")
           for name in ("utf-7", "utf-16", "idna", "punycode", "undefined", "unicode_escape", "hex", "rot13", "a%00b",
               "mbcs")}}
    for what, (kind, body) in bodies.items():
        for path in ("/sign-in", "/proposals/new", "/admin/register", "/take-part"):
            page = world.browsers["administrator"].request("POST", path, content=body, headers={**OURS,
                "Content-Type": kind})
            wrong += fault(page, f"{path} {what}")
            wrong += [f"{path} {what}: taken"] if page.status < 400 else []
    assert wrong == []


@on_sqlite
@pytest.mark.asvs("5.2.1")
def test_what_is_too_large_is_refused_before_it_is_read(world: World) -> None:
    """Told or not told how large it is, at most a limit's worth is read."""
    asked = 0

    async def endless():
        nonlocal asked
        for _ in range(2_000):
            asked += 1
            yield b"a=" + b"x" * 65_534
    for path in ("/sign-in", "/api/v1/comments", "/subjects/5/comments"):
        for kind in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=b"):
            asked, headers = 0, {**OURS, "Content-Type": kind}
            page = world.browsers["anonymous"].request("POST", path, content=endless(), headers=headers)
            assert (page.status in (413, 400), asked < 20) == (True, True), (path, kind, page.status, asked)
            told = {**headers, "Content-Length": str(10**9)}
            asked = 0
            assert world.browsers["anonymous"].request("POST", path, content=endless(), headers=told).status == 413
            assert asked == 0


@on_sqlite
def test_cookies_and_headers_that_are_none(world: World) -> None:
    wrong = []
    browser = world.browsers["anonymous"]
    flashes = ("null", "NQ==", "W1tdXQ==", "bnVsbA==", "Ww" * 40_000, "W" * 9, "\u00e9", "W1siYSIsIlx1ZDgwMCJdXQ==")
    for value in flashes:
        wrong += fault(browser.get("/", headers=[(b"Cookie", f"flash={value}".encode())]), f"flash {value[:9]}")
    for name in ("waiting", "known", "__Host-sid", "sid", "lang", "theme", "size", "bearer"):
        for value in (".", "a.b", "\u00ff", '"', "x" * 9_000, "=;=", "%00"):
            for path in ("/", "/check-your-mail", "/sign-in", "/api/v1/me"):
                raw = [(b"Cookie", f"{name}={value}".encode())]
                wrong += fault(browser.get(path, headers=raw), f"{name}={value[:9]} {path}")
    headers = {"Range": ("bytes=9-1", "bytes=-", "bytes=" + "0-0," * 9_000 + "1-1", "lines=1",
        "bytes=99999999999999999999-"),
               "Accept-Language": ("x" * 9_000, ",;,", "\u00ff"), "If-None-Match": ("x", "\u00ff"),
               "If-Modified-Since": ("x",),
               "Authorization": ("Bearer", "Bearer \u00ff", "Basic x", "Bearer " + "x" * 9_000), "HX-Target": ("<x>",
               "\u00ff"),
               "HX-Request": ("true",), "Referer": ("http://[", "\u00ff", "x" * 9_000), "Origin": ("http://[",),
               "Accept": ("\u00ff",)}
    for name, values in headers.items():
        for value in values:
            for path in ("/", "/proposals", "/static/sanpo.css", "/api/v1/me", "/me", "/search?q=a"):
                page = browser.get(path, headers=[(name.encode(), value.encode())])
                wrong += fault(page, f"{name}: {value[:20]} {path}")
    assert wrong == []
