"""What a voter should know before voting, in plain words: how each method counts and what one does on the paper."""

from participation.policy import N_
from participation.web import Context
from proposals.ballots.models import Method
from proposals.ballots.queries import BallotView

METHODS = {
    Method.YES_NO: N_("Yes or no"),
    Method.APPROVAL: N_("Choosing all that one agrees with"),
    Method.SCORE: N_("Rating the options"),
    Method.RUNOFF: N_("Ranking the options (instant run-off)"),
    Method.STV: N_("Ranking the options for several places (single transferable vote)"),
    Method.SCHULZE: N_("Ranking the options (every pair compared)"),
    Method.GREEDY: N_("Sharing out a budget (most votes first)"),
    Method.EQUAL_SHARES: N_("Sharing out a budget (equal shares)"),
}
COUNT = {
    Method.YES_NO: N_(
        "Everybody has one vote. What more people want than not is decided. "
        "Whoever abstains counts for the turnout only."
    ),
    Method.APPROVAL: N_("You choose every option that you agree with. The options that most people chose win."),
    Method.SCORE: N_("You rate the options. The ratings of all are added up, and the highest sums win."),
    Method.RUNOFF: N_(
        "You put the options in your order. If no option is first for more than half of the voters, the one with the "
        "fewest votes leaves, and its votes pass to the next option of those voters, until one has more than half."
    ),
    Method.STV: N_(
        "You put the options in your order. An option that reaches the quota wins a place. Votes that it does not "
        "need, and the votes of options that leave, pass on to the next option of those voters, so that few votes are "
        "lost."
    ),
    Method.SCHULZE: N_(
        "You put the options in your order. Every two options are compared: which one do more voters put before the "
        "other? The option wins that no other one beats by a stronger chain of such comparisons."
    ),
    Method.GREEDY: N_(
        "The option with the most votes is funded first, then the next one, as long as the budget is enough for it."
    ),
    Method.EQUAL_SHARES: N_(
        "Every voter gets an equal share of the budget. An option is funded when those who voted for it can pay for it "
        "together out of their shares, so that small groups and small districts get something too."
    ),
}
NEEDS = {
    "resident": N_("People who live in the city, verified"),
    "worker": N_("People who work in the city, verified"),
    "student": N_("People who study in the city, verified"),
    "adult": N_("People of 18 years or more, verified"),
}


def who_words(ctx: Context, view: BallotView) -> tuple[str, ...]:
    """Whom the ballot is for, one condition after the other."""
    said = [ctx._(NEEDS[need]) for need in view.needs if need in NEEDS] or [ctx._(N_("Everybody with an account"))]
    if view.areas:
        names = ctx._(", ").join(area.to(ctx.locale) for area in view.areas)
        said.append(ctx._(N_("Only people who live in: %(areas)s"), areas=names))
    if len(said) > 1:
        said.append(ctx._(N_("All of this has to be true.")))
    return tuple(said)


SECRET = (
    N_("Who voted is kept apart from what was voted. From the close on, nobody can bring the two together."),
    N_("That you voted is known to the operators, to the hour, so that nobody votes twice."),
    N_(
        "Until the close the operators could, with the keys of the running system, find your choice. "
        "They are bound not to."
    ),
    N_(
        "After the publication all ballots are listed under their receipts, without names, "
        "so that everybody can count."
    ),
)
OPEN = (
    N_("This ballot is not secret: after the close everybody can read who chose what."),
    N_("Your name stands beside your choice in the published list."),
)
HIDDEN = N_("Nobody sees how the votes stand before the close, the city neither.")
SHOWN = N_("How the votes stand can be seen while the ballot runs.")


def secrecy_words(ctx: Context, view: BallotView) -> tuple[str, ...]:
    """What is secret, until when, and what is not."""
    said = (*(SECRET if view.secret else OPEN), HIDDEN if view.hidden else SHOWN)
    return tuple(ctx._(text) for text in said)
