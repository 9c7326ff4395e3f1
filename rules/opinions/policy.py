"""Who may call a public comment, write, withdraw, read the desk and answer. Times are asked of the clock."""

from datetime import datetime, timedelta

from participation.policy import N_, Actor, Verdict, has_role, require, signed_in, takes_part
from rules.documents.models import Kind, Version
from rules.opinions.cases import Case
from rules.opinions.models import Opinion

USUAL = timedelta(days=30)  # Administrative Procedure Act (Japan), article 39 (3)
TYPED = timedelta(minutes=1)  # forms hold no seconds
MOST_TOGETHER = 500  # opinions of one group
CLOSED = N_("This public comment has closed. Your words were not sent; they are kept here so that you can copy them.")
NOT_YET = N_("This public comment has not opened yet. Your words were not sent; they are kept here.")
OFF = N_("This public comment was called off. Your words were not sent; they are kept here.")
SHOWN = N_("The table is public: its rows stay as they are. Write a new response instead.")


def may_call(actor: Actor, kind: Kind, version: Version, existing: Case | None) -> Verdict:
    """On a published version of a vision or a plan, once; again where it was called off."""
    return (
        has_role(actor, "secretariat")
        & require(kind != Kind.RULE, N_("Opinions are asked on visions and plans; a rule is signed."))
        & require(version.published_at is not None, N_("Publish the version first; then opinions can be asked on it."))
        & require(existing is None or existing.called_off, N_("There is a public comment on this version already."))
    )


def long_enough(opens_at: datetime, closes_at: datetime, reason: str) -> Verdict:
    """At least the usual time, or a reason that everybody reads."""
    usable = closes_at > opens_at
    return require(usable, N_("The end must come after the beginning.")) & require(
        closes_at - opens_at >= USUAL - TYPED or bool(reason), N_("Less than 30 days needs a reason, which is shown.")
    )


def is_open(case: Case, now: datetime) -> Verdict:
    return (
        require(not case.called_off, OFF, "closed")
        & require(now >= case.opens_at, NOT_YET, "closed")
        & require(not case.ended(now), CLOSED, "closed")
    )


def may_send(actor: Actor, case: Case, now: datetime) -> Verdict:
    """Everybody, while it is open; whoever has no account confirms an e-mail address first."""
    return is_open(case, now) & takes_part(actor)


def may_read_own(actor: Actor, opinion: Opinion | None) -> Verdict:
    """One's own receipt; of somebody else's nobody is told that it is there."""
    own = opinion is not None and actor.id is not None and opinion.account_id == actor.id
    return signed_in(actor) & require(own, N_("This receipt is not yours."), "forbidden")


def may_withdraw(actor: Actor, opinion: Opinion, case: Case, now: datetime) -> Verdict:
    return (
        may_read_own(actor, opinion)
        & require(opinion.withdrawn_at is None, N_("You have withdrawn this opinion already."))
        & require(not case.ended(now), N_("An opinion can be withdrawn until the public comment closes."), "closed")
    )


def may_work(actor: Actor) -> Verdict:
    """Grouping, answering, entering letters: the secretariat."""
    return has_role(actor, "secretariat")


def may_watch(actor: Actor) -> Verdict:
    """The desk without names and addresses."""
    return has_role(actor, "secretariat", "auditor")


def may_enter(actor: Actor, case: Case, now: datetime) -> Verdict:
    """A letter may be entered after the close too, until the table is public."""
    begun = now >= case.opens_at and not case.called_off
    return may_work(actor) & require(begun, NOT_YET) & may_arrange(actor, case, now)


def may_arrange(actor: Actor, case: Case, now: datetime) -> Verdict:
    """Put opinions together or apart, while nobody has read the table."""
    return may_work(actor) & require(not case.table_public(now), SHOWN)
