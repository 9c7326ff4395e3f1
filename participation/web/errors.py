"""What handlers and actions raise, and the status each becomes. A tree one can see:

HttpProblem
├── NotFound          404
├── Conflict          409
├── Invalid           422 (carries the errors by field)
├── TooMany           429
└── BadRequest        400
"""

from collections.abc import Mapping

from participation.policy import N_


class HttpProblem(Exception):
    """An answer other than the page asked for; `message` is a message id for the catalogue."""

    status = 500

    def __init__(self, message: str = "", **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values


class BadRequest(HttpProblem):
    status = 400


class NotFound(HttpProblem):
    status = 404


class Conflict(HttpProblem):
    status = 409


class Invalid(HttpProblem):
    """Input that cannot be used: `errors` maps field names to messages (already in the reader's language)."""

    status = 422

    def __init__(self, errors: Mapping[str, str], message: str = "") -> None:
        super().__init__(message)
        self.errors = dict(errors)


class TooMany(HttpProblem):
    status = 429

    def __init__(self, retry_after: int) -> None:
        super().__init__("")
        self.retry_after = retry_after


class NotAllowed(HttpProblem):
    status = 405

    def __init__(self, allowed: list[str]) -> None:
        super().__init__(N_("This address cannot be used that way."))
        self.allowed = allowed


class TooLarge(HttpProblem):
    status = 413


class Unauthorized(HttpProblem):
    status = 401
