"""Options made from pilots by one action, for a ballot on which of them the city goes on with; the link is kept.

Pilots belong to a package above this one, which brings them by the hook `ballot_candidates`. The picker is a GET form:
its filters and pages are buttons that carry the ticks along in the address; only the one that makes options posts it.
"""

from dataclasses import dataclass
from typing import Any

from participation.policy import Verdict, ensure
from participation.web import Context, Response, get, page, post, redirect
from participation.web.facets import LONGEST, Facet, count_facet, fits_words
from participation.web.markdown import excerpt
from participation.web.paging import Pager, make_pager, read_paging
from proposals.ballots import actions
from proposals.ballots.actions import OptionValues
from proposals.ballots.desk.picking import SUMMARY
from proposals.ballots.desk.reading import PATH, Place, options_of, places_of, read
from proposals.ballots.models import Ballot
from proposals.ballots.policy import may_change
from proposals.ballots.port import Candidate
from proposals.ballots.problems import Wrong


@dataclass(frozen=True)
class Asked:
    q: str = ""
    state: str = ""

    @property
    def any(self) -> bool:
        return bool(self.q or self.state)

    def fits(self, one: Candidate) -> bool:
        return self.state in ("", one.state) and fits_words(self.q, (one.title, one.summary, one.place))


@dataclass(frozen=True, kw_only=True)
class PilotsPage:
    ballot: Ballot
    asked: Asked
    states: Facet
    rows: tuple[Candidate, ...]  # of this page
    elsewhere: tuple[Candidate, ...]  # ticked, and not on this page
    ticked: frozenset[int]
    taken: frozenset[int]  # those that are options already
    pager: Pager
    places: tuple[Place, ...]
    changeable: Verdict
    error: str = ""


def show(ctx: Context) -> Response:
    return _page(ctx, ctx.query)


def pick(ctx: Context) -> Response:
    """Add the ticked pilots as options, in the order of the list; what is an option already stays as it is."""
    ballot, case = read(ctx)
    ensure(may_change(ctx.actor, case))
    wanted, found = {str(text) for text in ctx.form.getlist("pilot")}, _candidates(ctx)
    if not wanted <= {str(one.id) for one in found}:
        return _page(ctx, ctx.form, ctx._("Please choose one of the options."), status=422)
    rows = options_of(ctx.session, ballot.id)
    taken = {row.source_id for row in rows}
    made = [_option(one) for one in found if str(one.id) in wanted and one.id not in taken]
    if not made:
        ctx.say("info", ctx._("Please tick at least one pilot that is no option yet."))
        return redirect(ctx, f"{PATH}/{ballot.id}/pilots")
    try:
        actions.set_options(ctx.session, ctx.actor, ballot.id, [*rows, *made], now=ctx.now)
    except Wrong as wrong:
        raise wrong.said(ctx._) from None
    ctx.say("ok", ctx._("Pilots made into options: %(count)s. Please look through their costs.", count=len(made)))
    return redirect(ctx, f"{PATH}/{ballot.id}/options")


def _option(one: Candidate) -> OptionValues:
    return OptionValues(
        title={one.locale: one.title[:120]},
        summary={one.locale: excerpt(one.summary, SUMMARY)},
        source_id=one.id,
        key=f"p{one.id}",
    )


def _page(ctx: Context, given: Any, error: str = "", status: int = 200) -> Response:
    """`given`: what was asked for and ticked, in the address or in the form."""
    ballot, case = read(ctx)
    everything, paging, wanted = _candidates(ctx), read_paging(ctx.query), set(map(str, given.getlist("pilot")))
    asked = Asked(*(str(given.get(name, ""))[:LONGEST].strip() for name in ("q", "state")))
    found = [one for one in everything if asked.fits(one)]
    rows = tuple(found[paging.offset : paging.offset + paging.per_page])
    taken = frozenset(row.source_id for row in options_of(ctx.session, ballot.id) if row.source_id)
    ticked = frozenset(one.id for one in everything if str(one.id) in wanted) - taken
    view = PilotsPage(
        ballot=ballot,
        asked=asked,
        states=count_facet("state", everything, asked, lambda one: [(one.state, ctx._(one.label))]),
        rows=rows,
        elsewhere=tuple(one for one in everything if one.id in ticked and one not in rows),
        ticked=ticked,
        taken=taken,
        pager=make_pager(paging, len(found)),
        places=places_of(ballot, "options"),
        changeable=may_change(ctx.actor, case),
        error=error,
    )
    return page(ctx, "proposals/ballots/desk_pilots.html", view, status=status)


def _candidates(ctx: Context) -> tuple[Candidate, ...]:
    return tuple(one for hook in ctx.services.registry.hooks("ballot_candidates") for one in hook(ctx.session))


ROUTES = (
    get(PATH + "/{id:int}/pilots", show),
    post(PATH + "/{id:int}/pilots", pick, limit="desk_ballot"),
)
