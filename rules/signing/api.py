"""Signatures over the API."""

from functools import partial
from typing import Any

from participation.accounts.port import ask_code, spend_code
from participation.policy import ensure
from participation.web import Context, Invalid, NotFound, Response, get, json_answer, post
from participation.web.describing import MOMENT, NUMBER, PAGES, TEXT, Doc, list_of, record_of
from participation.web.listing import json_page
from rules.documents.models import Kind
from rules.documents.queries import document_by_slug
from rules.signing import actions
from rules.signing.evidence import Declaration, Means
from rules.signing.forms import ApiSignForm
from rules.signing.policy import may_sign
from rules.signing.queries import SignedLine, register_of


def index(ctx: Context) -> Response:
    """The public register of a rule, newest first, a page at a time."""
    document = document_by_slug(ctx.session, ctx.path["key"])
    if document is None or document.kind != Kind.RULE or not document.newest:
        raise NotFound
    lines = register_of(ctx.session, document.slug, ctx.locale)
    return json_page(ctx, lines, partial(as_json, ctx))


def prepare_signing(ctx: Context) -> ApiSignForm:
    """Whoever has a second factor sends a code of it too: a token alone is one thing that can be stolen."""
    form = ApiSignForm.read_json(ctx.json, ctx._)
    if form.ok:
        ask_code(ctx, form)
    return form


def sign(ctx: Context) -> Response:
    """Sign a version for an organisation, as its signatory -> 201; once more is the same signature -> 200."""
    form = ctx.prepared
    values = form.ensure()
    number, registry = ctx.path["number"], ctx.services.registry
    slug, party = ctx.path["key"], values["organisation"]
    case = actions.find_case(ctx.session, ctx.actor, slug, party, registry, ctx.now, number, lock=True)
    ensure(may_sign(ctx.actor, case))
    unknown = [key for key in values["articles"] if key not in case.keys]
    missing = [key for key in case.pending if key not in values["articles"]]
    if case.signature is None and values["sha256"] == case.version.sha256:
        if unknown:
            raise Invalid({"articles": ctx._("There is no such article: %(keys)s", keys=", ".join(unknown))})
        if missing:
            raise Invalid({"articles": ctx._(actions.MISSING, articles=", ".join(missing))})
        actions.acknowledge(ctx.session, ctx.actor, case, values["articles"], now=ctx.now)
        case = actions.find_case(ctx.session, ctx.actor, slug, party, registry, ctx.now, number)
    said = Declaration(
        values["signatory_name"],
        values["signatory_title"],
        values["authority"] or "representative",
        values["statement"],
        ctx.locale,
        "POST",
    )
    factor = spend_code(ctx, form)
    means = Means("api_token", ctx.client, ctx.user_agent, "", ctx.settings.base_url, factor)
    row, fresh = actions.sign(
        ctx.session, ctx.actor, case, said, means, sha256=values["sha256"], secret=ctx.services.secret, now=ctx.now
    )
    line = next(each for each in register_of(ctx.session, slug, ctx.locale) if each.code == row.code)
    return json_answer(as_json(ctx, line), status=201 if fresh else 200)


def as_json(ctx: Context, line: SignedLine) -> dict[str, Any]:
    return {
        "code": line.code,
        "url": ctx.settings.base_url + line.path,
        "organisation": line.slug,
        "name": line.organisation,
        "version": line.number,
        "signatory_name": line.name,
        "signatory_title": line.title,
        "signed_at": line.signed_at.isoformat(),
        "sha256": line.sha256,
    }


SIGNED = record_of(
    code=TEXT,
    url=TEXT,
    organisation=TEXT,
    name=TEXT,
    version=NUMBER,
    signatory_name=TEXT,
    signatory_title=TEXT,
    signed_at=MOMENT,
    sha256=TEXT,
)
ROUTES = (
    get("/api/v1/rules/{key}/signatures", index, api=True, doc=Doc(list_of(SIGNED), query=PAGES)),
    post(
        "/api/v1/rules/{key}/versions/{number:int}/signatures",
        sign,
        prepare=prepare_signing,
        api=True,
        limit="sign",
        doc=Doc(SIGNED, ApiSignForm, status=201, signed_in=True),
    ),
)
