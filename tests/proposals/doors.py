"""Two ways in for tests: a page's form sent straight, and the API with a token."""

from typing import Any

from participation.accounts.models import ApiToken
from participation.accounts.sessions import hash_key
from participation.policy import Actor
from participation.web.csrf import csrf_token
from tests.support.client import BASE_URL, Client
from tests.support.page import Page


class Doors:
    """`doors.form(actor, "POST", path, values)` and `doors.api(actor, "PUT", path, body)`; actor None is nobody."""

    def __init__(self, client: Client) -> None:
        self.client, self.services = client, client.people._services
        self.keys: dict[int, str] = {}

    def form(self, actor: Actor | None, method: str, path: str, values: Any = None, *, htmx: bool = False) -> Page:
        """What a browser sends; as `client.submit` would from a page that shows the form."""
        data = {**(values or {}), "_method": method}
        self.client.cookies.clear()
        if actor is not None:
            self.client.sign_in(actor)
            data["csrf"] = csrf_token(self.services.secret, self.client.cookies["__Host-sid"])
        headers = {"Origin": BASE_URL, "Sec-Fetch-Site": "same-origin", **({"HX-Request": "true"} if htmx else {})}
        return self.client.request("POST", path, data=data, headers=headers)

    def api(self, actor: Actor | None, method: str, path: str, body: Any = None) -> Page:
        return self.client.api(method, path, body, token=self._token(actor) if actor else "")

    def _token(self, actor: Actor) -> str:
        if actor.id not in self.keys:
            key = self.keys[actor.id] = f"token-of-{actor.id}"
            row = ApiToken(key_hash=hash_key(key), account_id=actor.id, created_at=self.services.clock())
            self.services.db.write(lambda session: session.add(row))
        return self.keys[actor.id]
