"""Writing a record, a part at a time: the day, lessons, photos with their marks, and the publication."""

from dataclasses import dataclass
from typing import Any

from participation.media import uploads
from participation.pictures import store_uploads
from participation.policy import ensure
from participation.web import Context, NotFound, Response, delete, get, page, patch, post, redirect
from participation.web.forms import Form
from workshops.actions import move_workshop
from workshops.models import State, Workshop
from workshops.problems import Wrong
from workshops.records import actions
from workshops.records.forms import LessonForm, MarkForm, PhotoForm, StoryForm, both
from workshops.records.models import Lesson, Photo
from workshops.records.policy import may_keep
from workshops.records.publishing import Check, checks
from workshops.records.queries import PhotoView, lessons, photos, published, story
from workshops.records.reading import read_workshop

UPLOAD_LIMIT = 11_000_000  # bytes: a photo and its words


@dataclass(frozen=True, kw_only=True)
class EditPage:
    workshop: Workshop
    path: str
    public: bool
    checks: tuple[Check, ...]
    lessons: tuple[Lesson, ...]
    photos: tuple[PhotoView, ...]
    story: StoryForm
    lesson: LessonForm
    photo: PhotoForm
    form: Form | None = None  # the one that was refused


@dataclass(frozen=True)
class MarkPage:
    workshop: Workshop
    photo: PhotoView
    form: MarkForm


@dataclass(frozen=True)
class PublishPage:
    workshop: Workshop
    checks: tuple[Check, ...]
    missing: tuple[Check, ...]
    unmarked: int  # photos that stay private for want of a mark


def edit(ctx: Context) -> Response:
    return _answer(ctx, own_workshop(ctx))


def save_story(ctx: Context) -> Response:
    row, form = own_workshop(ctx), StoryForm.read(ctx.form, ctx._)
    if not form.ok:
        return _answer(ctx, row, form)
    actions.write_story(ctx.session, ctx.actor, row.id, both(form.values, "story"), now=ctx.now)
    return _saved(ctx, row)


def add_lesson(ctx: Context) -> Response:
    row, form = own_workshop(ctx), LessonForm.read(ctx.form, ctx._)
    if form.ok:
        try:
            actions.add_lesson(ctx.session, ctx.actor, row.id, both(form.values, "text"), now=ctx.now)
            return _saved(ctx, row, "lessons")
        except Wrong as wrong:
            form.errors.update(wrong.said(ctx._).errors)
    return _answer(ctx, row, form)


def drop_lesson(ctx: Context) -> Response:
    row = own_workshop(ctx)
    actions.drop_lesson(ctx.session, ctx.actor, row.id, ctx.path["id"], now=ctx.now)
    return _saved(ctx, row, "lessons")


def take_photo(ctx: Context) -> Any:
    """Encode what was uploaded, before the transaction: only pixels are kept."""
    files = [item for item in ctx.form.getlist("picture") if not isinstance(item, str) and item.filename]
    return store_uploads(uploads(ctx.settings), files, 1) if files and ctx.actor.signed_in else ([], "")


def add_photo(ctx: Context) -> Response:
    row, form = own_workshop(ctx), PhotoForm.read(ctx.form, ctx._)
    stored, refusal = ctx.prepared
    if refusal:
        form.fail("picture", refusal)
    if form.ok:
        try:
            actions.add_photo(ctx.session, ctx.actor, row.id, stored[0], form.mark(), now=ctx.now)
            return _saved(ctx, row, "photos")
        except Wrong as wrong:
            form.errors.update(wrong.said(ctx._).errors)
    return _answer(ctx, row, form)


def ask_mark(ctx: Context) -> Response:
    row, photo = photo_of(ctx)
    values = {name: getattr(photo, name) for name in ("alt", "caption", "consent", "said_by")}
    return page(ctx, "workshops/records/photo.html", MarkPage(row, photo, MarkForm.filled(values, ctx._)))


