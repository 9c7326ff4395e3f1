"""Idempotent requests between HTTP and `participation/idempotency.py`."""

from collections.abc import Callable

from sqlalchemy.orm import Session
from starlette.responses import Response

from participation.idempotency import OTHER, Answered, OtherRequest, answer_once
from participation.web.context import Context
from participation.web.errors import Invalid


def once(session: Session, ctx: Context, perform: Callable[[], Response]) -> Response:
    """The handler's answer, or the one that it gave when the same request came first.

    Raises:
        Invalid: the key was used for another request.
    """
    made: list[Response] = []

    def answered() -> Answered:
        response = perform()
        made.append(response)
        location = response.headers.get("location", "")
        return Answered(response.status_code, bytes(response.body), response.media_type or "", location)

    assert ctx.actor.id is not None  # keys belong to a person
    try:
        stored = answer_once(session, ctx.actor.id, ctx.once, ctx.digest, ctx.now, answered)
    except OtherRequest:
        raise Invalid({"Idempotency-Key": ctx._(OTHER)}) from None
    if made:
        return made[0]
    headers = {"location": stored.location} if stored.location else {}
    repeated = Response(stored.body, stored.status, headers, media_type=stored.media_type or None)
    repeated.headers["cache-control"] = "private, no-store"
    return repeated
