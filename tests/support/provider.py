"""A small real OpenID provider in a thread: discovery, keys, a login form, tokens, userinfo."""
import json
import threading
from collections.abc import Iterator
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
import pytest

from authlib.oauth2.rfc6749 import OAuth2Error
from tests.support.openid import FAULTS, Answer, Asked, Person, Protocol, Records
from tests.support.page import Page


class Provider:
    """What a test holds: the people, the fault to make, and the resident's part of the conversation."""

    client_id, client_secret = "sanpo", "only-for-tests"

    def __init__(self, issuer: str) -> None:
        self.records = Records(issuer=issuer)
        self.protocol = Protocol(self.records)
        self.requests: list[str] = []  # "POST /token", in the order of arrival
        self.person("hanako", "hanako@example.test", "Hanako")

    @property
    def issuer(self) -> str:
        return self.records.issuer

    def environment(self, name: str = "CITY") -> dict[str, str]:
        """The variables that make this provider known to Sanpo."""
        return {f"SANPO_OIDC_{name}_ISSUER": self.issuer, f"SANPO_OIDC_{name}_CLIENT_ID": self.client_id,
                f"SANPO_OIDC_{name}_CLIENT_SECRET": self.client_secret, f"SANPO_OIDC_{name}_LABEL": "City ID"}

    def person(self, sub: str, email: str, name: str, **more: Any) -> Person:
        """Give somebody an account here."""
        self.records.people[sub] = Person(sub, email, name, **more)
        return self.records.people[sub]

    def fail(self, fault: str) -> None:
        """From now on make this fault; "" makes none."""
        if fault and fault not in FAULTS:
            raise ValueError(f"unknown fault {fault!r}; there are {', '.join(FAULTS)}")
        self.records.fault = fault

    def sign_in(self, authorize_url: str, sub: str = "hanako") -> str:
        """Open the login form as a resident would and send it; returns the address of the callback."""
        if not authorize_url.startswith(self.issuer):
            raise AssertionError(f"{authorize_url} does not lead to {self.issuer}")
        with httpx.Client(verify=False) as browser:  # it speaks plain HTTP; certificates take long to load
            page = Page(browser.get(authorize_url))
            if page.status != 200:
                raise AssertionError(f"the provider refused the request: {page.status} {page.html}")
            answer = browser.post(authorize_url, data={"sub": sub})
        return answer.headers["location"]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    provider: Provider  # set on the subclass that a fixture makes

    def do_GET(self) -> None:  # noqa: N802 (http.server)
        self._answer({"/.well-known/openid-configuration": self.discovery, "/jwks": self.keys,
                      "/authorize": self.login_form, "/userinfo": self.userinfo,
                      "/elsewhere": self.discovery_document})

    def do_POST(self) -> None:  # noqa: N802 (http.server)
        self._answer({"/authorize": self.log_in, "/token": self.token})

    def _answer(self, routes: dict[str, Any]) -> None:
        path = urlsplit(self.path).path
        self.provider.requests.append(f"{self.command} {path}")
        status, body, headers = routes.get(path, lambda: (404, {"error": "not_found"}, []))()
        raw = json.dumps(body) if isinstance(body, dict) else body
        kind = "application/json" if isinstance(body, dict) else "text/html; charset=utf-8"
        self.send_response(status)
        for name, value in {"Content-Type": kind, **dict(headers)}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(raw.encode())))
        self.end_headers()
        self.wfile.write(raw.encode())

    @property
    def fault(self) -> str:
        return self.provider.records.fault

    def _asked(self) -> Asked:
        data = dict(parse_qsl(urlsplit(self.path).query))
        if self.command == "POST":
            data |= dict(parse_qsl(self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()))
        return Asked(self.command, data, dict(self.headers.items()))

    def discovery(self) -> Answer:
        if self.fault == "discovery redirects":
            return 302, "", [("Location", f"{self.provider.issuer}/elsewhere")]
        return self.discovery_document()

    def discovery_document(self) -> Answer:
        issuer = self.provider.issuer
        named = "https://elsewhere.test" if self.fault == "discovery names another issuer" else issuer
        return 200, {
            "issuer": named, "authorization_endpoint": f"{issuer}/authorize", "token_endpoint": f"{issuer}/token",
            "userinfo_endpoint": f"{issuer}/userinfo", "jwks_uri": f"{issuer}/jwks",
            "response_types_supported": ["code"], "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"], "scopes_supported": ["openid", "email", "profile"],
            "code_challenge_methods_supported": ["S256"], "grant_types_supported": ["authorization_code"],
            "authorization_response_iss_parameter_supported": True,
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        }, []

    def keys(self) -> Answer:
        return 200, {"keys": [self.provider.records.key.as_dict(private=False)]}, []

    def login_form(self) -> Answer:
        try:
            self.provider.protocol.get_consent_grant(self._asked(), end_user=None)
        except OAuth2Error as error:
            return 400, f"<h1>{escape(error.error)}</h1><p>{escape(str(error.description))}</p>", []
        people = "".join(f'<button name="sub" value="{escape(sub)}">{escape(person.name)}</button>'
                         for sub, person in self.provider.records.people.items())
        return 200, f'<title>City ID</title><h1>City ID</h1><form method="post">{people}</form>', []

    def log_in(self) -> Answer:
        asked = self._asked()
        person = None if self.fault == "denied" else self.provider.records.people.get(asked.form.get("sub", ""))
        grant = self.provider.protocol.get_authorization_grant(asked)
        status, body, headers = self.provider.protocol.create_authorization_response(asked, person, grant)
        return status, body, [(name, self._bend(value) if name == "Location" else value) for name, value in headers]

    def _bend(self, location: str) -> str:
        """The callback's address, with the issuer of RFC 9207 and the fault that concerns the answer."""
        address, _, query = location.partition("?")
        values = dict(parse_qsl(query))
        values["iss"] = "https://elsewhere.test" if self.fault == "wrong iss in answer" else self.provider.issuer
        if self.fault == "wrong state":
            values["state"] = "made-up"
        elif self.fault == "no state":
            values.pop("state", None)
        return f"{address}?{urlencode(values)}"

    def token(self) -> Answer:
        if self.fault == "token endpoint fails":
            self._asked()
            return 500, {"error": "server_error"}, []
        return self.provider.protocol.create_token_response(self._asked())

    def userinfo(self) -> Answer:
        person = self.provider.records.tokens.get(self.headers.get("Authorization", "").removeprefix("Bearer "))
        if person is None:
            return 401, {"error": "invalid_token"}, []
        sub = "somebody-else" if self.fault == "userinfo of another" else person.sub
        return 200, {**person.userinfo(), "sub": sub}, []

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet: `provider.requests` tells what came in."""


@pytest.fixture
def oidc() -> Iterator[Provider]:
    """A real OpenID provider on a free port: `oidc.environment()` makes it known, `oidc.fail(fault)` bends it."""
    handler = type("BoundHandler", (Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    handler.provider = Provider(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield handler.provider
    server.shutdown()
    server.server_close()
