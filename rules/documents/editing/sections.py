"""Writing one section: save, add, move, remove. What was typed is never lost, whoever else is writing."""

import json
from dataclasses import dataclass

from participation.policy import N_, ensure
from participation.web import Conflict, Context, NotFound, Response, delete, fragment, get, page, post, redirect
from rules.documents import policy, writing
from rules.documents.editing.forms import AboutForm, DraftForm, HeadingForm, SectionForm, apart, both
from rules.documents.editing.pages import Open, edit_page, opened
from rules.documents.models import Kind, Section
from rules.documents.port import wrong_in_check
from rules.documents.queries import sections_of
from rules.documents.reading import document_path

WRONG_VALUE = N_("This value is missing or cannot be used by the check: %(key)s")


@dataclass(frozen=True, kw_only=True)
class SectionPage:
    """`theirs` is what somebody else saved meanwhile; `before` and `after` are keys of the neighbours."""

    slug: str
    title: str
    number: int
    rule: bool
    key: str
    place: int
    places: int
    before: str
    after: str
    heading: str
    body: str
    lang: str
    seen: int
    form: SectionForm
    theirs: str = ""

    @property
    def path(self) -> str:
        return f"{document_path(self.slug)}/edit"

    @property
    def own(self) -> str:
        return f"{self.path}/sections/{self.key}"


def edit(ctx: Context) -> Response:
    found = opened(ctx)
    section = _found(ctx, found)
    check = json.dumps(section.check, ensure_ascii=False) if section.check else ""
    texts = {**apart("heading", section.heading), **apart("body", section.body), "kept_by": check}
    return _page(ctx, found, SectionForm.filled(texts, ctx._))


def save(ctx: Context) -> Response:
    """Keep the text, and go where the button says: the list, the next section, or a look at it."""
    found = opened(ctx)
    _found(ctx, found)
    form = SectionForm.read(ctx.form, ctx._)
    check = form.check_value() if form.ok else None
    if check and (wrong := wrong_in_check(ctx.services.registry, check)):
        form.fail("kept_by", WRONG_VALUE, key=wrong)
    if not form.ok:
        return _page(ctx, found, form)
    try:
        _save(ctx, form, found, check)
    except Conflict as conflict:
        form.fail("body_ja", conflict.message)
        return _page(ctx, found, form, conflicting=True)
    path, step = f"{document_path(found.document.slug)}/edit", str(ctx.form.get("step", ""))
    if step == "look":
        return redirect(ctx, f"{path}/sections/{ctx.path['key']}#look")
    if step == "next":
        keys = [each.key for each in sections_of(ctx.session, found.version.id)]
        return redirect(ctx, f"{path}/sections/{keys[min(keys.index(ctx.path['key']) + 1, len(keys) - 1)]}")
    ctx.say("ok", ctx._("Saved."))
    return redirect(ctx, f"{path}#row-{ctx.path['key']}")


def autosave(ctx: Context) -> Response:
    """A heading is needed to be saved; without one the words stay on the page."""
    found = opened(ctx)
    _found(ctx, found)
    form = DraftForm.read(ctx.form, ctx._)
    if not form.ok or not form.values["heading_ja"]:
        return fragment(ctx, "rules/documents/_saved.html", False)
    _save(ctx, form, found, "as it is")
    return fragment(ctx, "rules/documents/_saved.html", True)


def _save(ctx: Context, form: DraftForm, found: Open, check: object) -> None:
    seen = str(ctx.form.get("seen", ""))
    writing.save_section(
        ctx.session,
        ctx.actor,
        found.document.slug,
        ctx.path["key"],
        heading=both(form.values, "heading"),
        body=both(form.values, "body"),
        seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else -1,
        check=check if found.document.kind == Kind.RULE else "as it is",  # type: ignore[arg-type]
        now=ctx.now,
    )


def add(ctx: Context) -> Response:
    """A new section at the end, to be written at once."""
    found = opened(ctx)
    form = HeadingForm.read(ctx.form, ctx._)
    if not form.ok:
        texts = {**apart("title", found.version.title), **apart("note", found.version.note)}
        return edit_page(ctx, found, AboutForm.filled(texts, ctx._), form)
    slug, heading = found.document.slug, {"ja": form.values["heading_ja"]}
    key = writing.add_section(ctx.session, ctx.actor, slug, heading=heading, now=ctx.now)
    return redirect(ctx, f"{document_path(slug)}/edit/sections/{key}")


def move(ctx: Context) -> Response:
    slug, key = ctx.path["slug"], ctx.path["key"]
    by = {"up": -1, "down": 1}.get(str(ctx.form.get("to")), 0)
    writing.move_section(ctx.session, ctx.actor, slug, key, by, now=ctx.now)
    return redirect(ctx, f"{document_path(slug)}/edit#row-{key}")


def ask_remove(ctx: Context) -> Response:
    found = opened(ctx)
    section = _found(ctx, found)
    view = (f"{document_path(found.document.slug)}/edit", section.heading.to(ctx.locale), section.key)
    return page(ctx, "rules/documents/remove.html", view)


def remove(ctx: Context) -> Response:
    writing.remove_section(ctx.session, ctx.actor, ctx.path["slug"], ctx.path["key"], now=ctx.now)
    ctx.say("ok", ctx._("The section is taken out of this version. Earlier versions keep it."))
    return redirect(ctx, f"{document_path(ctx.path['slug'])}/edit")


def _found(ctx: Context, found: Open) -> Section:
    ensure(policy.may_change(ctx.actor, found.version))
    section = next((each for each in sections_of(ctx.session, found.version.id) if each.key == ctx.path["key"]), None)
    if section is None:
        raise NotFound
    return section


def _page(ctx: Context, found: Open, form: SectionForm, *, conflicting: bool = False) -> Response:
    sections = list(sections_of(ctx.session, found.version.id))
    place = next(place for place, each in enumerate(sections) if each.key == ctx.path["key"])
    section = sections[place]
    typed_from = str(ctx.form.get("seen", "")) if form.errors and not conflicting else ""
    view = SectionPage(
        slug=found.document.slug,
        title=found.version.title.to(ctx.locale),
        number=found.version.number,
        rule=found.document.kind == Kind.RULE,
        key=section.key,
        place=place + 1,
        places=len(sections),
        before=sections[place - 1].key if place else "",
        after=sections[place + 1].key if place + 1 < len(sections) else "",
        heading=section.heading.to(ctx.locale),
        body=section.body.to(ctx.locale),
        lang="" if section.body.get(ctx.locale) or not section.body else "ja",
        seen=int(typed_from) if typed_from.isascii() and typed_from.isdigit() else section.revision,
        form=form,
        theirs=section.body.to("ja") if conflicting else "",
    )
    return page(ctx, "rules/documents/section.html", view, status=422 if form.errors else 200)


ROUTES = (
    post("/documents/{slug}/edit/sections", add, limit="document"),
    get("/documents/{slug}/edit/sections/{key}", edit),
    post("/documents/{slug}/edit/sections/{key}", save, limit="document"),
    post("/documents/{slug}/edit/sections/{key}/draft", autosave, limit="autosave"),
    post("/documents/{slug}/edit/sections/{key}/position", move, limit="document"),
    get("/documents/{slug}/edit/sections/{key}/removal", ask_remove),
    delete("/documents/{slug}/edit/sections/{key}", remove, limit="document"),
)
