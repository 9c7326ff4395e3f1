"""The voices on the page of what came from them, and the page on which one is found and linked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from consortium.voices import actions
from consortium.voices.labels import PATHS
from consortium.voices.policy import NO_VOICE
from consortium.voices.port import targets_of
from consortium.voices.queries import VoiceView, voice, voices_of
from participation.policy import Verdict, ensure, require
from participation.search.port import Query
from participation.search.queries import find
from participation.subjects import Subject
from participation.web import Context, NotFound, Response, delete, get, page, post, redirect
from participation.web.fields import clean

ADDRESS = re.compile(
    r".*#(?:comment|voice)-([0-9]{1,18})|.*/(?:proposals|comments|voices|posters|by-id)/([0-9]{1,18})/?(?:[?#].*)?"
)
LONGEST, SHOWN = 300, 12
BLOCK = "consortium/voices/_block.html"


@dataclass(frozen=True)
class VoicesBlock:
    """What stands on the page of a thing: its voices, and whether this reader names further ones."""

    target_id: int
    voices: tuple[VoiceView, ...]
    linkable: Verdict


@dataclass(frozen=True)
class LinkPage:
    target: Subject
    path: str  # the page of the thing
    q: str
    linked: tuple[VoiceView, ...]
    found: tuple[VoiceView, ...]
    asked: bool  # whether something was looked for


def voices_block(ctx: Context, subject: Any) -> VoicesBlock | None:
    """On the page of everything whose package says who names its voices."""
    may = targets_of(ctx.services.registry).get(subject.kind)
    if may is None:
        return None
    found = ctx.recall(("voices", subject.id), lambda: voices_of(ctx.session, [subject.id]))
    voices = found.get(subject.id, ())
    return VoicesBlock(subject.id, voices, may(ctx.session, ctx.actor, subject.id, ctx.now))


def ask(ctx: Context) -> Response:
    """Look for words to link: by words, or by the address of where they stand."""
    target = target_of(ctx, ctx.path["target"])
    q = clean(ctx.query.get("q", ""))[:LONGEST]
    linked = voices_of(ctx.session, [target.id]).get(target.id, ())
    besides = {target.id, *(each.id for each in linked)}
    found = tuple(each for each in _found(ctx, q) if each.id not in besides)
    path = ctx.services.registry.kinds[target.kind].path(target.id)
    return page(ctx, "consortium/voices/link.html", LinkPage(target, path, q, linked, found, bool(q)))


def link(ctx: Context) -> Response:
    target = target_of(ctx, ctx.path["target"])
    source = source_number(str(ctx.form.get("source", "")))
    ensure(require(source is not None, NO_VOICE))
    actions.link_voice(ctx.session, ctx.actor, target.id, source or 0, now=ctx.now)
    ctx.say("ok", ctx._("The voice is linked. Whoever spoke is told."))
    return redirect(ctx, f"/linked-voices/{target.id}/new")


def unlink(ctx: Context) -> Response:
    target = target_of(ctx, ctx.path["target"])
    if not actions.unlink_voice(ctx.session, ctx.actor, target.id, ctx.path["source"], now=ctx.now):
        raise NotFound
    ctx.say("ok", ctx._("The voice is no longer named here."))
    return redirect(ctx, f"/linked-voices/{target.id}/new")


def target_of(ctx: Context, target_id: int) -> Subject:
    """The thing, if this person may name its voices.

    Raises:
        NotFound: there is no such thing, or it is of a kind that names no voices.
        Refused: the person may not change it.
    """
    subject = ctx.session.get(Subject, target_id)
    may = targets_of(ctx.services.registry).get(subject.kind) if subject else None
    if subject is None or may is None:
        raise NotFound
    ensure(may(ctx.session, ctx.actor, subject.id, ctx.now))
    return subject


def source_number(text: str) -> int | None:
    """The number of the words of which somebody gave the number or the address."""
    found = ADDRESS.fullmatch(clean(text))
    return int(found[1] or found[2]) if found else _number(text)


def _found(ctx: Context, q: str) -> Sequence[VoiceView]:
    if not q:
        return ()
    number = source_number(q)
    if number is not None:
        one = voice(ctx.session, number)
        return [one] if one else []
    query = Query(text=q, filters={"kind": frozenset(PATHS)})
    hits = find(ctx.session, ctx.services, ctx.actor, query, limit=SHOWN).documents
    read = [voice(ctx.session, hit.subject_id) for hit in hits]  # a dozen at most
    return [each for each in read if each is not None]


def _number(text: Any) -> int | None:
    return int(text) if isinstance(text, str) and text.isascii() and text.isdigit() and len(text) <= 18 else None


ROUTES = (
    get("/linked-voices/{target:int}/new", ask, limit="find_voices"),
    post("/linked-voices/{target:int}", link, limit="link_voice"),
    delete("/linked-voices/{target:int}/{source:int}", unlink, limit="link_voice"),
)
