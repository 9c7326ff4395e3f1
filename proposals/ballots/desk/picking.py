"""Options made from proposals by one action: title, summary and cost are taken over, the link is kept."""

import re
import unicodedata
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from participation.policy import Verdict, ensure
from participation.spaces.queries import places
from participation.subjects import Subject
from participation.web import Context, Response, get, page, post, redirect
from participation.web.markdown import excerpt
from proposals.ballots import actions
from proposals.ballots.actions import OptionValues
from proposals.ballots.desk.reading import PATH, Place, options_of, places_of, read
from proposals.ballots.models import Ballot
from proposals.ballots.policy import may_change
from proposals.ballots.problems import Wrong
from proposals.labels import STATES
from proposals.listing import SHOWN
from proposals.models import Answer, Proposal

MOST = 200
SUMMARY = 300  # characters
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
    taken: bool


@dataclass(frozen=True, kw_only=True)
class PickPage:
    ballot: Ballot
    rows: tuple[Pickable, ...]
    chosen: dict[str, str]  # filters by name
    filters: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    places: tuple[Place, ...]
    changeable: Verdict


def show(ctx: Context) -> Response:
    return _page(ctx)


def pick(ctx: Context) -> Response:
    """Add the ticked proposals as options, in the order of the list; what is an option already stays as it is."""
    ballot, case = read(ctx)
    ensure(may_change(ctx.actor, case))
    wanted = {text for text in ctx.form.getlist("proposal") if isinstance(text, str)}
    rows = options_of(ctx.session, ballot.id)
    known = {row.source_id for row in rows}
    fresh = [one for one in _found(ctx, ballot) if str(one.id) in wanted and one.id not in known]
    if not fresh:
        ctx.say("info", ctx._("Please tick at least one proposal that is no option yet."))
        return redirect(ctx, f"{PATH}/{ballot.id}/proposals")
    made = [_option(ctx.session, one) for one in fresh]
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


def _found(ctx: Context, ballot: Ballot) -> list[Pickable]:
    """Published proposals of the ballot's process that fit the filters of the address, the most supported first."""
    newest = (
        select(Answer.cost)
        .where(Answer.proposal_id == Proposal.id)
        .order_by(Answer.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = (
        select(Proposal.id, Subject.title, Subject.locale, Proposal.state, Proposal.supports_count, newest)
        .join(Subject, Subject.id == Proposal.id)
        .where(Proposal.process_id == ballot.process_id, Subject.hidden_at.is_(None), Proposal.state.in_(SHOWN))
        .order_by(Proposal.supports_count.desc(), Proposal.id)
        .limit(MOST)
    )
    taken = {row.source_id for row in options_of(ctx.session, ballot.id)}
    return [
        Pickable(number, title, locale, STATES[state], supports, read_yen(cost or ""), number in taken)
        for number, title, locale, state, supports, cost in ctx.session.execute(_filtered(ctx, rows))
    ]


def _filtered(ctx: Context, rows: Rows) -> Rows:
    where, asked = places(ctx.session, ctx.locale), _asked(ctx)
    if asked["state"] in SHOWN:
        rows = rows.where(Proposal.state == asked["state"])
    for name, column, known in (
        ("category", Proposal.category_id, where.categories),
        ("area", Proposal.area_id, where.areas),
    ):
        number = next((each.id for each in known if each.key == asked[name]), None)
        rows = rows.where(column == number) if number else rows
    return rows


def _asked(ctx: Context) -> dict[str, str]:
    return {name: ctx.query.get(name, "")[:60] for name in ("state", "category", "area")}


def _page(ctx: Context) -> Response:
    ballot, case = read(ctx)
    where = places(ctx.session, ctx.locale)
    view = PickPage(
        ballot=ballot,
        rows=tuple(_found(ctx, ballot)),
        chosen=_asked(ctx),
        filters=(
            ("state", tuple((str(state), ctx._(STATES[state])) for state in SHOWN)),
            ("category", tuple((each.key, each.name) for each in where.categories)),
            ("area", tuple((each.key, each.name) for each in where.areas)),
        ),
        places=places_of(ballot, "options"),
        changeable=may_change(ctx.actor, case),
    )
    return page(ctx, "proposals/ballots/desk_pick.html", view)


ROUTES = (
    get(PATH + "/{id:int}/proposals", show),
    post(PATH + "/{id:int}/proposals", pick, limit="desk_ballot"),
)
