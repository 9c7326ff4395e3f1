"""Who may do what: a verdict with its reason, combined with `&`. Pages, API and templates ask the same functions."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Literal

Kind = Literal["allowed", "sign_in", "forbidden", "closed", "conflict"]


def N_(message: str) -> str:
    """Marks a message for the catalogue where it is declared; it is translated where it is shown."""
    return message


@dataclass(frozen=True)
class Verdict:
    """Allowed, or refused with a reason (a message id) that a person can act on."""

    kind: Kind = "allowed"
    reason: str = ""
    values: tuple[tuple[str, object], ...] = ()  # what stands in the reason's %(places)s
    remedy: str = ""  # the page where what stands in the way can be dealt with

    def __bool__(self) -> bool:
        return self.kind == "allowed"

    def __and__(self, other: "Verdict") -> "Verdict":
        return other if self else self

    def __or__(self, other: "Verdict") -> "Verdict":
        return self if self else other


ALLOWED = Verdict()


class Refused(Exception):
    """An action was refused; carries the verdict."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.reason)
        self.verdict = verdict


@dataclass(frozen=True)
class Actor:
    """Who asks. `ref` is the random name by which the audit log knows a person; erasure forgets whose it was."""

    id: int | None = None
    name: str = ""
    email: str = ""
    locale: str = "ja"
    ref: str | None = None
    area_id: int | None = None
    roles: frozenset[tuple[str, str, int]] = frozenset()
    verifications: frozenset[str] = frozenset()
    session_key: str = ""
    unread: int = 0
    second_factor: bool = False  # whether the account has one
    scopes: frozenset[str] = field(default=frozenset())

    @property
    def signed_in(self) -> bool:
        return self.id is not None

    def has(self, role: str, scope_kind: str = "platform", scope_id: int = 0) -> bool:
        """Whether the role was granted for exactly this scope."""
        return (role, scope_kind, scope_id) in self.roles


ANONYMOUS = Actor()
DESK_ROLES = ("secretariat", "administrator")


def signed_in(actor: Actor) -> Verdict:
    return ALLOWED if actor.signed_in else Verdict("sign_in", N_("Please sign in to do this."))


def has_role(actor: Actor, *roles: str) -> Verdict:
    """One of the platform-wide `roles`."""
    if any(actor.has(role) for role in roles):
        return ALLOWED
    return signed_in(actor) & Verdict("forbidden", N_("Your account does not have the role that this needs."))


def takes_part(actor: Actor) -> Verdict:
    """Signed in, and not there to audit alone: auditors read everything and change nothing, or participants would
    examine themselves. Whoever holds another role besides acts in that one. Following a thing, reporting it and one's
    own account stay open to auditors too, since nothing of that is said in public."""
    return signed_in(actor) & require(
        not _audits_only(actor),
        N_("You are here as an auditor: you read everything and take no part. Please use another account for that."),
        kind="forbidden",
    )


def _audits_only(actor: Actor) -> bool:
    return bool(actor.roles) and all(role == "auditor" for role, _, _ in actor.roles)


def without_desk_roles(actor: Actor) -> Actor:
    """The same person, whose roles at the desk rest until there is a second factor."""
    desk = {(role, "platform", 0) for role in DESK_ROLES}
    return replace(actor, roles=actor.roles - desk) if actor.roles & desk else actor


def phase_allows(features: Collection[str], feature: str) -> Verdict:
    """`features` are those that the process's current phase opens."""
    if feature in features:
        return ALLOWED
    return Verdict("closed", N_("This is not open in the current phase of the process."))


def require(condition: bool, reason: str, kind: Kind = "conflict", **values: object) -> Verdict:
    return ALLOWED if condition else Verdict(kind, reason, tuple(values.items()))


def ensure(verdict: Verdict) -> None:
    """Raises `Refused` unless allowed."""
    if not verdict:
        raise Refused(verdict)
