"""The board over the API: one item for each finding."""

from functools import partial
from typing import Any

from participation.web import Context, Response, get
from participation.web.describing import MOMENT, NUMBER, PAGES, TEXT, Doc, list_of, maybe, record_of
from participation.web.listing import json_page
from rules.checks.asking import asked_board, wanted
from rules.checks.queries import Cell


def index(ctx: Context) -> Response:
    """What is found of organisations, services or the city, article by article."""
    asked = wanted(ctx)
    cells = asked.cells(asked_board(ctx, asked))
    return json_page(ctx, cells, partial(as_json, ctx))


def as_json(ctx: Context, cell: Cell) -> dict[str, Any]:
    article, subject, said, base = cell.article, cell.subject, cell.finding, ctx.settings.base_url
    return {
        "rule": article.rule,
        "version": article.number,
        "article": article.key,
        "heading": article.heading.to(ctx.locale),
        "check": dict(article.check) if article.check else None,
        "subject": {
            "kind": subject.kind,
            "slug": subject.slug,
            "name": subject.name.to(ctx.locale),
            "url": base + subject.path,
        },
        "state": said.state,
        "finding": said.says.to(ctx.locale),
        "due": said.due.isoformat() if said.due else None,
        "evidence": [
            {"label": each.label.to(ctx.locale), "url": base + each.url if each.url.startswith("/") else each.url}
            for each in said.evidence
        ],
        "url": base + cell.path,
    }


FINDING = record_of(
    rule=TEXT,
    version=NUMBER,
    article=TEXT,
    heading=TEXT,
    check=maybe({"type": "object"}),
    subject=record_of(kind=TEXT, slug=TEXT, name=TEXT, url=TEXT),
    state=TEXT,
    finding=TEXT,
    due=maybe(MOMENT),
    evidence={"type": "array", "items": record_of(label=TEXT, url=TEXT)},
    url=TEXT,
)
QUERY = {
    "kind": "organisation (the usual one), service or city",
    "rule": "Key of a rule",
    "state": "kept, due, broken, not_applicable or no_data",
    "group": "Kind of organisation",
    "sort": "name or state (the most broken first)",
    **PAGES,
}
ROUTES = (get("/api/v1/rules/board", index, api=True, doc=Doc(list_of(FINDING), query=QUERY)),)
