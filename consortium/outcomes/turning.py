"""From what a page or a program sends to the action: where it may go, and the one thing that is made."""

from collections.abc import Sequence

from sqlalchemy import select

from consortium.outcomes import actions
from consortium.outcomes.labels import PLACES
from consortium.outcomes.models import Into, Outcome
from consortium.outcomes.policy import may_propose_it, may_take_up
from consortium.outcomes.sources import Source, belongs
from consortium.pilots.policy import NOBODY
from consortium.pilots.beginning import own_organisations
from consortium.services.models import Service, ServiceOwner
from consortium.services.queries import whole_service
from participation.organisations.policy import SCOPE
from participation.policy import ALLOWED, N_, Refused, Verdict
from participation.spaces.queries import open_processes, places
from participation.subjects import Subject
from participation.web import Context, NotFound
from participation.web.fields import Choice, Flag, Text
from participation.web.forms import Form

NO_SERVICE = N_("You keep the list of no service, so there is nowhere to put it.")
CLOSED = N_("No process takes proposals now.")


class TurnForm(Form):
    place = Choice(N_("Where it goes"))
    title = Text(N_("Title"), min=8, max=120)


class ProposalTurn(TurnForm):
    publish = Flag(N_("Publish it at once"), hint=N_("Otherwise it is a draft that the authors go on writing."))


class ApiTurn(ProposalTurn):
    into = Choice(N_("What it becomes"), [(str(key), label) for key, label in PLACES.items()])


Offer = tuple[int, str, str]  # number, short name, name


def offers(ctx: Context, into: Into) -> Sequence[Offer]:
    """Where this person may make such a thing."""
    if into == Into.PROPOSAL:
        usable = open_processes(ctx.session, "propose", ctx.now)
        known = places(ctx.session, ctx.locale).processes
        return [(each.id, each.key, each.name) for each in known if each.id in usable]
    if into == Into.PILOT:
        try:
            return [(each.id, each.slug, each.name) for each in own_organisations(ctx)]
        except Refused:
            return []
    return _services(ctx)


def _services(ctx: Context) -> Sequence[Offer]:
    """The services in the catalogue whose list this person keeps. One query."""
    wanted = select(Service.id, Service.slug, Service.name).join(Subject, Subject.id == Service.id)
    wanted = wanted.where(Subject.published_at.is_not(None), Subject.hidden_at.is_(None)).order_by(Service.id)
    if not ctx.actor.has("secretariat"):
        own = [scope for _, kind, scope in ctx.actor.roles if kind == SCOPE]
        if not own:
            return []
        run = select(ServiceOwner.service_id).where(ServiceOwner.organisation_id.in_(own))
        wanted = wanted.where(Service.id.in_(run))
    return [(number, slug, name.to(ctx.locale)) for number, slug, name in ctx.session.execute(wanted)]


def may_turn(ctx: Context, source: Source, into: Into, offered: Sequence[Offer]) -> Verdict:
    """Whether this person makes such a thing of it, and there is a place for it."""
    if into == Into.PROPOSAL:
        allowed = may_propose_it(ctx.actor, source.public, belongs(ctx.session, ctx.actor, source))
        return allowed & (ALLOWED if offered else Verdict("closed", CLOSED))
    nowhere = Verdict("forbidden", NOBODY if into == Into.PILOT else NO_SERVICE)
    return may_take_up(ctx.actor, source.public) & (ALLOWED if offered else nowhere)


def choices(offered: Sequence[Offer]) -> dict[str, list[tuple[str, str]]]:
    return {"place": [(slug, name) for _, slug, name in offered]}


def turn(ctx: Context, source: Source, into: Into, form: Form, offered: Sequence[Offer]) -> Outcome:
    """Make it, as the form says."""
    values = form.ensure()
    number = next(each for each, slug, _ in offered if slug == values["place"])
    base = ctx.settings.base_url
    said = actions.Turning(kind=source.kind, source_id=source.id, title=values["title"], base_url=base)
    if into == Into.PROPOSAL:
        publish = bool(values.get("publish"))
        return actions.turn_into_proposal(ctx.session, ctx.actor, said, number, publish_it=publish, now=ctx.now)
    if into == Into.PILOT:
        return actions.turn_into_pilot(ctx.session, ctx.actor, said, number, now=ctx.now)
    view = whole_service(ctx.session, values["place"])
    if view is None:
        raise NotFound
    return actions.turn_into_item(ctx.session, ctx.actor, said, view.line, now=ctx.now)
