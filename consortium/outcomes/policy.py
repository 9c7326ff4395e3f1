"""Who takes a poster or an idea further. Into what, the package of that thing asks its own policy besides."""

from participation.policy import N_, Actor, Verdict, require, takes_part

NOT_PUBLIC = N_("The record of this workshop is not published yet, so nothing can be made of it.")
TEAM_ONLY = N_("Only the team and the organisers of the workshop make a proposal of it. Please write your own.")


def may_take_up(actor: Actor, public: bool) -> Verdict:
    """Whoever may have pilots or improvements takes up what everybody reads."""
    return takes_part(actor) & require(public, NOT_PUBLIC)


def may_propose_it(actor: Actor, public: bool, belongs: bool) -> Verdict:
    """Words of a team are proposed by its members, and by those who organise the workshop."""
    return may_take_up(actor, public) & require(belongs, TEAM_ONLY, "forbidden")
