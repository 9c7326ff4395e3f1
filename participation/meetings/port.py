"""What a package that brings bodies tells of them: `meeting_kinds()` names the kinds of subject that meet, and
`meeting_bodies(session, ids)` answers the bodies that it knows among these ids."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from participation.component import Registry
from participation.db import Localized


@dataclass(frozen=True)
class Attender:
    """Somebody who belongs to a body now; `name` is that of whoever has no account."""

    account_id: int | None
    name: str


@dataclass(frozen=True, kw_only=True)
class Body:
    """Whose meetings they are."""

    id: int
    kind: str  # of its subject
    name: Localized
    path: str
    at_work: bool  # whether it can meet
    people: tuple[Attender, ...] = ()


Bodies = Callable[[Session, Sequence[int]], Iterable[Body]]


def bodies(session: Session, registry: Registry, ids: Sequence[int]) -> dict[int, Body]:
    """The bodies with these ids. As many queries as the packages that bring bodies need; none for no ids."""
    hooks: tuple[Bodies, ...] = registry.hooks("meeting_bodies")
    return {body.id: body for hook in hooks for body in hook(session, ids)} if ids else {}
