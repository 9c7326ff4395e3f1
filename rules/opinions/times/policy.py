"""Announced times are kept: they may become longer, and before the opening be put right or called off."""

from datetime import datetime

from participation.policy import N_, Actor, Verdict, require
from rules.opinions.cases import Case
from rules.opinions.policy import may_work

OFF = N_("This public comment was called off.")
LATER = N_("The new end must come after the one announced: it is never made shorter.")


def may_extend(actor: Actor, case: Case, now: datetime) -> Verdict:
    """Until it closes; whoever planned to write on the last day still can."""
    return (
        may_work(actor)
        & require(not case.called_off, OFF)
        & require(not case.ended(now), N_("It has closed already. Ask for opinions on the next version."), "closed")
    )


def may_correct(actor: Actor, case: Case, now: datetime) -> Verdict:
    """Put the announcement right, or call it off: as long as nobody could write."""
    return (
        may_work(actor)
        & require(not case.called_off, OFF)
        & require(now < case.opens_at, N_("It has opened already. It can be made longer, and nothing else."), "closed")
    )


def is_later(case: Case, closes_at: datetime) -> Verdict:
    return require(closes_at > case.closes_at, LATER)
