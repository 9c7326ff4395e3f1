"""Ballots over the API: the same forms, actions and refusals as the pages."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from participation.policy import N_, ensure
from participation.spaces.models import Area
from participation.spaces.queries import process_by_slug
from participation.web import Context, Invalid, Response, get, json_answer, patch, post, put
from participation.web.describing import FLAG, MOMENT, NUMBER, PAGES, TEXT, Doc, list_of, maybe, record_of
from participation.web.fields import Text
from participation.web.listing import json_page, narrowed, soonest
from proposals.ballots import actions, export
from proposals.ballots.actions import OptionValues
from proposals.ballots.forms import (
    TEXTS,
    BallotForm,
    MoveForm,
    OptionForm,
    Patched,
    PostponeForm,
    option_values,
    to_columns,
)
from proposals.ballots.models import State
from proposals.ballots.policy import may_change, may_manage
from proposals.ballots.problems import Wrong
from proposals.ballots.queries import BallotLine, BallotView, ballot_lines, ballot_view
from proposals.ballots.sources import sources_of

MOST_OPTIONS = 500
BAD_OPTIONS = N_("Please send a list of at most %(most)s objects.")
NO_SOURCE = N_("There is no public proposal or pilot with this number.")


class CreateForm(BallotForm):
    """A draft: name and title are needed, the rest may come later."""

    fields = {  # noqa: RUF012 - those of a draft, and two
        **Patched.fields,
        "slug": Text(N_("Address"), max=60),
        "process": Text(N_("Process"), max=60),
        "title_ja": BallotForm.fields["title_ja"],
    }


def index(ctx: Context) -> Response:
    """Ballots that everybody may see, the newest first; whoever prepares some sees drafts too."""
    found = narrowed(
        ctx, ballot_lines(ctx.session, ctx.actor, drafts=bool(may_manage(ctx.actor))),
        words=lambda line: (*line.title.values(), *line.description.values(), *line.pledge.values()),
        fields={"state": lambda line: line.state, "process": lambda line: line.process_slug,
                "method": lambda line: line.method},
        sorts={"closes": lambda line: soonest(line.closes_at)},
    )  # fmt: skip
    return json_page(ctx, found, lambda line: _line(ctx, line))


def show(ctx: Context) -> Response:
    """One ballot; `may_vote`, `has_voted` and `vote` are the caller's own."""
    return json_answer(as_json(ctx, _view(ctx)))


def create(ctx: Context) -> Response:
    """A draft -> 201; `transitions` opens it."""
    ensure(may_manage(ctx.actor))
    values = CreateForm.read_json(ctx.json, ctx._, choices=_choices(ctx)).ensure()
    process = process_by_slug(ctx.session, values["process"])
    if process is None:
        raise Invalid({"process": ctx._("There is no such process.")})
    sent = {name: value for name, value in values.items() if name in ctx.json}
    stored = to_columns(sent, _areas(ctx), "yes_no", {})
    try:
        number = actions.create_ballot(ctx.session, ctx.actor, process.id, values["slug"], stored, now=ctx.now)
        _put_options(ctx, number)
    except Wrong as wrong:
        raise wrong.said(ctx._) from None
    ctx.path["slug"] = values["slug"]
    return json_answer(as_json(ctx, _view(ctx)), status=201)


def change(ctx: Context) -> Response:
    """Change what is sent; what is left out stays. Refused once somebody has voted."""
    view = _view(ctx)
    ensure(may_change(ctx.actor, view.case))
    values = Patched.read_json(ctx.json, ctx._, choices=_choices(ctx), partial=True).ensure()
    if not values.get("title_ja", "kept"):
        raise Invalid({"title_ja": ctx._("Please fill this in.")})
    for name in TEXTS:  # one language alone leaves the other as it is
        if f"{name}_ja" in values or f"{name}_en" in values:
            values = {**{f"{name}_{each}": getattr(view, name).get(each, "") for each in ("ja", "en")}, **values}
    stored = to_columns(values, _areas(ctx), view.method, view.rules)
    try:
        actions.change_ballot(ctx.session, ctx.actor, view.id, stored, now=ctx.now)
        _put_options(ctx, view.id)
    except Wrong as wrong:
        raise wrong.said(ctx._) from None
    return json_answer(as_json(ctx, _view(ctx)))


def move(ctx: Context) -> Response:
    """Open it, close it (early with a reason), publish the result, call it off with a reason."""
    view = _view(ctx)
    values = MoveForm.read_json(ctx.json, ctx._).ensure()
    reason, about = values["reason"], (ctx.session, ctx.actor, view.id)
    try:
        if values["to"] == State.OPEN:
            actions.open_ballot(*about, now=ctx.now)
        elif values["to"] == State.CLOSED:
            actions.close_ballot(*about, now=ctx.now, reason=reason)
        elif values["to"] == State.PUBLISHED:
            actions.publish_ballot(*about, now=ctx.now)
        else:
            actions.call_off(*about, reason, now=ctx.now)
    except Wrong as wrong:
        raise wrong.said(ctx._) from None
    return json_answer(as_json(ctx, _view(ctx)))


