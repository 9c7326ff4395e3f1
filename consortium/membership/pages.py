"""The page of an organisation, and what its own people do there."""

from dataclasses import dataclass

from consortium.membership import actions
from consortium.membership.forms import InvitePersonForm, LeaveForm, ProfileForm, filled
from consortium.membership.policy import may_apply_again, may_leave, may_see
from consortium.membership.queries import MemberView, StepView, history_of, member
from participation.organisations.actions import change_organisation, end_mandate, invite, withdraw_invitation
from participation.organisations.models import MandateRole, Organisation
from participation.organisations.policy import LABELS, acts_for, may_act_for, may_change_organisation, may_invite_for
from participation.organisations.queries import InvitationView, PersonView, invitations_of, people_of
from participation.policy import Verdict, ensure, has_role
from participation.subjects import Subject
from participation.web import Context, NotFound, Response, delete, get, page, patch, post, redirect, subject_blocks


@dataclass(frozen=True)
class OrganisationPage:
    member: MemberView
    inside: bool  # whether the reader acts for it
    steps: tuple[StepView, ...]  # for its own people and the desk; empty for others
    changeable: Verdict
    again: Verdict
    leavable: Verdict


@dataclass(frozen=True)
class PeoplePage:
    member: MemberView
    people: tuple[PersonView, ...]
    invitations: tuple[InvitationView, ...]
    roles: dict[str, str]
    form: InvitePersonForm
    invitable: Verdict
    me: int


def show(ctx: Context) -> Response:
    view = found(ctx)
    inside = acts_for(ctx.actor, view.id)
    steps = history_of(ctx.session, view.id) if inside or has_role(ctx.actor, "secretariat", "auditor") else ()
    shown = OrganisationPage(
        view,
        inside,
        steps,
        may_change_organisation(ctx.actor, view.id),
        may_apply_again(ctx.actor, view.id, view.stage),
        may_leave(ctx.actor, view.id, view.stage),
    )
    subject = ctx.session.get_one(Subject, view.id)
    return page(ctx, "consortium/show.html", shown, blocks=subject_blocks(ctx, subject))


def edit(ctx: Context) -> Response:
    view = found(ctx)
    ensure(may_change_organisation(ctx.actor, view.id))
    form = ProfileForm.filled(filled(ctx.session.get_one(Organisation, view.id), {}), ctx._)
    return page(ctx, "consortium/edit.html", view, form=form)


def save(ctx: Context) -> Response:
    view = found(ctx)
    ensure(may_change_organisation(ctx.actor, view.id))
    form = ProfileForm.read(ctx.form, ctx._)
    if not form.ok:
        return page(ctx, "consortium/edit.html", view, form=form, status=422)
    values = form.organisation_values(view.name.get("ja", ""))
    change_organisation(ctx.session, ctx.actor, view.id, values, now=ctx.now)
    ctx.say("ok", ctx._("Saved."))
    return redirect(ctx, view.path)


def people(ctx: Context) -> Response:
    return _people(ctx, found(ctx), InvitePersonForm.filled({"role": MandateRole.REPRESENTATIVE}, ctx._))


def ask_person(ctx: Context) -> Response:
    view, form = found(ctx), InvitePersonForm.read(ctx.form, ctx._)
    if not form.ok:
        return _people(ctx, view, form, 422)
    email, role = form.values["email"], MandateRole(form.values["role"])
    ways = {"secret": ctx.services.secret, "base_url": ctx.settings.base_url, "locale": ctx.locale}
    invite(ctx.session, ctx.actor, view.id, email, role, **ways, now=ctx.now)
    ctx.say("ok", ctx._("We have written to %(email)s. The link in the mail is good for 14 days.", email=email))
    return redirect(ctx, f"{view.path}/people")


def take_back(ctx: Context) -> Response:
    view = found(ctx)
    withdraw_invitation(ctx.session, ctx.actor, view.id, ctx.path["id"], now=ctx.now)
    ctx.say("ok", ctx._("The invitation is taken back; its link works no more."))
    return redirect(ctx, f"{view.path}/people")


def end(ctx: Context) -> Response:
    view = found(ctx)
    end_mandate(ctx.session, ctx.actor, view.id, ctx.path["id"], now=ctx.now)
    ctx.say("ok", ctx._("From now on this person does not act for the organisation in this role."))
    return redirect(ctx, f"{view.path}/people" if may_act_for(ctx.actor, view.id) else view.path)


def ask_leave(ctx: Context) -> Response:
    view = found(ctx)
    ensure(may_leave(ctx.actor, view.id, view.stage))
    return page(ctx, "consortium/leave.html", view, form=LeaveForm.filled({}, ctx._))


def leave(ctx: Context) -> Response:
    view, form = found(ctx), LeaveForm.read(ctx.form, ctx._)
    ensure(may_leave(ctx.actor, view.id, view.stage))
    if not form.ok:
        return page(ctx, "consortium/leave.html", view, form=form, status=422)
    actions.leave(ctx.session, ctx.actor, view.id, form.values["reason"], now=ctx.now)
    ctx.say("ok", ctx._("The organisation has left the council. What it signed stays in the register."))
    return redirect(ctx, view.path)


def found(ctx: Context) -> MemberView:
    """The organisation of the address.

    Raises:
        NotFound: there is none, or it is not public and the reader does not belong to it.
    """
    view = member(ctx.session, ctx.now, slug=ctx.path["slug"])
    if view is None or not may_see(ctx.actor, view.id, view.public):
        raise NotFound
    return view


def _people(ctx: Context, view: MemberView, form: InvitePersonForm, status: int = 200) -> Response:
    ensure(may_act_for(ctx.actor, view.id) | has_role(ctx.actor, "secretariat"))
    shown = PeoplePage(
        view,
        people_of(ctx.session, view.id),
        invitations_of(ctx.session, view.id),
        {str(role): ctx._(label) for role, label in LABELS.items()},
        form,
        may_invite_for(ctx.actor, view.id, view.public),
        ctx.actor.id or 0,
    )
    return page(ctx, "consortium/people.html", shown, status=status)


ROUTES = (
    get("/organisations/{slug}", show),
    get("/organisations/{slug}/profile", edit),
    patch("/organisations/{slug}/profile", save),
    get("/organisations/{slug}/people", people),
    post("/organisations/{slug}/people", ask_person, limit="invite_person"),
    delete("/organisations/{slug}/people/{id:int}", end),
    delete("/organisations/{slug}/invitations/{id:int}", take_back),
    get("/organisations/{slug}/leave", ask_leave),
    post("/organisations/{slug}/leave", leave),
)
