"""The log for people: what it is, what it says, and one entry with its proof."""

from dataclasses import dataclass
from datetime import datetime

from participation.audit import heads, queries, store
from participation.audit.api import NO_HEAD
from participation.audit.bundle import b64, bundle
from participation.audit.proofs import climb
from participation.audit.sealed import seals_found
from participation.audit.wording import Line, lines
from participation.events import canonical, mark_of
from participation.policy import N_
from participation.subjects import Subject
from participation.web import Context, NotFound, Response, get, json_answer, page
from participation.web.paging import Pager, make_pager, read_paging

PER_PAGE = 20


@dataclass(frozen=True)
class HeadView:
    """The newest signed head, as the page shows it."""

    size: int
    root: str
    at: datetime
    note: str


@dataclass(frozen=True)
class LogPage:
    """The page of the whole log, or of the entries about one thing."""

    head: HeadView | None
    key: str
    site: str
    about: int | None
    count: int
    lines: tuple[Line, ...]
    pager: Pager
    broken: tuple[str, ...]  # what differs from what was sealed, as the worker last found it


@dataclass(frozen=True)
class StepView:
    """One step of a proof: which side is joined, with what, and what comes out."""

    side: str
    neighbour: str
    result: str


@dataclass(frozen=True)
class EntryPage:
    """The page of one entry. `private` is "", "kept" or "erased"; without a head there are no steps yet."""

    line: Line
    text: str
    hash: str
    private: str
    mark: str
    mine: bool
    size: int
    key: str
    head: HeadView | None
    steps: tuple[StepView, ...]


def show_log(ctx: Context) -> Response:
    paging = read_paging(ctx.query, PER_PAGE)
    about = _about(ctx)
    if about is None:
        count = store.size(ctx.session)
        shown = queries.newest(ctx.session, count, paging.per_page, paging.offset)
    else:
        count = queries.count_about(ctx.session, about)
        shown = queries.newest_about(ctx.session, about, paging.per_page, paging.offset)
    key, site = str(heads.signer(ctx.settings).verifier), ctx.settings.base_url
    pager = make_pager(paging, count)
    broken = seals_found(ctx.services)
    return page(ctx, "audit/log.html", LogPage(_head(ctx), key, site, about, count, lines(ctx, shown), pager, broken))


def show_entry(ctx: Context) -> Response:
    entry = _entry(ctx)
    (line,) = lines(ctx, [entry])
    head = _head(ctx)
    covered = head is not None and entry.seq < head.size
    path = store.inclusion(ctx.session, entry.seq, head.size) if covered else []
    steps = climb(entry.hash, entry.seq, head.size, path) if covered else []
    view = EntryPage(
        line=line,
        text=canonical(entry.leaf()),
        hash=b64(entry.hash),
        private="" if entry.private is None else "kept" if queries.has_private(ctx.session, entry.uid) else "erased",
        mark=entry.actor or "",
        mine=bool(ctx.actor.ref and entry.actor == mark_of(ctx.actor.ref, entry.uid)),
        size=store.size(ctx.session),
        key=str(heads.signer(ctx.settings).verifier),
        head=head if covered else None,
        steps=tuple(StepView(step.side, b64(step.neighbour), b64(step.result)) for step in steps),
    )
    return page(ctx, "audit/entry.html", view)


def download_proof(ctx: Context) -> Response:
    """The entry, its path and the signed head in one file, to be kept and checked anywhere."""
    entry = _entry(ctx)
    head = heads.newest(ctx.session)
    if head is None or entry.seq >= head.size:
        raise NotFound(N_("The next signed head will cover this entry. Please try again in a minute."))
    name = f"attachment; filename=sanpo-entry-{entry.seq}.json"
    return json_answer(bundle(ctx.session, entry, head), headers={"content-disposition": name})


def show_checkpoint(ctx: Context) -> Response:
    """The newest signed head as text, for witnesses."""
    head = heads.newest(ctx.session)
    if head is None:
        raise NotFound(NO_HEAD)
    return Response(head.note, media_type="text/plain")


def _entry(ctx: Context) -> queries.Entry:
    number = ctx.path["number"]
    if number >= store.size(ctx.session):
        raise NotFound
    return queries.entries(ctx.session, number, 1)[0]


def link_to_entries(ctx: Context, subject: Subject) -> str:
    """Where the page of a thing leads to its entries; costs no query."""
    return f"/audit?about={subject.id}#entries"


def _about(ctx: Context) -> int | None:
    text = ctx.query.get("about", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _head(ctx: Context) -> HeadView | None:
    head = heads.newest(ctx.session)
    return HeadView(head.size, b64(head.root), head.at, head.note) if head else None


ROUTES = (
    get("/audit", show_log, cached=True),
    get("/audit/entries/{number:int}", show_entry, cached=True),
    get("/audit/entries/{number:int}/proof.json", download_proof),
    get("/log/checkpoint", show_checkpoint),
)
