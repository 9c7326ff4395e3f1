"""The light voices of a public comment as a page of their own, and the like."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from participation.policy import N_
from participation.web import Context, NotFound, Response, fragment, get, page, put, redirect
from participation.web.paging import PER_PAGE, Pager, make_pager, read_paging
from participation.web.routing import delete
from rules.opinions.cases import Case, case_by_id, headings
from rules.opinions.sending import read_case
from rules.opinions.voices import actions, queries
from rules.opinions.voices.queries import SORTS, WHOLE, VoiceView

SORT_LABELS = {"newest": N_("Newest first"), "liked": N_("Most liked first")}


@dataclass(frozen=True)
class VoicesPage:
    case: Case
    title: str
    open: bool
    voices: tuple[VoiceView, ...]
    pager: Pager
    section: str  # the filter: a key, "-" for the whole, empty for all
    sort: str
    sections: list[tuple[str, str]]
    sorts: list[tuple[str, str]]
    headings: dict[str, str]


def index(ctx: Context) -> Response:
    """`?section=` (a key, or "-" for the whole), `?sort=newest|liked`, `?page=`; what cannot be used falls back."""
    case = read_case(ctx)
    found = {key: heading.to(ctx.locale) for key, heading in headings(ctx.session, case.version_id).items()}
    section, sort, paging = ctx.query.get("section", ""), ctx.query.get("sort", ""), read_paging(ctx.query)
    section = section if section in found or section == WHOLE else ""
    sort = sort if sort in SORTS else SORTS[0]
    about = {"section": section, "sort": sort, "paging": paging, "is_open": case.is_open(ctx.now)}
    voices, total = queries.voices_page(ctx.session, ctx.actor, case.id, **about)
    view = VoicesPage(
        case=case,
        title=case.title.to(ctx.locale),
        open=case.is_open(ctx.now),
        voices=voices,
        pager=make_pager(paging, total),
        section=section,
        sort=sort,
        sections=[(WHOLE, ctx._(N_("The whole text"))), *found.items()],
        sorts=[(key, ctx._(label)) for key, label in SORT_LABELS.items()],
        headings=found,
    )
    return page(ctx, "rules/opinions/voices/index.html", view)


def find(ctx: Context) -> Response:
    """The permanent address of a voice: the page of the list on which it stands."""
    return redirect(ctx, _address(ctx))


def like(ctx: Context) -> Response:
    return _after(ctx, actions.like_voice)


def unlike(ctx: Context) -> Response:
    return _after(ctx, actions.withdraw_like)


def _after(ctx: Context, action: Callable[..., int]) -> Response:
    action(ctx.session, ctx.actor, ctx.path["id"], now=ctx.now)
    if ctx.htmx:
        view = queries.voice_view(ctx.session, ctx.actor, ctx.path["id"], is_open=True)
        return fragment(ctx, "rules/opinions/voices/_like.html", view, voice=view)
    return redirect(ctx, _address(ctx))


def _address(ctx: Context) -> str:
    place: Any = queries.place_of(ctx.session, ctx.path["id"])
    case = case_by_id(ctx.session, place[0]) if place else None
    if case is None:
        raise NotFound
    return f"{case.path}/voices?page={place[1] // PER_PAGE + 1}#voice-{ctx.path['id']}"


ROUTES = (
    get("/documents/{slug}/{version:int}/voices", index, cached=True),
    get("/voices/{id:int}", find),
    put("/voices/{id:int}/like", like, limit="like"),
    delete("/voices/{id:int}/like", unlike, limit="like"),
)
