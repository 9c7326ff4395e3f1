"""The page of a ballot and the steps of a vote: choose, check, vote, receipt.

The steps are plain forms. What was marked travels in their fields, so that neither a refusal nor signing in in between
loses it; nothing is cast before the page that repeats the choice in words.
"""

from collections.abc import Callable
from dataclasses import dataclass

from participation.policy import Verdict, ensure
from participation.subjects import Subject
from participation.web import Context, NotFound, Response, get, page, post, redirect, subject_blocks
from participation.web.ics import Entry as CalendarEntry
from participation.web.ics import calendar_answer
from proposals.ballots.actions import cast
from proposals.ballots.models import Ballot, Method, State
from proposals.ballots.problems import Wrong
from proposals.ballots.queries import BallotView, OptionView, ballot_view
from proposals.ballots.voting.listing import Stage, stage, stage_of
from proposals.ballots.voting.paper import Entry, Paper
from proposals.ballots.voting.papers import make_paper
from proposals.ballots.voting.slips import ANSWERS, Slip, fill_slip, read_slip
from proposals.ballots.voting.words import COUNT, METHODS, secrecy_words, who_words


@dataclass(frozen=True)
class HowCounted:
    name: str
    count: str


@dataclass(frozen=True, kw_only=True)
class BallotPage:
    """`slip`: the form, for whoever may vote or can sign in to do so; `entries`: what stands there without a form."""

    ballot: BallotView
    state: Stage
    method: HowCounted
    entries: tuple[Entry, ...]
    slip: Slip | None
    say: Callable[[str], str]
    refusal: str
    who: tuple[str, ...]
    secrecy: tuple[str, ...]

    @property
    def form(self) -> Slip | None:
        """As the frame of the page knows it: an error shows in the title."""
        return self.slip

    @property
    def may_vote(self) -> Verdict:
        return self.ballot.may_vote

    @property
    def voted(self) -> bool:
        return self.ballot.has_voted

    @property
    def running(self) -> bool:
        return self.state.key == "open"

    @property
    def answers(self) -> tuple[tuple[str, str], ...]:
        return tuple((value, self.say(label)) for value, label in ANSWERS.items())


@dataclass(frozen=True, kw_only=True)
class CheckPage:
    """A choice in words before it is cast, or with its receipt after."""

    ballot: BallotView
    slip: Slip
    receipt: str = ""

    @property
    def voted(self) -> bool:
        return self.ballot.has_voted

    @property
    def same(self) -> bool:
        """Whether it is the choice that this person has cast already."""
        return self.ballot.own is not None and self.ballot.own.choice == self.slip.choice

    @property
    def answer(self) -> str:
        return self.slip.translate(ANSWERS[self.slip.choice])

    @property
    def left_out(self) -> int:
        """Options that this choice says nothing of."""
        return len(self.slip.paper.entries) - len(self.slip.marked)


def show(ctx: Context) -> Response:
    view = read(ctx)
    slip = None
    if view.may_vote or view.may_vote.kind == "sign_in":
        slip = fill_slip(paper_of(ctx, view), view.own.choice if view.own else None, ctx._)
    return _ballot_page(ctx, view, slip)


def check(ctx: Context) -> Response:
    """Repeat the choice in words; or count, search or go back to choosing, as the pressed button says."""
    view = read(ctx)
    slip = read_slip(paper_of(ctx, view), ctx.form, ctx._)
    step = ctx.form.get("step", "check")
    if step != "check":
        slip.errors.clear()
        return _ballot_page(ctx, view, slip)
    ensure(view.may_vote)
    if not slip.ok:
        return _ballot_page(ctx, view, slip, status=422)
    return page(ctx, "proposals/ballots/check.html", CheckPage(ballot=view, slip=slip))


