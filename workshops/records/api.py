"""Records and posters over the API."""

from typing import Any

from participation.web import Context, Response, delete, get, json_answer, post, put
from participation.web.describing import FLAG, MOMENT, NUMBER, PAGES, TEXT, Doc, list_of, maybe, record_of
from participation.web.paging import Pager
from workshops.actions import move_workshop
from workshops.models import State
from workshops.problems import Wrong
from workshops.records import actions
from workshops.records.editing import own_workshop, photo_of
from workshops.records.forms import LessonForm, MarkForm, StoryForm, both
from workshops.records.gallery import gallery
from workshops.records.pages import RecordPage, record_page
from workshops.records.queries import PersonaView, PhotoView, PosterView
from workshops.records.reading import read_poster, read_record


def index(ctx: Context) -> Response:
    """Public concept posters across workshops, the newest workshop first."""
    view = gallery(ctx)
    items = [as_json(ctx, each) for each in view.posters]
    return json_answer({"items": items, "total": view.pager.total, "next": _next(ctx, view.pager)})


def show(ctx: Context) -> Response:
    """One concept poster."""
    return json_answer(as_json(ctx, read_poster(ctx)))


def show_record(ctx: Context) -> Response:
    """The record of a workshop: what every team made, photos with a consent mark, lessons."""
    return json_answer(_record(ctx, record_page(ctx, read_record(ctx))))


def put_story(ctx: Context) -> Response:
    """What is told of the day, instead of what was told before."""
    row, form = own_workshop(ctx), StoryForm.read_json(ctx.json, ctx._)
    actions.write_story(ctx.session, ctx.actor, row.id, both(form.ensure(), "story"), now=ctx.now)
    return json_answer(_record(ctx, record_page(ctx, row)))


def add_lesson(ctx: Context) -> Response:
    """Write down something that was learned."""
    row, form = own_workshop(ctx), LessonForm.read_json(ctx.json, ctx._)
    text = both(form.ensure(), "text")
    try:
        lesson = actions.add_lesson(ctx.session, ctx.actor, row.id, text, now=ctx.now)
    except Wrong as wrong:
        raise wrong.said(ctx._) from None
    return json_answer({"id": lesson.id, "text": dict(lesson.text)}, status=201)


def drop_lesson(ctx: Context) -> Response:
    """Take a lesson away."""
    row = own_workshop(ctx)
    actions.drop_lesson(ctx.session, ctx.actor, row.id, ctx.path["id"], now=ctx.now)
    return json_answer({"id": ctx.path["id"], "deleted": True})


def mark_photo(ctx: Context) -> Response:
    """Say what a photo shows and whether it may be seen; effective at once."""
    _, photo = photo_of(ctx)
    form = MarkForm.read_json(ctx.json, ctx._)
    actions.mark_photo(ctx.session, ctx.actor, photo.id, form.mark(), now=ctx.now)
    return json_answer(_photo(ctx, photo_of(ctx)[1]))


def publish(ctx: Context) -> Response:
    """Publish the record, if nothing is missing."""
    row = own_workshop(ctx)
    try:
        move_workshop(ctx.session, ctx.actor, row.id, State.PUBLISHED, registry=ctx.services.registry, now=ctx.now)
    except Wrong as wrong:
        raise wrong.said(ctx._) from None
    return json_answer(_record(ctx, record_page(ctx, row)))


def as_json(ctx: Context, view: PosterView) -> dict[str, Any]:
    base = ctx.settings.base_url
    names = ("id", "concept", "for_whom", "problem", "big_idea", "how", "locale", "team", "dots")
    return {
        **{name: getattr(view, name) for name in names},
        "url": base + view.path,
        "picture": base + view.picture_url if view.picture else None,
        "picture_alt": view.picture_alt or None,
        "workshop": f"{base}/workshops/{view.slug}",
        "held_at": view.held_at.isoformat() if view.held_at else None,
    }


