"""The form of a solution sheet, and the choice among them."""

from dataclasses import dataclass

from consortium.challenges import answering
from consortium.challenges.forms import MatchForm, SheetForm, typed
from consortium.challenges.pages import Saved, read, readable
from consortium.challenges.policy import may_answer, may_match
from consortium.challenges.queries import Line, Sheet, sheets_of
from consortium.services.queries import acting_of
from participation.organisations.models import Organisation
from participation.organisations.policy import acts_for
from participation.organisations.queries import organisation_by_slug
from participation.policy import N_, Verdict, ensure, require, signed_in
from participation.web import Context, NotFound, Response, fragment, get, page, post, redirect


@dataclass(frozen=True)
class SheetPage:
    line: Line
    slug: str
    name: str
    form: SheetForm
    sheet: Sheet | None
    answerable: Verdict

    @property
    def path(self) -> str:
        return f"{self.line.path}/sheets/{self.slug}"


@dataclass(frozen=True)
class MatchPage:
    line: Line
    sheets: tuple[Sheet, ...]
    form: MatchForm


def show(ctx: Context) -> Response:
    line, owner, sheet = found(ctx)
    stored = {name: getattr(sheet, name) for name in SheetForm.fields} if sheet and sheet.offer else {}
    form = SheetForm.filled(stored, ctx._)
    form.raw.update(sheet.typed if sheet else {})
    return _page(ctx, line, owner, sheet, form)


def save(ctx: Context) -> Response:
    """Autosave, and the button for whoever has no script: nothing is checked yet."""
    line, owner, _ = found(ctx)
    form = SheetForm.read(ctx.form, ctx._)
    answering.save_sheet(ctx.session, ctx.actor, line.id, owner.id, typed(form), now=ctx.now)
    if ctx.form.get("do") != "save":
        return fragment(ctx, "consortium/challenges/_saved.html", Saved())
    ctx.say("ok", ctx._("Your draft is kept. You can go on with it here at any time."))
    return redirect(ctx, f"{line.path}/sheets/{owner.slug}")


def send(ctx: Context) -> Response:
    line, owner, sheet = found(ctx)
    form = SheetForm.read(ctx.form, ctx._)
    if not form.ok:
        ensure(may_answer_for(ctx, line, owner))
        return _page(ctx, line, owner, sheet, form, 422)
    about = (ctx.session, ctx.actor, line.id, owner.id)
    answering.hand_in_sheet(*about, form.values, locale=ctx.locale, now=ctx.now)
    ctx.say("ok", ctx._("Your solution sheet is handed in. You can change it until the deadline."))
    return redirect(ctx, line.path)


def withdraw(ctx: Context) -> Response:
    line, owner, _ = found(ctx)
    answering.withdraw_sheet(ctx.session, ctx.actor, line.id, owner.id, now=ctx.now)
    ctx.say("ok", ctx._("Your solution sheet is withdrawn. Only your organisation reads it now."))
    return redirect(ctx, line.path)


def found(ctx: Context) -> tuple[Line, Organisation, Sheet | None]:
    """The challenge, the organisation of the address and its sheet, for the people of that organisation.

    Raises:
        NotFound: there is no such challenge or organisation.
        Refused: somebody else acts for it.
    """
    line, owner = read(ctx), organisation_by_slug(ctx.session, ctx.path["slug"])
    if owner is None or not line.visible:
        raise NotFound
    ensure(signed_in(ctx.actor))
    own = N_("Only those who act for this organisation can do this.")
    ensure(require(acts_for(ctx.actor, owner.id), own, "forbidden"))
    every = sheets_of(ctx.session, line.id)
    return line, owner, next((each for each in every if each.organisation.id == owner.id), None)


def may_answer_for(ctx: Context, line: Line, owner: Organisation) -> Verdict:
    own = [each for each in acting_of(ctx.session, ctx.actor, ctx.now) if each.organisation_id == owner.id]
    return may_answer(ctx.actor, own, line.poster_id, line.state)


def ask_match(ctx: Context) -> Response:
    line, sheets = _matching(ctx)
    return _match(ctx, line, sheets, MatchForm.filled({}, ctx._, choices=match_choices(ctx, sheets)))


def match(ctx: Context) -> Response:
    line, sheets = _matching(ctx)
    form = MatchForm.read(ctx.form, ctx._, choices=match_choices(ctx, sheets))
    if not form.ok:
        return _match(ctx, line, sheets, form, 422)
    chosen, lead = [int(each) for each in form.values["sheets"]], int(form.values["lead"])
    answering.match_sheets(ctx.session, ctx.actor, line.id, chosen, lead, now=ctx.now)
    ctx.say("ok", ctx._("The pilot is drafted. Those who lead it go on writing, and everybody concerned is told."))
    return redirect(ctx, line.path)


def match_choices(ctx: Context, sheets: tuple[Sheet, ...]) -> dict[str, list[tuple[str, str]]]:
    named = [(str(each.id), each.organisation.name.to(ctx.locale)) for each in sheets]
    return {"sheets": named, "lead": named}


def _matching(ctx: Context) -> tuple[Line, tuple[Sheet, ...]]:
    line = read(ctx)
    ensure(may_match(ctx.actor, line.state))
    return line, readable(ctx, line, sheets_of(ctx.session, line.id))


def _page(
    ctx: Context, line: Line, owner: Organisation, sheet: Sheet | None, form: SheetForm, status: int = 200
) -> Response:
    view = SheetPage(line, owner.slug, owner.name.to(ctx.locale), form, sheet, may_answer_for(ctx, line, owner))
    return page(ctx, "consortium/challenges/sheet.html", view, status=status)


def _match(ctx: Context, line: Line, sheets: tuple[Sheet, ...], form: MatchForm, status: int = 200) -> Response:
    return page(ctx, "consortium/challenges/match.html", MatchPage(line, sheets, form), status=status)


ROUTES = (
    get("/challenges/{id:int}/match", ask_match),
    post("/challenges/{id:int}/match", match),
    get("/challenges/{id:int}/sheets/{slug}", show),
    post("/challenges/{id:int}/sheets/{slug}", send, limit="answer_challenge"),
    post("/challenges/{id:int}/sheets/{slug}/draft", save, limit="autosave"),
    post("/challenges/{id:int}/sheets/{slug}/withdrawal", withdraw),
)
