"""Setting up and changing a group, its people, and its end."""

from dataclasses import dataclass

from consortium.groups import actions
from consortium.groups.forms import GroupForm, JoinForm, LeaveForm, MoveForm, NewGroupForm, other_state, stored
from consortium.groups.labels import MOVES, ROLES
from consortium.groups.models import GroupRole, GroupState
from consortium.groups.pages import read
from consortium.groups.policy import may_appoint, may_change_group, may_enter_group, may_move_group
from consortium.groups.queries import Person, Whole, account_at
from consortium.membership.queries import members
from participation.policy import N_, ensure
from participation.spaces.queries import places
from participation.web import Conflict, Context, NotFound, Response, delete, get, page, patch, post, redirect
from participation.web.i18n import ZONE

NOBODY = N_("Nobody who may be entered here has this address. Enter the name instead, or ask the secretariat.")


@dataclass(frozen=True)
class FormPage:
    form: GroupForm
    group: Whole | None = None


@dataclass(frozen=True)
class PeoplePage:
    group: Whole
    form: JoinForm
    people: tuple[tuple[Person, bool], ...]  # with whether the reader may end it


@dataclass(frozen=True)
class EndPage:
    group: Whole
    person: Person
    form: LeaveForm


@dataclass(frozen=True)
class MovePage:
    group: Whole
    form: MoveForm
    to: str
    label: str


def offered(ctx: Context) -> tuple[dict[str, int], dict[str, list[tuple[str, str]]]]:
    """The numbers of the fields by key, and the choices to show."""
    found = places(ctx.session, ctx.locale).categories
    return {each.key: each.id for each in found}, {"category": [(each.key, each.name) for each in found]}


def new(ctx: Context) -> Response:
    ensure(may_enter_group(ctx.actor))
    today = ctx.now.astimezone(ZONE).date()
    return _form(ctx, NewGroupForm.filled({"since": today}, ctx._, choices=offered(ctx)[1]))


def create(ctx: Context) -> Response:
    ensure(may_enter_group(ctx.actor))
    fields, choices = offered(ctx)
    form = NewGroupForm.read(ctx.form, ctx._, choices=choices)
    if not form.ok:
        return _form(ctx, form, status=422)
    since = form.values["since"]
    row = actions.enter_group(ctx.session, ctx.actor, form.said(fields), since=since, now=ctx.now)
    ctx.say("ok", ctx._("The group stands in the list. Enter who belongs to it."))
    return redirect(ctx, f"/working-groups/{row.slug}/members")


def edit(ctx: Context) -> Response:
    group = _own(ctx)
    values = stored(group.row, group.line.field_key)
    return _form(ctx, GroupForm.filled(values, ctx._, choices=offered(ctx)[1]), group)


def save(ctx: Context) -> Response:
    group, (fields, choices) = _own(ctx), offered(ctx)
    form = GroupForm.read(ctx.form, ctx._, choices=choices)
    if not form.ok:
        return _form(ctx, form, group, 422)
    changed = actions.change_group(ctx.session, ctx.actor, group.line.id, form.said(fields), now=ctx.now)
    ctx.say("ok", ctx._("The changes are saved.") if changed else ctx._("Nothing was different."))
    return redirect(ctx, group.line.path)


def people(ctx: Context) -> Response:
    group = _own(ctx)
    values = {"joined_on": ctx.now.astimezone(ZONE).date(), "role": GroupRole.MEMBER}
    return _people(ctx, group, JoinForm.filled(values, ctx._, choices=_choices(ctx)[1]))


def join(ctx: Context) -> Response:
    group, (organisations, choices) = _own(ctx), _choices(ctx)
    form, number = JoinForm.read(ctx.form, ctx._, choices=choices), group.line.id
    account_id = None
    if form.ok and form.values["email"]:
        anybody = ctx.actor.has("secretariat")
        account_id = account_at(ctx.session, form.values["email"], number, anybody=anybody)
        if account_id is None:
            form.fail("email", NOBODY)
    if form.ok:
        try:
            who = form.joining(account_id, organisations)
            actions.join_group(ctx.session, ctx.actor, number, who, now=ctx.now)
        except Conflict as conflict:
            form.fail("organisation", conflict.message)
    if not form.ok:
        return _people(ctx, group, form, 422)
    ctx.say("ok", ctx._("Entered. The page of the group says so from now on."))
    return redirect(ctx, f"{group.line.path}/members")


