"""Writing a challenge: a form that keeps what is typed, its posting, and its end."""

from dataclasses import dataclass

from consortium.challenges import actions
from consortium.challenges.changing import offered
from consortium.challenges.forms import ChallengeForm, DraftForm, MoveForm, typed
from consortium.challenges.labels import MOVES
from consortium.challenges.models import ChallengeState
from consortium.challenges.pages import Saved, keeps, read
from consortium.challenges.policy import may_move_challenge, may_post, may_write, posting_for
from consortium.challenges.queries import Line
from consortium.membership.queries import members
from consortium.services.queries import acting_of
from participation.policy import N_, ensure, require
from participation.spaces.queries import places
from participation.web import Context, Response, fragment, get, page, post, redirect
from participation.web.i18n import ZONE


@dataclass(frozen=True)
class FormPage:
    form: ChallengeForm
    line: Line | None = None

    @property
    def path(self) -> str:
        return f"{self.line.path}/edit" if self.line else "/challenges/new"

    @property
    def autosave(self) -> str:
        return f"{self.line.path}/draft" if self.line else "/challenges/drafts"


@dataclass(frozen=True)
class MovePage:
    line: Line
    form: MoveForm
    to: str
    label: str


def posters_of(ctx: Context) -> dict[str, tuple[int, str]]:
    """The organisations for which this person may post, by slug: their number and name.

    Raises:
        Refused: there is none.
    """
    acting = acting_of(ctx.session, ctx.actor, ctx.now)
    ensure(may_post(ctx.actor, acting))
    own, every = posting_for(acting), ctx.actor.has("secretariat")
    found = members(ctx.session, ctx.now)
    return {
        view.slug: (view.id, view.name.to(ctx.locale))
        for view in found
        if view.id in own or (every and view.standing in ("member", "approved"))
    }


def choices_of(ctx: Context, posters: dict[str, tuple[int, str]]) -> dict[str, list[tuple[str, str]]]:
    desk = [("", ctx._(N_("The secretariat")))] if ctx.actor.has("secretariat") else []
    return {
        "poster": [*desk, *((slug, name) for slug, (_, name) in posters.items())],
        **offered(ctx),
    }


def poster_in(ctx: Context, form: ChallengeForm, posters: dict[str, tuple[int, str]]) -> int | None:
    """Whom the form names; without a usable name, whoever may post for no one but one organisation posts for that."""
    named = posters.get(str(form.raw.get("poster", "")))
    if named is None and not ctx.actor.has("secretariat"):
        named = next(iter(posters.values()), None)
    return named[0] if named else None


def new(ctx: Context) -> Response:
    posters = posters_of(ctx)
    return _form(ctx, DraftForm.filled({}, ctx._, choices=choices_of(ctx, posters)))


def create(ctx: Context) -> Response:
    """The draft, and with the button that says so its posting."""
    posters = posters_of(ctx)
    form = _read_form(ctx, posters)
    if not form.ok:
        return _form(ctx, form, status=422)
    row = actions.draft_challenge(ctx.session, ctx.actor, poster_in(ctx, form, posters), typed(form), now=ctx.now)
    return _posted(ctx, row.id, form, posters)


def start(ctx: Context) -> Response:
    """The first autosave makes the draft; its answer says where it is."""
    posters = posters_of(ctx)
    form = ChallengeForm.read(ctx.form, ctx._, choices=choices_of(ctx, posters))
    row = actions.draft_challenge(ctx.session, ctx.actor, poster_in(ctx, form, posters), typed(form), now=ctx.now)
    path = f"/challenges/{row.id}"
    return fragment(ctx, "consortium/challenges/_saved.html", Saved(f"{path}/draft", f"{path}/edit"))


def edit(ctx: Context) -> Response:
    line, posters = _own(ctx), posters_of(ctx)
    form = DraftForm.filled({}, ctx._, choices=choices_of(ctx, posters))
    form.raw.update(line.typed)
    return _form(ctx, form, line)


