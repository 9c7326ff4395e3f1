"""The page on which something is made of a poster or an idea, and what stands of it on both sides."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from consortium.outcomes.labels import PATHS, PLACES, WAYS
from consortium.outcomes.models import Into
from consortium.outcomes.queries import Origin, became, origins
from consortium.outcomes.sources import Source, source_of
from consortium.outcomes.turning import ProposalTurn, TurnForm, choices, may_turn, offers, turn
from participation.policy import ensure
from participation.web import Context, NotFound, Response, get, page, post, redirect
from workshops.records.port import Became

STARTS = {"posters": "poster", "ideas": "note"}
TARGETS = frozenset(map(str, Into))


@dataclass(frozen=True)
class Way:
    label: str
    path: str


@dataclass(frozen=True)
class MadeBlock:
    """On the page of a poster: what was made of it, and what this reader can make of it."""

    made: Sequence[Became]
    ways: tuple[Way, ...]


@dataclass(frozen=True)
class ChoosePage:
    source: Source
    ways: tuple[Way, ...]
    made: Sequence[Became]


@dataclass(frozen=True, kw_only=True)
class TurnPage:
    source: Source
    into: Into
    label: str
    place: str
    action: str
    form: TurnForm
    text: str


def choose(ctx: Context) -> Response:
    """For an idea, which has no page of its own: what can be made of it."""
    source = read_source(ctx)
    made = became(ctx.session, ctx.actor, *_numbers(source)).get((source.kind, source.id), ())
    return page(ctx, "consortium/outcomes/choose.html", ChoosePage(source, ways_of(ctx, source), made))


def ask(ctx: Context) -> Response:
    source, into, offered = _asked(ctx)
    first = offered[0][1] if len(offered) == 1 else ""
    values = {"title": source.suggested, "place": _usual(ctx, source, into, offered) or first}
    return _turn_page(ctx, source, into, _kind(into).filled(values, ctx._, choices=choices(offered)))


def make(ctx: Context) -> Response:
    source, into, offered = _asked(ctx)
    form = _kind(into).read(ctx.form, ctx._, choices=choices(offered))
    if not form.ok:
        return _turn_page(ctx, source, into, form, 422)
    made = turn(ctx, source, into, form, offered)
    ctx.say("ok", ctx._("Done. The team is told, and hears of whatever becomes of it."))
    return redirect(ctx, PATHS[into].format(made.target_id))


def made_block(ctx: Context, subject: Any) -> MadeBlock | None:
    if subject.kind != "poster":
        return None
    source = source_of(ctx.session, "poster", subject.id)
    made = became(ctx.session, ctx.actor, [subject.id], ()).get(("poster", subject.id), ())
    ways = ways_of(ctx, source) if source else ()
    return MadeBlock(made, ways) if made or ways else None


def origin_block(ctx: Context, subject: Any) -> tuple[Origin, ...] | None:
    """On the page of a proposal, a pilot or an improvement: the posters and ideas that it was made of. One query."""
    if getattr(subject, "kind", "proposal") not in TARGETS or not isinstance(getattr(subject, "id", None), int):
        return None
    return ctx.recall(("origins", subject.id), lambda: origins(ctx.session, subject.id)) or None


def ways_of(ctx: Context, source: Source) -> tuple[Way, ...]:
    """What this reader can make of it; nothing for those who are not signed in."""
    if not ctx.actor.signed_in:
        return ()
    start = f"/{'posters' if source.kind == 'poster' else 'ideas'}/{source.id}/turn"
    return tuple(
        Way(label, f"{start}/{into}") for into, label in WAYS.items() if may_turn(ctx, source, into, offers(ctx, into))
    )


def idea_way(ctx: Context, workshop_id: int) -> str:
    """Hook of workshops/records: whoever is signed in can see what they can make of an idea."""
    return "/ideas/{}/turn" if ctx.actor.signed_in else ""


def read_source(ctx: Context) -> Source:
    """The poster or the idea of the address, which everybody reads.

    Raises:
        NotFound: there is none, or it is not public.
    """
    kind = STARTS[ctx.url_path.removeprefix("/api/v1").split("/")[1]]
    source = source_of(ctx.session, kind, ctx.path["id"])
    if source is None or not source.public:
        raise NotFound
    return source


def _asked(ctx: Context) -> tuple[Source, Into, Any]:
    if ctx.path["into"] not in TARGETS:
        raise NotFound
    source, into = read_source(ctx), Into(ctx.path["into"])
    offered = offers(ctx, into) if ctx.actor.signed_in else ()
    ensure(may_turn(ctx, source, into, offered))
    return source, into, offered


def _kind(into: Into) -> type[TurnForm]:
    return ProposalTurn if into == Into.PROPOSAL else TurnForm


def _usual(ctx: Context, source: Source, into: Into, offered: Any) -> str:
    """The process of the workshop, where it takes proposals."""
    return next((slug for number, slug, _ in offered if into == Into.PROPOSAL and number == source.process_id), "")


def _numbers(source: Source) -> tuple[list[int], list[int]]:
    return ([source.id], []) if source.kind == "poster" else ([], [source.id])


def _turn_page(ctx: Context, source: Source, into: Into, form: TurnForm, status: int = 200) -> Response:
    shown = TurnPage(
        source=source,
        into=into,
        label=WAYS[into],
        place=PLACES[into],
        action=ctx.url_path,
        form=form,
        text=source.body(ctx.settings.base_url),
    )
    return page(ctx, "consortium/outcomes/turn.html", shown, status=status)


ROUTES = (
    get("/ideas/{id:int}/turn", choose),
    *(get(f"/{start}/{{id:int}}/turn/{{into}}", ask) for start in STARTS),
    *(post(f"/{start}/{{id:int}}/turn/{{into}}", make, limit="turn_poster") for start in STARTS),
)
