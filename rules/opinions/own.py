"""A person's own opinions: the receipts, taking one back."""

from dataclasses import dataclass

from participation.component import MeBlock
from participation.policy import N_, Verdict, ensure, signed_in
from participation.web import Context, Response, delete, get, page, redirect
from rules.opinions import policy
from rules.opinions.actions import own_opinion, withdraw_opinion
from rules.opinions.cases import Case, headings
from rules.opinions.labels import KINDS, SOURCES, STANCES
from rules.opinions.models import Kind, Opinion, Source, Stance
from rules.opinions.queries import Own, Person, own_opinions, person_of
from rules.opinions.voices.queries import voice_of

ON_ME = 5


@dataclass(frozen=True)
class ReceiptPage:
    case: Case
    title: str
    heading: str  # of the section; empty: the whole text
    receipt: str
    opinion: Opinion
    kind: str  # message ids
    stance: str
    source: str
    person: Person | None
    may_withdraw: Verdict
    voice: str  # where everybody reads it; empty: nobody but the desk does
    row: str  # where the city's response stands; empty before the table is public


def index(ctx: Context) -> Response:
    ensure(signed_in(ctx.actor))
    return page(ctx, "rules/opinions/own.html", own_opinions(ctx.session, ctx.actor, ctx.locale))


def mine(ctx: Context) -> tuple[Own, ...] | None:
    """The block of the own page; None for who has sent nothing. One query."""
    return own_opinions(ctx.session, ctx.actor, ctx.locale, ON_ME) or None


def show(ctx: Context) -> Response:
    return page(ctx, "rules/opinions/receipt.html", _receipt(ctx))


def ask_withdrawal(ctx: Context) -> Response:
    view = _receipt(ctx)
    ensure(view.may_withdraw)
    return page(ctx, "rules/opinions/withdrawal.html", view)


def withdraw(ctx: Context) -> Response:
    withdraw_opinion(ctx.session, ctx.actor, ctx.path["receipt"], now=ctx.now)
    ctx.say("ok", ctx._(N_("Your opinion is withdrawn and its words are deleted.")))
    return redirect(ctx, f"/me/opinions/{ctx.path['receipt']}")


def _receipt(ctx: Context) -> ReceiptPage:
    opinion, case = own_opinion(ctx.session, ctx.actor, ctx.path["receipt"])
    heading = headings(ctx.session, case.version_id).get(opinion.section_key or "")
    voice = voice_of(ctx.session, opinion.id)
    shown = case.table_public(ctx.now) and opinion.withdrawn_at is None
    return ReceiptPage(
        case=case,
        title=case.title.to(ctx.locale),
        heading=heading.to(ctx.locale) if heading else "",
        receipt=opinion.receipt,
        opinion=opinion,
        kind=KINDS[Kind(opinion.kind)],
        stance=STANCES[Stance(opinion.stance)] if opinion.stance else "",
        source=SOURCES[Source(opinion.source)],
        person=person_of(ctx.session, opinion.id),
        may_withdraw=policy.may_withdraw(ctx.actor, opinion, case, ctx.now),
        voice=f"/voices/{voice.id}" if voice and opinion.withdrawn_at is None else "",
        row=f"{case.path}/responses#row-{opinion.group_id}" if shown else "",
    )


ME_BLOCKS = (MeBlock("rules/opinions/_mine.html", mine, order=25),)
ROUTES = (
    get("/me/opinions", index),
    get("/me/opinions/{receipt}", show),
    get("/me/opinions/{receipt}/withdrawal", ask_withdrawal),
    delete("/me/opinions/{receipt}", withdraw),
)
