"""Workshops and applications over the API: the same forms, actions and refusals as the pages."""

from typing import Any

from participation.policy import N_, ensure
from participation.spaces.queries import process_by_slug
from participation.web import Context, Invalid, Response, delete, get, json_answer, patch, post
from participation.web.describing import FLAG, MOMENT, NUMBER, PAGES, TEXT, Doc, list_of, maybe, record_of
from participation.web.drafting import draft_of
from participation.web.fields import Email, Flag, Integer, Text
from participation.web.forms import Form
from participation.web.listing import json_page
from workshops import actions
from workshops.calls.actions import withdraw_application
from workshops.calls.applicants import counted
from workshops.calls.forms import NAME, NEEDS, application_form, choices_of
from workshops.calls.pages import links, opened, send
from workshops.calls.policy import may_read_applications
from workshops.desk.writing import purposes
from workshops.forms import StepForm, WorkshopForm, to_columns
from workshops.listing import Asked, in_order
from workshops.models import State, WorkshopApplication
from workshops.policy import may_apply, may_change, may_create
from workshops.problems import Wrong
from workshops.queries import WholeWorkshop, WorkshopLine, workshop_lines
from workshops.showing import read

NEEDED = N_("%(label)s (needed before the call)")
Patched = draft_of(WorkshopForm, NEEDED)


class CreateForm(WorkshopForm):
    """A plan: title, address and process; the rest may come later."""

    slug = Text(N_("Address"), max=60)
    process = Text(N_("Process"), max=60)


class DescribedForm(Form):
    """What every application holds; each workshop adds its own questions as `q.<key>`."""

    name = NAME
    email = Email(N_("E-mail address"), required=False)
    needs = NEEDS
    agree = Flag(N_("I agree to this use of my data"), required=True)
    agreed = Integer(N_("Version of the purpose of use"), min=1)


def index(ctx: Context) -> Response:
    """Workshops that the caller may see. Filters: q, state (of the call: open, later …), process."""
    wanted = Asked(**{name: ctx.query.get(name, "")[:100].strip() for name in ("q", "state", "process")})
    found = in_order(tuple(line for line in workshop_lines(ctx.session, ctx.actor, ctx.now) if wanted.fits(line)))
    return json_page(ctx, found, lambda line: _line(ctx, line))


def show(ctx: Context) -> Response:
    """One workshop with what its application asks and for whom places are kept."""
    return json_answer(as_json(ctx, read(ctx)))


def create(ctx: Context) -> Response:
    """A plan that only its organisers see -> 201."""
    ensure(may_create(ctx.actor))
    values = CreateForm.read_json(ctx.json, ctx._, choices=purposes(ctx)).ensure()
    process = process_by_slug(ctx.session, values["process"])
    if process is None:
        raise Invalid({"process": ctx._("There is no such process.")})
    sent = to_columns({name: value for name, value in values.items() if name in ctx.json})
    try:
        row = actions.create_workshop(ctx.session, ctx.actor, process.id, values["slug"], sent, now=ctx.now)
    except Wrong as wrong:
        raise wrong.said(ctx._) from None
    ctx.path["slug"] = row.slug
    return json_answer(as_json(ctx, read(ctx)), status=201)


def change(ctx: Context) -> Response:
    """Change what is sent; what is left out stays."""
    whole = read(ctx)
    row = whole.workshop
    ensure(may_change(ctx.actor, row))
    values = dict(Patched.read_json(ctx.json, ctx._, choices=purposes(ctx), partial=True).ensure())
    for name in actions.TEXTS:  # one language alone leaves the other as it is
        if f"{name}_ja" in values or f"{name}_en" in values:
            values = {**{f"{name}_{each}": getattr(row, name).get(each, "") for each in ("ja", "en")}, **values}
    if not values.get("title_ja", "kept"):
        raise Invalid({"title_ja": ctx._("Please fill this in.")})
    _ensure_times(ctx, whole, values)
    actions.change_workshop(ctx.session, ctx.actor, row.id, to_columns(values), now=ctx.now)
    return json_answer(as_json(ctx, read(ctx)))


def _ensure_times(ctx: Context, whole: WholeWorkshop, values: dict[str, Any]) -> None:
    """What is sent with what stands there already: the database refuses an end before its beginning."""
    for first, last in (("starts_at", "ends_at"), ("call_opens_at", "call_closes_at")):
        begins, ends = (values.get(name, getattr(whole.workshop, name)) for name in (first, last))
        if begins is not None and ends is not None and ends <= begins:
            raise Invalid({last: ctx._("The end must be after the beginning.")})


def move(ctx: Context) -> Response:
    """A step: announce the call, end it, settle who takes part, mark as held, publish, call off."""
    whole = read(ctx)
    values = StepForm.read_json(ctx.json, ctx._).ensure()
    about = (ctx.session, ctx.actor, whole.workshop.id, State(values["to"]))
    try:
        actions.move_workshop(*about, reason=values["reason"], registry=ctx.services.registry, now=ctx.now)
    except Wrong as wrong:
        raise wrong.said(ctx._) from None
    return json_answer(as_json(ctx, read(ctx)))


def apply(ctx: Context) -> Response:
    """Apply -> 201. Answers are fields named `q.` and the key of the question. Without a token an `email` is needed, a
    link is mailed that confirms, and the answer tells nothing of the application."""
    whole = read(ctx)
    ensure(may_apply(whole.workshop, whole.subject.visible, ctx.now))
    kind = application_form(whole.workshop, whole.questions, ctx.actor, ctx.locale)
    form = kind.read_json(ctx.json, ctx._, choices=choices_of(whole.questions, ctx.locale))
    said = DescribedForm.read_json(ctx.json, ctx._)  # an address that is not needed is looked at too
    if not form.ok or "email" in said.errors:
        raise Invalid({**said.errors, **form.errors})
    row = send(ctx, whole, form)
    if not ctx.actor.signed_in:
        return json_answer({"state": "link_mailed", "number": None, "url": None}, status=201)
    url = links(ctx).url(whole.workshop.slug, row)
    return json_answer({"state": "applied", "number": row.number, "url": url}, status=201)


