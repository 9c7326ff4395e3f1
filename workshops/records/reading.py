"""From an address to what it names, for whoever may read it."""

from sqlalchemy import select

from participation.policy import ANONYMOUS, ensure
from participation.subjects import Subject
from participation.web import Context, NotFound
from workshops.boards.models import Persona
from workshops.models import Workshop, WorkshopMember
from workshops.records.policy import may_read_record
from workshops.records.queries import PersonaView, PosterView, personas, poster
from workshops.showing import member_here


def read_workshop(ctx: Context) -> tuple[Workshop, Subject]:
    """The workshop of the address, whoever asks. Raises NotFound."""
    row = ctx.session.scalar(select(Workshop).where(Workshop.slug == ctx.path["slug"]))
    if row is None:
        raise NotFound
    return row, ctx.session.get_one(Subject, row.id)


def who_reads(ctx: Context, workshop_id: int) -> WorkshopMember | None:
    """The member of the workshop who asks: by their account or, on pages, by the personal link of this browser."""
    return member_here(ctx, workshop_id) if ctx.actor.signed_in or not ctx.api else None


def read_record(ctx: Context) -> Workshop:
    """The workshop of the address, if its record may be read.

    Raises:
        NotFound: there is none, or nobody may know of it yet. Refused: its record is not published.
    """
    row, subject = read_workshop(ctx)
    verdict = may_read_record(ctx.actor, row, visible=subject.visible, member=who_reads(ctx, row.id) is not None)
    if not verdict and not subject.visible:
        raise NotFound
    ensure(verdict)
    return row


def read_poster(ctx: Context) -> PosterView:
    """The poster of the address. One that is not public is there for whoever takes part and for the organisers.

    Raises:
        NotFound: there is none for this reader.
    """
    view = poster(ctx.session, ctx.path["id"])
    if view is None or not (view.visible and _open(ctx, view.workshop_id)) and not _inside(ctx, view.workshop_id):
        raise NotFound
    return view


def read_persona(ctx: Context) -> tuple[PersonaView, Workshop]:
    found = personas(ctx.session, Persona.id == ctx.path["id"])
    if not found or not (_open(ctx, found[0].workshop_id) or _inside(ctx, found[0].workshop_id)):
        raise NotFound
    return found[0], ctx.session.get_one(Workshop, found[0].workshop_id)


def _open(ctx: Context, workshop_id: int) -> bool:
    row, subject = ctx.session.get_one(Workshop, workshop_id), ctx.session.get_one(Subject, workshop_id)
    return bool(may_read_record(ANONYMOUS, row, visible=subject.visible, member=False))


def _inside(ctx: Context, workshop_id: int) -> bool:
    row = ctx.session.get_one(Workshop, workshop_id)
    member = who_reads(ctx, workshop_id) is not None
    return bool(may_read_record(ctx.actor, row, visible=False, member=member))
