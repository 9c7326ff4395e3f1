"""Who may do what with a proposal. Every function looks at a `Standing`, which `queries.standing` loads."""

from dataclasses import dataclass

from participation.policy import ALLOWED, N_, Actor, Verdict, has_role, phase_allows, require, signed_in, takes_part
from participation.states import may_move
from proposals.models import TRANSITIONS, State

MODERATING = ("secretariat", "administrator")


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What the rules need to know of a proposal, as it stands in this transaction."""

    id: int
    state: State
    process_id: int
    author_id: int | None
    authors: frozenset[int]  # all of them, the first one too; only those who accepted
    version: int
    published: bool
    hidden: bool
    hidden_reason: str
    supported_by_others: bool
    merged_into_id: int | None
    features: frozenset[str]  # what the process's phases open now

    @property
    def visible(self) -> bool:
        """Whether everybody may read it."""
        return self.published and not self.hidden


def is_author(actor: Actor, standing: Standing) -> bool:
    return actor.id in standing.authors


def may_propose(actor: Actor, features: frozenset[str]) -> Verdict:
    """Begin a proposal in a process whose phases open `features`."""
    return takes_part(actor) & phase_allows(features, "propose")


def may_read(actor: Actor, standing: Standing) -> Verdict:
    """Drafts are their authors' alone; what is hidden is shown to its authors and to those who moderate."""
    if standing.visible or is_author(actor, standing):
        return ALLOWED
    if standing.published:
        return has_role(actor, *MODERATING)
    return Verdict("forbidden", N_("This draft belongs to somebody else."))


def may_save_draft(actor: Actor, standing: Standing) -> Verdict:
    return _own(actor, standing) & require(standing.state == State.DRAFT, N_("This proposal is already published."))


def may_publish(actor: Actor, standing: Standing) -> Verdict:
    return may_save_draft(actor, standing) & phase_allows(standing.features, "propose")


def may_edit(actor: Actor, standing: Standing) -> Verdict:
    """After publication, as long as nobody at the city has begun to review the text."""
    return (
        _own(actor, standing)
        & _untouched(standing)
        & (phase_allows(standing.features, "propose") | phase_allows(standing.features, "amend"))
    )


def may_withdraw(actor: Actor, standing: Standing) -> Verdict:
    return (
        _own(actor, standing)
        & require(not standing.hidden, N_("A hidden proposal cannot be changed."))
        & may_move(TRANSITIONS, standing.state, State.WITHDRAWN)
        & require(
            not standing.supported_by_others,
            N_("Other people support this proposal, so it can no longer be withdrawn."),
        )
    )


def may_be_talked_about(state: State | str) -> Verdict:
    """Everybody may comment as long as the text stands for itself; what was said before stays readable."""
    return require(
        state != State.WITHDRAWN, N_("This proposal was withdrawn, so it takes no more comments."), kind="closed"
    ) & require(
        state != State.MERGED,
        N_("This proposal was merged into another one. Please comment there."),
        kind="closed",
    )


def _own(actor: Actor, standing: Standing) -> Verdict:
    return signed_in(actor) & require(
        is_author(actor, standing), N_("Only the authors of this proposal can do this."), kind="forbidden"
    )


def _untouched(standing: Standing) -> Verdict:
    return require(not standing.hidden, N_("A hidden proposal cannot be changed.")) & require(
        standing.state == State.PUBLISHED, N_("The city has begun to look at this text, so it stays as it is.")
    )
