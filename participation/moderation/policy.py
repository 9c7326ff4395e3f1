"""Who may report, hide, restore and appeal."""

from participation.policy import N_, Actor, Verdict, has_role, require, signed_in
from participation.subjects import Subject


def may_report(actor: Actor, subject: Subject) -> Verdict:
    """Anybody signed in, on a public thing that somebody else wrote."""
    return (
        signed_in(actor)
        & require(subject.visible, N_("This is no longer shown."))
        & require(subject.author_id != actor.id, N_("This is your own. You can change or withdraw it yourself."))
    )


def may_moderate(actor: Actor) -> Verdict:
    return has_role(actor, "secretariat")


def may_hide(actor: Actor, subject: Subject) -> Verdict:
    return may_moderate(actor) & require(subject.visible, N_("This is not shown, so it cannot be hidden."))


def may_restore(actor: Actor, subject: Subject) -> Verdict:
    return may_moderate(actor) & require(subject.hidden_at is not None, N_("This is not hidden."))


def may_appeal(actor: Actor, subject: Subject) -> Verdict:
    """The author of a hidden thing."""
    return (
        signed_in(actor)
        & require(subject.author_id == actor.id, N_("Only its author can ask to have it shown again."), "forbidden")
        & require(subject.hidden_at is not None, N_("This is not hidden."))
    )


def may_read_desk(actor: Actor) -> Verdict:
    """The desk's list is read by the secretariat and by the auditor, who changes nothing."""
    return has_role(actor, "secretariat", "auditor")
