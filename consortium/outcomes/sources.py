"""A poster or an idea as what something is made of."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.policy import Actor
from participation.subjects import Subject
from participation.web.i18n import translations
from workshops.boards.models import Note, Section, Team
from workshops.models import State, Workshop, WorkshopMember
from workshops.policy import organises
from workshops.records.queries import PosterView, poster
from workshops.records.sheets import PARTS

TITLE = 100  # characters of a suggested title


@dataclass(frozen=True, kw_only=True)
class Source:
    """`public`: everybody reads it now. `picture`: (file, width, height, words for it), or None."""

    kind: str  # poster | note
    id: int
    title: str
    parts: tuple[tuple[str, str], ...]  # (label as a message id, text)
    idea: str  # in one sentence or two
    locale: str
    path: str
    team_id: int
    team: str
    workshop_id: int
    process_id: int
    workshop: str
    public: bool
    picture: tuple[str, int, int, str] | None = None

    @property
    def suggested(self) -> str:
        """A title for what is made of it: a concept is often a word or two, so the idea stands behind it."""
        words = self.title if self.title == self.idea else f"{self.title} - {' '.join(self.idea.split())}"
        return words if len(words) <= TITLE else words[: TITLE - 1] + "…"

    def body(self, base_url: str) -> str:
        """Everything on it as Markdown, with where it comes from, in its own language."""
        gettext = translations(self.locale).gettext
        said = [f"**{gettext(label)}**\n\n{text}" if label else text for label, text in self.parts]
        credit = gettext("By team “%(team)s” of the workshop “%(workshop)s”: %(url)s")
        values = {"team": self.team, "workshop": self.workshop, "url": base_url + self.path}
        return "\n\n".join((*said, credit % values))


def source_of(session: Session, kind: str, number: int, *, lock: bool = False) -> Source | None:
    """The poster or the idea of that number, whoever may read it. Four queries."""
    if kind == "note":
        return _idea(session, number, lock)
    view = poster(session, number, lock=lock)
    return _poster(session, view) if view else None


def _poster(session: Session, view: PosterView) -> Source:
    row, shown = _workshop(session, view.workshop_id)
    about = (view.picture, view.picture_width, view.picture_height, view.picture_alt)
    return Source(
        kind="poster",
        id=view.id,
        title=view.concept,
        parts=tuple((PARTS[name], text) for name, text in view.parts),
        idea=view.big_idea or view.concept,
        locale=view.locale,
        path=view.path,
        team_id=view.team_id,
        team=view.team,
        workshop_id=row.id,
        process_id=row.process_id,
        workshop=row.title.to(view.locale),
        public=shown and view.visible,
        picture=about if view.picture else None,
    )


def _idea(session: Session, number: int, lock: bool) -> Source | None:
    note = session.get(Note, number, with_for_update=lock or None, populate_existing=lock)
    if note is None or note.section != Section.IDEA or note.removed_at is not None or not note.text:
        return None
    team = session.get_one(Team, note.team_id)
    row, shown = _workshop(session, team.workshop_id)
    return Source(
        kind="note",
        id=note.id,
        title=note.text,
        parts=(("", note.text),),
        idea=note.text,
        locale="ja",
        path=f"/workshops/{row.slug}/record#idea-{note.id}",
        team_id=team.id,
        team=team.name,
        workshop_id=row.id,
        process_id=row.process_id,
        workshop=row.title.to("ja"),
        public=shown and (note.subject_id is None or session.get_one(Subject, note.subject_id).visible),
    )


def _workshop(session: Session, workshop_id: int) -> tuple[Workshop, bool]:
    row = session.get_one(Workshop, workshop_id)
    return row, row.state == State.PUBLISHED and session.get_one(Subject, workshop_id).visible


def belongs(session: Session, actor: Actor, source: Source) -> bool:
    """Whether this person sits in its team, or organises its workshop."""
    if actor.id is None:
        return False
    own = (WorkshopMember.team_id == source.team_id, WorkshopMember.account_id == actor.id)
    sits = session.execute(select(WorkshopMember.id).where(*own).limit(1)).first()
    return sits is not None or organises(actor, source.workshop_id)
