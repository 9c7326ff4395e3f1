"""The desk over the API: the groups of a public comment, putting them together or apart, the city's responses.

The table needs no call: it is published with the next version.
"""

from typing import Any

from participation.policy import N_, ensure
from participation.web import Context, Invalid, Response, get, json_answer, post
from participation.web.describing import MOMENT, NUMBER, PAGES, TEXT, Doc, list_of, maybe, record_of
from participation.web.listing import json_page
from rules.opinions import answering, policy
from rules.opinions.forms import ResponseForm
from rules.opinions.groups import Group, groups_of
from rules.opinions.grouping import choices_of, give, read_group
from rules.opinions.sending import read_case

MOST = 2**53  # what every JSON reader takes for a whole number


def index(ctx: Context) -> Response:
    """The groups in the order in which they came, without names; for the secretariat and the auditor."""
    ensure(policy.may_watch(ctx.actor))
    return json_page(ctx, groups_of(ctx.session, read_case(ctx).id), _group)


def respond(ctx: Context) -> Response:
    """`{outcome, view_ja, view_en?, sections?, title?}` -> 201 with the number of the response; earlier ones stay."""
    ensure(policy.may_work(ctx.actor))
    case, _groups, group = read_group(ctx)
    form = ResponseForm.read_json(ctx.json, ctx._, choices=choices_of(ctx, case))
    if not form.ok:
        raise Invalid(form.errors)
    return json_answer({"group": group.id, "number": give(ctx, form)}, status=201)


def join(ctx: Context) -> Response:
    """`{groups: [id, …]}`: their opinions come into this group; what has a response of its own stays."""
    ensure(policy.may_work(ctx.actor))
    found = ctx.json.get("groups") if isinstance(ctx.json, dict) else None
    if not isinstance(found, list) or not all(map(_is_id, found)):
        raise Invalid({"groups": ctx._(N_("Please give a list of numbers of groups."))})
    moved = answering.join_groups(ctx.session, ctx.actor, ctx.path["id"], found, now=ctx.now)
    return json_answer({"group": ctx.path["id"], "moved": moved})


def take_out(ctx: Context) -> Response:
    """`{opinion: id}` -> 201 with the group in which that opinion stands alone now."""
    ensure(policy.may_work(ctx.actor))
    found = ctx.json.get("opinion") if isinstance(ctx.json, dict) else None
    if not _is_id(found):
        raise Invalid({"opinion": ctx._(N_("Please give the number of an opinion."))})
    group = answering.take_out(ctx.session, ctx.actor, ctx.path["id"], found, now=ctx.now)
    return json_answer({"group": group}, status=201)


def _is_id(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < MOST


def _group(group: Group) -> dict[str, Any]:
    answer = group.answer
    return {
        "id": group.id,
        "number": group.number,
        "title": group.title or None,
        "opinions": [
            {"id": line.id, "section": line.section, "body": line.text, "kind": line.kind, "source": line.source}
            for line in group.lines
        ],
        "outcome": answer.outcome if answer else None,
        "view": dict(answer.view) if answer else None,
        "answered_at": answer.at.isoformat() if answer else None,
    }


OPINION = record_of(id=NUMBER, section=maybe(TEXT), body=TEXT, kind=TEXT, source=TEXT)
GROUP = record_of(
    id=NUMBER,
    number=NUMBER,
    title=maybe(TEXT),
    opinions={"type": "array", "items": OPINION},
    outcome=maybe(TEXT),
    view=maybe({"type": "object"}),
    answered_at=maybe(MOMENT),
)
PLACE = "/api/v1/opinion-groups/{id:int}"
RESPOND = Doc(record_of(group=NUMBER, number=NUMBER), ResponseForm, status=201, signed_in=True)
IDS = {"groups": {"type": "array", "items": NUMBER}}
JOIN = Doc(record_of(group=NUMBER, moved=NUMBER), more_body=IDS, signed_in=True)
TAKE_OUT = Doc(record_of(group=NUMBER), more_body={"opinion": NUMBER}, status=201, signed_in=True)
LIST = Doc(list_of(GROUP), query=PAGES, signed_in=True)
ROUTES = (
    get("/api/v1/documents/{slug}/versions/{number:int}/opinion-groups", index, api=True, doc=LIST),
    post(f"{PLACE}/responses", respond, api=True, doc=RESPOND),
    post(f"{PLACE}/groups", join, api=True, doc=JOIN),
    post(f"{PLACE}/parts", take_out, api=True, doc=TAKE_OUT),
)
