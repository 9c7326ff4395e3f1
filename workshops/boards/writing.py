"""What is sent from a board: new cards, fields, cards taken away and put back, their order, dots.

A page with a script asks for the word of one field (`ctx.htmx`); one without is led back to the board.
"""

from typing import Any

from sqlalchemy import select

from participation.policy import N_
from participation.web import Context, NotFound, Response, delete, fragment, page, post, put, redirect
from participation.web.answers import safe_path
from participation.web.forms import Form
from workshops.boards.cases import Case
from workshops.boards.dots import give_dot, take_dot
from workshops.boards.fields import FIRST, FORMS, KINDS, UID, MoveForm, one_field, stored
from workshops.boards.guests import case_of
from workshops.boards.models import Persona, Section
from workshops.boards.saving import Differs, add_card, move_card, remove_card, save_field
from workshops.boards.showing import TEAM, Trouble, board_page

MEANWHILE = N_("Somebody else has written here meanwhile. Nothing is lost: both texts are here.")
EMPTY = N_("Please write something on the note.")
OPTIONS = N_("Please choose one of the options.")


def add(ctx: Context) -> Response:
    """A new card with what was typed into it so far."""
    case, kind, uid = _asked(ctx)
    form = FORMS[kind].read(ctx.form, ctx._)
    for name in FIRST.keys() & form.errors.keys():  # a choice that was left out has a first value
        if not form.raw[name]:
            form.values[name] = FIRST[name]
            del form.errors[name]
    if kind == "note" and not form.values.get("text", "left out"):
        form.fail("text", EMPTY)
    section, belongs_to = str(ctx.form.get("section", "")), str(ctx.form.get("belongs_to", ""))
    if not form.ok or (kind == "note" and section not in list(Section)):
        error = next(iter(form.errors.values()), "") or ctx._(OPTIONS)
        return _refused(ctx, case, _place(ctx, case, kind, section, belongs_to), form, error)
    values = {name: stored(name, value) for name, value in form.values.items()}
    where = {"section": Section(section) if section else None, "belongs_to": belongs_to}
    add_card(ctx.session, ctx.actor, case, kind, uid, values, **where, now=ctx.now)
    return _done(ctx, case, f"{kind}-{uid}")


def save(ctx: Context) -> Response:
    """The words of one field, upon the version that the page had seen."""
    case, kind, uid = _asked(ctx)
    name = ctx.path["field"]
    if name not in FORMS[kind].fields:
        raise NotFound
    place, form = f"{kind}-{uid}-{name}", one_field(kind, name).read(ctx.form, ctx._)
    if not form.ok:
        return _refused(ctx, case, place, form, next(iter(form.errors.values())))
    seen = {"version": form.values["version"] or 0, "window": form.values["window"]}
    try:
        version = save_field(ctx.session, ctx.actor, case, kind, uid, name, stored(name, form.values["value"]), **seen,
                             now=ctx.now)  # fmt: skip
    except Differs as differs:
        return _differs(ctx, case, place, form, differs)
    return _done(ctx, case, place, version)


def remove(ctx: Context) -> Response:
    case, kind, uid = _asked(ctx)
    remove_card(ctx.session, ctx.actor, case, kind, uid, now=ctx.now)
    return _done(ctx, case, "removed")


def put_back(ctx: Context) -> Response:
    case, kind, uid = _asked(ctx)
    remove_card(ctx.session, ctx.actor, case, kind, uid, now=ctx.now, back=True)
    return _done(ctx, case, f"{kind}-{uid}")


def move(ctx: Context) -> Response:
    """A card changes places with its neighbour: `by` is -1 or 1."""
    (case, kind, uid), form = _asked(ctx), MoveForm.read(ctx.form, ctx._)
    if not form.ok:
        return _refused(ctx, case, f"{kind}-{uid}", form, form.errors["by"])
    move_card(ctx.session, ctx.actor, case, kind, uid, int(form.values["by"]), now=ctx.now)
    return _done(ctx, case, f"{kind}-{uid}")


