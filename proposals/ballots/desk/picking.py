"""Options made from proposals by one action: title, summary and cost are taken over, the link is kept."""

import re
import unicodedata
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from participation.policy import Verdict, ensure
from participation.spaces.queries import Places, places
from participation.subjects import Subject
from participation.web import Context, Response, get, page, post, redirect
from participation.web.facets import LONGEST
from participation.web.markdown import excerpt
from participation.web.paging import Pager, make_pager, read_paging
from proposals.ballots import actions
from proposals.ballots.actions import OptionValues
from proposals.ballots.desk.reading import PATH, Place, options_of, places_of, read
from proposals.ballots.models import Ballot
from proposals.ballots.policy import may_change
from proposals.ballots.problems import Wrong
from proposals.labels import STATES
from proposals.listing import SHOWN
from proposals.models import Answer, Proposal
from proposals.pages import hits

SUMMARY = 300  # characters
NUMBER = re.compile("[0-9]{1,15}")
# an amount in yen as people write it: 3,000,000 yen, or with the signs for ten thousand and a hundred million
YEN = re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?)\s*(\u5104|\u4e07)?\s*(?:\u5186|yen|JPY)", re.IGNORECASE)
FOLDS = {"\u5104": 10**8, "\u4e07": 10**4, None: 1}
Rows = Select[tuple[int, str, str, str, int, str]]


@dataclass(frozen=True)
class Pickable:
    id: int
    title: str
    locale: str
    state: str
    supports: int
    cost: int


@dataclass(frozen=True, kw_only=True)
class Asked:
    q: str = ""
    state: str = ""
    category: str = ""
    area: str = ""

    @property
    def any(self) -> bool:
        return bool(self.q or self.state or self.category or self.area)


@dataclass(frozen=True, kw_only=True)
class PickPage:
    ballot: Ballot
    asked: Asked
    filters: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]
    rows: tuple[Pickable, ...]  # of this page
    elsewhere: tuple[Pickable, ...]  # ticked, and not on this page
    ticked: frozenset[int]
    taken: frozenset[int]  # those that are options already
    pager: Pager
    places: tuple[Place, ...]
    changeable: Verdict
    error: str = ""


def show(ctx: Context) -> Response:
    return _page(ctx, ctx.query)


def pick(ctx: Context) -> Response:
    """Add the ticked proposals as options, in the order of the list; what is an option already stays as it is."""
    ballot, case = read(ctx)
    ensure(may_change(ctx.actor, case))
    rows = options_of(ctx.session, ballot.id)
    wanted = {str(text) for text in ctx.form.getlist("proposal")}
    found = _ticked(ctx, ballot, ctx.form)
    if len(found) < len(wanted):
        return _page(ctx, ctx.form, ctx._("Please choose one of the options."), status=422)
    taken = {row.source_id for row in rows}
    made = [_option(ctx.session, one) for one in found if one.id not in taken]
    if not made:
        ctx.say("info", ctx._("Please tick at least one proposal that is no option yet."))
        return redirect(ctx, f"{PATH}/{ballot.id}/proposals")
    try:
        actions.set_options(ctx.session, ctx.actor, ballot.id, [*rows, *made], now=ctx.now)
    except Wrong as wrong:
        raise wrong.said(ctx._) from None
    ctx.say("ok", ctx._("Proposals made into options: %(count)s. Please look through their costs.", count=len(made)))
    return redirect(ctx, f"{PATH}/{ballot.id}/options")


def _option(session: Session, one: Pickable) -> OptionValues:
    body = session.scalar(select(Proposal.body).where(Proposal.id == one.id)) or ""
    return OptionValues(
        title={one.locale: one.title[:120]},
        summary={one.locale: excerpt(body, SUMMARY)},
        cost=one.cost,
        area_id=session.scalar(select(Proposal.area_id).where(Proposal.id == one.id)),
        source_id=one.id,
        key=f"p{one.id}",
    )