def vote(ctx: Context) -> Response:
    """Cast the vote. The receipt is shown by this very answer and kept nowhere for showing it again: no redirect, and
    no answer that is stored beside the person's name."""
    view = read(ctx)
    ensure(view.may_vote)
    slip = read_slip(paper_of(ctx, view), ctx.form, ctx._)
    if slip.ok:
        try:
            receipt = cast(ctx.session, ctx.actor, view.id, slip.choice, now=ctx.now)
            answer = CheckPage(ballot=view, slip=slip, receipt=receipt.code)
            return page(ctx, "proposals/ballots/receipt.html", answer)
        except Wrong as wrong:
            slip.errors["paper"] = " ".join(wrong.said(ctx._).errors.values())
    return _ballot_page(ctx, view, slip, status=422)


def _ballot_page(ctx: Context, view: BallotView, slip: Slip | None, status: int = 200) -> Response:
    method = Method(view.method)
    shown = BallotPage(
        ballot=view,
        state=stage(ctx._, stage_of(view, ctx.now)),
        method=HowCounted(ctx._(METHODS[method]), ctx._(COUNT[method])),
        entries=entries_of(ctx, view),
        slip=slip,
        say=ctx._,
        refusal=ctx._(view.may_vote.reason, **dict(view.may_vote.values)),
        who=who_words(ctx, view),
        secrecy=secrecy_words(ctx, view),
    )
    subject = ctx.session.get_one(Subject, view.id)
    url = f"{ctx.settings.base_url}/ballots/{view.slug}"
    return page(
        ctx, "proposals/ballots/show.html", shown, status=status, blocks=subject_blocks(ctx, subject), url=url
    )


def calendar(ctx: Context) -> Response:
    """The close as an entry for a calendar."""
    view = read(ctx)
    if view.closes_at is None:
        raise NotFound
    url = f"{ctx.settings.base_url}/ballots/{view.slug}"
    title = ctx._("Last moment to vote: %(title)s", title=view.title.to(ctx.locale))
    entry = CalendarEntry(
        uid=f"ballot-{view.id}@{ctx.settings.base_url.partition('//')[2]}",
        title=title,
        starts_at=view.closes_at,
        ends_at=view.closes_at,
        url=url,
        called_off=view.state == State.CALLED_OFF,
    )
    return calendar_answer(f"ballot-{view.slug}", ctx.now, entry)


def by_id(ctx: Context) -> Response:
    ballot = ctx.session.get(Ballot, ctx.path["id"])
    if ballot is None:
        raise NotFound
    ballot_view(ctx.session, ctx.actor, ballot.slug, ctx.now)
    return redirect(ctx, f"/ballots/{ballot.slug}")


def read(ctx: Context) -> BallotView:
    """The ballot of the address.

    Raises:
        NotFound: there is none for this reader.
    """
    return ballot_view(ctx.session, ctx.actor, ctx.path["slug"], ctx.now)


def paper_of(ctx: Context, view: BallotView) -> Paper:
    return make_paper(view.method, view.rules, entries_of(ctx, view))


def entries_of(ctx: Context, view: BallotView) -> tuple[Entry, ...]:
    """The options in the reader's language and order."""
    return tuple(_entry(ctx, option) for option in view.options)


def _entry(ctx: Context, option: OptionView) -> Entry:
    path = ""
    if option.source_id is not None and option.source_kind in ctx.services.registry.kinds:
        path = ctx.services.registry.kinds[option.source_kind].path(option.source_id)
    return Entry(
        key=option.key,
        title=option.title.to(ctx.locale),
        summary=option.summary.to(ctx.locale),
        cost=option.cost,
        area=option.area.to(ctx.locale) if option.area else "",
        path=path,
    )


def how(ctx: Context) -> Response:
    """How ballots are counted, method by method, and what they protect against."""
    methods = [(str(method), ctx._(METHODS[method]), ctx._(COUNT[method])) for method in Method]
    return page(ctx, "proposals/ballots/how.html", methods)


ROUTES = (
    get("/help/ballots", how, cached=True),
    get("/ballots/by-id/{id:int}", by_id),
    get("/ballots/{slug}", show, cached=True),
    get("/ballots/{slug}/close.ics", calendar, cached=True),
    post("/ballots/{slug}/check", check, reads=True, limit="vote"),
    post("/ballots/{slug}/vote", vote, limit="vote", keeps=False),
)
