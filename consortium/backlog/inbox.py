"""The inbox of a service: what was said and waits for an answer, and the four ways to deal with it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.backlog import actions
from consortium.backlog.answering import answer_voice, join_item
from consortium.backlog.forms import AnswerForm
from consortium.backlog.models import AnswerKind
from consortium.backlog.policy import may_work
from consortium.backlog.queries import Item
from consortium.backlog.spoken import Waiting, count_waiting, inbox, waiting_by_service, waiting_voice
from consortium.backlog.writing import close_to
from consortium.services.models import ServiceOwner
from consortium.services.pages import read
from consortium.services.queries import Line
from consortium.voices.labels import LABELS
from consortium.voices.queries import VoiceView
from participation.organisations.policy import SCOPE
from participation.policy import ensure, has_role
from participation.web import Context, NotFound, Response, get, page, post, redirect
from participation.web.fields import clean
from participation.web.paging import Pager, make_pager, read_paging

KINDS = ("feedback", "comment", "outcome")
WAYS = ("join", "open", *map(str, AnswerKind))
LONGEST, TITLE = 100, 60  # characters


@dataclass(frozen=True, kw_only=True)
class InboxPage:
    service: Line
    voices: tuple[VoiceView, ...]
    pager: Pager
    q: str
    kind: str
    sort: str
    kinds: tuple[tuple[str, str, int], ...]
    path: str


@dataclass(frozen=True, kw_only=True)
class VoicePage:
    service: Line
    voice: VoiceView
    close: tuple[Item, ...]
    forms: dict[str, AnswerForm]  # by the way to deal with it
    path: str
    form: AnswerForm | None = None  # the one that was refused


def index(ctx: Context) -> Response:
    line = read(ctx).line
    ensure(may_read(ctx, line))
    q, kind = clean(ctx.query.get("q", ""))[:LONGEST], ctx.query.get("kind", "")
    kind, sort, paging = kind if kind in KINDS else "", ctx.query.get("sort", ""), read_paging(ctx.query)
    counts = count_waiting(ctx.session, line.id, q)
    asked = {"q": q, "kind": kind, "newest": sort == "newest", "offset": paging.offset, "limit": paging.per_page}
    shown = InboxPage(
        service=line,
        voices=inbox(ctx.session, line.id, **asked),
        pager=make_pager(paging, counts.get(kind, 0) if kind else sum(counts.values())),
        q=q,
        kind=kind,
        sort="newest" if sort == "newest" else "oldest",
        kinds=tuple((each, ctx._(LABELS[each]), counts.get(each, 0)) for each in KINDS),
        path=f"{line.path}/inbox",
    )
    return page(ctx, "consortium/backlog/inbox.html", shown)


def show(ctx: Context) -> Response:
    line, voice = _one(ctx)
    return _answer(ctx, line, voice)


def deal(ctx: Context) -> Response:
    line, voice = _one(ctx)
    ensure(may_work(ctx.actor, line.owner_ids))
    form = AnswerForm.read(ctx.form, ctx._)
    if not form.ok:
        return _answer(ctx, line, voice, form)
    deal_with(ctx, line, voice, form)
    ctx.say("ok", ctx._("Done. Whoever spoke is told."))
    return redirect(ctx, f"{line.path}/inbox")


def deal_with(ctx: Context, line: Line, voice: VoiceView, form: AnswerForm) -> int | None:
    """What the form says; the number of the improvement that it led to."""
    values, session = form.ensure(), ctx.session
    kind = values["kind"]
    if kind == "open":
        owner = line.owners[0].id if line.owners else None
        text = actions.ItemText(title=values["title"], body=values["text"], organisation_id=owner)
        more = {"voices": [voice.id], "locale": ctx.locale, "now": ctx.now}
        return actions.open_item(session, ctx.actor, line, text, **more).id
    if kind == "join":
        join_item(session, ctx.actor, line, voice.id, values["item"], now=ctx.now)
        return values["item"]
    answer_voice(session, ctx.actor, line, voice.id, AnswerKind(kind), values["text"], now=ctx.now)
    return None


def may_read(ctx: Context, line: Line) -> Any:
    """Whoever keeps the list, and the auditor."""
    return may_work(ctx.actor, line.owner_ids) | has_role(ctx.actor, "auditor")


def _one(ctx: Context) -> tuple[Line, VoiceView]:
    line = read(ctx).line
    ensure(may_read(ctx, line))
    voice = waiting_voice(ctx.session, line.id, ctx.path["source"])
    if voice is None:
        raise NotFound
    return line, voice


def _answer(ctx: Context, line: Line, voice: VoiceView, form: AnswerForm | None = None) -> Response:
    shown = VoicePage(
        service=line,
        voice=voice,
        close=close_to(ctx, line.id, voice.words[:200]),
        forms=_forms(ctx, voice, form),
        path=f"{line.path}/inbox/{voice.id}",
        form=form,
    )
    return page(ctx, "consortium/backlog/voice.html", shown, status=422 if form else 200)


def _forms(ctx: Context, voice: VoiceView, form: AnswerForm | None) -> dict[str, AnswerForm]:
    values = {"title": " ".join(voice.words.split())[:TITLE]}
    if form is not None and form.raw["kind"] not in WAYS:
        # words that came without a way to deal with it stay in every form: nobody knows for which they were meant
        values |= {name: text for name, text in form.raw.items() if text}
    forms = {kind: AnswerForm.filled({**values, "kind": kind}, ctx._) for kind in WAYS}
    return forms if form is None or form.raw["kind"] not in WAYS else {**forms, form.raw["kind"]: form}


def desk(ctx: Context) -> Response:
    """The secretariat: every service whose voices wait."""
    ensure(has_role(ctx.actor, "secretariat", "auditor"))
    return page(ctx, "consortium/backlog/desk.html", waiting_by_service(ctx.session))


def mine(ctx: Context) -> tuple[Waiting, ...] | None:
    """On one's own page: the services of one's organisations whose voices wait."""
    own = run_by(ctx.session, [scope for _, kind, scope in ctx.actor.roles if kind == SCOPE])
    return waiting_by_service(ctx.session, own) or None if own else None


def run_by(session: Session, organisations: list[int]) -> list[int]:
    """The services of some organisations. One query, none without organisations."""
    if not organisations:
        return []
    wanted = select(ServiceOwner.service_id).where(ServiceOwner.organisation_id.in_(organisations)).distinct()
    return list(session.scalars(wanted))


ROUTES = (
    get("/services/{slug}/inbox", index),
    get("/services/{slug}/inbox/{source:int}", show),
    post("/services/{slug}/inbox/{source:int}", deal),
    get("/secretariat/voices", desk),
)
