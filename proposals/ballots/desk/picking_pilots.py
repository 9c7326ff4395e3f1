"""Options made from pilots by one action, for a ballot on which of them the city goes on with; the link is kept.

Pilots belong to a package above this one: what is asked of them here is what every subject says of itself.
"""

from dataclasses import dataclass

from sqlalchemy import select

from participation.policy import Verdict, ensure
from participation.subjects import Subject
from participation.web import Context, NotFound, Response, get, page, post, redirect
from participation.web.markdown import excerpt
from proposals.ballots import actions
from proposals.ballots.actions import OptionValues
from proposals.ballots.desk.picking import MOST, SUMMARY
from proposals.ballots.desk.reading import PATH, Place, options_of, places_of, read
from proposals.ballots.models import Ballot
from proposals.ballots.policy import may_change
from proposals.ballots.problems import Wrong

KIND = "pilot"


@dataclass(frozen=True)
class PickablePilot:
    id: int
    title: str
    locale: str
    path: str
    taken: bool


@dataclass(frozen=True, kw_only=True)
class PilotsPage:
    ballot: Ballot
    rows: tuple[PickablePilot, ...]
    places: tuple[Place, ...]
    changeable: Verdict
    error: str = ""


def show(ctx: Context) -> Response:
    ballot, case = read(ctx)
    return _page(ctx, ballot, may_change(ctx.actor, case))


def pick(ctx: Context) -> Response:
    """Add the ticked pilots as options, in the order of the list; what is an option already stays as it is."""
    ballot, case = read(ctx)
    changeable = may_change(ctx.actor, case)
    ensure(changeable)
    wanted, found = {str(text) for text in ctx.form.getlist("pilot")}, _found(ctx, ballot)
    if not wanted <= {str(one.id) for one in found}:
        return _page(ctx, ballot, changeable, ctx._("Please choose one of the options."), status=422)
    made = [_option(ctx, one) for one in found if str(one.id) in wanted and not one.taken]
    if not made:
        ctx.say("info", ctx._("Please tick at least one pilot that is no option yet."))
        return redirect(ctx, f"{PATH}/{ballot.id}/pilots")
    try:
        actions.set_options(
            ctx.session, ctx.actor, ballot.id, [*options_of(ctx.session, ballot.id), *made], now=ctx.now
        )
    except Wrong as wrong:
        raise wrong.said(ctx._) from None
    ctx.say("ok", ctx._("Pilots made into options: %(count)s. Please look through their costs.", count=len(made)))
    return redirect(ctx, f"{PATH}/{ballot.id}/options")


def _page(ctx: Context, ballot: Ballot, changeable: Verdict, error: str = "", status: int = 200) -> Response:
    view = PilotsPage(
        ballot=ballot,
        rows=_found(ctx, ballot),
        places=places_of(ballot, "options"),
        changeable=changeable,
        error=error,
    )
    return page(ctx, "proposals/ballots/desk_pilots.html", view, status=status)


def _option(ctx: Context, one: PickablePilot) -> OptionValues:
    """Its summary is the beginning of what search knows of it."""
    asked = ctx.services.registry.kinds[KIND].document
    known = asked(ctx.session, one.id) if asked else None
    return OptionValues(
        title={one.locale: one.title[:120]},
        summary={one.locale: excerpt(known.body if known else "", SUMMARY)},
        source_id=one.id,
        key=f"p{one.id}",
    )


def _found(ctx: Context, ballot: Ballot) -> tuple[PickablePilot, ...]:
    """Pilots that everybody may see, of all processes, for they belong to none; the newest first."""
    kind = ctx.services.registry.kinds.get(KIND)
    if kind is None:
        raise NotFound
    rows = ctx.session.execute(
        select(Subject.id, Subject.title, Subject.locale)
        .where(Subject.kind == KIND, Subject.published_at.is_not(None), Subject.hidden_at.is_(None))
        .order_by(Subject.published_at.desc(), Subject.id.desc())
        .limit(MOST)
    )
    taken = {row.source_id for row in options_of(ctx.session, ballot.id)}
    return tuple(
        PickablePilot(number, title, locale, kind.path(number), number in taken) for number, title, locale in rows
    )


ROUTES = (
    get(PATH + "/{id:int}/pilots", show),
    post(PATH + "/{id:int}/pilots", pick, limit="desk_ballot"),
)
