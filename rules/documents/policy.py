"""Who may read, write, publish and adopt. Published text is everybody's to read and nobody's to change."""

from participation.policy import ALLOWED, N_, Actor, Verdict, has_role, require
from rules.documents.models import Document, Kind, Stage, Version
from rules.documents.stages import next_stages

READING = ("secretariat", "administrator", "auditor")
MOST_SECTIONS = 500
ONLY_A_DRAFT = N_("Only a published draft can be adopted as it stands.")


def may_write(actor: Actor) -> Verdict:
    """Documents are written by the secretariat."""
    return has_role(actor, "secretariat")


def may_read(actor: Actor, version: Version) -> Verdict:
    """A working version is shown to those who work on it or watch over them."""
    return ALLOWED if version.published_at is not None else has_role(actor, *READING)


def may_open(actor: Actor, working: Version | None) -> Verdict:
    """Begin the next version; one is open at a time."""
    return may_write(actor) & require(working is None, N_("The next version is already being written."))


def may_change(actor: Actor, version: Version | None) -> Verdict:
    """Only a working version has a text that can be changed."""
    open_one = version is not None and version.published_at is None
    return may_write(actor) & require(open_one, N_("A published version stays as it is. Begin the next version."))


def may_publish(actor: Actor, document: Document, version: Version | None, last: Stage | None, to: Stage) -> Verdict:
    """A working version, at a stage that follows the one published last."""
    usable = to in next_stages(Kind(document.kind), last)
    return may_change(actor, version) & require(usable, N_("This step is not possible from the present state."))


def may_adopt(actor: Actor, document: Document, newest: Version | None, working: Version | None) -> Verdict:
    """The newest published draft as it stands, while nobody writes another version."""
    return (
        may_write(actor)
        & require(document.kind != Kind.RULE, N_("A rule comes into force on its day; it is not adopted."))
        & require(newest is not None and newest.stage == Stage.DRAFT, ONLY_A_DRAFT)
        & require(
            working is None, N_("The next version is being written. Publish it as adopted, or discard it first.")
        )
    )
