"""Who may bring in another author, and who may go."""

from participation.policy import N_, Actor, Verdict, require, signed_in
from proposals.models import State
from proposals.policy import Standing

MOST_AUTHORS = 10
WRITTEN = (State.DRAFT, State.PUBLISHED)  # as long as the text can change


def may_invite(actor: Actor, standing: Standing) -> Verdict:
    """The first author, as long as the text can change."""
    return (
        signed_in(actor)
        & require(
            actor.id == standing.author_id,
            N_("Only the one who began this proposal can invite others."),
            kind="forbidden",
        )
        & require(not standing.hidden, N_("A hidden proposal cannot be changed."))
        & require(standing.state in WRITTEN, N_("The city has begun to look at this text, so it stays as it is."))
        & require(
            len(standing.authors) < MOST_AUTHORS, N_("A proposal has at most %(most)s authors."), most=MOST_AUTHORS
        )
    )


def may_join(actor: Actor, standing: Standing, invited: bool) -> Verdict:
    """Who was invited, as long as the text can change."""
    return (
        signed_in(actor)
        & require(invited, N_("There is no invitation for you here."), kind="forbidden")
        & require(standing.state in WRITTEN, N_("The city has begun to look at this text, so it stays as it is."))
        & require(
            len(standing.authors) < MOST_AUTHORS, N_("A proposal has at most %(most)s authors."), most=MOST_AUTHORS
        )
    )


def may_leave(actor: Actor, standing: Standing) -> Verdict:
    """Every author but the first, whom a proposal keeps."""
    return signed_in(actor) & require(
        actor.id in standing.authors and actor.id != standing.author_id,
        N_("Only authors who joined can leave."),
        kind="forbidden",
    )
