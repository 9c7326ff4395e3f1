"""Opinions over the API: sending one, reading the table."""

from functools import partial
from typing import Any

from participation.policy import ensure
from participation.web import Context, Invalid, Response, get, json_answer, post
from participation.web.describing import MOMENT, NUMBER, PAGES, TEXT, Doc, list_of, maybe, record_of
from participation.web.listing import json_page
from rules.opinions.cases import headings
from rules.opinions.forms import OpinionForm
from rules.opinions.groups import Line
from rules.opinions.policy import may_send
from rules.opinions.sending import read_case, send
from rules.opinions.table import Row, public_rows


def create(ctx: Context) -> Response:
    """`{section?, body, stance?, formal?, name?, address?, organisation?}` -> 201 with the receipt number."""
    case = read_case(ctx)
    ensure(may_send(ctx.actor, case, ctx.now))
    keys = headings(ctx.session, case.version_id)
    form = OpinionForm.read_json(ctx.json, ctx._, choices={"section": [(key, key) for key in keys]})
    if not form.ok:
        raise Invalid(form.errors)
    opinion = send(ctx, ctx.actor, case, form)
    body = {
        "receipt": opinion.receipt,
        "url": f"{ctx.settings.base_url}/me/opinions/{opinion.receipt}",
        "section": opinion.section_key,
        "body": opinion.body,
        "stance": opinion.stance,
        "kind": opinion.kind,
        "sent_at": opinion.sent_at.isoformat(),
        "closes_at": case.closes_at.isoformat(),
    }
    return json_answer(body, status=201)


def responses(ctx: Context) -> Response:
    """The table's rows; none before it is public, which it is with the next version."""
    case = read_case(ctx)
    rows = public_rows(ctx.session, case, ctx.locale) if case.table_public(ctx.now) else ()
    return json_page(ctx, rows, partial(_row, f"{ctx.settings.base_url}{case.path}/responses"))


def _row(url: str, row: Row) -> dict[str, Any]:
    return {
        "number": row.number,
        "url": f"{url}#row-{row.id}",
        "title": row.title or None,
        "opinions": [_line(line) for line in row.lines],
        "outcome": row.outcome,
        "view": row.view or None,
        "changes": [change.heading for change in row.changes],
        "answered_at": row.at.isoformat() if row.at else None,
    }


def _line(line: Line) -> dict[str, Any]:
    return {"section": line.section, "body": line.text, "stance": line.stance, "kind": line.kind, "source": line.source}


SENT = record_of(
    receipt=TEXT,
    url=TEXT,
    section=maybe(TEXT),
    body=TEXT,
    stance=maybe(TEXT),
    kind=TEXT,
    sent_at=MOMENT,
    closes_at=MOMENT,
)
LINE = record_of(section=maybe(TEXT), body=TEXT, stance=maybe(TEXT), kind=TEXT, source=TEXT)
ROW = record_of(
    number=NUMBER,
    url=TEXT,
    title=maybe(TEXT),
    opinions={"type": "array", "items": LINE},
    outcome=maybe(TEXT),
    view=maybe(TEXT),
    changes={"type": "array", "items": TEXT},
    answered_at=maybe(MOMENT),
)
VERSION = "/api/v1/documents/{slug}/versions/{number:int}"
CREATE = Doc(SENT, OpinionForm, status=201, signed_in=True)
ROUTES = (
    post(f"{VERSION}/opinions", create, api=True, limit="opinion", doc=CREATE),
    get(f"{VERSION}/responses", responses, api=True, doc=Doc(list_of(ROW), query=PAGES)),
)