def withdraw(ctx: Context) -> Response:
    """Withdraw the application of this personal address."""
    _, row = opened(ctx)
    withdraw_application(ctx.session, row.id, now=ctx.now)
    return json_answer({"state": "withdrawn"})


def applicants(ctx: Context) -> Response:
    """Who applied, for the organisers of the workshop and auditors alone."""
    whole = read(ctx)
    ensure(may_read_applications(ctx.actor, whole.workshop))
    rows = [row for row in counted(ctx.session, whole.workshop.id) if row.withdrawn_at is None]
    return json_page(ctx, rows, _applicant)


def _applicant(row: WorkshopApplication) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in ("number", "name", "email", "answers", "needs", "declared")},
        "applied_at": row.created_at.isoformat(),
    }


def _line(ctx: Context, line: WorkshopLine | WholeWorkshop) -> dict[str, Any]:
    row = line.workshop
    return {
        **{name: getattr(row, name) for name in ("id", "slug", "state", "capacity", "fee")},
        **{name: getattr(row, name).to(ctx.locale) for name in ("title", "question", "venue")},
        **{name: _moment(getattr(row, name)) for name in MOMENTS},
        "url": ctx.settings.base_url + line.path,
        "process": line.process_slug,
        "stage": line.stage,
    }


def as_json(ctx: Context, whole: WholeWorkshop) -> dict[str, Any]:
    row = whole.workshop
    return {
        **_line(ctx, whole),
        **{name: getattr(row, name).to(ctx.locale) for name in ("description", "address", "access", "contact")},
        **{name: getattr(row, name) for name in PLAIN},
        "questions": [
            {"key": each.key, "label": each.label.to(ctx.locale), "why": each.why.to(ctx.locale)}
            | {"options": [{"key": o["key"], "label": dict(choices)[str(o["key"])]} for o in each.options]}
            for each in whole.questions
            for choices in [choices_of([each], ctx.locale)[f"q.{each.key}"]]
        ],
        "quotas": [
            {"feature": each.feature, "value": each.value, "minimum": each.minimum, "maximum": each.maximum}
            for each in whole.quotas
        ],
        "may_apply": bool(may_apply(row, whole.subject.visible, ctx.now)),
    }


def _moment(at: Any) -> str | None:
    return at.isoformat() if at else None


MOMENTS = ("starts_at", "ends_at", "call_opens_at", "call_closes_at")
PLAIN = ("lat", "lng", "min_age", "any_of", "purpose", "retention_days", "dots", "called_off_reason")
SHORT = {
    **{name: TEXT for name in ("slug", "state", "title", "question", "venue", "url", "process", "stage")},
    **{name: NUMBER for name in ("id", "capacity", "fee")},
    **{name: maybe(MOMENT) for name in MOMENTS},
}
TEXTS: dict[str, Any] = {"type": "array", "items": TEXT}
OPTION = record_of(key=TEXT, label=TEXT)
QUESTION = record_of(key=TEXT, label=TEXT, why=TEXT, options={"type": "array", "items": OPTION})
QUOTA = record_of(feature=TEXT, value=TEXT, minimum=NUMBER, maximum=NUMBER)
WHOLE = record_of(
    **SHORT,
    **{name: TEXT for name in ("description", "address", "access", "contact", "purpose", "called_off_reason")},
    **{name: NUMBER for name in ("min_age", "retention_days", "dots")},
    lat=maybe({"type": "number"}),
    lng=maybe({"type": "number"}),
    any_of=TEXTS,
    questions={"type": "array", "items": QUESTION},
    quotas={"type": "array", "items": QUOTA},
    may_apply=FLAG,
)
APPLICANT = record_of(number=TEXT, name=TEXT, email=maybe(TEXT), answers={"type": "object"}, needs=TEXT,
                      declared=TEXTS, applied_at=MOMENT)  # fmt: skip
APPLIED = record_of(state=TEXT, number=maybe(TEXT), url=maybe(TEXT))
_ONE = "/api/v1/workshops/{slug}"
_WRITES = {"api": True, "limit": "workshop_desk"}
FILTERS = {"q": "Words of title, question or place", "state": "open, later, drawing, confirmed, held, published …",
           "process": "Its slug", **PAGES}  # fmt: skip
ROUTES = (
    get("/api/v1/workshops", index, api=True, doc=Doc(list_of(record_of(**SHORT)), query=FILTERS)),
    post("/api/v1/workshops", create, **_WRITES, doc=Doc(WHOLE, CreateForm, status=201, signed_in=True)),
    get(_ONE, show, api=True, doc=Doc(WHOLE)),
    patch(_ONE, change, **_WRITES, doc=Doc(WHOLE, Patched, signed_in=True)),
    post(_ONE + "/transitions", move, **_WRITES, doc=Doc(WHOLE, StepForm, signed_in=True)),
    get(_ONE + "/applications", applicants, api=True, doc=Doc(list_of(APPLICANT), query=PAGES, signed_in=True)),
    post(_ONE + "/applications", apply, api=True, limit="workshop_apply", doc=Doc(APPLIED, DescribedForm, status=201)),
    delete(_ONE + "/applications/{token}", withdraw, api=True, limit="workshop_apply", doc=Doc(record_of(state=TEXT))),
)