def dot(ctx: Context) -> Response:
    give_dot(ctx.session, ctx.actor, case_of(ctx), ctx.path["kind"], ctx.path["uid"], now=ctx.now)
    return _dotted(ctx)


def undot(ctx: Context) -> Response:
    take_dot(ctx.session, ctx.actor, case_of(ctx), ctx.path["kind"], ctx.path["uid"], now=ctx.now)
    return _dotted(ctx)


def _asked(ctx: Context) -> tuple[Case, str, str]:
    case, kind, uid = case_of(ctx, team=True), ctx.path["kind"], ctx.path["uid"]
    if kind not in KINDS or not UID.fullmatch(uid):
        raise NotFound
    return case, kind, uid


def _place(ctx: Context, case: Case, kind: str, section: str, belongs_to: str) -> str:
    """The form of the page that shows again what was typed: of the section or persona named, else of the first."""
    if kind == "note":
        return f"add-{section if section in list(Section) else next(iter(Section))}"
    if kind != "moment" or case.team is None:
        return f"add-{kind}"
    shown = select(Persona.uid).where(Persona.team_id == case.team.id, Persona.removed_at.is_(None))
    uids = ctx.session.scalars(shown.order_by(Persona.position, Persona.id)).all()
    return f"add-moment-{belongs_to if belongs_to in uids else next(iter(uids), '')}"


def _done(ctx: Context, case: Case, place: str, version: int = 0) -> Response:
    assert case.team is not None
    if ctx.htmx:
        return fragment(ctx, "workshops/boards/_saved.html", {"version": version})
    return redirect(ctx, f"/workshops/{case.workshop.slug}/teams/{case.team.id}#{place}")


def _dotted(ctx: Context) -> Response:
    if ctx.htmx:
        return fragment(ctx, "workshops/boards/_saved.html", {"version": 0})
    board = f"/workshops/{ctx.path['slug']}/board"
    return redirect(ctx, safe_path(str(ctx.form.get("back", "")), board))


def _refused(ctx: Context, case: Case, place: str, form: Form, error: str) -> Response:
    """422 with the message at the field; what was typed stays."""
    return _trouble(ctx, case, form, Trouble(place, _texts(form), error, fields=frozenset(form.errors)), 422)


def _differs(ctx: Context, case: Case, place: str, form: Form, differs: Differs) -> Response:
    """409 with both texts; the next save is upon the other's version."""
    form.fail("value", MEANWHILE)
    trouble = Trouble(place, _texts(form), ctx._(MEANWHILE), differs.theirs, differs.version)
    return _trouble(ctx, case, form, trouble, 409)


def _trouble(ctx: Context, case: Case, form: Form, trouble: Trouble, status: int) -> Response:
    if ctx.htmx:
        return fragment(ctx, "workshops/boards/_trouble.html", trouble, status=status)
    view = board_page(ctx, case, trouble)
    return page(ctx, "workshops/boards/board.html", view, form=form, status=status)


def _texts(form: Form) -> dict[str, Any]:
    return {name: raw for name, raw in form.raw.items() if isinstance(raw, str)}


CARD, DOT = "/board/{kind}/{uid}", "/workshops/{slug}/dots/{kind}/{uid}"
_WRITES: dict[str, Any] = {"limit": "board_write"}
ROUTES = (
    put(TEAM + CARD, add, **_WRITES),
    put(TEAM + CARD + "/{field}", save, **_WRITES),
    put(TEAM + "/removed/{kind}/{uid}", remove, **_WRITES),
    delete(TEAM + "/removed/{kind}/{uid}", put_back, **_WRITES),
    post(TEAM + "/order/{kind}/{uid}", move, **_WRITES),
    put(DOT, dot, **_WRITES),
    delete(DOT, undot, **_WRITES),
)
