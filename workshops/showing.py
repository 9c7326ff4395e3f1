"""The page of a workshop, its entry for calendars, its place on a map, and the personal link of a member."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from participation.policy import Verdict
from participation.signed import seal, unseal
from participation.web import Context, NotFound, Response, get, json_answer, page, redirect, subject_blocks
from participation.web.ics import Entry, calendar_answer, calendar_text
from workshops.calls.links import Links
from workshops.labels import STAGES, WHO
from workshops.members import member_by_key, member_of, present_in
from workshops.models import State, Workshop, WorkshopMember
from workshops.policy import may_apply, may_read_desk
from workshops.queries import WholeWorkshop, whole_workshop

LASTING = timedelta(days=120)
FIELDS = ("question", "description", "venue", "address", "access", "contact")


@dataclass(frozen=True, kw_only=True)
class WorkshopPage:
    whole: WholeWorkshop
    stage: tuple[str, str]
    who: tuple[str, ...]  # of which one is enough
    appliable: Verdict
    desk: Verdict

    @property
    def asked(self) -> tuple[str, ...]:
        return tuple(question.key for question in self.whole.questions)


def show(ctx: Context) -> Response:
    whole = read(ctx)
    row = whole.workshop
    view = WorkshopPage(
        whole=whole,
        stage=STAGES[whole.stage],
        who=tuple(ctx._(WHO[each]) for each in row.any_of if each in WHO),
        appliable=may_apply(row, whole.subject.visible, ctx.now),
        desk=may_read_desk(ctx.actor, row),
    )
    return page(ctx, "workshops/show.html", view, blocks=subject_blocks(ctx, whole.subject),
                url=ctx.settings.base_url + whole.path)  # fmt: skip


def read(ctx: Context) -> WholeWorkshop:
    """The workshop of the address, as far as this reader may see it. Raises NotFound."""
    return whole_workshop(ctx.session, ctx.actor, ctx.path["slug"], ctx.now)


def by_id(ctx: Context) -> Response:
    row = ctx.session.get(Workshop, ctx.path["id"])
    if row is None:
        raise NotFound
    return redirect(ctx, whole_workshop(ctx.session, ctx.actor, row.slug, ctx.now).path)


def calendar_entry(row: Workshop, base: str, locale: str) -> Entry:
    """As a calendar takes it in (RFC 5545). Raises NotFound: it has no date yet."""
    if row.starts_at is None or row.ends_at is None:
        raise NotFound
    where = (row.venue.to(locale), row.address.to(locale), row.access.to(locale))
    return Entry(
        uid=f"workshop-{row.id}@{base.split('//')[-1]}",
        title=row.title.to(locale),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        url=f"{base}/workshops/{row.slug}",
        text="\n".join(text for text in where if text),
        sequence=row.sequence,
        called_off=row.state == State.CALLED_OFF,
    )


def calendar_of(row: Workshop, base: str, locale: str, now: datetime) -> str:
    """The entry to attach to a mail; "" while there is no date."""
    return calendar_text(now, calendar_entry(row, base, locale)).decode() if row.starts_at and row.ends_at else ""


def calendar(ctx: Context) -> Response:
    row = read(ctx).workshop
    return calendar_answer(row.slug, ctx.now, calendar_entry(row, ctx.settings.base_url, ctx.locale))


def point(ctx: Context) -> Response:
    row = read(ctx).workshop
    if row.lat is None or row.lng is None:
        raise NotFound
    at = {"type": "Point", "coordinates": [row.lng, row.lat]}
    about = {"title": row.title.to(ctx.locale), "url": f"/workshops/{row.slug}", "note": row.venue.to(ctx.locale)}
    return json_answer({"type": "FeatureCollection", "features": [
        {"type": "Feature", "geometry": at, "properties": about}]})  # fmt: skip


def join(ctx: Context) -> Response:
    """A member without an account comes in by their personal link, or by that of their application, which nobody else
    has; from then on this browser is known here."""
    whole, token = read(ctx), ctx.path["token"]
    member = member_by_key(ctx.session, whole.workshop.id, token)
    if member is None:
        applied = Links(ctx.services.secret, ctx.settings.base_url).opened(ctx.session, whole.workshop.id, token)
        member = member_of(ctx.session, applied) if applied is not None else None
    if member is None:
        raise NotFound
    value = seal(ctx.services.secret, _label(whole.workshop.id), [member.id, _beginning(member)], ctx.now)
    ctx.set_cookies.append(
        {"key": _label(whole.workshop.id), "value": value, "max_age": int(LASTING.total_seconds())}
    )
    ctx.say("ok", ctx._("Welcome. This device is known here as yours until the workshop is over."))
    return redirect(ctx, whole.path)


def member_here(ctx: Context, workshop_id: int) -> WorkshopMember | None:
    """Who of this workshop is reading: by their account, or by the personal link that this browser came in by."""
    mine = select(WorkshopMember).where(present_in(workshop_id))
    if ctx.actor.signed_in:
        return ctx.session.scalar(mine.where(WorkshopMember.account_id == ctx.actor.id))
    label = _label(workshop_id)
    known = unseal(ctx.services.secret, label, ctx.cookies.get(label, ""), ctx.now, LASTING)
    if known is None:
        return None
    member_id, beginning = known[0]
    member = ctx.session.scalar(mine.where(WorkshopMember.id == member_id))
    return member if member is not None and _beginning(member) == beginning else None


def _beginning(member: WorkshopMember) -> str:
    """Of the hash of the personal link: a new link ends what the older one has opened."""
    return member.key_hash.hex()[:16] if member.key_hash else ""


def _label(workshop_id: int) -> str:
    return f"workshop-{workshop_id}"


ROUTES = (
    get("/workshops/by-id/{id:int}", by_id),
    get("/workshops/{slug}", show),
    get("/workshops/{slug}/calendar.ics", calendar),
    get("/workshops/{slug}/map.json", point),
    get("/workshops/{slug}/join/{token}", join, limit="workshop_link"),
)
