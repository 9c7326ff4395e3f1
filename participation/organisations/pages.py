"""The page behind a mailed invitation, and the address of an organisation by its number."""

from dataclasses import dataclass

from participation.organisations.actions import answer_invitation, invitation_of
from participation.organisations.models import MandateInvitation, MandateRole, Organisation
from participation.organisations.policy import LABELS
from participation.web import Context, NotFound, Response, get, page, post, redirect


@dataclass(frozen=True)
class InvitationPage:
    organisation: str
    slug: str
    role: str
    email: str
    path: str
    fits: bool  # whether the reader's account has the address that was written to


def invitation(ctx: Context) -> Response:
    row = _row(ctx)
    found = ctx.session.get_one(Organisation, row.organisation_id)
    role = ctx._(LABELS[MandateRole(row.role)])
    fits = ctx.actor.email == row.email
    view = InvitationPage(found.name.to(ctx.locale), found.slug, role, row.email, ctx.url_path, fits)
    response = page(ctx, "organisations/invitation.html", view)
    response.headers["referrer-policy"] = "no-referrer"  # the address is the key
    return response


def accept(ctx: Context) -> Response:
    row = _row(ctx, lock=True)
    answer_invitation(ctx.session, ctx.actor, row, True, now=ctx.now)
    found = ctx.session.get_one(Organisation, row.organisation_id)
    ctx.say("ok", ctx._("You act for %(name)s from now on.", name=found.name.to(ctx.locale)))
    return redirect(ctx, f"/organisations/{found.slug}")


def decline(ctx: Context) -> Response:
    answer_invitation(ctx.session, ctx.actor, _row(ctx, lock=True), False, now=ctx.now)
    ctx.say("ok", ctx._("You declined the invitation."))
    return redirect(ctx, "/me")


def by_id(ctx: Context) -> Response:
    found = ctx.session.get(Organisation, ctx.path["id"])
    if found is None:
        raise NotFound
    return redirect(ctx, f"/organisations/{found.slug}")


def _row(ctx: Context, *, lock: bool = False) -> MandateInvitation:
    return invitation_of(ctx.session, ctx.services.secret, ctx.path["token"], ctx.now, lock=lock)


ROUTES = (
    get("/mandates/{token}", invitation),
    post("/mandates/{token}", accept, limit="token"),
    post("/mandates/{token}/refusal", decline, limit="token"),
    get("/organisations/by-id/{id:int}", by_id),
)
