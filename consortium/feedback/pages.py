"""The five buttons, what comes after the tap, and what everybody reads: figures and words."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from consortium.feedback import actions
from consortium.feedback.drawing import Chart, chart
from consortium.feedback.figures import Figures, Group, figures
from consortium.feedback.forms import FeedbackForm, WordsForm
from consortium.feedback.labels import AGES, SATISFACTION
from consortium.feedback.models import AgeBand, Feedback
from consortium.feedback.policy import may_give, may_see_own, may_withdraw, may_word
from consortium.feedback.queries import OwnFeedback, Voice, count_voices, own_feedback, place_of, voices
from consortium.services.pages import read, whole_of
from consortium.services.queries import Line, Whole, service_slug, whole_service
from participation.policy import Verdict, ensure, signed_in
from participation.signed import seal, unseal
from participation.spaces.queries import Places, places
from participation.web import (
    Context,
    NotFound,
    Response,
    delete,
    fragment,
    get,
    page,
    patch,
    post,
    redirect,
    take_cell,
)
from participation.web.csv import csv_answer
from participation.web.paging import PER_PAGE, Pager, make_pager, read_paging

LABEL, LIFE = "feedback", timedelta(days=30)
HEADS = ("group", "key", "people", "average", "1", "2", "3", "4", "5")
SHOWN = 3  # words on the service's own page


@dataclass(frozen=True)
class Asking:
    """The region of the five buttons."""

    path: str
    marks: tuple[tuple[int, str], ...]
    may: Verdict
    error: str = ""


@dataclass(frozen=True)
class Summary:
    """What stands on the page of a service."""

    asking: Asking
    figures: Figures
    chart: Chart | None
    voices: tuple[Voice, ...]
    words: dict[int, str]
    path: str


@dataclass(frozen=True, kw_only=True)
class FeedbackPage:
    service: Line
    summary: Summary
    segments: tuple[tuple[str, tuple[tuple[str, Group], ...]], ...]  # (heading, rows)
    pager: Pager
    fewest: int = 5


@dataclass(frozen=True)
class Given:
    """After the tap: what was said, words to add, and the way back."""

    service: Line
    feedback: Feedback
    label: str
    path: str
    form: WordsForm
    wordable: Verdict
    withdrawable: Verdict


def feedback_block(ctx: Context, subject: Any) -> Summary | None:
    """On the page of a service that is in the catalogue."""
    if subject.kind != "service" or not subject.visible:
        return None
    view = whole_of(ctx)
    return None if view is None else _summary(ctx, view.line, 0, SHOWN)


def index(ctx: Context) -> Response:
    view, paging = read(ctx), read_paging(ctx.query)
    summary = _summary(ctx, view.line, paging.offset, paging.per_page)
    shown = FeedbackPage(
        service=view.line,
        summary=summary,
        segments=_segments(ctx, summary.figures),
        pager=make_pager(paging, count_voices(ctx.session, view.line.id)),
    )
    return page(ctx, "consortium/feedback/index.html", shown)


def table(ctx: Context) -> Response:
    """The figures as a table; groups that are too small have no numbers."""
    line = read(ctx).line
    found = figures(ctx.session, line.id)
    areas = {str(area.id): area.key for area in places(ctx.session, ctx.locale).areas}
    parts = (("all", (found.total,)), ("month", found.months), ("age_band", found.ages), ("living_area", found.areas))
    rows = [
        (name, areas.get(group.key, group.key), group.count, group.average, *(group.counts or [None] * 5))
        for name, groups in parts
        for group in groups
    ]
    return csv_answer(f"feedback-{line.slug}", HEADS, rows)


def take_cells(ctx: Context) -> None:
    """Of an address without an account, five a day on one service. Only a keyed hash of the address is kept for it."""
    take_cell(ctx, "feedback", f"a{ctx.actor.id}" if ctx.actor.signed_in else f"c{ctx.client}")
    if not ctx.actor.signed_in and "slug" in ctx.path:
        take_cell(ctx, "feedback_on_service", f"{ctx.client}:{ctx.path['slug']}")


def create(ctx: Context) -> Response:
    view, found = read(ctx), places(ctx.session, ctx.locale)
    form = FeedbackForm.read(ctx.form, ctx._, choices=_choices(found))
    ensure(may_give(ctx.actor, view.line.owner_ids, view.line.state, view.line.visible))
    if not form.ok:
        return _refused(ctx, view, form)
    row = give(ctx, view.line, form, found)
    if ctx.htmx:
        return fragment(ctx, "consortium/feedback/_given.html", _given(ctx, view.line, row, found))
    return redirect(ctx, own_path(ctx, row))


def give(ctx: Context, line: Line, form: FeedbackForm, found: Places) -> Feedback:
    words, mark = form.words(found), form.values["satisfaction"]
    return actions.give_feedback(ctx.session, ctx.actor, line, mark, words, locale=ctx.locale, now=ctx.now)


def own_path(ctx: Context, row: Feedback) -> str:
    """The address that whoever gave this feedback holds, for a month."""
    return f"/feedback/{seal(ctx.services.secret, LABEL, row.id, ctx.now)}"


def own(ctx: Context) -> Response:
    row, line = _own(ctx)
    view = _given(ctx, line, row, places(ctx.session, ctx.locale))
    return _private(page(ctx, "consortium/feedback/given.html", view))


def add(ctx: Context) -> Response:
    row, line = _own(ctx)
    found = places(ctx.session, ctx.locale)
    form = WordsForm.read(ctx.form, ctx._, choices=_choices(found))
    ensure(may_word(ctx.actor, row))
    if not form.ok:
        view = _given(ctx, line, row, found, form)
        if ctx.htmx:
            return fragment(ctx, "consortium/feedback/_given.html", view, status=422)
        return _private(page(ctx, "consortium/feedback/given.html", view, status=422))
    actions.add_words(ctx.session, ctx.actor, row.id, form.words(found), now=ctx.now)
    if ctx.htmx:
        return fragment(ctx, "consortium/feedback/_given.html", _given(ctx, line, row, found))
    return redirect(ctx, own_path(ctx, row))


def withdraw(ctx: Context) -> Response:
    row, line = _own(ctx)
    actions.withdraw_feedback(ctx.session, ctx.actor, row.id, now=ctx.now)
    ctx.say("ok", ctx._("Your feedback is withdrawn: it counts no more, and its words are deleted."))
    return redirect(ctx, line.path)


def by_id(ctx: Context) -> Response:
    """The page of words on which these stand."""
    found = place_of(ctx.session, ctx.path["id"])
    if found is None:
        raise NotFound
    slug, newer = found
    return redirect(ctx, f"/services/{slug}/feedback?page={newer // PER_PAGE + 1}#voice-{ctx.path['id']}")


def mine(ctx: Context) -> Response:
    ensure(signed_in(ctx.actor))
    rows = own_feedback(ctx.session, ctx.actor.id or 0)
    links = {row.id: f"/feedback/{seal(ctx.services.secret, LABEL, row.id, ctx.now)}" for row in rows}
    words = {mark: ctx._(label) for mark, label in SATISFACTION.items()}
    return page(ctx, "consortium/feedback/mine.html", rows, links=links, words=words)


def mine_block(ctx: Context) -> tuple[OwnFeedback, ...] | None:
    return own_feedback(ctx.session, ctx.actor.id or 0, 3) or None


def _summary(ctx: Context, line: Line, offset: int, limit: int) -> Summary:
    found = ctx.recall(("feedback", line.id), lambda: figures(ctx.session, line.id))
    return Summary(
        asking=_asking(ctx, line),
        figures=found,
        chart=chart(found.months),
        voices=voices(ctx.session, ctx.actor, line.id, offset, limit),
        words={mark: ctx._(label) for mark, label in SATISFACTION.items()},
        path=f"{line.path}/feedback",
    )


def _asking(ctx: Context, line: Line, error: str = "") -> Asking:
    marks = tuple((mark, ctx._(label)) for mark, label in SATISFACTION.items())
    return Asking(f"{line.path}/feedback", marks, may_give(ctx.actor, line.owner_ids, line.state, line.visible), error)


def _segments(ctx: Context, found: Figures) -> tuple[tuple[str, tuple[tuple[str, Group], ...]], ...]:
    areas = {str(area.id): area.name for area in places(ctx.session, ctx.locale).areas}
    unsaid = ctx._("not said")
    ages = tuple((ctx._(AGES[AgeBand(group.key)]) if group.key else unsaid, group) for group in found.ages)
    living = tuple((areas.get(group.key, unsaid), group) for group in found.areas)
    return ((ctx._("By age"), ages), (ctx._("By living area"), living))


def _refused(ctx: Context, view: Whole, form: FeedbackForm) -> Response:
    """The words come back as they were typed, with the five buttons under them."""
    shown = _asking(ctx, view.line, form.errors.get("satisfaction", ""))
    if ctx.htmx:
        return fragment(ctx, "consortium/feedback/_retry.html", shown, form=form, status=422)
    return page(ctx, "consortium/feedback/retry.html", shown, form=form, line=view.line, status=422)


def _given(ctx: Context, line: Line, row: Feedback, found: Places, form: WordsForm | None = None) -> Given:
    area = next((area.key for area in found.areas if area.id == row.area_id), "")
    filled = WordsForm.filled({"area": area, "age_band": row.age_band}, ctx._, choices=_choices(found))
    label = ctx._(SATISFACTION[row.satisfaction])
    about = (ctx.actor, row)
    return Given(line, row, label, own_path(ctx, row), form or filled, may_word(*about), may_withdraw(*about))


def _own(ctx: Context) -> tuple[Feedback, Line]:
    opened = unseal(ctx.services.secret, LABEL, ctx.path["token"], ctx.now, LIFE)
    row = ctx.session.get(Feedback, opened[0]) if opened else None
    if row is None or not may_see_own(ctx.actor, row):
        raise NotFound
    view = whole_service(ctx.session, service_slug(ctx.session, row.service_id) or "")
    if view is None:
        raise NotFound
    return row, view.line


def _choices(found: Places) -> dict[str, list[tuple[str, str]]]:
    return {"area": [(area.key, area.name) for area in found.areas]}


def _private(response: Response) -> Response:
    """The address is the key to what was given."""
    response.headers["referrer-policy"] = "no-referrer"
    response.headers["cache-control"] = "private, no-store"
    return response


ROUTES = (
    get("/services/{slug}/feedback", index, cached=True),
    get("/services/{slug}/feedback.csv", table, limit="services_table"),
    post("/services/{slug}/feedback", create, prepare=take_cells),
    get("/feedback/by-id/{id:int}", by_id),
    get("/feedback/{token}", own),
    patch("/feedback/{token}", add, prepare=take_cells),
    delete("/feedback/{token}", withdraw),
    get("/me/feedback", mine),
)
