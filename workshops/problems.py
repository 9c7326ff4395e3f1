"""What is wrong with what was sent, field by field, before anybody knows the reader's language."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from participation.web.errors import Invalid


@dataclass(frozen=True)
class Problem:
    """`message` is a message id; `values` stand in its places."""

    field: str
    message: str
    values: dict[str, Any] = field(default_factory=dict)


class Wrong(Exception):
    """Input that cannot be used, or a workshop that lacks something for its next step."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(problems[0].message if problems else "")
        self.problems = problems

    def said(self, _: Callable[..., str]) -> Invalid:
        """The same as the answer 422, in words by `_`."""
        return Invalid({each.field: _(each.message, **each.values) for each in reversed(self.problems)})
