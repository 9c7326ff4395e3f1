"""Entries in plain words: what happened, and a link to what it happened to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from participation.audit.queries import Entry, Thing, public_things
from participation.component import Registry, SubjectKind
from participation.policy import N_
from participation.web import Context

UNKNOWN = N_("Something was recorded (%(type)s)")


@dataclass(frozen=True)
class Line:
    """An entry as a lay reader sees it in a list; without an address where the reader may not open the thing."""

    seq: int
    at: datetime
    says: str
    kind: str
    title: str
    lang: str
    url: str


def lines(ctx: Context, entries: Iterable[Entry]) -> tuple[Line, ...]:
    """These entries in the reader's language."""
    entries = list(entries)
    things = _openable(ctx, {entry.subject for entry in entries if entry.subject is not None})
    sayings = _sayings(ctx.services.registry)
    return tuple(_line(ctx, entry, sayings.get(entry.type), things.get(entry.subject or 0)) for entry in entries)


def _line(ctx: Context, entry: Entry, message: str | None, thing: Thing | None) -> Line:
    says = ctx._(message) if message else ctx._(UNKNOWN, type=entry.type)
    if thing is None:
        return Line(entry.seq, entry.at, says, "", "", "", "")
    kind = ctx.services.registry.kinds[thing.kind]
    url = kind.path(entry.subject or 0)
    return Line(entry.seq, entry.at, says, ctx._(kind.label), thing.title, thing.locale, url)


def _openable(ctx: Context, ids: set[int]) -> dict[int, Thing]:
    things = public_things(ctx.session, ids)
    allowed: set[int] = set()
    for name in {thing.kind for thing in things.values()}:
        kind = ctx.services.registry.kinds.get(name)
        if kind is not None:
            allowed.update(_allowed(ctx, kind, [id for id, thing in things.items() if thing.kind == name]))
    return {id: thing for id, thing in things.items() if id in allowed}


def _allowed(ctx: Context, kind: SubjectKind, ids: Sequence[int]) -> Iterable[int]:
    if kind.readable is not None:
        return kind.readable(ctx.session, ctx.actor, ids)
    if kind.may_see is not None:
        return [id for id in ids if kind.may_see(ctx.session, ctx.actor, id)]
    return ids


def _sayings(registry: Registry) -> dict[str, str]:
    return {fact.TYPE: fact.SAYS for component in registry.components for fact in component.events if fact.SAYS}
