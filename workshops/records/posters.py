"""A concept poster: its page, the sheet that is printed, and its picture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from participation.media import uploads
from participation.pictures import store_uploads
from participation.policy import N_, Verdict, ensure
from participation.subjects import Subject
from participation.web import Context, NotFound, Response, get, page, post, redirect, subject_blocks
from workshops.models import Workshop
from workshops.problems import Wrong
from workshops.records.actions import set_picture
from workshops.records.forms import PictureForm
from workshops.records.labels import PAPERS
from workshops.records.policy import may_picture
from workshops.records.port import Became, Key, became
from workshops.records.printing import printed
from workshops.records.queries import PosterView, poster
from workshops.records.reading import read_poster, who_reads
from workshops.records.sheets import PARTS, sheet

UPLOAD_LIMIT = 11_000_000  # bytes: a picture and the words


@dataclass(frozen=True, kw_only=True)
class PosterPage:
    poster: PosterView
    labels: Mapping[str, str]
    files: Sequence[tuple[str, str]]  # (paper, address) of the PDF files in the reader's language
    picturable: Verdict
    became: Mapping[Key, Sequence[Became]]


@dataclass(frozen=True)
class PicturePage:
    poster: PosterView
    form: PictureForm


def show(ctx: Context) -> Response:
    view = read_poster(ctx)
    papers = printed(ctx.session, view, ctx.locale)
    files = [(PAPERS[paper], f"{view.path}/pdf/{paper}/{ctx.locale}") for paper in papers]
    shown = PosterPage(
        poster=view, labels=PARTS, files=files, picturable=_may_picture(ctx, view), became=became(ctx, [view.id])
    )
    blocks = subject_blocks(ctx, ctx.session.get_one(Subject, view.id))
    return page(ctx, "workshops/records/poster.html", shown, blocks=blocks)


def show_sheet(ctx: Context) -> Response:
    """The poster alone, as large as the paper: for the browser's own printing."""
    view = read_poster(ctx)
    paper = ctx.query.get("paper", "")
    shown = sheet(view, ctx.settings.base_url, paper if paper in PAPERS else "a4", view.picture_url)
    return page(ctx, "workshops/records/sheet.html", shown)


def ask_picture(ctx: Context) -> Response:
    view = read_poster(ctx)
    ensure(_may_picture(ctx, view))
    return _picture_page(ctx, view, PictureForm.filled({"alt": view.picture_alt}, ctx._))


def take_picture(ctx: Context) -> Any:
    """Encode what was uploaded, before the transaction: only pixels are kept."""
    files = [item for item in ctx.form.getlist("picture") if not isinstance(item, str) and item.filename]
    view = poster(ctx.session, ctx.path["id"]) if files else None
    return store_uploads(uploads(ctx.settings), files, 1) if view and _may_picture(ctx, view) else ([], "")


def save_picture(ctx: Context) -> Response:
    view = read_poster(ctx)
    ensure(_may_picture(ctx, view))
    form, (stored, refusal) = PictureForm.read(ctx.form, ctx._), ctx.prepared
    remove = ctx.form.get("do") == "remove"
    if refusal:
        form.fail("picture", refusal)
    elif not stored and not remove:
        form.fail("picture", N_("Please choose a file."))
    if not form.ok:
        return _picture_page(ctx, view, form)
    try:
        guest = who_reads(ctx, view.workshop_id)
        set_picture(ctx.session, ctx.actor, view.id, None if remove else stored[0], form.values["alt"], now=ctx.now,
                    guest=guest.id if guest else None)  # fmt: skip
    except Wrong as wrong:
        form.errors.update(wrong.said(ctx._).errors)
        return _picture_page(ctx, view, form)
    ctx.say("ok", ctx._("The picture is gone.") if remove else ctx._("The picture is on the poster."))
    return redirect(ctx, view.path)


def show_picture(ctx: Context) -> Response:
    """The picture for whoever may open the poster, also before it is public."""
    view = read_poster(ctx)
    path = uploads(ctx.settings) / view.picture
    if not view.picture or not path.is_file():
        raise NotFound
    headers = {"content-security-policy": "default-src 'none'; sandbox", "cache-control": "private, no-store"}
    return Response(path.read_bytes(), media_type="image/webp", headers=headers)


def _picture_page(ctx: Context, view: PosterView, form: PictureForm) -> Response:
    status = 422 if form.errors else 200
    return page(ctx, "workshops/records/picture.html", PicturePage(view, form), status=status)


def _may_picture(ctx: Context, view: PosterView) -> Verdict:
    workshop = ctx.session.get_one(Workshop, view.workshop_id)
    member = who_reads(ctx, workshop.id)
    return may_picture(ctx.actor, workshop, member=member is not None and member.team_id == view.team_id)


ROUTES = (
    get("/posters/{id:int}", show),
    get("/posters/{id:int}/print", show_sheet),
    get("/posters/{id:int}/picture", ask_picture),
    get("/posters/{id:int}/picture/file", show_picture),
    post("/posters/{id:int}/picture", save_picture, prepare=take_picture, limit="poster_picture",
         body_limit=UPLOAD_LIMIT),
)  # fmt: skip
