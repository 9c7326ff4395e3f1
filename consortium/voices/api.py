"""Voices behind things over the API."""

from typing import Any

from consortium.voices import actions
from consortium.voices.pages import target_of
from consortium.voices.port import targets_of
from consortium.voices.queries import VoiceView, voices_of
from participation.policy import N_
from participation.subjects import Subject
from participation.web import Context, NotFound, Response, delete, get, json_answer, post
from participation.web.describing import MOMENT, NUMBER, TEXT, Doc, maybe, record_of
from participation.web.fields import Integer
from participation.web.forms import Form


class LinkForm(Form):
    source = Integer(N_("Number of the words that are linked"), min=1, max=2**53)


def index(ctx: Context) -> Response:
    """The voices behind a thing, in the order in which they were linked."""
    subject = ctx.session.get(Subject, ctx.path["target"])
    if subject is None or not subject.visible or subject.kind not in targets_of(ctx.services.registry):
        raise NotFound
    found = voices_of(ctx.session, [subject.id]).get(subject.id, ())
    return json_answer({"items": [as_json(ctx, each) for each in found], "total": len(found)})


def link(ctx: Context) -> Response:
    """Name words as a voice behind a thing; naming them twice changes nothing. Returns all of its voices."""
    target = target_of(ctx, ctx.path["target"])
    form = LinkForm.read_json(ctx.json, ctx._)
    actions.link_voice(ctx.session, ctx.actor, target.id, form.ensure()["source"], now=ctx.now)
    found = voices_of(ctx.session, [target.id]).get(target.id, ())
    return json_answer({"items": [as_json(ctx, each) for each in found], "total": len(found)}, status=201)


def unlink(ctx: Context) -> Response:
    """Take a voice away that was named by mistake."""
    target = target_of(ctx, ctx.path["target"])
    if not actions.unlink_voice(ctx.session, ctx.actor, target.id, ctx.path["source"], now=ctx.now):
        raise NotFound
    return json_answer({"target": target.id, "source": ctx.path["source"], "linked": False})


def as_json(ctx: Context, view: VoiceView) -> dict[str, Any]:
    url = ctx.settings.base_url + view.path
    said = {"title": view.title, "body": view.words, "author": view.author or None, "at": view.at.isoformat()}
    return {"id": view.id, "type": view.kind, "url": url, **said}


VOICE = record_of(id=NUMBER, type=TEXT, url=TEXT, title=TEXT, body=TEXT, author=maybe(TEXT), at=MOMENT)
LIST = record_of(items={"type": "array", "items": VOICE}, total=NUMBER)
GONE = record_of(target=NUMBER, source=NUMBER, linked={"type": "boolean"})
ROUTES = (
    get("/api/v1/linked-voices/{target:int}", index, api=True, doc=Doc(LIST)),
    post(
        "/api/v1/linked-voices/{target:int}",
        link,
        api=True,
        limit="link_voice",
        doc=Doc(LIST, LinkForm, status=201, signed_in=True),
    ),
    delete(
        "/api/v1/linked-voices/{target:int}/{source:int}",
        unlink,
        api=True,
        limit="link_voice",
        doc=Doc(GONE, signed_in=True),
    ),
)
