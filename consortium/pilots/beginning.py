"""Beginning a pilot: its title, the organisation that leads it and, for a working group, that group."""

from dataclasses import dataclass

from sqlalchemy import select

from consortium.groups.models import GroupMember
from consortium.groups.policy import SCOPE as GROUP
from consortium.groups.queries import group_choices
from consortium.membership.queries import members
from consortium.membership.standing import Standing
from consortium.pilots import actions
from consortium.pilots.forms import STEPS, IdeaForm
from consortium.pilots.guards import represents
from consortium.pilots.policy import NOBODY
from participation.meetings.policy import LEAD
from participation.organisations.models import MandateRole
from participation.organisations.queries import organisations_of
from participation.policy import N_, Actor, Refused, Verdict, ensure, takes_part
from participation.web import Context, Response, get, page, post, redirect
from participation.web.fields import Choice, Text
from participation.web.forms import Form


class NewForm(Form):
    title = Text(IdeaForm.fields["title"].label, min=4, max=120, hint=IdeaForm.fields["title"].hint)
    organisation = Choice(N_("Which organisation leads it"))
    group = Choice(
        N_("Working group"), required=False, hint=N_("Its lead reviews the pilot; without one, the secretariat alone.")
    )


@dataclass(frozen=True)
class Choosable:
    """An organisation that may lead a new pilot."""

    id: int
    slug: str
    name: str


@dataclass(frozen=True)
class Beginning:
    """For whom this person may begin one; of a group that they lead, for its member organisations too."""

    own: tuple[Choosable, ...]
    of_groups: dict[int, frozenset[int]]  # led group -> its organisations
    groups: dict[str, int]  # every group at work, by its short name
    choices: dict[str, list[tuple[str, str]]]

    def organisation(self, slug: str) -> int:
        return next(each.id for each in self.own if each.slug == slug)


@dataclass(frozen=True)
class NewPage:
    form: NewForm


def new(ctx: Context) -> Response:
    start = beginning(ctx)
    led = [slug for slug, number in start.groups.items() if number in start.of_groups]
    wanted = ctx.query.get("group", led[0] if len(led) == 1 else "")
    values = {"organisation": start.own[0].slug if len(start.own) == 1 else "", "group": wanted}
    return page(ctx, "consortium/pilots/new.html", NewPage(NewForm.filled(values, ctx._, choices=start.choices)))


def create(ctx: Context) -> Response:
    start = beginning(ctx)
    form = read_new(ctx.actor, start, NewForm.read(ctx.form, ctx._, choices=start.choices))
    if not form.ok:
        return page(ctx, "consortium/pilots/new.html", NewPage(form), status=422)
    organisation = start.organisation(form.values["organisation"])
    row = actions.draft_pilot(
        ctx.session,
        ctx.actor,
        title=form.values["title"],
        organisation_id=organisation,
        working_group_id=start.groups.get(form.values["group"] or ""),
        locale=ctx.locale,
        now=ctx.now,
    )
    if represents(ctx.actor, organisation):
        return redirect(ctx, f"/pilots/{row.id}/edit/{next(iter(STEPS))}")
    ctx.say("ok", ctx._("The draft is there. The organisation's representatives are told, and go on writing it."))
    return redirect(ctx, f"/pilots/{row.id}")


def read_new(actor: Actor, start: Beginning, form: NewForm) -> NewForm:
    """Mark the form where somebody who only leads a group names no group of theirs, or none of its organisations."""
    if not form.ok or actor.has("secretariat"):
        return form
    organisation = start.organisation(form.values["organisation"])
    if not represents(actor, organisation):
        number = start.groups.get(form.values["group"] or "", 0)
        if organisation not in start.of_groups.get(number, ()):
            form.fail("group", N_("Please choose a group that you lead and to which this organisation belongs."))
    return form


def beginning(ctx: Context) -> Beginning:
    """What the form offers.

    Raises:
        Refused: this person can begin none.
    """
    ensure(takes_part(ctx.actor))
    led = _organisations_of_led(ctx)
    known = {each.id: each for each in own_organisations(ctx, helps=bool(led))}
    theirs = {number for found in led.values() for number in found} - set(known)
    if theirs:
        current = (each for each in members(ctx.session, ctx.now) if each.standing == Standing.MEMBER)
        named = (Choosable(each.id, each.slug, each.name.to(ctx.locale)) for each in current if each.id in theirs)
        known |= {each.id: each for each in named}
    if not known:
        raise Refused(Verdict("forbidden", NOBODY))
    groups = group_choices(ctx.session)
    return Beginning(
        own=tuple(known.values()),
        of_groups=led,
        groups={each.slug: each.id for each in groups},
        choices={
            "organisation": [(each.slug, each.name) for each in known.values()],
            "group": [(each.slug, each.name.to(ctx.locale)) for each in groups],
        },
    )


def _organisations_of_led(ctx: Context) -> dict[int, frozenset[int]]:
    """The groups that this person leads, with the organisations that belong to each. One query, for leads only."""
    led = [scope for role, kind, scope in ctx.actor.roles if (role, kind) == (LEAD, GROUP)]
    if not led:
        return {}
    rows = ctx.session.execute(
        select(GroupMember.group_id, GroupMember.organisation_id).where(
            GroupMember.group_id.in_(led), GroupMember.left_on.is_(None), GroupMember.organisation_id.is_not(None)
        )
    ).all()
    return {number: frozenset(row.organisation_id for row in rows if row.group_id == number) for number in led}


def own_organisations(ctx: Context, *, helps: bool = False) -> list[Choosable]:
    """The organisations for which this person may draft one alone: the own ones, for the secretariat all members.

    Raises:
        Refused: there is none, and the person `helps` no others.
    """
    ensure(takes_part(ctx.actor))
    if ctx.actor.has("secretariat"):
        known = (each for each in members(ctx.session, ctx.now) if each.standing == Standing.MEMBER)
        return [Choosable(each.id, each.slug, each.name.to(ctx.locale)) for each in known]
    own = organisations_of(ctx.session, ctx.actor, ctx.locale)
    named = [Choosable(each.id, each.slug, each.name) for each in own if MandateRole.REPRESENTATIVE in each.roles]
    if not named and not helps:
        raise Refused(Verdict("forbidden", NOBODY))
    return named


ROUTES = (
    get("/pilots/new", new),
    post("/pilots/new", create, limit="draft_pilot"),
)
