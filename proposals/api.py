"""Proposals over the API: the same forms, actions and rules as the pages."""

from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.policy import ensure
from participation.spaces.models import Area, Category, Process
from participation.spaces.queries import Places, places, process_by_slug
from participation.subjects import Subject
from participation.web import Context, NotFound, Response, get, json_answer, patch, post
from participation.web.forms import Form
from participation.web.paging import read_paging
from proposals import actions
from proposals.api_docs import CHANGE, CREATE, LIST, SHOW
from proposals.asking import address, asked
from proposals.days import today
from proposals.forms import ApiDraft, ApiForm, choices, to_stored
from proposals.listing import count, find_ids
from proposals.models import Answer, Proposal
from proposals.pages import hits
from proposals.policy import may_edit, may_publish, may_read, may_save_draft
from proposals.queries import standing


def create(ctx: Context) -> Response:
    """A draft, or with `publish` a public proposal -> 201 with it."""
    process = process_by_slug(ctx.session, ctx.path["slug"])
    if process is None:
        raise NotFound
    where = places(ctx.session, ctx.locale)
    publish = isinstance(ctx.json, dict) and ctx.json.get("publish") is True
    form = _read(ctx, ApiForm if publish else ApiDraft, ctx.json, where)
    values = to_stored(dict(form.ensure()), where)
    number = actions.create_draft(ctx.session, ctx.actor, process.id, values, locale=ctx.locale, now=ctx.now)
    if publish:
        actions.publish(ctx.session, ctx.actor, number, now=ctx.now)
    body = as_json(ctx, [number])[0]
    return json_answer(body, status=201, headers={"location": f"{ctx.settings.base_url}/api/v1/proposals/{number}"})


def index(ctx: Context) -> Response:
    """The public proposals that match the filters of the address, a page at a time."""
    wanted = asked(ctx, places(ctx.session, ctx.locale))
    paging = read_paging(ctx.query)
    filters = wanted.filters(ids=hits(ctx, wanted.q) if wanted.q else None)
    ids = find_ids(
        ctx.session, filters, wanted.sort, today(ctx.now), limit=paging.per_page, offset=paging.offset
    )
    total = count(ctx.session, filters)
    more = paging.offset + len(ids) < total
    following = ctx.settings.base_url + address(ctx, ctx.url_path, page=str(paging.page + 1))
    return json_answer({"items": as_json(ctx, ids), "total": total, "next": following if more else None})


def show(ctx: Context) -> Response:
    """One proposal with its newest official answer."""
    case = standing(ctx.session, ctx.path["id"], ctx.now)
    if case is None or not may_read(ctx.actor, case):
        raise NotFound
    return json_answer(as_json(ctx, [case.id])[0])


def change(ctx: Context) -> Response:
    """Only the fields that are sent. A draft is saved, or published with `publish`; a public text gets a version."""
    number = ctx.path["id"]
    case = standing(ctx.session, number, ctx.now)
    if case is None or not may_read(ctx.actor, case):
        raise NotFound
    ensure(may_edit(ctx.actor, case) if case.published else may_save_draft(ctx.actor, case))
    where = places(ctx.session, ctx.locale)
    publish = isinstance(ctx.json, dict) and ctx.json.get("publish") is True and not case.published
    if publish:
        ensure(may_publish(ctx.actor, case))
    strict = publish or case.published
    stored = _stored(ctx.session, number)
    sent = {**stored, **ctx.json} if isinstance(ctx.json, dict) else ctx.json
    form = _read(ctx, ApiForm if strict else ApiDraft, sent, where)
    values = to_stored(dict(form.ensure()), where)
    if case.published:
        reason = form.values.get("reason", "")
        actions.edit(ctx.session, ctx.actor, number, values, reason=reason, now=ctx.now)
    else:
        actions.save_draft(ctx.session, ctx.actor, number, values, now=ctx.now)
    if publish:
        actions.publish(ctx.session, ctx.actor, number, now=ctx.now)
    return json_answer(as_json(ctx, [number])[0])


def _read(ctx: Context, kind: type[Form], data: Any, where: Places) -> Form:
    return kind.read_json(data, ctx._, choices=choices(where))


_NEWEST = select(func.max(Answer.number)).where(Answer.proposal_id == Proposal.id).correlate(Proposal).scalar_subquery()
_ROWS = (
    select(
        Proposal, Subject, Process.slug, Account.name, Category.key.label("category"), Area.key.label("area"), Answer
    )
    .join(Subject, Subject.id == Proposal.id)
    .join(Process, Process.id == Proposal.process_id)
    .outerjoin(Account, Account.id == Subject.author_id)
    .outerjoin(Category, Category.id == Proposal.category_id)
    .outerjoin(Area, Area.id == Proposal.area_id)
    .outerjoin(Answer, and_(Answer.proposal_id == Proposal.id, Answer.number == _NEWEST))
)


def as_json(ctx: Context, ids: list[int]) -> list[dict[str, Any]]:
    """The proposals with these ids, in this order, as the API shows them. One query."""
    found = {row.Proposal.id: _one(ctx, row) for row in ctx.session.execute(_ROWS.where(Proposal.id.in_(ids)))}
    return [found[id] for id in ids if id in found]


def _one(ctx: Context, row: Any) -> dict[str, Any]:
    proposal, subject = row.Proposal, row.Subject
    return {
        "id": proposal.id,
        "url": f"{ctx.settings.base_url}/proposals/{proposal.id}",
        "title": subject.title,
        "body": proposal.body,
        "language": subject.locale,
        "state": proposal.state,
        "process": row.slug,
        "category": row.category,
        "living_area": row.area,
        "lat": proposal.lat,
        "lng": proposal.lng,
        "author": {"name": row.name or "", "party": proposal.party},
        "supports_count": proposal.supports_count,
        "comments_count": subject.comments_count,
        "version": proposal.version,
        "merged_into": proposal.merged_into_id,
        "created_at": subject.created_at.isoformat(),
        "published_at": proposal.published_at.isoformat() if proposal.published_at else None,
        "updated_at": proposal.updated_at.isoformat(),
        "answer": _answer(row.Answer),
    }


def _answer(answer: Answer | None) -> dict[str, Any] | None:
    if answer is None:
        return None
    return {
        "state": answer.state,
        "reasons": answer.reasons,
        "department": answer.department,
        "cost": answer.cost,
        "starts_on": answer.starts_on.isoformat() if answer.starts_on else None,
        "next_report_on": answer.next_report_on.isoformat() if answer.next_report_on else None,
        "at": answer.at.isoformat(),
    }


def _stored(session: Session, number: int) -> dict[str, Any]:
    row = session.execute(_ROWS.where(Proposal.id == number)).one()
    texts = {"title": row.Subject.title, "body": row.Proposal.body, "category": row.category, "living_area": row.area}
    return {**texts, "lat": row.Proposal.lat, "lng": row.Proposal.lng}


ROUTES = (
    post("/api/v1/processes/{slug}/proposals", create, api=True, limit="propose", doc=CREATE),
    get("/api/v1/proposals", index, api=True, doc=LIST),
    get("/api/v1/proposals/{id:int}", show, api=True, doc=SHOW),
    patch("/api/v1/proposals/{id:int}", change, api=True, limit="propose", doc=CHANGE),
)