def save_mark(ctx: Context) -> Response:
    row, photo = photo_of(ctx)
    form = MarkForm.read(ctx.form, ctx._)
    if not form.ok:
        return page(ctx, "workshops/records/photo.html", MarkPage(row, photo, form), status=422)
    actions.mark_photo(ctx.session, ctx.actor, photo.id, form.mark(), now=ctx.now)
    return _saved(ctx, row, "photos")


def drop_photo(ctx: Context) -> Response:
    row, photo = photo_of(ctx)
    actions.drop_photo(ctx.session, ctx.actor, photo.id, now=ctx.now)
    return _saved(ctx, row, "photos")


def ask_publish(ctx: Context) -> Response:
    return _publish_page(ctx, own_workshop(ctx))


def publish(ctx: Context) -> Response:
    row = own_workshop(ctx)
    try:
        move_workshop(
            ctx.session, ctx.actor, row.id, State.PUBLISHED, registry=ctx.services.registry, now=ctx.now
        )
    except Wrong:
        return _publish_page(ctx, row, 422)
    ctx.say("ok", ctx._("The record is public. Whoever took part or follows the workshop is told."))
    return redirect(ctx, f"/workshops/{row.slug}/record")


def _publish_page(ctx: Context, row: Workshop, status: int = 200) -> Response:
    listed = checks(ctx.session, row)
    missing = tuple(each for each in listed if each.needed and not each.done)
    unmarked = sum(not each.consent for each in photos(ctx.session, row.id))
    shown = PublishPage(row, listed, missing, unmarked)
    return page(ctx, "workshops/records/publish.html", shown, status=status)


def own_workshop(ctx: Context) -> Workshop:
    row, subject = read_workshop(ctx)
    verdict = may_keep(ctx.actor, row)
    if not verdict and not subject.visible:
        raise NotFound
    ensure(verdict)
    return row


def photo_of(ctx: Context) -> tuple[Workshop, PhotoView]:
    photo = ctx.session.get(Photo, ctx.path["id"])
    row = ctx.session.get(Workshop, photo.workshop_id) if photo else None
    if row is None:
        raise NotFound
    ensure(may_keep(ctx.actor, row))
    return row, next(each for each in photos(ctx.session, row.id) if each.id == ctx.path["id"])


def _saved(ctx: Context, row: Workshop, part: str = "") -> Response:
    ctx.say("ok", ctx._("Saved."))
    return redirect(ctx, f"/workshops/{row.slug}/record/edit{'#' + part if part else ''}")


def _answer(ctx: Context, row: Workshop, form: Form | None = None) -> Response:
    told = story(ctx.session, row.id)
    filled = StoryForm.filled({"story_ja": told.get("ja", ""), "story_en": told.get("en", "")}, ctx._)
    shown = EditPage(
        workshop=row,
        path=f"/workshops/{row.slug}/record",
        public=published(row),
        checks=() if published(row) else checks(ctx.session, row),
        lessons=lessons(ctx.session, row.id),
        photos=photos(ctx.session, row.id),
        story=form if isinstance(form, StoryForm) else filled,
        lesson=form if isinstance(form, LessonForm) else LessonForm.filled({}, ctx._),
        photo=form if isinstance(form, PhotoForm) else PhotoForm.filled({}, ctx._),
        form=form,
    )
    return page(ctx, "workshops/records/edit.html", shown, status=422 if form else 200)


ROUTES = (
    get("/workshops/{slug}/record/edit", edit),
    post("/workshops/{slug}/record/story", save_story, limit="write_record"),
    post("/workshops/{slug}/record/lessons", add_lesson, limit="write_record"),
    delete("/workshops/{slug}/record/lessons/{id:int}", drop_lesson, limit="write_record"),
    post("/workshops/{slug}/record/photos", add_photo, prepare=take_photo, limit="poster_picture",
         body_limit=UPLOAD_LIMIT),
    get("/workshop-photos/{id:int}/edit", ask_mark),
    patch("/workshop-photos/{id:int}", save_mark, limit="write_record"),
    delete("/workshop-photos/{id:int}", drop_photo, limit="write_record"),
    get("/workshops/{slug}/record/publish", ask_publish),
    post("/workshops/{slug}/record/publish", publish, limit="write_record"),
)  # fmt: skip
