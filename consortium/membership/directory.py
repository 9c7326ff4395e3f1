"""The public directory: filters, words, pages, a table."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from consortium.membership.growth import Growth, growth
from consortium.membership.labels import KINDS, PUBLIC, STANDINGS
from consortium.membership.queries import MemberView, members
from consortium.membership.standing import Standing
from participation.organisations.models import OrganisationKind
from participation.web import Context, Response, fragment, get, page
from participation.web.csv import csv_answer
from participation.web.paging import Pager, make_pager, read_paging
from participation.web.templating import with_query

HEADS = ("corporate_number", "name", "name_en", "kind", "standing", "since", "website", "url")
LONGEST = 100  # characters of the words looked for


@dataclass(frozen=True)
class Asked:
    q: str
    kind: str
    standing: str

    def fits(self, view: MemberView) -> bool:
        wanted = self.kind in ("", view.kind) and self.standing in ("", view.standing)
        return wanted and all(word in _folded(_words_of(view)) for word in _folded(self.q).split())


@dataclass(frozen=True, kw_only=True)
class DirectoryPage:
    asked: Asked
    items: Sequence[MemberView]
    pager: Pager
    kinds: list[tuple[str, str]]
    standings: list[tuple[str, str]]
    chips: list[tuple[str, str]]
    member_count: int
    growth: Growth | None
    csv_url: str


def index(ctx: Context) -> Response:
    view = _page(ctx)
    if ctx.htmx:
        return fragment(ctx, "consortium/_directory.html", view)
    return page(ctx, "consortium/directory.html", view)


def table(ctx: Context) -> Response:
    wanted = asked(ctx)
    found = [view for view in members(ctx.session, ctx.now) if wanted.fits(view)]
    return csv_answer("organisations", HEADS, (_line(ctx.settings.base_url, view) for view in found))


def asked(ctx: Context) -> Asked:
    """The filters of the address; what is no kind and no standing counts as not given."""
    kind, place = ctx.query.get("kind", ""), ctx.query.get("standing", "")
    return Asked(
        ctx.query.get("q", "")[:LONGEST].strip(),
        kind if kind in list(OrganisationKind) else "",
        place if place in PUBLIC else "",
    )


def _page(ctx: Context) -> DirectoryPage:
    wanted, paging = asked(ctx), read_paging(ctx.query)
    everybody = members(ctx.session, ctx.now)
    found = [view for view in everybody if wanted.fits(view)]
    return DirectoryPage(
        asked=wanted,
        items=found[paging.offset : paging.offset + paging.per_page],
        pager=make_pager(paging, len(found)),
        kinds=[(str(kind), ctx._(label)) for kind, label in KINDS.items()],
        standings=[(str(place), ctx._(STANDINGS[place])) for place in PUBLIC],
        chips=_chips(ctx, wanted),
        member_count=sum(view.standing == Standing.MEMBER for view in everybody),
        growth=None if ctx.htmx else growth(ctx.session, ctx.now),
        csv_url="/organisations.csv" + with_query(ctx.query.multi_items(), page=None, lang=None),
    )


def _chips(ctx: Context, wanted: Asked) -> list[tuple[str, str]]:
    words = {
        "q": wanted.q,
        "kind": ctx._(KINDS[OrganisationKind(wanted.kind)]) if wanted.kind else "",
        "standing": ctx._(STANDINGS[Standing(wanted.standing)]) if wanted.standing else "",
    }
    parameters = ctx.query.multi_items()
    return [
        (label, "/organisations" + with_query(parameters, page=None, **{name: None}))
        for name, label in words.items()
        if label
    ]


def _line(base: str, view: MemberView) -> tuple[object, ...]:
    names = (view.name.get("ja", ""), view.name.get("en", ""))
    return (view.corporate_number, *names, view.kind, view.standing, view.moved_at, view.website, base + view.path)


def _words_of(view: MemberView) -> str:
    return " ".join([*view.name.values(), view.corporate_number or "", view.description])


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


ROUTES = (
    get("/organisations", index, cached=True),
    get("/organisations.csv", table, limit="organisations_table"),
)