def send(ctx: Context) -> Response:
    line, posters = _own(ctx), posters_of(ctx)
    form = _read_form(ctx, posters)
    actions.save_challenge(ctx.session, ctx.actor, line.id, typed(form), now=ctx.now)
    if not form.ok:
        return _form(ctx, form, line, 422)
    return _posted(ctx, line.id, form, posters)


def save(ctx: Context) -> Response:
    line = _own(ctx)
    form = ChallengeForm.read(ctx.form, ctx._, choices=choices_of(ctx, posters_of(ctx)))
    actions.save_challenge(ctx.session, ctx.actor, line.id, typed(form), now=ctx.now)
    return fragment(ctx, "consortium/challenges/_saved.html", Saved())


def ask_move(ctx: Context) -> Response:
    line, wanted = _kept(ctx), ctx.query.get("to", "")
    ensure(require(wanted in list(MOVES), N_("This step is not possible from the present state.")))
    ensure(may_move_challenge(ctx.actor, line.poster_id, line.state, ChallengeState(wanted)))
    return _move(ctx, line, MoveForm.filled({"to": wanted}, ctx._))


def move(ctx: Context) -> Response:
    line, form = _kept(ctx), MoveForm.read(ctx.form, ctx._)
    if not form.ok:
        return _move(ctx, line, form, 422)
    to, reason = ChallengeState(form.values["to"]), form.values["reason"]
    actions.move_challenge(ctx.session, ctx.actor, line.id, to, reason, now=ctx.now)
    ctx.say("ok", ctx._("Recorded. The page of the challenge says so from now on."))
    return redirect(ctx, line.path)


def _posted(ctx: Context, number: int, form: ChallengeForm, posters: dict[str, tuple[int, str]]) -> Response:
    if ctx.form.get("do") != "post":
        ctx.say("ok", ctx._("Your draft is kept. You can go on with it here at any time."))
        return redirect(ctx, f"/challenges/{number}/edit")
    said = form.said(places(ctx.session, ctx.locale), {slug: found for slug, (found, _) in posters.items()})
    actions.post_challenge(ctx.session, ctx.actor, number, said, now=ctx.now)
    ctx.say("ok", ctx._("The challenge is posted. Members can answer it until its last day."))
    return redirect(ctx, f"/challenges/{number}")


def _read_form(ctx: Context, posters: dict[str, tuple[int, str]]) -> ChallengeForm:
    """What was typed: a draft may have gaps, what is posted may not."""
    choices = choices_of(ctx, posters)
    form = DraftForm.read(ctx.form, ctx._, choices=choices)
    if ctx.form.get("do") == "post":
        whole = ChallengeForm.read(ctx.form, ctx._, choices=choices)
        whole.fit(ctx.now.astimezone(ZONE).date())
        form.errors = whole.errors
    return form


def _kept(ctx: Context) -> Line:
    line = read(ctx)
    ensure(keeps(ctx, line))
    return line


def _own(ctx: Context) -> Line:
    line = _kept(ctx)
    ensure(may_write(ctx.actor, line.poster_id, line.state))
    return line


def _form(ctx: Context, form: ChallengeForm, line: Line | None = None, status: int = 200) -> Response:
    return page(ctx, "consortium/challenges/edit.html", FormPage(form, line), status=status)


def _move(ctx: Context, line: Line, form: MoveForm, status: int = 200) -> Response:
    to = str(form.raw.get("to", ""))
    label = ctx._(MOVES[ChallengeState(to)]) if to in list(MOVES) else ctx._("Change the state")
    return page(ctx, "consortium/challenges/move.html", MovePage(line, form, to, label), status=status)


ROUTES = (
    get("/challenges/new", new),
    post("/challenges/new", create, limit="post_challenge"),
    post("/challenges/drafts", start, limit="post_challenge"),
    get("/challenges/{id:int}/edit", edit),
    post("/challenges/{id:int}/edit", send, limit="post_challenge"),
    post("/challenges/{id:int}/draft", save, limit="autosave"),
    get("/challenges/{id:int}/state", ask_move),
    post("/challenges/{id:int}/state", move),
)
