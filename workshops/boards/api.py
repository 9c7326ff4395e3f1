"""Boards over the API: the same forms, actions and refusals as the pages. People without an account have no token."""

from typing import Any

from participation.policy import N_
from participation.web import Context, Invalid, NotFound, Response, delete, get, json_answer, post, put
from participation.web.answers import problem_json
from participation.web.describing import NUMBER, TEXT, Doc, record_of
from participation.web.fields import Choice, Text
from participation.web.forms import Form
from workshops.boards.cases import Case
from workshops.boards.dots import give_dot, take_dot
from workshops.boards.fields import FIRST, FORMS, KINDS, UID, MoveForm, one_field, stored
from workshops.boards.guests import case_of
from workshops.boards.models import Section
from workshops.boards.queries import BoardView, CardView, board, members, team_lines
from workshops.boards.saving import Differs, add_card, move_card, remove_card, save_field

DIFFERS = N_("Somebody else has written here meanwhile. Read the board again, then save upon its version.")


class CardForm(Form):
    """Of a new card, beside the fields of its kind."""

    section = Choice(N_("Section"), tuple((each.value, each.value) for each in Section), required=False)
    belongs_to = Text(N_("Belongs to"), max=40, required=False)


def teams(ctx: Context) -> Response:
    """The teams of a workshop and who belongs to them; for those who take part, organise or audit."""
    case = case_of(ctx)
    lines = team_lines(ctx.session, case, members(ctx.session, case))
    return json_answer({"items": [
        {"id": team.id, "name": team.name, "place": team.place, "members": [each.name for each in team.members]}
        for team in lines]})  # fmt: skip


def show(ctx: Context) -> Response:
    """What stands on a team's board; each field with the version that a save has to name."""
    return _board(ctx, case_of(ctx, team=True))


def add(ctx: Context) -> Response:
    """A new note (`section`), persona, moment (`belongs_to` its persona's uid) or poster under a uid of your making;
    sent again, it is the one that is there."""
    case, kind, uid = _asked(ctx)
    more = CardForm.read_json(ctx.json, ctx._).ensure()
    sent = {**{name: first for name, first in FIRST.items() if name in FORMS[kind].fields}, **ctx.json}
    values = FORMS[kind].read_json(sent, ctx._).ensure()
    if kind == "note" and not (more["section"] and values["text"]):
        raise Invalid({"section" if values["text"] else "text": ctx._("Please fill this in.")})
    columns = {name: stored(name, value) for name, value in values.items()}
    section = Section(more["section"]) if more["section"] else None
    add_card(ctx.session, ctx.actor, case, kind, uid, columns, section=section, belongs_to=more["belongs_to"],
             now=ctx.now)  # fmt: skip
    return _board(ctx, case)


def save(ctx: Context) -> Response:
    """The `value` of one field upon the `version` that was read. 409 if somebody else has written since."""
    case, kind, uid = _asked(ctx)
    name = ctx.path["field"]
    if name not in FORMS[kind].fields:
        raise NotFound
    values = one_field(kind, name).read_json(ctx.json, ctx._).ensure()
    seen = {"version": values["version"] or 0, "window": values["window"]}
    try:
        version = save_field(ctx.session, ctx.actor, case, kind, uid, name, stored(name, values["value"]), **seen,
                             now=ctx.now)  # fmt: skip
    except Differs as differs:
        return problem_json(409, ctx._(DIFFERS), value=differs.theirs, version=differs.version)
    return json_answer({"version": version})


def move(ctx: Context) -> Response:
    """Let a card change places with its neighbour: `by` is "-1" (towards the beginning) or "1"."""
    case, kind, uid = _asked(ctx)
    by = int(MoveForm.read_json(ctx.json, ctx._).ensure()["by"])
    move_card(ctx.session, ctx.actor, case, kind, uid, by, now=ctx.now)
    return _board(ctx, case)


def remove(ctx: Context) -> Response:
    """Take a card off the board; nothing of it is lost."""
    return _taken(ctx, back=False)


def put_back(ctx: Context) -> Response:
    """Put a card back that was taken away."""
    return _taken(ctx, back=True)


