"""The list of workshops: those that one can apply to first, then what is to come, then what was."""

from dataclasses import dataclass
from datetime import datetime

from participation.policy import Verdict
from participation.web import Context, Response, fragment, get, page
from participation.web.facets import LONGEST, Facet, chips, count_facet, fits_words
from participation.web.paging import Pager, make_pager, read_paging
from workshops.labels import STAGES
from workshops.policy import may_create
from workshops.queries import WorkshopLine, workshop_lines

FACETS = ("state", "process")


@dataclass(frozen=True)
class Asked:
    """The filters of the address."""

    q: str = ""
    state: str = ""
    process: str = ""

    def fits(self, line: WorkshopLine) -> bool:
        row = line.workshop
        texts = [*row.title.values(), *row.question.values(), *row.venue.values()]
        return (
            self.state in ("", line.stage)
            and self.process in ("", line.process_slug)
            and fits_words(self.q, texts)
        )

    @property
    def narrowed(self) -> bool:
        return bool(self.q or self.state or self.process)


@dataclass(frozen=True, kw_only=True)
class ListPage:
    asked: Asked
    items: tuple[WorkshopLine, ...]
    stages: dict[str, tuple[str, str]]
    pager: Pager
    facets: tuple[Facet, ...]
    chips: list[tuple[str, str]]
    creatable: Verdict


def in_order(lines: tuple[WorkshopLine, ...]) -> list[WorkshopLine]:
    """By stage; of those one can apply to, what closes next comes first."""
    order = list(STAGES)
    newest = sorted(lines, key=lambda line: order.index(line.stage))
    running = [line for line in newest if line.stage == "open"]
    return [*sorted(running, key=_closing), *newest[len(running) :]]


def _closing(line: WorkshopLine) -> datetime:
    assert line.workshop.call_closes_at is not None  # or it would not be open
    return line.workshop.call_closes_at


def asked(ctx: Context) -> Asked:
    return Asked(**{name: ctx.query.get(name, "")[:LONGEST].strip() for name in ("q", *FACETS)})


def index(ctx: Context) -> Response:
    lines, wanted, paging = workshop_lines(ctx.session, ctx.actor, ctx.now), asked(ctx), read_paging(ctx.query)
    found = in_order(tuple(line for line in lines if wanted.fits(line)))
    shown = (
        count_facet("state", lines, wanted, lambda line: [(line.stage, ctx._(STAGES[line.stage][0]))]),
        count_facet("process", lines, wanted, lambda line: [(line.process_slug, line.process_title.to(ctx.locale))]),
    )
    view = ListPage(
        asked=wanted,
        items=tuple(found[paging.offset : paging.offset + paging.per_page]),
        stages=STAGES,
        pager=make_pager(paging, len(found)),
        facets=shown,
        chips=chips(ctx, "/workshops", wanted, shown),
        creatable=may_create(ctx.actor),
    )
    if ctx.htmx:
        return fragment(ctx, "workshops/_list.html", view)
    return page(ctx, "workshops/index.html", view)


ROUTES = (get("/workshops", index, cached=True),)