def read_yen(text: str) -> int:
    """The amount that a text names first, in yen; 0 where there is none."""
    match = YEN.search(unicodedata.normalize("NFKC", text))
    if match is None:
        return 0
    whole, _, part = match[1].replace(",", "").partition(".")
    scale = FOLDS[match[2]]
    return int(whole) * scale + (int(part) * scale // 10 ** len(part) if part else 0)


def _proposals(ballot: Ballot) -> Rows:
    """The published proposals of the ballot's process, the most supported first."""
    newest = (
        select(Answer.cost)
        .where(Answer.proposal_id == Proposal.id)
        .order_by(Answer.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(Proposal.id, Subject.title, Subject.locale, Proposal.state, Proposal.supports_count, newest)
        .join(Subject, Subject.id == Proposal.id)
        .where(Proposal.process_id == ballot.process_id, Subject.hidden_at.is_(None), Proposal.state.in_(SHOWN))
        .order_by(Proposal.supports_count.desc(), Proposal.id)
    )


def _read(session: Session, rows: Rows) -> tuple[Pickable, ...]:
    return tuple(
        Pickable(number, title, locale, STATES[state], supports, read_yen(cost or ""))
        for number, title, locale, state, supports, cost in session.execute(rows)
    )


def _ticked(ctx: Context, ballot: Ballot, given: Any) -> tuple[Pickable, ...]:
    numbers = {int(text) for text in map(str, given.getlist("proposal")) if NUMBER.fullmatch(text)}
    return _read(ctx.session, _proposals(ballot).where(Proposal.id.in_(numbers))) if numbers else ()


def _narrowed(ctx: Context, rows: Rows, asked: Asked, where: Places) -> Rows:
    if asked.state in SHOWN:
        rows = rows.where(Proposal.state == asked.state)
    for key, column, known in (
        (asked.category, Proposal.category_id, where.categories),
        (asked.area, Proposal.area_id, where.areas),
    ):
        number = next((each.id for each in known if each.key == key), None)
        rows = rows.where(column == number) if number else rows
    return rows.where(Proposal.id.in_(hits(ctx, asked.q))) if asked.q else rows


def _page(ctx: Context, given: Any, error: str = "", status: int = 200) -> Response:
    """`given`: what was asked for and ticked, in the address or in the form."""
    ballot, case = read(ctx)
    where, paging = places(ctx.session, ctx.locale), read_paging(ctx.query)
    asked = Asked(**{each.name: str(given.get(each.name, ""))[:LONGEST].strip() for each in fields(Asked)})
    fitting = _narrowed(ctx, _proposals(ballot), asked, where)
    rows = _read(ctx.session, fitting.limit(paging.per_page).offset(paging.offset))
    total = ctx.session.scalar(select(func.count()).select_from(fitting.order_by(None).subquery())) or 0
    taken = frozenset(row.source_id for row in options_of(ctx.session, ballot.id) if row.source_id)
    ticked = tuple(one for one in _ticked(ctx, ballot, given) if one.id not in taken)
    view = PickPage(
        ballot=ballot,
        asked=asked,
        filters=_filters(ctx, where),
        rows=rows,
        elsewhere=tuple(one for one in ticked if one not in rows),
        ticked=frozenset(one.id for one in ticked),
        taken=taken,
        pager=make_pager(paging, total),
        places=places_of(ballot, "options"),
        changeable=may_change(ctx.actor, case),
        error=error,
    )
    return page(ctx, "proposals/ballots/desk_pick.html", view, status=status)


def _filters(ctx: Context, where: Places) -> tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]:
    return (
        ("state", ctx._("State"), tuple((str(state), ctx._(STATES[state])) for state in SHOWN)),
        ("category", ctx._("Category"), tuple((each.key, each.name) for each in where.categories)),
        ("area", ctx._("Living area"), tuple((each.key, each.name) for each in where.areas)),
    )


ROUTES = (
    get(PATH + "/{id:int}/proposals", show),
    post(PATH + "/{id:int}/proposals", pick, limit="desk_ballot"),
)