def postpone(ctx: Context) -> Response:
    """Put off the close of an open ballot, with a `reason` that everybody reads -> 201."""
    view, values = _view(ctx), PostponeForm.read_json(ctx.json, ctx._).ensure()
    try:
        actions.postpone_ballot(ctx.session, ctx.actor, view.id, values["closes_at"], values["reason"], now=ctx.now)
    except Wrong as wrong:
        raise wrong.said(ctx._) from None
    return json_answer(as_json(ctx, _view(ctx)), status=201)


def vote(ctx: Context) -> Response:
    """Vote, or change one's vote: `choice` as the method wants it. The same again answers the same receipt; an
    Idempotency-Key makes a late repetition harmless too."""
    view = _view(ctx)
    if not isinstance(ctx.json, dict) or "choice" not in ctx.json:
        raise Invalid({"choice": ctx._("Please send your choice.")})
    try:
        receipt = actions.cast(ctx.session, ctx.actor, view.id, ctx.json["choice"], now=ctx.now, key=ctx.once)
    except Wrong as wrong:
        raise wrong.said(ctx._) from None
    return json_answer({"receipt": receipt.code})


def _put_options(ctx: Context, ballot_id: int) -> None:
    if "options" not in ctx.json:
        return
    sent, areas = ctx.json["options"], _areas(ctx)
    if not isinstance(sent, list) or len(sent) > MOST_OPTIONS or not all(isinstance(each, dict) for each in sent):
        raise Invalid({"options": ctx._(BAD_OPTIONS, most=MOST_OPTIONS)})
    forms = [OptionForm.read_json(each, ctx._, choices={"area": _choices(ctx)["areas"]}) for each in sent]
    wrong = {f"options.{place}.{name}": text for place, form in enumerate(forms) for name, text in form.errors.items()}
    if wrong:
        raise Invalid(wrong)
    keys = [each.get("id", "") for each in sent]
    if not all(isinstance(key, str) for key in keys):
        raise Invalid({"options": ctx._("Please send a text.")})
    made = zip(keys, forms, _sources(ctx, sent), strict=True)
    rows = [OptionValues(key=key, source_id=one, **option_values(form.values, areas)) for key, form, one in made]
    actions.set_options(ctx.session, ctx.actor, ballot_id, rows, now=ctx.now)


def _sources(ctx: Context, sent: list[dict[str, Any]]) -> list[int | None]:
    """The numbers of what the options were made from, each checked."""
    asked = [each.get("source") for each in sent]
    numbers = [one for one in asked if type(one) is int and 0 < one < 2**63]
    known = sources_of(ctx.session, ctx.services.registry.kinds, numbers)
    wrong = {place for place, one in enumerate(asked) if one is not None and (type(one) is not int or one not in known)}
    if wrong:
        raise Invalid({f"options.{place}.source": ctx._(NO_SOURCE) for place in sorted(wrong)})
    return asked


def _areas(ctx: Context) -> Mapping[str, int]:
    return {key: id for key, id in ctx.session.execute(select(Area.key, Area.id))}


def _choices(ctx: Context) -> dict[str, list[tuple[str, str]]]:
    return {"areas": [(key, key) for key in _areas(ctx)]}


def _view(ctx: Context) -> BallotView:
    ctx.session.flush()
    ctx.session.expire_all()
    return ballot_view(ctx.session, ctx.actor, ctx.path["slug"], ctx.now)


def _line(ctx: Context, line: BallotLine) -> dict[str, Any]:
    return {
        "id": line.id,
        "url": f"{ctx.settings.base_url}/ballots/{line.slug}",
        "slug": line.slug,
        "title": line.title.to(ctx.locale),
        "process": line.process_slug,
        "method": line.method,
        "state": line.state,
        "opens_at": _moment(line.opens_at),
        "closes_at": _moment(line.closes_at),
        "hidden": line.hidden,
        "secret": line.secret,
    }


