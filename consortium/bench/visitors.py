"""Who visits: sessions and tokens made for a run and taken away after it, and what their browsers send."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from participation.accounts.models import Account, ApiToken, SignIn
from participation.accounts.sessions import hash_key, make_api_token, open_session
from participation.services import Services
from participation.web.csrf import csrf_token

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Visitor:
    """A person's browser; `session` is empty for somebody who is not signed in."""

    session: str = ""
    token: str = ""
    csrf: str = ""

    def get(self, path: str) -> str:
        return _request("GET", path, self._headers())

    def post(self, path: str, **fields: str) -> str:
        """A form of a page, as a browser without scripts sends it."""
        body = urlencode({"csrf": self.csrf, **fields})
        more = ["Sec-Fetch-Site: same-origin", "Content-Type: application/x-www-form-urlencoded"]
        return _request("POST", path, [*self._headers(), *more], body)

    def call(self, method: str, path: str, body: str = "") -> str:
        """The API."""
        more = ["Content-Type: application/json"] if body else []
        return _request(method, path, [f"Authorization: Bearer {self.token}", *more], body)

    def _headers(self) -> list[str]:
        common = ["Accept: text/html", "Accept-Encoding: gzip", "Accept-Language: ja"]
        return [*common, f"Cookie: sid={self.session}"] if self.session else common


ANYBODY = Visitor()


def _request(method: str, path: str, headers: list[str], body: str = "") -> str:
    length = [f"Content-Length: {len(body.encode())}"] if method != "GET" else []
    return "\r\n".join([f"{method} {path} HTTP/1.1", f"Host: {HOST}", *headers, *length, "", body])


@contextmanager
def signed_in(services: Services, count: int) -> Iterator[list[Visitor]]:
    """As many people with a session and an API token each, as long as the block runs."""
    now = services.clock()
    keys = services.db.write(lambda session: _let_in(session, count, now))
    try:
        yield [Visitor(key, token, csrf_token(services.secret, key)) for key, token in keys]
    finally:
        services.db.write(lambda session: _let_out(session, keys))


def _let_in(session: Session, count: int, now: datetime) -> list[tuple[str, str]]:
    people = session.scalars(select(Account.id).order_by(Account.id).limit(count)).all()
    return [
        (open_session(session, id, now, "bench"), make_api_token(session, id, "bench", now)) for id in people
    ]


def _let_out(session: Session, keys: list[tuple[str, str]]) -> None:
    for key, token in keys:
        session.execute(delete(SignIn).where(SignIn.key_hash == hash_key(key)))
        session.execute(delete(ApiToken).where(ApiToken.key_hash == hash_key(token)))
