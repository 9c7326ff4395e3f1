"""Routes as data. Several verbs of one path become one framework route; forms say PUT, PATCH, DELETE by `_method`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Handler = Callable[[Any], Any]


@dataclass(frozen=True)
class Route:
    """One verb on one path.

    `prepare(ctx)` runs before the transaction with a read-only session: the place for what is slow (hashing a password,
    re-encoding a picture); its result is `ctx.prepared`. `limit` names a rate limit of a manifest.
    """

    method: str
    path: str
    handler: Handler
    prepare: Handler | None = None
    limit: str = ""
    heavy: bool = False  # its `prepare` takes long (a password): few at once, and never on the threads of the others
    api: bool = False
    own_keys: bool = False  # of the API: its handler knows the keys of its callers, who are no people
    cached: bool = False  # anonymous answers may be kept until the next commit
    body_limit: int = 1_000_000  # bytes
    foreign: bool = False  # may be posted from elsewhere, because its address is signed (one-click unsubscribing)
    writes: bool = False  # a GET that changes something: a provider's answer, which its `prepare` has proved
    reads: bool = False  # an unsafe method that changes nothing (a preview)
    intent: str = ""  # of a manifest: whoever is signed out may do this through a mailed link
    keeps: bool = True  # False: its answer tells what nothing may keep beside its person; its handler bears repetition
    doc: Any = None  # OpenAPI description, for the API's routes


def _verb(method: str) -> Callable[..., Route]:
    def route(path: str, handler: Handler, **options: Any) -> Route:
        return Route(method, path, handler, **options)

    route.__doc__ = f"A {method} route; options are the fields of `Route`."
    return route


get = _verb("GET")
post = _verb("POST")
put = _verb("PUT")
patch = _verb("PATCH")
delete = _verb("DELETE")
