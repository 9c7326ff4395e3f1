"""Sending an opinion: the box's own page, its autosave, and the mailed link of whoever has no account."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from participation.component import Intent
from participation.policy import N_, Actor, Verdict, ensure
from participation.web import Context, NotFound, Response, fragment, get, page, post, redirect
from rules.opinions import actions
from rules.opinions.boxes import Box, make_box
from rules.opinions.cases import Case, case_by_number, headings
from rules.opinions.forms import LONGEST, OpinionForm
from rules.opinions.models import Opinion
from rules.opinions.policy import is_open
from rules.opinions.queries import drafts_of

KEPT = ("body", "stance", "nickname", "formal", "name", "address", "organisation")


@dataclass(frozen=True)
class SendPage:
    case: Case
    title: str
    form: OpinionForm
    box: Box | None
    refusal: Verdict | None  # why it cannot be sent; what was typed stands below


def new(ctx: Context) -> Response:
    """The box on a page of its own, on the section of the address."""
    case = read_case(ctx)
    ensure(is_open(case, ctx.now))
    found = _headings(ctx, case)
    section = ctx.query.get("section", "")
    section = section if section in found else ""
    draft = drafts_of(ctx.session, ctx.actor, case.id).get(section)
    box = replace(make_box(ctx, case, section, found, draft), prefix="", choose=True)
    return page(ctx, "rules/opinions/new.html", SendPage(case, case.title.to(ctx.locale), box.form, box, None))


def create(ctx: Context) -> Response:
    case = read_case(ctx)
    form = read_form(ctx, case, ctx.form)
    verdict = is_open(case, ctx.now)
    if not verdict or not form.ok:
        box = Box(case, "", form, None, "", choose=True) if verdict else None
        view = SendPage(case, case.title.to(ctx.locale), form, box, verdict if not verdict else None)
        return page(ctx, "rules/opinions/new.html", view, status=422 if verdict else 403)
    opinion = send(ctx, ctx.actor, case, form)
    ctx.say("ok", ctx._(N_("Your opinion has arrived. Keep its receipt number.")))
    return redirect(ctx, f"/me/opinions/{opinion.receipt}")


def create_by_mail(ctx: Context, actor: Actor, payload: Mapping[str, Any]) -> str:
    """An opinion that was begun signed-out."""
    slug, number = payload.get("slug"), payload.get("version")
    case = case_by_number(ctx.session, slug, number) if isinstance(slug, str) and isinstance(number, int) else None
    if case is None:
        raise NotFound
    form = read_form(ctx, case, payload)
    form.ensure()
    return f"/me/opinions/{send(ctx, actor, case, form).receipt}"


def autosave(ctx: Context) -> Response:
    case = read_case(ctx)
    fields = {name: str(ctx.form.get(name, ""))[:LONGEST] for name in KEPT}
    section = str(ctx.form.get("section", ""))
    if section and section not in headings(ctx.session, case.version_id):
        raise NotFound
    actions.save_draft(ctx.session, ctx.actor, case, section, fields, ctx.now)
    return fragment(ctx, "rules/opinions/_saved.html", bool(fields["body"].strip()))


def read_form(ctx: Context, case: Case, data: Any) -> OpinionForm:
    return OpinionForm.read(data, ctx._, choices={"section": list(_headings(ctx, case).items())})


def send(ctx: Context, actor: Actor, case: Case, form: OpinionForm) -> Opinion:
    words = actions.Words(**form.values)
    return actions.send_opinion(ctx.session, actor, case, words, base_url=ctx.settings.base_url, now=ctx.now)


def read_case(ctx: Context) -> Case:
    """The public comment of the address.

    Raises:
        NotFound: there is none on this version.
    """
    number = ctx.path["number"] if "number" in ctx.path else ctx.path["version"]
    case = case_by_number(ctx.session, ctx.path["slug"], number)
    if case is None:
        raise NotFound(N_("No public comment was called on this version."))
    return case


def _headings(ctx: Context, case: Case) -> dict[str, str]:
    return {key: heading.to(ctx.locale) for key, heading in headings(ctx.session, case.version_id).items()}


INTENTS = {"opinion": Intent(N_("your opinion in the public comment"), create_by_mail)}
ROUTES = (
    get("/documents/{slug}/{version:int}/opinions/new", new),
    post("/documents/{slug}/{version:int}/opinions", create, limit="opinion", intent="opinion"),
    post("/documents/{slug}/{version:int}/opinions/draft", autosave, limit="autosave"),
)
