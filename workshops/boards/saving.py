"""Writing on a board: each field by itself, so that people who write at the same time never undo one another's words.

A save says which version of the field it was written upon. If somebody else has written meanwhile, nothing is changed
and both texts are handed back (`Differs`), as RFC 9110 13.1.1 has it for If-Match. The same window's own earlier words
are no conflict: its answer may have been lost on the way, and what it sends now was written after them.

Every change begins by locking the row of the team and ends by raising its version: writers of one board take turns, and
a page sees from one number whether it is up to date. These changes are many and small, so the log of events has none.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from participation.policy import Actor, ensure
from participation.subjects import Subject, create_subject
from participation.web.errors import NotFound
from workshops.boards.cases import Case
from workshops.boards.fields import KINDS
from workshops.boards.models import Moment, Note, OnBoard, Persona, Poster, Section, Team
from workshops.boards.ordering import change_places, in_the_day
from workshops.boards.policy import may_write


class Differs(Exception):
    """Somebody else has changed the field: `theirs` is what stands there, in `version`."""

    def __init__(self, theirs: str, version: int) -> None:
        super().__init__(theirs)
        self.theirs, self.version = theirs, version


def add_card(
    session: Session, actor: Actor, case: Case, kind: str, uid: str, values: Mapping[str, Any], *, now: datetime,
    section: Section | None = None, belongs_to: str = "",
) -> OnBoard:  # fmt: skip
    """A new card with its first words; sent again, it is the one that is there. `section` is for notes; `belongs_to` is
    the uid of a moment's persona, or of the idea that a poster is made of.

    Raises:
        NotFound: the persona or the idea is not on this board, or another board has a card of this uid.
        Refused: see `may_write`.
    """
    ensure(may_write(actor, case))
    team = hold_board(session, case)
    there = session.scalar(select(KINDS[kind]).where(KINDS[kind].uid == uid))
    if there is not None:
        if there.team_id != team.id:
            raise NotFound
        return there
    about = {"uid": uid, "team_id": team.id, "author_id": case.member.id if case.member else None, "changed_at": now}
    made = _make(session, case, kind, {**about, **values}, section, belongs_to, now)
    made.position = _last_position(session, type(made), team.id) + 1
    session.add(made)
    touch_board(session, team.id)
    return made


def save_field(
    session: Session, actor: Actor, case: Case, kind: str, uid: str, name: str, value: str | int, *, version: int,
    window: str = "", now: datetime,
) -> int:  # fmt: skip
    """Keep what was written in one field; returns its version. Whoever writes in a card that was taken away meanwhile
    brings it back.

    Raises:
        Differs: somebody else has written something else meanwhile; nothing is changed.
        NotFound: there is no such card on this board.
        Refused: see `may_write`.
    """
    ensure(may_write(actor, case))
    card = card_on(session, hold_board(session, case).id, kind, uid)
    present, by = card.versions.get(name, (0, ""))
    if value == getattr(card, name):
        return present
    if version != present and not (window and window == by):
        raise Differs(str(getattr(card, name)), present)
    setattr(card, name, value)
    card.versions = {**card.versions, name: (present + 1, window)}
    card.changed_at, card.removed_at = now, None
    if isinstance(card, Poster) and name == "concept":
        session.execute(update(Subject).where(Subject.id == card.id).values(title=value))
    touch_board(session, card.team_id)
    return present + 1


def remove_card(
    session: Session, actor: Actor, case: Case, kind: str, uid: str, *, now: datetime, back: bool = False
) -> None:
    """Take a card off the board, or put it `back`; nothing of it is lost."""
    ensure(may_write(actor, case))
    card = card_on(session, hold_board(session, case).id, kind, uid)
    card.removed_at = None if back else card.removed_at or now
    touch_board(session, card.team_id)


def move_card(session: Session, actor: Actor, case: Case, kind: str, uid: str, by: int, *, now: datetime) -> None:
    """Let a card and its neighbour change places (see `change_places`): notes of one section, moments of one day,
    personas, posters.
    """
    ensure(may_write(actor, case))
    team = hold_board(session, case)
    card = card_on(session, team.id, kind, uid)
    model: Any = type(card)
    beside = (
        (Note.section == card.section,) if isinstance(card, Note)
        else (Moment.persona_id == card.persona_id,) if isinstance(card, Moment) else ()
    )  # fmt: skip
    there = select(model).where(model.team_id == team.id, model.removed_at.is_(None), *beside)
    row = list(session.scalars(there.order_by(model.position, model.id)))
    if card not in row:
        raise NotFound
    change_places(in_the_day(row) if isinstance(card, Moment) else row, card, by)
    touch_board(session, team.id)


def hold_board(session: Session, case: Case) -> Team:
    """The team of the case, locked until the end of the transaction: its board is written by one at a time.

    Raises:
        NotFound: the case is of no team.
    """
    if case.team is None:
        raise NotFound
    session.execute(select(Team.id).where(Team.id == case.team.id).with_for_update(key_share=True))
    return case.team


def touch_board(session: Session, team_id: int) -> None:
    """The board has changed."""
    session.flush()
    rising = update(Team).where(Team.id == team_id).values(version=Team.version + 1)
    session.execute(rising, execution_options={"synchronize_session": False})


def card_on(session: Session, team_id: int, kind: str, uid: str) -> OnBoard:
    """The card on this board, taken away or not.

    Raises:
        NotFound: there is none.
    """
    model = KINDS[kind]
    found = select(model).where(model.uid == uid, model.team_id == team_id)
    card = session.scalar(found.execution_options(populate_existing=True))
    if card is None:
        raise NotFound
    return card


def _make(session: Session, case: Case, kind: str, values: dict[str, Any], section: Section | None, belongs_to: str,
          now: datetime) -> OnBoard:  # fmt: skip
    if kind == "note":
        return Note(section=section or Section.IDEA, **values)
    if kind == "persona":
        return Persona(**values)
    if kind == "moment":
        persona = card_on(session, values["team_id"], "persona", belongs_to)
        return Moment(persona_id=persona.id, **values)  # type: ignore[attr-defined]
    return _make_poster(session, case, values, belongs_to, now)


def _make_poster(session: Session, case: Case, values: dict[str, Any], idea: str, now: datetime) -> Poster:
    title = str(values.get("concept", ""))
    where = {"space_id": case.workshop.process_id, "author_id": case.member.account_id if case.member else None}
    note = card_on(session, values["team_id"], "note", idea) if idea else None
    if isinstance(note, Note):
        values = {**values, "big_idea": values.get("big_idea") or note.text, "note_id": note.id}
    return Poster(id=create_subject(session, "poster", title=title, now=now, **where).id, **values)


def _last_position(session: Session, model: type[OnBoard], team_id: int) -> int:
    return session.scalar(select(model.position).where(model.team_id == team_id).order_by(model.position.desc())) or 0
