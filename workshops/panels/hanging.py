"""The draw on other pages of a workshop: on its desk, and on the page of an application."""

from participation.web import Context
from workshops.models import State, Workshop, WorkshopApplication
from workshops.panels.inviting import invitation_by
from workshops.panels.mailing import office_of, token_of
from workshops.port import DeskLink


def desk_links(ctx: Context, workshop: Workshop) -> list[DeskLink]:
    """From the announcement of the call on: its seed is fixed then."""
    if workshop.state == State.PLANNED:
        return []
    return [DeskLink(label=ctx._("Desk of the draw"), path=f"/workshops/{workshop.slug}/desk/draw", order=25)]


def application_notes(ctx: Context, workshop: Workshop, row: WorkshopApplication, token: str) -> list[DeskLink]:
    """The invitation of this application, once it was drawn."""
    if invitation_by(ctx.session, workshop.id, row.number) is None:
        return []
    own = token_of(office_of(ctx.services), workshop.id, row.number)
    return [DeskLink(label=ctx._("Your invitation"), path=f"/workshops/{workshop.slug}/invitation/{own}")]
