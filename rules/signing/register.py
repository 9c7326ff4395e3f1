"""The public register of a rule: which organisation has agreed to which version, and until when."""

from dataclasses import dataclass

from participation.policy import Verdict, ensure
from participation.web import Context, NotFound, Response, get, page, put, redirect
from participation.web.csv import csv_answer
from participation.web.paging import Pager, make_pager, read_paging
from rules.documents.models import Document, Kind, Version
from rules.documents.queries import document_by_slug, versions_of
from rules.documents.reading import Words, words
from rules.signing import actions
from rules.signing.forms import TermForm
from rules.signing.policy import may_set_term
from rules.signing.queries import SignedLine, register_of, terms_of
from rules.signing.validity import Term

HEADS = ("organisation", "version", "signed_at", "name", "title", "sha256", "certificate")


@dataclass(frozen=True)
class TermLine:
    term: Term
    settable: Verdict


@dataclass(frozen=True)
class RegisterPage:
    rule: str
    title: Words
    lines: tuple[SignedLine, ...]
    pager: Pager
    terms: tuple[TermLine, ...]
    form: TermForm
    editing: int  # number of the version whose term the form sets


def show(ctx: Context) -> Response:
    return _page(ctx, TermForm.filled({}, ctx._), 0)


def table(ctx: Context) -> Response:
    document = _rule(ctx)
    lines = register_of(ctx.session, document.slug, ctx.locale)
    base = ctx.settings.base_url
    rows = ((x.organisation, x.number, x.signed_at, x.name, x.title, x.sha256, base + x.path) for x in lines)
    return csv_answer(f"signatures-{document.slug}", HEADS, rows)


def set_term(ctx: Context) -> Response:
    document, number = _rule(ctx), ctx.path["number"]
    version = next((each for each in _published(ctx, document) if each.number == number), None)
    if version is None:
        raise NotFound
    ensure(may_set_term(ctx.actor, False))
    form = TermForm.read(ctx.form, ctx._)
    if not form.ok:
        return _page(ctx, form, number, 422)
    actions.set_term(ctx.session, ctx.actor, document, version, form.values["days"], now=ctx.now)
    ctx.say("ok", ctx._("Saved."))
    return redirect(ctx, f"/rules/{document.slug}/signatures")


def _page(ctx: Context, form: TermForm, editing: int, status: int = 200) -> Response:
    document, paging = _rule(ctx), read_paging(ctx.query)
    lines = register_of(ctx.session, document.slug, ctx.locale)
    terms = terms_of(ctx.session, document.slug)
    view = RegisterPage(
        document.slug,
        words(document.title, ctx.locale),
        lines[paging.offset : paging.offset + paging.per_page],
        make_pager(paging, len(lines)),
        tuple(TermLine(term, may_set_term(ctx.actor, term.from_ <= ctx.now)) for term in terms),
        form,
        editing,
    )
    return page(ctx, "rules/signing/register.html", view, status=status)


def _rule(ctx: Context) -> Document:
    document = document_by_slug(ctx.session, ctx.path["key"])
    if document is None or document.kind != Kind.RULE or not document.newest:
        raise NotFound
    return document


def _published(ctx: Context, document: Document) -> list[Version]:
    return [each for each in versions_of(ctx.session, document.id) if each.published_at]


ROUTES = (
    get("/rules/{key}/signatures", show),
    get("/rules/{key}/signatures.csv", table, limit="signatures_table"),
    put("/rules/{key}/versions/{number:int}/renewal", set_term),
)
