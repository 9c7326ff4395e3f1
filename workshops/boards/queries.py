"""Boards as they are shown: a fixed number of queries for a board, for all teams, for the list of members."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workshops.boards.cases import Case
from workshops.boards.fields import FORMS
from workshops.boards.models import Dot, Moment, Note, OnBoard, Persona, Poster, Section, Team
from workshops.boards.ordering import in_the_day
from workshops.boards.teams import teams_of
from workshops.members import present_in
from workshops.models import WorkshopMember


@dataclass(frozen=True)
class FieldView:
    """A field of a card: its value as text, and the version that a save has to name."""

    name: str
    value: str
    version: int


@dataclass(frozen=True)
class CardView:
    """A card; `dotted`: the reader's own dot is on it. `moments` are of a persona, in the order of the day."""

    id: int
    kind: str
    uid: str
    team_id: int
    fields: tuple[FieldView, ...]
    author: str
    changed_at: datetime
    removed: bool
    section: str = ""
    dots: int = 0
    dotted: bool = False
    moments: tuple["CardView", ...] = ()
    note_uid: str = ""  # of the idea that a poster came from
    picture: str = ""  # address of a poster's picture
    picture_alt: str = ""

    def value(self, name: str) -> str:
        return next(field.value for field in self.fields if field.name == name)

    @property
    def values(self) -> dict[str, str]:
        return {field.name: field.value for field in self.fields}

    @property
    def title(self) -> str:
        """The first words that there are, to tell cards apart."""
        return next((field.value for field in self.fields if field.value), "")


@dataclass(frozen=True)
class BoardView:
    """What stands on the board of one team; `removed` are cards that were taken away and can be put back."""

    id: int
    name: str
    place: str
    version: int
    notes: Mapping[str, tuple[CardView, ...]]  # by section
    personas: tuple[CardView, ...]
    posters: tuple[CardView, ...]
    removed: tuple[CardView, ...]

    @property
    def ideas(self) -> tuple[CardView, ...]:
        return self.notes[Section.IDEA]


@dataclass(frozen=True)
class MemberLine:
    id: int
    name: str
    kind: str
    team_id: int | None
    team: str
    named: bool
    checked_in_at: datetime | None
    has_account: bool


@dataclass(frozen=True)
class TeamLine:
    id: int
    name: str
    place: str
    members: tuple[MemberLine, ...]


def boards(session: Session, case: Case, *, only: int | None = None) -> tuple[BoardView, ...]:
    """The boards of all teams, or that of one; six queries."""
    teams = [case.team] if case.team is not None and only == case.team.id else teams_of(session, case.workshop.id)
    ids = [team.id for team in teams]
    of_workshop = WorkshopMember.workshop_id == case.workshop.id
    rows = session.execute(select(WorkshopMember.id, WorkshopMember.name).where(of_workshop))
    names = {row.id: row.name for row in rows}
    dots, mine = _dots(session, case, ids)
    shown = _Shown(names, dots, mine)
    notes, personas, moments, posters = (_cards(session, model, ids) for model in (Note, Persona, Moment, Poster))
    uids = {note.id: note.uid for note in notes}
    days = {persona.id: tuple(shown.card(each) for each in in_the_day(
                [one for one in moments if one.persona_id == persona.id and one.removed_at is None]))
            for persona in personas}  # fmt: skip
    cards = [
        *(shown.card(note, section=note.section) for note in notes),
        *(shown.card(persona, moments=days[persona.id]) for persona in personas),
        *(shown.card(poster, note_uid=uids.get(poster.note_id, ""), picture_alt=poster.picture_alt,
                     picture=draft_picture(poster.id, poster.picture)) for poster in posters),
        *(shown.card(moment) for moment in moments if moment.removed_at is not None),
    ]
    return tuple(_board(team, [card for card in cards if card.team_id == team.id]) for team in teams)


def board(session: Session, case: Case) -> BoardView:
    """The board of the case's team."""
    assert case.team is not None
    return boards(session, case, only=case.team.id)[0]


def members(session: Session, case: Case) -> tuple[MemberLine, ...]:
    """Everybody who takes part, in the order in which they came in."""
    teams = {team.id: team.name for team in teams_of(session, case.workshop.id)}
    rows = session.scalars(
        select(WorkshopMember)
        .where(present_in(case.workshop.id))
        .order_by(WorkshopMember.position, WorkshopMember.id)
    )
    return tuple(
        MemberLine(row.id, row.name, row.kind, row.team_id, teams.get(row.team_id or 0, ""), row.named,
                   row.checked_in_at, row.account_id is not None) for row in rows)  # fmt: skip


def team_lines(session: Session, case: Case, people: Sequence[MemberLine]) -> tuple[TeamLine, ...]:
    """The teams with who belongs to them."""
    return tuple(
        TeamLine(team.id, team.name, team.place, tuple(each for each in people if each.team_id == team.id))
        for team in teams_of(session, case.workshop.id)
    )


def draft_picture(poster_id: int, name: str) -> str:
    """The address of the picture of a poster that is not public yet, for those who take part; "" where it has none."""
    return f"/posters/{poster_id}/picture/file?v={name[:12]}" if name else ""


@dataclass(frozen=True)
class _Shown:
    names: Mapping[int, str]
    dots: Mapping[tuple[str, int], int]
    mine: frozenset[tuple[str, int]]

    def card(self, row: Any, **more: Any) -> CardView:
        kind = KIND_OF[type(row)]
        fields = tuple(
            FieldView(name, str(getattr(row, name)), row.versions.get(name, (0, ""))[0]) for name in FORMS[kind].fields
        )
        return CardView(
            id=row.id, kind=kind, uid=row.uid, team_id=row.team_id, fields=fields,
            author=self.names.get(row.author_id, ""), changed_at=row.changed_at, removed=row.removed_at is not None,
            dots=self.dots.get((kind, row.id), 0), dotted=(kind, row.id) in self.mine, **more)  # fmt: skip


KIND_OF: dict[type[OnBoard], str] = {Note: "note", Persona: "persona", Moment: "moment", Poster: "poster"}


def _board(team: Team, cards: Sequence[CardView]) -> BoardView:
    there = [card for card in cards if not card.removed]

    def of(kind: str) -> Iterable[CardView]:
        return (card for card in there if card.kind == kind)

    return BoardView(
        team.id, team.name, team.place, team.version,
        notes={section.value: tuple(card for card in of("note") if card.section == section) for section in Section},
        personas=tuple(of("persona")), posters=tuple(of("poster")),
        removed=tuple(card for card in cards if card.removed))  # fmt: skip


def _cards(session: Session, model: Any, teams: Sequence[int]) -> list[Any]:
    rows = select(model).where(model.team_id.in_(teams)).order_by(model.position, model.id)
    return list(session.scalars(rows.execution_options(populate_existing=True)))


def _dots(session: Session, case: Case, teams: Sequence[int]) -> tuple[Counter[tuple[str, int]], frozenset[Any]]:
    """How many dots lie on each thing, and on which the reader's own."""
    rows = session.execute(
        select(Dot.member_id, Dot.poster_id, Dot.note_id)
        .outerjoin(Poster, Poster.id == Dot.poster_id)
        .outerjoin(Note, Note.id == Dot.note_id)
        .where(func.coalesce(Poster.team_id, Note.team_id).in_(teams))
    ).all()
    keys = [(who, ("poster", poster) if poster else ("note", note)) for who, poster, note in rows]
    own = case.member.id if case.member else 0
    return Counter(key for _, key in keys), frozenset(key for who, key in keys if who == own)