def ask_end(ctx: Context) -> Response:
    group, person = _person(ctx)
    form = LeaveForm.filled({"left_on": ctx.now.astimezone(ZONE).date()}, ctx._)
    return page(ctx, "consortium/groups/leave.html", EndPage(group, person, form))


def end(ctx: Context) -> Response:
    group, person = _person(ctx)
    form = LeaveForm.read(ctx.form, ctx._)
    if form.ok and form.values["left_on"] < person.joined_on:
        form.fail("left_on", N_("This day is before the day of joining."))
    if not form.ok:
        return page(ctx, "consortium/groups/leave.html", EndPage(group, person, form), status=422)
    day = form.values["left_on"]
    actions.leave_group(ctx.session, ctx.actor, group.line.id, person.id, day, now=ctx.now)
    ctx.say("ok", ctx._("Recorded. That they belonged to the group stays on its page."))
    return redirect(ctx, f"{group.line.path}/members")


def ask_move(ctx: Context) -> Response:
    group = read(ctx)
    to = other_state(group.line.state)
    ensure(may_move_group(ctx.actor, group.line.state, to))
    form = MoveForm.filled({"to": to, "day": ctx.now.astimezone(ZONE).date()}, ctx._)
    return page(ctx, "consortium/groups/move.html", MovePage(group, form, to, ctx._(MOVES[to])))


def move(ctx: Context) -> Response:
    group, form = read(ctx), MoveForm.read(ctx.form, ctx._)
    ensure(may_enter_group(ctx.actor))
    if not form.ok:
        to = other_state(group.line.state)
        view = MovePage(group, form, to, ctx._(MOVES[to]))
        return page(ctx, "consortium/groups/move.html", view, status=422)
    to, about = GroupState(form.values["to"]), {name: form.values[name] for name in ("day", "reason")}
    actions.move_group(ctx.session, ctx.actor, group.line.id, to, **about, now=ctx.now)
    ctx.say("ok", ctx._("Recorded. The page of the group says so from now on."))
    return redirect(ctx, group.line.path)


def _own(ctx: Context) -> Whole:
    group = read(ctx)
    ensure(may_change_group(ctx.actor, group.line.id, group.line.state))
    return group


def _person(ctx: Context) -> tuple[Whole, Person]:
    group = _own(ctx)
    found = [each for each in group.line.people if each.id == ctx.path["id"] and each.left_on is None]
    if not found:
        raise NotFound
    ensure(may_appoint(ctx.actor, group.line.id, group.line.state, found[0].role))
    return group, found[0]


def _choices(ctx: Context) -> tuple[dict[str, int], dict[str, list[tuple[str, str]]]]:
    """Organisations of the council, and the roles that this reader may give."""
    found = members(ctx.session, ctx.now)
    roles = [role for role in ROLES if role != GroupRole.CHAIR or ctx.actor.has("secretariat")]
    return {view.slug: view.id for view in found}, {
        "organisation": [(view.slug, view.name.to(ctx.locale)) for view in found],
        "role": [(str(role), ctx._(ROLES[role])) for role in roles],
    }


def _form(ctx: Context, form: GroupForm, group: Whole | None = None, status: int = 200) -> Response:
    return page(ctx, "consortium/groups/edit.html", FormPage(form, group), status=status)


def _people(ctx: Context, group: Whole, form: JoinForm, status: int = 200) -> Response:
    line = group.line
    there = (each for each in line.people if each.left_on is None)
    shown = tuple((each, bool(may_appoint(ctx.actor, line.id, line.state, each.role))) for each in there)
    return page(ctx, "consortium/groups/people.html", PeoplePage(group, form, shown), status=status)


ROUTES = (
    get("/working-groups/new", new),
    post("/working-groups", create, limit="enter_group"),
    get("/working-groups/{slug}/edit", edit),
    patch("/working-groups/{slug}", save, limit="enter_group"),
    get("/working-groups/{slug}/members", people),
    post("/working-groups/{slug}/members", join, limit="join_group"),
    get("/working-groups/{slug}/members/{id:int}", ask_end),
    delete("/working-groups/{slug}/members/{id:int}", end),
    get("/working-groups/{slug}/state", ask_move),
    post("/working-groups/{slug}/state", move),
)
