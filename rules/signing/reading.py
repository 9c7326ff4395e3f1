"""Reading a rule article by article for an organisation, confirming each, and signing."""

from dataclasses import dataclass
from datetime import datetime

from participation.accounts.port import ask_password, asked_for, spend_code
from participation.policy import Verdict, ensure
from participation.textdiff import Part, compare
from participation.web import Context, Response, delete, get, page, post, redirect
from rules.documents.reading import Words, words
from rules.signing import actions
from rules.signing.cases import SigningCase
from rules.signing.evidence import Declaration, Means
from rules.signing.forms import CONTROL, SENTENCE, SignForm
from rules.signing.policy import may_acknowledge, may_sign


@dataclass(frozen=True)
class Article:
    """`at`: when this person confirmed it; `unchanged`: it stands as in the version that was signed last;
    `change`: what is different from there, where it stood there."""

    key: str
    number: int
    heading: Words
    body: Words
    at: datetime | None
    unchanged: bool
    change: list[Part] | None
    colleagues: int

    @property
    def done(self) -> bool:
        return self.at is not None or self.unchanged


@dataclass(frozen=True, kw_only=True)
class SignPage:
    organisation: str
    slug: str
    rule: str
    title: Words
    number: int
    sha256: str
    last_number: int | None
    articles: tuple[Article, ...]
    sentence: str
    form: SignForm
    second_factor: str  # what is asked for beside the password
    signable: Verdict
    code: str  # of the certificate, once it is signed

    @property
    def path(self) -> str:
        return f"/organisations/{self.slug}/rules/{self.rule}"

    @property
    def done(self) -> int:
        return sum(article.done for article in self.articles)

    @property
    def next(self) -> Article | None:
        return next((article for article in self.articles if not article.done), None)


def show(ctx: Context) -> Response:
    return _page(ctx, _case(ctx), SignForm.filled({"signatory_name": ctx.actor.name}, ctx._))


def confirm(ctx: Context) -> Response:
    """One article; back on the page at the next one that is open."""
    case = _of_number(ctx)
    actions.acknowledge(ctx.session, ctx.actor, case, [ctx.path["article"]], now=ctx.now)
    following = next((key for key in case.pending if key != ctx.path["article"]), None)
    return redirect(ctx, f"{ctx.url_path.rsplit('/articles/', 1)[0]}#{f'article-{following}' if following else 'sign'}")


def take_back(ctx: Context) -> Response:
    actions.take_back(ctx.session, ctx.actor, _of_number(ctx), ctx.path["article"])
    return redirect(ctx, f"{ctx.url_path.rsplit('/articles/', 1)[0]}#article-{ctx.path['article']}")


def prepare_signing(ctx: Context) -> SignForm:
    """The password takes its time, so it is compared before the transaction; the code is used up within it."""
    return ask_password(ctx, SignForm.read(ctx.form, ctx._))


def sign(ctx: Context) -> Response:
    form, case = ctx.prepared, _of_number(ctx, lock=True)
    ensure(may_sign(ctx.actor, case))
    if not form.ok:
        return _page(ctx, case, form, 422)
    declared = Declaration(
        form.values["signatory_name"],
        form.values["signatory_title"],
        form.values["authority"],
        sentence(ctx, case),
        ctx.locale,
        ctx._(CONTROL),
    )
    proof = "password" if form.values["current"] else "recent_sign_in"
    factor = spend_code(ctx, form)
    means = Means(proof, ctx.client, ctx.user_agent, ctx.actor.session_key, ctx.settings.base_url, factor)
    read = str(ctx.form.get("sha256", ""))
    row, fresh = actions.sign(
        ctx.session, ctx.actor, case, declared, means, sha256=read, secret=ctx.services.secret, now=ctx.now
    )
    if fresh:
        ctx.say("ok", ctx._("Signed. This is the certificate; everybody can check it by its code."))
    else:
        ctx.say("info", ctx._("This version was signed before; this is its certificate."))
    return redirect(ctx, f"/certificates/{row.code}")


def sentence(ctx: Context, case: SigningCase) -> str:
    """The declaration as the signatory reads it."""
    return ctx._(
        SENTENCE,
        organisation=case.organisation.name.to(ctx.locale),
        title=case.version.title.to(ctx.locale),
        number=case.version.number,
    )


def _case(ctx: Context, number: int | None = None, *, lock: bool = False) -> SigningCase:
    return actions.find_case(
        ctx.session, ctx.actor, ctx.path["key"], ctx.path["slug"], ctx.services.registry, ctx.now, number, lock=lock
    )


def _of_number(ctx: Context, *, lock: bool = False) -> SigningCase:
    """The version whose page sent the form, so that nobody confirms what they did not read."""
    text = str(ctx.form.get("number", ""))
    return _case(ctx, int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0, lock=lock)


def _page(ctx: Context, case: SigningCase, form: SignForm, status: int = 200) -> Response:
    ensure(may_acknowledge(ctx.actor, case))
    view = SignPage(
        organisation=case.organisation.name.to(ctx.locale),
        slug=case.organisation.slug,
        rule=case.document.slug,
        title=words(case.version.title, ctx.locale),
        number=case.version.number,
        sha256=case.version.sha256 or "",
        last_number=case.last_number,
        articles=tuple(_article(case, place, ctx.locale) for place in range(len(case.sections))),
        sentence=sentence(ctx, case),
        form=form,
        second_factor=asked_for(ctx),
        signable=may_sign(ctx.actor, case),
        code=case.signature.code if case.signature else "",
    )
    return page(ctx, "rules/signing/sign.html", view, status=status)


def _article(case: SigningCase, place: int, locale: str) -> Article:
    section = case.sections[place]
    before = case.before.get(section.key)
    changed = before is not None and section.key not in case.unchanged
    return Article(
        key=section.key,
        number=place + 1,
        heading=words(section.heading, locale),
        body=words(section.body, locale),
        at=case.acknowledged.get(section.key),
        unchanged=section.key in case.unchanged,
        change=compare(before.body.to(locale), section.body.to(locale)) if changed and before else None,
        colleagues=case.by_others.get(section.key, 0),
    )


ROUTES = (
    get("/organisations/{slug}/rules/{key}", show),
    post("/organisations/{slug}/rules/{key}/articles/{article}", confirm),
    delete("/organisations/{slug}/rules/{key}/articles/{article}", take_back),
    post("/organisations/{slug}/rules/{key}/signature", sign, prepare=prepare_signing, heavy=True, limit="sign"),
)
