"""The draw on other pages of a workshop: on its desk, and on the page of an application."""

from participation.policy import N_
from participation.web import Context
from participation.web.i18n import show_moment
from workshops.members import member_of
from workshops.models import State, Workshop, WorkshopApplication
from workshops.panels.inviting import invitation_by
from workshops.panels.models import Answer
from workshops.port import DeskLink

STANDING = {
    Answer.INVITED: N_("Please say until %(deadline)s whether you come."),
    Answer.ACCEPTED: N_("You said that you come. Your place is certain."),
    Answer.DECLINED: N_("You said that you do not come. Somebody else was asked."),
    Answer.EXPIRED: N_("The deadline passed without an answer, so the place was offered to somebody else."),
    Answer.WITHDRAWN: N_("The place was given back."),
}


def desk_links(ctx: Context, workshop: Workshop) -> list[DeskLink]:
    """From the announcement of the call on: its seed is fixed then."""
    if workshop.state == State.PLANNED:
        return []
    return [DeskLink(label=ctx._("Desk of the draw"), path=f"/workshops/{workshop.slug}/desk/draw", order=25)]


def application_notes(ctx: Context, workshop: Workshop, row: WorkshopApplication, token: str) -> list[DeskLink]:
    """The invitation of this application, once it was drawn, and the way in for whoever takes part."""
    invitation = invitation_by(ctx.session, workshop.id, row.number)
    if invitation is None:
        return []
    path, deadline = f"/workshops/{workshop.slug}", show_moment(invitation.deadline, ctx.locale).striptags()
    said = ctx._(STANDING[Answer(invitation.state)], deadline=deadline)
    found = [DeskLink(label=ctx._("Your invitation"), path=f"{path}/invitation/{token}", note=said)]
    if member_of(ctx.session, row) is not None:
        label, note = ctx._("Come in as yourself"), ctx._("This device is then known as yours on the day.")
        found.append(DeskLink(label=label, path=f"{path}/join/{token}", note=note))
    return found