def as_json(ctx: Context, view: BallotView) -> dict[str, Any]:
    said = ctx._(view.may_vote.reason, **dict(view.may_vote.values)) if not view.may_vote else ""
    return {
        **{name: getattr(view, name) for name in ("id", "slug", "method", "rules", "state", "hidden", "secret")},
        "url": f"{ctx.settings.base_url}/ballots/{view.slug}",
        "process": view.process_slug,
        **{name: getattr(view, name).to(ctx.locale) for name in ("title", "description", "pledge")},
        "opens_at": _moment(view.opens_at),
        "closes_at": _moment(view.closes_at),
        "needs": list(view.needs),
        "areas": [name.to(ctx.locale) for name in view.areas],
        "quorum": {"least": view.quorum, "counted_in": view.quorum_kind},
        "options": [
            {"id": each.key, "title": each.title.to(ctx.locale), "summary": each.summary.to(ctx.locale)}
            | {"cost": each.cost, "source": each.source_id, "source_kind": each.source_kind or None}
            for each in view.options
        ],
        "rules_sha256": view.rules_sha256,
        "seed_sha256": view.seed_sha256,
        "turnout": view.turnout,
        "may_vote": bool(view.may_vote),
        "refusal": said,
        "has_voted": view.has_voted,
        "vote": {"choice": view.own.choice, "receipt": view.own.receipt} if view.own else None,
        "running": view.running,
        "result": dict(view.result.result) if view.result else None,
        "valid": view.result.valid if view.result else None,
        "end_reason": view.end_reason,
        "postponed": [
            {"before": _moment(each.before), "until": _moment(each.until), "reason": each.reason}
            for each in view.postponed
        ],
    }


def _moment(at: Any) -> str | None:
    return at.isoformat() if at else None


ANY: dict[str, Any] = {}
_IDS: dict[str, Any] = {"type": "array", "items": TEXT}
CHOICE: dict[str, Any] = {
    "oneOf": [
        {"type": "string", "enum": ["yes", "no", "abstain"], "description": "Yes or no"},
        {**_IDS, "description": "Approval, and budgets by marks: ids of options"},
        {"type": "array", "items": _IDS, "description": "Ranked: lists of equal ids, the best list first"},
        {"type": "object", "additionalProperties": NUMBER, "description": "Scores, and points of a budget, by id"},
    ]
}
SHORT = {
    **{name: TEXT for name in ("url", "slug", "title", "process", "method", "state")},
    **{"id": NUMBER, "opens_at": maybe(MOMENT), "closes_at": maybe(MOMENT), "hidden": FLAG, "secret": FLAG},
}
OPTION = record_of(id=TEXT, title=TEXT, summary=TEXT, cost=NUMBER, source=maybe(NUMBER), source_kind=maybe(TEXT))
OBJECT: dict[str, Any] = {"type": "object"}
WHOLE = record_of(
    **SHORT,
    **{name: TEXT for name in ("description", "pledge", "rules_sha256", "seed_sha256", "refusal", "end_reason")},
    rules=OBJECT,
    needs={"type": "array", "items": TEXT},
    areas={"type": "array", "items": TEXT},
    quorum=record_of(least=NUMBER, counted_in=TEXT),
    options={"type": "array", "items": OPTION},
    turnout=NUMBER,
    may_vote=FLAG,
    has_voted=FLAG,
    vote=maybe(record_of(choice=ANY, receipt=TEXT)),
    running=maybe(OBJECT),
    result=maybe(OBJECT),
    valid=maybe(FLAG),
    postponed={"type": "array", "items": record_of(before=MOMENT, until=MOMENT, reason=TEXT)},
)
FILE = record_of(sanpo=NUMBER, ballot=TEXT, title=TEXT, rules=OBJECT, options={"type": "array"},
                 ballots={"type": "array"}, withheld=TEXT, result=maybe(OBJECT))  # fmt: skip
_ONE = "/api/v1/ballots/{slug}"
_WRITES = {"api": True, "limit": "desk_ballot"}
FILTERS = {
    "q": "Words of title, description or pledge",
    "state": "draft, open, closed, published or called_off",
    "process": "Its slug",
    "method": "How it is counted",
    "sort": "newest or closes",
    **PAGES,
}
ROUTES = (
    get("/api/v1/ballots", index, api=True, doc=Doc(list_of(record_of(**SHORT)), query=FILTERS)),
    post("/api/v1/ballots", create, **_WRITES, doc=Doc(WHOLE, CreateForm, status=201, signed_in=True)),
    get(_ONE, show, api=True, doc=Doc(WHOLE)),
    patch(_ONE, change, **_WRITES, doc=Doc(WHOLE, Patched, signed_in=True)),
    put(_ONE + "/vote", vote, api=True, limit="cast_vote", keeps=False,
        doc=Doc(record_of(receipt=TEXT), more_body={"choice": CHOICE}, signed_in=True)),
    get(_ONE + "/export", export.export, api=True, limit="ballots_file", doc=Doc(FILE)),
    post(_ONE + "/postponements", postpone, **_WRITES, doc=Doc(WHOLE, PostponeForm, status=201, signed_in=True)),
    post(_ONE + "/transitions", move, **_WRITES, doc=Doc(WHOLE, MoveForm, signed_in=True)),
)  # fmt: skip
