"""Who takes part in a workshop, over the API: for its organisers, who take people in and hand out personal links."""

from typing import Any

from participation.policy import ensure
from participation.web import Context, NotFound, Response, get, json_answer, post
from participation.web.describing import FLAG, MOMENT, NUMBER, TEXT, Doc, list_of, maybe, record_of
from workshops.boards.arranging import AdmitForm
from workshops.boards.cases import Case
from workshops.boards.guests import case_of
from workshops.boards.policy import may_arrange
from workshops.boards.queries import MemberLine, members
from workshops.boards.teams import admit
from workshops.members import renew_key
from workshops.models import Kind


def index(ctx: Context) -> Response:
    """Everybody who takes part, in the order in which they came in."""
    found = [_plain(line) for line in members(ctx.session, _case(ctx))]
    return json_answer({"items": found, "total": len(found), "next": None})


def create(ctx: Context) -> Response:
    """Take in somebody who came unannounced -> 201. `url` is their personal link, told this once."""
    case = _case(ctx)
    said = AdmitForm.read_json(ctx.json, ctx._).ensure()
    joined = admit(ctx.session, ctx.actor, case, said["name"], Kind(said["kind"]), now=ctx.now)
    line = next(each for each in members(ctx.session, case) if each.id == joined.member.id)
    return json_answer({**_plain(line), "url": _url(ctx, case, joined.key)}, status=201)


def link(ctx: Context) -> Response:
    """A new personal link for a member, told this once; the older one ends."""
    case = _case(ctx)
    if ctx.path["id"] not in {line.id for line in members(ctx.session, case)}:
        raise NotFound
    return json_answer({"url": _url(ctx, case, renew_key(ctx.session, ctx.actor, ctx.path["id"]))})


def _case(ctx: Context) -> Case:
    case = case_of(ctx)
    ensure(may_arrange(ctx.actor, case))
    return case


def _url(ctx: Context, case: Case, key: str) -> str:
    return f"{ctx.settings.base_url}/workshops/{case.workshop.slug}/join/{key}"


def _plain(line: MemberLine) -> dict[str, Any]:
    there = line.checked_in_at.isoformat() if line.checked_in_at else None
    return {"id": line.id, "name": line.name, "kind": line.kind, "team": line.team, "named": line.named,
            "checked_in_at": there}  # fmt: skip


MEMBER = record_of(id=NUMBER, name=TEXT, kind=TEXT, team=TEXT, named=FLAG, checked_in_at=maybe(MOMENT))
ADMITTED = record_of(**MEMBER["properties"], url=TEXT)
_MEMBERS = "/api/v1/workshops/{slug}/members"
_WRITES: dict[str, Any] = {"api": True, "limit": "board_desk"}
ROUTES = (
    get(_MEMBERS, index, api=True, doc=Doc(list_of(MEMBER), signed_in=True)),
    post(_MEMBERS, create, **_WRITES, doc=Doc(ADMITTED, AdmitForm, status=201, signed_in=True)),
    post(_MEMBERS + "/{id:int}/link", link, **_WRITES, doc=Doc(record_of(url=TEXT), signed_in=True)),
)
