"""Draws over the API: the same forms, actions and refusals as the pages."""

from typing import Any

from participation.policy import N_, ensure, signed_in
from participation.web import Context, Invalid, NotFound, Response, get, json_answer, put
from participation.web.describing import MOMENT, NUMBER, TEXT, Doc, list_of, maybe, record_of
from workshops.panels import actions
from workshops.panels.desk import invited_to
from workshops.panels.files import Bounds
from workshops.panels.forms import AnswerForm, EaseForm, SourceForm, ValueForm
from workshops.panels.inviting import answer
from workshops.panels.mailing import office_of
from workshops.panels.models import Answer, WorkshopInvitation
from workshops.panels.policy import may_answer_for, may_ease, may_enter_value, may_name_source
from workshops.panels.queries import Held, draw_view, held_draw, published
from workshops.policy import may_read_desk
from workshops.problems import Wrong

MOST = 1_000  # quotas
BAD_QUOTAS = N_("Please send a list of objects with feature, value, min and max.")


def show(ctx: Context) -> Response:
    """What is public of the draw at this moment, and once it was made everything that repeats it."""
    return json_answer(published(ctx.session, _held(ctx)))


def source(ctx: Context) -> Response:
    """Announce which public number will complete the seed; until the call closes."""
    held = _held(ctx)
    ensure(may_name_source(ctx.actor, held.workshop, held.draw))
    said = SourceForm.read_json(ctx.json, ctx._).ensure()
    texts = {"ja": said["source_ja"], "en": said["source_en"]}
    actions.name_source(ctx.session, ctx.actor, held.workshop.id, texts, now=ctx.now)
    return show(ctx)


def value(ctx: Context) -> Response:
    """Enter the public number, once. The worker draws then."""
    held = _held(ctx)
    ensure(may_enter_value(ctx.actor, held.workshop, held.draw))
    said = ValueForm.read_json(ctx.json, ctx._).ensure()
    actions.enter_value(
        ctx.session, ctx.actor, held.workshop.id, said["value"], said["url"], answer_days=said["answer_days"],
        now=ctx.now,
    )  # fmt: skip
    return show(ctx)


def quotas(ctx: Context) -> Response:
    """Ease quotas that no panel can meet: all of them, the seats and the reason."""
    held = _held(ctx)
    ensure(may_ease(ctx.actor, held.workshop, held.draw))
    said = EaseForm.read_json(ctx.json, ctx._).ensure()
    bounds = _bounds(ctx)
    try:
        actions.ease_quotas(
            ctx.session, ctx.actor, held.workshop.id, bounds, said["seats"], said["reason"], now=ctx.now
        )
    except Wrong as wrong:
        raise wrong.said(ctx._) from None
    return show(ctx)


def invitations(ctx: Context) -> Response:
    """Who is invited, for organisers and auditors."""
    held = _held(ctx)
    ensure(may_read_desk(ctx.actor, held.workshop))
    found = [{**_plain(each.row), "name": each.name} for each in invited_to(ctx, held)]
    return json_answer({"items": found, "total": len(found), "next": None})


def note_answer(ctx: Context) -> Response:
    """What somebody told an organiser."""
    held = _held(ctx)
    ensure(may_answer_for(ctx.actor, held.workshop))
    return _answered(ctx, held, ctx.path["number"])


def own_answer(ctx: Context) -> Response:
    """The caller's own answer: accepted, declined, or withdrawn after accepting."""
    ensure(signed_in(ctx.actor))
    held = _held(ctx)
    own = draw_view(ctx.session, ctx.actor, held, ctx.locale, number="", may_desk=False).own
    if not own:
        raise NotFound(N_("You have no invitation to this workshop."))
    return _answered(ctx, held, own)


def _answered(ctx: Context, held: Held, number: str) -> Response:
    to = Answer(AnswerForm.read_json(ctx.json, ctx._).ensure()["answer"])
    office = office_of(ctx.services)
    row = answer(ctx.session, office, ctx.actor, held.workshop.id, number, to, now=ctx.now)
    return json_answer(_plain(row))


def _held(ctx: Context) -> Held:
    return held_draw(ctx.session, ctx.actor, ctx.path["slug"])


def _bounds(ctx: Context) -> list[Bounds]:
    given = ctx.json.get("quotas")
    if not isinstance(given, list) or len(given) > MOST or not all(map(_is_quota, given)):
        raise Invalid({"quotas": ctx._(BAD_QUOTAS)})
    return [Bounds(each["feature"], each["value"], each["min"], each["max"]) for each in given]


def _is_quota(each: Any) -> bool:
    kinds = {"feature": str, "value": str, "min": int, "max": int}
    return isinstance(each, dict) and all(type(each.get(name)) is kind for name, kind in kinds.items())


def _plain(row: WorkshopInvitation) -> dict[str, Any]:
    return {
        "number": row.number,
        "state": row.state,
        "round": row.round,
        "replaces": row.replaces or None,
        "invited_at": row.invited_at.isoformat(),
        "deadline": row.deadline.isoformat(),
        "answered_at": row.answered_at.isoformat() if row.answered_at else None,
    }


INVITATION = record_of(
    number=TEXT, state=TEXT, round=NUMBER, replaces=maybe(TEXT), invited_at=MOMENT, deadline=MOMENT,
    answered_at=maybe(MOMENT),
)  # fmt: skip
DRAW = record_of(
    workshop=TEXT, stage=TEXT, seed_sha256=TEXT, seed_secret=maybe(TEXT), source={"type": "object"},
    source_value=maybe(TEXT), source_url=maybe(TEXT), seed=maybe(TEXT), seats=NUMBER, pool_sha256=maybe(TEXT),
    quotas_sha256=maybe(TEXT), frozen_at=maybe(MOMENT), drawn_at=maybe(MOMENT), eased_reason=maybe(TEXT),
    engine=maybe(TEXT), command=maybe(TEXT), replaced={"type": "array", "items": TEXT},
    result=maybe({"type": "object"}),
)  # fmt: skip
QUOTA = record_of(feature=TEXT, value=TEXT, min=NUMBER, max=NUMBER)
LISTED = record_of(**INVITATION["properties"], name=TEXT)
BASE = "/api/v1/workshops/{slug}"
ROUTES = (
    get(f"{BASE}/draw", show, api=True, doc=Doc(DRAW)),
    put(f"{BASE}/draw/source", source, api=True, doc=Doc(DRAW, SourceForm, signed_in=True)),
    put(f"{BASE}/draw/value", value, api=True, doc=Doc(DRAW, ValueForm, signed_in=True)),
    put(f"{BASE}/draw/quotas", quotas, api=True,
        doc=Doc(DRAW, EaseForm, more_body={"quotas": {"type": "array", "items": QUOTA}}, signed_in=True)),
    get(f"{BASE}/invitations", invitations, api=True, doc=Doc(list_of(LISTED), signed_in=True)),
    put(f"{BASE}/invitations/{{number}}", note_answer, api=True, doc=Doc(INVITATION, AnswerForm, signed_in=True)),
    put(f"{BASE}/invitation", own_answer, api=True, doc=Doc(INVITATION, AnswerForm, signed_in=True)),
)  # fmt: skip