def _taken(ctx: Context, *, back: bool) -> Response:
    case, kind, uid = case_of(ctx, team=True), ctx.path["kind"], ctx.path["uid"]
    if kind not in KINDS or not UID.fullmatch(uid):
        raise NotFound
    remove_card(ctx.session, ctx.actor, case, kind, uid, now=ctx.now, back=back)
    return _board(ctx, case)


def dot(ctx: Context) -> Response:
    """Put a dot on a poster or an idea (kinds poster, note); `left` says how many are left."""
    left = give_dot(ctx.session, ctx.actor, case_of(ctx), ctx.path["kind"], ctx.path["uid"], now=ctx.now)
    return json_answer({"left": left})


def undot(ctx: Context) -> Response:
    """Take it back."""
    left = take_dot(ctx.session, ctx.actor, case_of(ctx), ctx.path["kind"], ctx.path["uid"], now=ctx.now)
    return json_answer({"left": left})


def _asked(ctx: Context) -> tuple[Case, str, str]:
    case, kind, uid = case_of(ctx, team=True), ctx.path["kind"], ctx.path["uid"]
    if kind not in KINDS or not UID.fullmatch(uid):
        raise NotFound
    if not isinstance(ctx.json, dict):
        raise Invalid({"body": ctx._("Please send a JSON object.")})
    return case, kind, uid


def _board(ctx: Context, case: Case) -> Response:
    ctx.session.flush()
    ctx.session.expire_all()
    view: BoardView = board(ctx.session, case)
    return json_answer({
        "id": view.id, "name": view.name, "place": view.place, "version": view.version,
        "notes": {section: [_card(card) for card in cards] for section, cards in view.notes.items()},
        "personas": [_card(card) | {"moments": [_card(each) for each in card.moments]} for card in view.personas],
        "posters": [_card(card) for card in view.posters]})  # fmt: skip


def _card(card: CardView) -> dict[str, Any]:
    fields = {field.name: {"value": field.value, "version": field.version} for field in card.fields}
    return {"uid": card.uid, "author": card.author, "dots": card.dots, "fields": fields}


OBJECT: dict[str, Any] = {"type": "object"}
CARDS: dict[str, Any] = {"type": "array", "items": record_of(uid=TEXT, author=TEXT, dots=NUMBER, fields=OBJECT)}
BOARD = record_of(id=NUMBER, name=TEXT, place=TEXT, version=NUMBER, notes=OBJECT, personas=CARDS, posters=CARDS)
SAVED = record_of(version=NUMBER)
LINE = record_of(id=NUMBER, name=TEXT, place=TEXT, members={"type": "array", "items": TEXT})
LEFT = Doc(record_of(left=NUMBER), signed_in=True)
_TEAMS = "/api/v1/workshops/{slug}/teams"
_CARD, _DOT = _TEAMS + "/{id:int}/board/{kind}/{uid}", "/api/v1/workshops/{slug}/dots/{kind}/{uid}"
_WRITES: dict[str, Any] = {"api": True, "limit": "board_write"}
ROUTES = (
    get(_TEAMS, teams, api=True, doc=Doc(record_of(items={"type": "array", "items": LINE}), signed_in=True)),
    get(_TEAMS + "/{id:int}/board", show, api=True, doc=Doc(BOARD, signed_in=True)),
    put(_CARD, add, **_WRITES, doc=Doc(BOARD, CardForm, signed_in=True)),
    put(_CARD + "/{field}", save, **_WRITES, doc=Doc(SAVED, one_field("note", "text"), signed_in=True)),
    post(_TEAMS + "/{id:int}/order/{kind}/{uid}", move, **_WRITES, doc=Doc(BOARD, MoveForm, signed_in=True)),
    put(_TEAMS + "/{id:int}/removed/{kind}/{uid}", remove, **_WRITES, doc=Doc(BOARD, signed_in=True)),
    delete(_TEAMS + "/{id:int}/removed/{kind}/{uid}", put_back, **_WRITES, doc=Doc(BOARD, signed_in=True)),
    put(_DOT, dot, **_WRITES, doc=LEFT),
    delete(_DOT, undot, **_WRITES, doc=LEFT),
)