def _record(ctx: Context, view: RecordPage) -> dict[str, Any]:
    return {
        "workshop": ctx.settings.base_url + view.path,
        "public": view.public,
        "story": view.story,
        "teams": [
            {
                "name": part.team.name,
                "participants": part.team.members,
                "named": list(part.team.named),
                "personas": [_persona(each) for each in part.personas],
                "posters": [as_json(ctx, each) for each in part.posters],
                "ideas": [{"id": each.id, "text": each.text, "dots": each.dots} for each in part.ideas],
            }
            for part in view.parts
        ],
        "photos": [_photo(ctx, each) for each in view.photos],
        "lessons": [{"id": each.id, "text": dict(each.text)} for each in view.lessons],
    }


def _persona(view: PersonaView) -> dict[str, Any]:
    names = ("id", "name", "age", "home", "occupation", "lifestyle", "health")
    moments = ("at", "activity", "feeling", "words")
    day = [{name: getattr(entry, name) for name in moments} for entry in view.day]
    return {**{name: getattr(view, name) for name in names}, "day": day}


def _photo(ctx: Context, view: PhotoView) -> dict[str, Any]:
    said = {"alt": view.alt, "caption": view.caption, "consent": view.consent or None, "public": view.public}
    return {"id": view.id, "url": ctx.settings.base_url + view.url, **said}


def _next(ctx: Context, pager: Pager) -> str | None:
    more = {**dict(ctx.query), "page": str(pager.page + 1)}
    address = "&".join(f"{name}={value}" for name, value in more.items())
    return f"{ctx.settings.base_url}/api/v1/posters?{address}" if pager.page < pager.pages else None


POSTER = record_of(
    id=NUMBER, concept=TEXT, for_whom=TEXT, problem=TEXT, big_idea=TEXT, how=TEXT, locale=TEXT, team=TEXT, dots=NUMBER,
    url=TEXT, picture=maybe(TEXT), picture_alt=maybe(TEXT), workshop=TEXT, held_at=maybe(MOMENT),
)  # fmt: skip
PHOTO = record_of(id=NUMBER, url=TEXT, alt=TEXT, caption=TEXT, consent=maybe(TEXT), public=FLAG)
LESSON = record_of(id=NUMBER, text={"type": "object"})
PERSONA = record_of(
    id=NUMBER, name=TEXT, age=TEXT, home=TEXT, occupation=TEXT, lifestyle=TEXT, health=TEXT,
    day={"type": "array", "items": record_of(at=TEXT, activity=TEXT, feeling=NUMBER, words=TEXT)},
)  # fmt: skip
TEAM = record_of(
    name=TEXT, participants=NUMBER, named={"type": "array", "items": TEXT},
    personas={"type": "array", "items": PERSONA}, posters={"type": "array", "items": POSTER},
    ideas={"type": "array", "items": record_of(id=NUMBER, text=TEXT, dots=NUMBER)},
)  # fmt: skip
RECORD = record_of(
    workshop=TEXT, public=FLAG, story=TEXT, teams={"type": "array", "items": TEAM},
    photos={"type": "array", "items": PHOTO}, lessons={"type": "array", "items": LESSON},
)  # fmt: skip
GONE = record_of(id=NUMBER, deleted=FLAG)
FILTERS = {"q": "Words of a poster", "workshop": "Short name of a workshop", "year": "Year of the workshop", **PAGES}
ROUTES = (
    get("/api/v1/posters", index, api=True, doc=Doc(list_of(POSTER), query=FILTERS)),
    get("/api/v1/posters/{id:int}", show, api=True, doc=Doc(POSTER)),
    get("/api/v1/workshops/{slug}/record", show_record, api=True, doc=Doc(RECORD)),
    put("/api/v1/workshops/{slug}/record", put_story, api=True, limit="write_record",
        doc=Doc(RECORD, StoryForm, signed_in=True)),
    post("/api/v1/workshops/{slug}/record/publication", publish, api=True, limit="write_record",
         doc=Doc(RECORD, signed_in=True)),
    post("/api/v1/workshops/{slug}/record/lessons", add_lesson, api=True, limit="write_record",
         doc=Doc(LESSON, LessonForm, status=201, signed_in=True)),
    delete("/api/v1/workshops/{slug}/record/lessons/{id:int}", drop_lesson, api=True, limit="write_record",
           doc=Doc(GONE, signed_in=True)),
    put("/api/v1/workshop-photos/{id:int}", mark_photo, api=True, limit="write_record",
        doc=Doc(PHOTO, MarkForm, signed_in=True)),
)  # fmt: skip
