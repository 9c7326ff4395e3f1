"""Where the secretariat begins documents and writes their next version."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from participation.policy import N_, ensure
from participation.spaces.queries import Named, places
from participation.subjects import Subject
from participation.web import Context, NotFound, Response, delete, get, page, post, redirect
from rules.documents import actions, policy, writing
from rules.documents.editing.forms import AboutForm, DocumentForm, HeadingForm, apart, both
from rules.documents.models import Document, Kind, Section, Version
from rules.documents.queries import document_by_slug, newest_of, sections_of, versions_of, working_of
from rules.documents.reading import document_path

TAKEN = N_("Another document already has this address.")


@dataclass(frozen=True)
class Row:
    """A section in the list of the editor; `lacks` says that there is no English text yet."""

    key: str
    heading: str
    characters: int
    lacks: bool


@dataclass(frozen=True, kw_only=True)
class EditPage:
    slug: str
    kind: Kind
    title: str
    number: int
    last: int  # number of the newest published version
    rows: tuple[Row, ...]
    form: AboutForm
    adding: HeadingForm

    @property
    def path(self) -> str:
        return document_path(self.slug)


@dataclass(frozen=True)
class Open:
    """The document of the address with its working version, for somebody who may write it."""

    document: Document
    subject: Subject
    versions: Sequence[Version]
    version: Version


def opened(ctx: Context) -> Open:
    """Raises Refused for those who may not write; NotFound where nothing is being written."""
    ensure(policy.may_write(ctx.actor))
    document = document_by_slug(ctx.session, ctx.path["slug"])
    if document is None:
        raise NotFound
    versions = versions_of(ctx.session, document.id)
    version = working_of(versions)
    if version is None:
        raise NotFound
    return Open(document, ctx.session.get_one(Subject, document.id), versions, version)


def new(ctx: Context) -> Response:
    ensure(policy.may_write(ctx.actor))
    form = DocumentForm.filled({"kind": Kind.VISION}, ctx._, choices=_choices(_processes(ctx)))
    return page(ctx, "rules/documents/new.html", None, form=form)


def create(ctx: Context) -> Response:
    ensure(policy.may_write(ctx.actor))
    processes = _processes(ctx)
    form = DocumentForm.read(ctx.form, ctx._, choices=_choices(processes))
    if form.ok and document_by_slug(ctx.session, form.values["slug"]) is not None:
        form.fail("slug", TAKEN)
    if not form.ok:
        return page(ctx, "rules/documents/new.html", None, form=form, status=422)
    values = form.values
    slug = values["slug"]
    actions.create_document(
        ctx.session,
        ctx.actor,
        kind=Kind(values["kind"]),
        slug=slug,
        title=both(values, "title"),
        applies_to=values["applies_to"] or None,
        process_id=next((each.id for each in processes if each.key == values["process"]), None),
        now=ctx.now,
    )
    ctx.say("ok", ctx._("The document is begun. Add its sections, or take them over from a file."))
    return redirect(ctx, f"{document_path(slug)}/edit")


def _processes(ctx: Context) -> tuple[Named, ...]:
    return places(ctx.session, ctx.locale).processes


def _choices(processes: tuple[Named, ...]) -> dict[str, list[tuple[str, str]]]:
    return {"process": [(each.key, each.name) for each in processes]}


def open_next(ctx: Context) -> Response:
    actions.open_version(ctx.session, ctx.actor, ctx.path["slug"], now=ctx.now)
    ctx.say("ok", ctx._("The next version holds the text of the last one. Nobody else sees it until you publish it."))
    return redirect(ctx, f"{document_path(ctx.path['slug'])}/edit")


def edit(ctx: Context) -> Response:
    found = opened(ctx)
    texts = {**apart("title", found.version.title), **apart("note", found.version.note)}
    return edit_page(ctx, found, AboutForm.filled(texts, ctx._))


def describe(ctx: Context) -> Response:
    found = opened(ctx)
    form = AboutForm.read(ctx.form, ctx._)
    if not form.ok:
        return edit_page(ctx, found, form)
    title, note = both(form.values, "title"), both(form.values, "note")
    writing.describe(ctx.session, ctx.actor, found.document.slug, title=title, note=note, now=ctx.now)
    ctx.say("ok", ctx._("Saved."))
    return redirect(ctx, f"{document_path(found.document.slug)}/edit")


def autosave(ctx: Context) -> Response:
    """What was typed so far above the sections; a title that is too short to be one stays as it was."""
    found, form = opened(ctx), AboutForm.read(ctx.form, ctx._)
    if not form.ok:
        return page(ctx, "rules/documents/_saved.html", False)
    title, note = both(form.values, "title"), both(form.values, "note")
    writing.describe(ctx.session, ctx.actor, found.document.slug, title=title, note=note, now=ctx.now)
    return page(ctx, "rules/documents/_saved.html", True)


def edit_page(ctx: Context, found: Open, form: AboutForm, adding: HeadingForm | None = None) -> Response:
    newest = newest_of(found.versions)
    view = EditPage(
        slug=found.document.slug,
        kind=Kind(found.document.kind),
        title=found.version.title.to(ctx.locale),
        number=found.version.number,
        last=newest.number if newest else 0,
        rows=tuple(_row(each, ctx.locale) for each in sections_of(ctx.session, found.version.id)),
        form=form,
        adding=adding or HeadingForm.filled({}, ctx._),
    )
    wrong: Any = view.form.errors or view.adding.errors
    return page(ctx, "rules/documents/edit.html", view, status=422 if wrong else 200)


def _row(section: Section, locale: str) -> Row:
    text = section.body.to(locale)
    lacks = not section.heading.get("en") or (bool(section.body) and not section.body.get("en"))
    return Row(section.key, section.heading.to(locale), len(text), lacks)


def ask_discard(ctx: Context) -> Response:
    found = opened(ctx)
    view = (document_path(found.document.slug), found.version.title.to(ctx.locale), found.version.number)
    return page(ctx, "rules/documents/discard.html", view)


def discard(ctx: Context) -> Response:
    actions.discard_version(ctx.session, ctx.actor, ctx.path["slug"], now=ctx.now)
    ctx.say("ok", ctx._("What was being written is discarded. The published versions stay as they are."))
    return redirect(ctx, document_path(ctx.path["slug"]))


ROUTES = (
    get("/documents/new", new),
    post("/documents/new", create, limit="document"),
    post("/documents/{slug}/versions", open_next, limit="document"),
    get("/documents/{slug}/edit", edit),
    post("/documents/{slug}/edit", describe, limit="document"),
    post("/documents/{slug}/edit/draft", autosave, limit="autosave"),
    get("/documents/{slug}/edit/discard", ask_discard),
    delete("/documents/{slug}/edit", discard, limit="document"),
)
