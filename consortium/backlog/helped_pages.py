"""One click: did it really help? Nothing is stored by opening the page."""

from dataclasses import dataclass

from consortium.backlog.forms import HelpedForm
from consortium.backlog.helping import HelpedFigures, helped_of, item_of_outcome, say_helped
from consortium.backlog.labels import HELPED
from consortium.backlog.models import Helped
from consortium.backlog.pages import read_item
from consortium.backlog.policy import may_say_helped
from consortium.backlog.queries import Item
from participation.policy import Verdict, ensure
from participation.subjects import Subject
from participation.web import Context, NotFound, Response, fragment, get, json_answer, page, post, put, redirect
from participation.web.describing import NUMBER, TEXT, Doc, maybe, record_of

REGION = "consortium/backlog/_helped.html"


@dataclass(frozen=True)
class HelpedBox:
    """What people say beside the owner's claim, and the three buttons."""

    item_id: int
    figures: HelpedFigures
    marks: tuple[tuple[str, str], ...]
    may: Verdict
    form: HelpedForm


@dataclass(frozen=True)
class HelpedPage:
    item: Item
    box: HelpedBox


def helped_box(ctx: Context, item_id: int, may: Verdict, form: HelpedForm | None = None) -> HelpedBox:
    """Two queries."""
    marks = tuple((str(key), ctx._(label)) for key, label in HELPED.items())
    found = helped_of(ctx.session, ctx.actor, item_id)
    return HelpedBox(item_id, found, marks, may, form or HelpedForm.filled({}, ctx._))


def helped_block(ctx: Context, subject: object) -> HelpedBox | None:
    """On the page of an improvement that is released."""
    if getattr(subject, "kind", "") != "backlog":
        return None
    case, item = read_item(ctx)
    return helped_box(ctx, item.id, may_say_helped(ctx.actor, case)) if item.released_at else None


def ask(ctx: Context) -> Response:
    case, item = read_item(ctx)
    if not item.released_at:
        raise NotFound
    shown = HelpedPage(item, helped_box(ctx, item.id, may_say_helped(ctx.actor, case)))
    return page(ctx, "consortium/backlog/helped.html", shown)


def say(ctx: Context) -> Response:
    case, item = read_item(ctx)
    ensure(may_say_helped(ctx.actor, case))
    form = HelpedForm.read(ctx.form, ctx._)
    if form.ok:
        answer = Helped(form.values["answer"])
        say_helped(ctx.session, ctx.actor, item.id, answer, form.values["words"], now=ctx.now)
        if not ctx.htmx:
            ctx.say("ok", ctx._("Thank you. It stands beside what the owner says, without your name."))
            return redirect(ctx, f"{item.path}#helped")
    status = 200 if form.ok else 422
    box = helped_box(ctx, item.id, may_say_helped(ctx.actor, case), None if form.ok else form)
    if ctx.htmx:
        return fragment(ctx, REGION, None, block=box, status=status)
    return page(ctx, "consortium/backlog/helped.html", HelpedPage(item, box), status=status)


def say_by_api(ctx: Context) -> Response:
    """Say whether a release helped: yes, no or unsure. The newest word counts; a "no" is a new voice to the service."""
    case, item = read_item(ctx)
    ensure(may_say_helped(ctx.actor, case))
    values = HelpedForm.read_json(ctx.json, ctx._).ensure()
    say_helped(ctx.session, ctx.actor, item.id, Helped(values["answer"]), values["words"], now=ctx.now)
    found = helped_of(ctx.session, ctx.actor, item.id)
    return json_answer({"yes": found.yes, "no": found.no, "unsure": found.unsure, "mine": found.mine or None})


def by_id(ctx: Context) -> Response:
    """Where the words of a "no" stand."""
    item_id, subject = item_of_outcome(ctx.session, ctx.path["id"]), ctx.session.get(Subject, ctx.path["id"])
    if item_id is None or subject is None or not subject.visible:
        raise NotFound
    return redirect(ctx, f"/backlog/{item_id}#helped")


FIGURES = record_of(yes=NUMBER, no=NUMBER, unsure=NUMBER, mine=maybe(TEXT))
ROUTES = (
    get("/backlog/outcomes/{id:int}", by_id),
    get("/backlog/{id:int}/helped", ask),
    post("/backlog/{id:int}/helped", say, limit="support"),
    put(
        "/api/v1/backlog/{id:int}/helped",
        say_by_api,
        api=True,
        limit="support",
        doc=Doc(FIGURES, HelpedForm, signed_in=True),
    ),
)
