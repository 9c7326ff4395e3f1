"""Entries in plain words: what happened, and a link to what it happened to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from participation.audit.queries import Entry, Thing, public_things
from participation.component import Registry, SubjectKind
from participation.policy import N_
from participation.web import Context

UNKNOWN = N_("Something was recorded (%(type)s)")


@dataclass(frozen=True)
class Line:
    """An entry as a lay reader sees it in a list."""

    seq: int
    at: datetime
    says: str
    kind: str
    title: str
    url: str


def lines(ctx: Context, entries: Iterable[Entry]) -> tuple[Line, ...]:
    """These entries in the reader's language; one query for everything that they are about."""
    entries = list(entries)
    things = public_things(ctx.session, {entry.subject for entry in entries if entry.subject is not None})
    sayings = _sayings(ctx.services.registry)
    return tuple(_line(ctx, entry, sayings.get(entry.type), things.get(entry.subject or 0)) for entry in entries)


def _line(ctx: Context, entry: Entry, message: str | None, thing: Thing | None) -> Line:
    says = ctx._(message) if message else ctx._(UNKNOWN, type=entry.type)
    kind = ctx.services.registry.kinds.get(thing.kind) if thing else None
    if thing is None or kind is None or not _may_see(ctx, kind, entry.subject or 0):
        return Line(entry.seq, entry.at, says, "", "", "")
    return Line(entry.seq, entry.at, says, ctx._(kind.label), thing.title, kind.path(entry.subject or 0))


def _may_see(ctx: Context, kind: SubjectKind, subject: int) -> bool:
    return kind.may_see is None or kind.may_see(ctx.session, ctx.actor, subject)


def _sayings(registry: Registry) -> dict[str, str]:
    return {fact.TYPE: fact.SAYS for component in registry.components for fact in component.events if fact.SAYS}
