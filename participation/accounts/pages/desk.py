"""The desk's pages of accounts: search, roles, verification, blocking, registers."""

from dataclasses import dataclass
from typing import Any

from participation.accounts import actions, factors, queries, register
from participation.accounts.forms import ReasonForm, RegisterForm
from participation.accounts.labels import METHOD, ROLES, VERIFICATION
from participation.accounts.policy import ADMINISTRATOR, may_list_accounts, may_upload_register
from participation.policy import N_, ensure, has_role
from participation.web import Context, Response, delete, get, page, post, redirect
from participation.web.fields import clean
from participation.web.i18n import translations
from participation.web.paging import read_paging

MAX_REGISTER = 100_000_000  # bytes


@dataclass(frozen=True)
class Listing:
    found: queries.AccountList
    shows: tuple[tuple[str, str], ...]
    roles: dict[str, str]
    verifications: dict[str, str]


@dataclass(frozen=True)
class Desk:
    """One account with everything that may be done with it."""

    account: queries.AccountDetails
    administrator: bool
    roles: dict[str, str]
    verifications: dict[str, str]
    methods: dict[str, str]


@dataclass(frozen=True)
class Registers:
    report: register.Report | None = None


SHOWS = (
    ("", N_("All accounts")),
    ("roles", N_("With a role")),
    ("verified", N_("Verified")),
    ("blocked", N_("Blocked")),
)


def _words(ctx: Context, labels: dict[str, str]) -> dict[str, str]:
    return {key: ctx._(label) for key, label in labels.items()}


def index(ctx: Context) -> Response:
    ensure(may_list_accounts(ctx.actor))
    show = ctx.query.get("show", "")
    show = show if show in queries.SHOW else ""
    q = clean(ctx.query.get("q", ""))[:100]
    found = queries.list_accounts(ctx.session, q, show, read_paging(ctx.query))
    shows = tuple((key, ctx._(label)) for key, label in SHOWS)
    return page(ctx, "accounts/desk_list.html", Listing(found, shows, _words(ctx, ROLES), _words(ctx, VERIFICATION)))


def show(ctx: Context) -> Response:
    ensure(may_list_accounts(ctx.actor))
    return _show(ctx, ReasonForm.filled({}, ctx._))


def _show(ctx: Context, form: ReasonForm, status: int = 200) -> Response:
    view = Desk(
        account=queries.account_details(ctx.session, ctx.actor, ctx.path["id"]),
        administrator=bool(has_role(ctx.actor, ADMINISTRATOR)),
        roles=_words(ctx, ROLES),
        verifications=_words(ctx, VERIFICATION),
        methods=_words(ctx, METHOD),
    )
    return page(ctx, "accounts/desk_account.html", view, form=form, status=status)


def _back(ctx: Context, said: str) -> Response:
    ctx.say("ok", said)
    return redirect(ctx, f"/admin/accounts/{ctx.path['id']}")


def _sent(ctx: Context, name: str) -> str:
    value = ctx.form.get(name, "")
    return value if isinstance(value, str) else ""


def grant(ctx: Context) -> Response:
    actions.grant_role(ctx.session, ctx.actor, ctx.path["id"], _sent(ctx, "role"), now=ctx.now)
    return _back(ctx, ctx._(N_("The role is given.")))


def revoke(ctx: Context) -> Response:
    actions.revoke_role(ctx.session, ctx.actor, ctx.path["id"], ctx.path["role"], now=ctx.now)
    return _back(ctx, ctx._(N_("The role is taken away.")))


def block(ctx: Context) -> Response:
    ensure(has_role(ctx.actor, ADMINISTRATOR))
    form = ReasonForm.read(ctx.form, ctx._)
    if not form.ok:
        return _show(ctx, form, 422)
    actions.block_account(ctx.session, ctx.actor, ctx.path["id"], form.values["reason"], now=ctx.now)
    return _back(ctx, ctx._(N_("The account is blocked; all its sessions are ended.")))


def unblock(ctx: Context) -> Response:
    actions.unblock_account(ctx.session, ctx.actor, ctx.path["id"], now=ctx.now)
    return _back(ctx, ctx._(N_("The account is open again.")))


def remove_factor(ctx: Context) -> Response:
    factors.remove_lost(ctx.session, ctx.actor, ctx.path["id"], ctx.now)
    return _back(ctx, ctx._(N_("The second factor is removed; the person is told by mail.")))


def verify(ctx: Context) -> Response:
    actions.verify_account(ctx.session, ctx.actor, ctx.path["id"], _sent(ctx, "kind"), now=ctx.now)
    return _back(ctx, ctx._(N_("Noted.")))


def withdraw(ctx: Context) -> Response:
    actions.withdraw_verification(ctx.session, ctx.actor, ctx.path["id"], ctx.path["kind"], now=ctx.now)
    return _back(ctx, ctx._(N_("Withdrawn.")))


def register_page(ctx: Context) -> Response:
    ensure(may_upload_register(ctx.actor))
    return page(ctx, "accounts/register.html", Registers(), form=RegisterForm.filled({}, ctx._))


def read_upload(ctx: Context) -> tuple[RegisterForm, register.Reading | None]:
    """Read and hash the file before the transaction: a city's register is long."""
    ensure(may_upload_register(ctx.actor))
    form = RegisterForm.read(ctx.form, ctx._)
    if not form.ok:
        return form, None
    return form, register.read_register(form.values["file"][0].file.read(), ctx.services.secret, _headings())


def _headings() -> dict[str, str]:
    """The columns' names as the city's own lists have them."""
    words = {"name": N_("Full name"), "birth_date": N_("Date of birth"), "postal_code": N_("Postal code")}
    return {translations("ja").gettext(word): column for column, word in words.items()}


def upload(ctx: Context) -> Response:
    """A file with a wrong row changes nothing; its report names the rows."""
    form, reading = ctx.prepared
    if reading is None:
        return page(ctx, "accounts/register.html", Registers(), form=form, status=422)
    if reading.problems or not reading.identities:
        form.fail("file", N_("Nothing was saved: please correct the file and upload it again."))
        view = Registers(register.Report(0, reading.problems))
        return page(ctx, "accounts/register.html", view, form=form, status=422)
    kind, replace = form.values["kind"], form.values["replace"]
    added = register.save_register(ctx.session, ctx.actor, kind, reading.identities, replace=replace, now=ctx.now)
    ctx.say("ok", ctx._(N_("The register is saved, as keyed hashes only. New entries: %(count)s."), count=added))
    return redirect(ctx, "/admin/register")


ROUTES: tuple[Any, ...] = (
    get("/admin/accounts", index),
    get("/admin/accounts/{id:int}", show),
    post("/admin/accounts/{id:int}/roles", grant),
    delete("/admin/accounts/{id:int}/roles/{role}", revoke),
    post("/admin/accounts/{id:int}/block", block),
    delete("/admin/accounts/{id:int}/block", unblock),
    delete("/admin/accounts/{id:int}/second-factor", remove_factor),
    post("/admin/accounts/{id:int}/verifications", verify),
    delete("/admin/accounts/{id:int}/verifications/{kind}", withdraw),
    get("/admin/register", register_page),
    post("/admin/register", upload, prepare=read_upload, heavy=True, body_limit=MAX_REGISTER),
)
