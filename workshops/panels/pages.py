"""The public page of a draw with its files, and the answer to an invitation."""

from dataclasses import dataclass

from participation.policy import N_, ensure, signed_in
from participation.web import Context, NotFound, Response, get, json_answer, page, post, redirect
from workshops.calls.links import number_in, token_of
from workshops.members import member_of
from workshops.models import Workshop, WorkshopApplication
from workshops.panels.inviting import answer, application_by, invitation_by
from workshops.panels.mailing import office_of
from workshops.panels.models import Answer, WorkshopInvitation
from workshops.panels.policy import may_answer
from workshops.panels.queries import Held, draw_view, held_draw, published
from workshops.policy import may_read_desk

SAID = {
    Answer.ACCEPTED: N_("Thank you. Your place is certain."),
    Answer.DECLINED: N_("Thank you for telling us. The place goes to somebody else."),
    Answer.WITHDRAWN: N_("Thank you for telling us. The place goes to somebody else."),
}


@dataclass(frozen=True)
class InvitationPage:
    workshop: Workshop
    invitation: WorkshopInvitation
    title: str
    can: tuple[str, ...]  # answers that are possible now
    refusal: str  # why none is
    token: str  # opens the application as well, while it is there
    applied: bool
    joined: bool  # takes part, so the token opens the boards too


def show(ctx: Context) -> Response:
    held = held_draw(ctx.session, ctx.actor, ctx.path["slug"])
    may_desk = bool(may_read_desk(ctx.actor, held.workshop))
    number = ctx.query.get("number", "")[:20]
    view = draw_view(ctx.session, ctx.actor, held, ctx.locale, number=number, may_desk=may_desk)
    return page(ctx, "workshops/panels/show.html", view)


def pool_file(ctx: Context) -> Response:
    return _file("pool.csv", _frozen(ctx).draw.pool_csv)


def quotas_file(ctx: Context) -> Response:
    return _file("quotas.csv", _frozen(ctx).draw.quotas_csv)


def draw_file(ctx: Context) -> Response:
    return json_answer(published(ctx.session, held_draw(ctx.session, ctx.actor, ctx.path["slug"])))


def _frozen(ctx: Context) -> Held:
    held = held_draw(ctx.session, ctx.actor, ctx.path["slug"])
    if held.draw.frozen_at is None:
        raise NotFound(N_("The file is published when the call has closed."))
    return held


def _file(name: str, text: str) -> Response:
    """Exactly the bytes whose SHA-256 is published."""
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)


def own(ctx: Context) -> Response:
    """To the invitation of whoever is signed in."""
    ensure(signed_in(ctx.actor))
    held = held_draw(ctx.session, ctx.actor, ctx.path["slug"])
    view = draw_view(ctx.session, ctx.actor, held, ctx.locale, number="", may_desk=False)
    if not view.own or invitation_by(ctx.session, held.workshop.id, view.own) is None:
        raise NotFound(N_("You have no invitation to this workshop."))
    token = token_of(ctx.services.secret, held.workshop.id, view.own)
    return redirect(ctx, f"{view.path}/invitation/{token}")


def ask(ctx: Context) -> Response:
    """An invitation, as the mailed link opens it."""
    held, row, application = _invited(ctx)
    can, refusal = _possible(ctx, held.workshop, row, application)
    view = InvitationPage(
        workshop=held.workshop,
        invitation=row,
        title=held.workshop.title.to(ctx.locale),
        can=can,
        refusal=refusal,
        token=ctx.path["token"],
        applied=application is not None,
        joined=application is not None and member_of(ctx.session, application) is not None,
    )
    return page(ctx, "workshops/panels/invitation.html", view)


def reply(ctx: Context) -> Response:
    held, row, _ = _invited(ctx)
    to = next((each for each in SAID if each == ctx.form.get("answer")), None)
    if to is None:
        raise NotFound
    office = office_of(ctx.services)
    actor = ctx.actor if ctx.actor.signed_in else None
    answer(ctx.session, office, actor, held.workshop.id, row.number, to, now=ctx.now)
    ctx.say("ok", ctx._(SAID[to]))
    return redirect(ctx, f"/workshops/{held.workshop.slug}/invitation/{ctx.path['token']}")


def _invited(ctx: Context) -> tuple[Held, WorkshopInvitation, WorkshopApplication | None]:
    held = held_draw(ctx.session, ctx.actor, ctx.path["slug"])
    number = number_in(ctx.services.secret, held.workshop.id, ctx.path["token"])
    row = invitation_by(ctx.session, held.workshop.id, number) if number else None
    if row is None:
        raise NotFound(N_("This link is not valid. Please open the link in the mail again."))
    return held, row, application_by(ctx.session, held.workshop.id, row.number)


def _possible(
    ctx: Context, workshop: Workshop, row: WorkshopInvitation, application: WorkshopApplication | None
) -> tuple[tuple[str, ...], str]:
    verdicts = {to: may_answer(row, workshop, application, to, ctx.now) for to in SAID}
    can = [to for to, verdict in verdicts.items() if verdict]
    if row.state == Answer.INVITED:  # "decline" is the word for it; giving back is for accepted places
        can = [to for to in can if to != Answer.WITHDRAWN]
    refusal = "" if can else ctx._(verdicts[Answer.ACCEPTED].reason)
    return tuple(map(str, can)), refusal


ROUTES = (
    get("/workshops/{slug}/draw", show),
    get("/workshops/{slug}/draw/pool.csv", pool_file),
    get("/workshops/{slug}/draw/quotas.csv", quotas_file),
    get("/workshops/{slug}/draw/draw.json", draw_file),
    get("/workshops/{slug}/invitation", own),
    get("/workshops/{slug}/invitation/{token}", ask),
    post("/workshops/{slug}/invitation/{token}", reply, limit="answer_invitation"),
)
