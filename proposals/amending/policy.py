"""Who may suggest other words, and who decides: the authors of the proposal and nobody else (CVE-2026-40869 was a
platform where anybody could)."""

from typing import Protocol

from participation.policy import N_, Actor, Verdict, phase_allows, require, signed_in, takes_part
from proposals.models import State
from proposals.policy import Standing, is_author, may_edit


class Decidable(Protocol):
    """What the rules look at of an amendment, its row or its view."""

    @property
    def author_id(self) -> int: ...

    @property
    def state(self) -> str: ...


def may_suggest(actor: Actor, standing: Standing) -> Verdict:
    """Everybody but its authors, who change the text themselves; as long as it can change."""
    return (
        _open_text(standing)
        & phase_allows(standing.features, "amend")
        & takes_part(actor)
        & require(not is_author(actor, standing), N_("This is your proposal: you can change its text yourself."))
    )


def may_accept(actor: Actor, standing: Standing, amendment: Decidable, seen_version: int) -> Verdict:
    """The authors, while they may edit; `seen_version` is the text that they compared with."""
    return (
        may_decide(actor, standing, amendment)
        & may_edit(actor, standing)
        & require(seen_version == standing.version, N_("The text changed meanwhile. Please compare once more."))
    )


def may_decide(actor: Actor, standing: Standing, amendment: Decidable) -> Verdict:
    """The authors, about one that waits; saying no is possible as long as the proposal can be read."""
    return (
        signed_in(actor)
        & require(
            is_author(actor, standing), N_("Only the authors of this proposal can do this."), kind="forbidden"
        )
        & require(not standing.hidden, N_("A hidden proposal cannot be changed."))
        & _waiting(amendment)
    )


def may_take_back(actor: Actor, amendment: Decidable) -> Verdict:
    """Whoever suggested it, as long as it waits."""
    return (
        signed_in(actor)
        & require(amendment.author_id == actor.id, N_("This amendment is somebody else's."), kind="forbidden")
        & _waiting(amendment)
    )


def _waiting(amendment: Decidable) -> Verdict:
    return require(amendment.state == "open", N_("This amendment was decided or taken back already."))


def _open_text(standing: Standing) -> Verdict:
    return require(
        standing.visible and standing.state == State.PUBLISHED,
        N_("The city has begun to look at this text, so it stays as it is."),
        kind="closed",
    )
