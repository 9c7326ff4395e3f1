"""Publishing and adopting: a page that says what will happen, and what stands against it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from participation.policy import Refused, Verdict, ensure
from participation.web import Context, NotFound, Response, get, page, post, redirect
from participation.web.forms import Form
from rules.documents import actions, policy
from rules.documents.editing.forms import PublicationForm, RulePublicationForm
from rules.documents.editing.pages import Open, opened
from rules.documents.models import Kind, Stage
from rules.documents.port import StageChange, may_step
from rules.documents.queries import document_by_slug, newest_of, sections_of, versions_of, working_of
from rules.documents.reading import document_path
from rules.documents.stages import label, next_stages, today


@dataclass(frozen=True, kw_only=True)
class PublicationPage:
    path: str
    title: str
    number: int
    last: int
    rule: bool
    sections: int
    untranslated: int
    has_note: bool
    form: Form
    refusal: Verdict | None = None


@dataclass(frozen=True)
class AdoptionPage:
    path: str
    title: str
    number: int
    sha256: str
    verdict: Verdict


def ask(ctx: Context) -> Response:
    found = opened(ctx)
    return _page(ctx, found, _form(ctx, found, filled=True))


def publish(ctx: Context) -> Response:
    found = opened(ctx)
    form = _form(ctx, found)
    if not form.ok:
        return _page(ctx, found, form)
    rule, slug = found.document.kind == Kind.RULE, found.document.slug
    stage = Stage.DRAFT if rule else Stage(form.values["stage"])
    day, registry = form.values.get("in_force_from"), ctx.services.registry
    try:
        version = actions.publish(
            ctx.session, ctx.actor, slug, stage=stage, registry=registry, in_force_from=day, now=ctx.now
        )
    except Refused as refused:
        return _page(ctx, found, form, refused.verdict)
    ctx.say("ok", ctx._("Version %(n)s is public and frozen. Whoever follows it is told.", n=version.number))
    return redirect(ctx, f"{document_path(slug)}/{version.number}")


def _form(ctx: Context, found: Open, *, filled: bool = False) -> Form:
    if found.document.kind == Kind.RULE:
        later = {"in_force_from": today(ctx.now) + timedelta(days=30)}
        return RulePublicationForm.filled(later, ctx._) if filled else RulePublicationForm.read(ctx.form, ctx._)
    kind, last = Kind(found.document.kind), _last(found)
    stages = [(stage, ctx._(label(kind, stage, published=True))) for stage in next_stages(kind, last)]
    chosen = {"stage": found.version.stage if found.version.stage in dict(stages) else stages[-1][0]}
    form = PublicationForm.filled if filled else PublicationForm.read
    return form(chosen if filled else ctx.form, ctx._, choices={"stage": stages})


def _last(found: Open) -> Stage | None:
    newest = newest_of(found.versions)
    return Stage(newest.stage) if newest else None


def _page(ctx: Context, found: Open, form: Form, refusal: Verdict | None = None) -> Response:
    sections, newest = sections_of(ctx.session, found.version.id), newest_of(found.versions)
    view = PublicationPage(
        path=document_path(found.document.slug),
        title=found.version.title.to(ctx.locale),
        number=found.version.number,
        last=newest.number if newest else 0,
        rule=found.document.kind == Kind.RULE,
        sections=len(sections),
        untranslated=sum(not each.heading.get("en") or (bool(each.body) and not each.body.get("en"))
                         for each in sections),
        has_note=bool(found.version.note),
        form=form,
        refusal=refusal,
    )  # fmt: skip
    status = 409 if refusal is not None else 422 if form.errors else 200
    return page(ctx, "rules/documents/publication.html", view, status=status)


def ask_adoption(ctx: Context) -> Response:
    """What stands in the way is said before anybody presses the button."""
    ensure(policy.may_write(ctx.actor))
    return _adoption(ctx, None)


def adopt(ctx: Context) -> Response:
    try:
        actions.adopt(ctx.session, ctx.actor, ctx.path["slug"], registry=ctx.services.registry, now=ctx.now)
    except Refused as refused:
        if refused.verdict.kind != "conflict":
            raise
        return _adoption(ctx, refused.verdict)
    ctx.say("ok", ctx._("The version is adopted. Whoever follows it is told."))
    return redirect(ctx, document_path(ctx.path["slug"]))


def _adoption(ctx: Context, refusal: Verdict | None) -> Response:
    document = document_by_slug(ctx.session, ctx.path["slug"])
    versions = versions_of(ctx.session, document.id) if document else ()
    newest = newest_of(versions)
    if document is None or newest is None:
        raise NotFound
    change: Any = StageChange(
        document_id=document.id,
        kind=Kind(document.kind),
        version_id=newest.id,
        number=newest.number,
        last=Stage(newest.stage),
        to=Stage.ADOPTED,
    )
    verdict = refusal
    if verdict is None:
        verdict = policy.may_adopt(ctx.actor, document, newest, working_of(versions))
        verdict &= may_step(ctx.session, ctx.services.registry, change, ctx.now)
    title = newest.title.to(ctx.locale)
    view = AdoptionPage(document_path(document.slug), title, newest.number, newest.sha256 or "", verdict)
    return page(ctx, "rules/documents/adoption.html", view, status=409 if refusal is not None else 200)


ROUTES = (
    get("/documents/{slug}/edit/publication", ask),
    post("/documents/{slug}/edit/publication", publish, limit="document"),
    get("/documents/{slug}/adoption", ask_adoption),
    post("/documents/{slug}/adoption", adopt, limit="document"),
)
