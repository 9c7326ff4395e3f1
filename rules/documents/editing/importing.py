"""Taking a text over from a file. The file is read before the transaction; one that cannot be used changes nothing."""

from dataclasses import dataclass
from typing import Any

from participation.policy import N_
from participation.web import Context, Response, get, page, post, redirect
from rules.documents import writing
from rules.documents.editing.cutting import LARGEST, Cut, cut_file
from rules.documents.editing.docx import Unreadable
from rules.documents.editing.forms import ImportForm
from rules.documents.editing.pages import Open, opened
from rules.documents.policy import may_write
from rules.documents.queries import sections_of
from rules.documents.reading import document_path

@dataclass(frozen=True)
class ImportPage:
    path: str
    title: str
    sections: int
    form: ImportForm


def take(ctx: Context) -> tuple[Cut, Unreadable | None]:
    """The sections of what was uploaded, or why it cannot be used."""
    files = [item for item in ctx.form.getlist("file") if not isinstance(item, str) and item.filename]
    if not files or not may_write(ctx.actor):
        return [], None
    try:
        return cut_file(files[0].filename or "", _bytes(files[0]), ctx._(N_("Introduction"))), None
    except Unreadable as error:
        return [], error


def _bytes(file: Any) -> bytes:
    return bytes(file.file.read(LARGEST + 1))


def ask(ctx: Context) -> Response:
    return _page(ctx, opened(ctx), ImportForm.filled({"language": "ja", "how": "replace"}, ctx._))


def take_over(ctx: Context) -> Response:
    found = opened(ctx)
    form = ImportForm.read(ctx.form, ctx._)
    sections, error = ctx.prepared
    if error is not None:
        form.fail("file", error.message, **error.values)
    if not form.ok:
        return _page(ctx, found, form)
    replace, locale = form.values["how"] == "replace", form.values["language"]
    slug = found.document.slug
    count = writing.put_sections(
        ctx.session, ctx.actor, slug, sections, locale=locale, replace=replace, now=ctx.now
    )
    ctx.say("ok", ctx._("Sections taken over from the file: %(n)s. Look through them before you publish.", n=count))
    return redirect(ctx, f"{document_path(slug)}/edit")


def _page(ctx: Context, found: Open, form: ImportForm) -> Response:
    count = len(sections_of(ctx.session, found.version.id))
    title = found.version.title.to(ctx.locale)
    view = ImportPage(document_path(found.document.slug), title, count, form)
    return page(ctx, "rules/documents/import.html", view, status=422 if form.errors else 200)


ROUTES = (
    get("/documents/{slug}/edit/import", ask),
    post("/documents/{slug}/edit/import", take_over, prepare=take, limit="document", body_limit=LARGEST + 1_000_000),
)
