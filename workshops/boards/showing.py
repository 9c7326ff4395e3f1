"""The board of a team as a page, and the same as the part of it that is asked for again every few seconds."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from participation.db import Localized
from participation.policy import Verdict
from participation.web import Context, Response, fragment, get, if_changed, page
from participation.web.fields import Choice, Text
from participation.web.forms import Form
from workshops.boards.cases import Case
from workshops.boards.dots import dots_left
from workshops.boards.fields import FORMS, SECTIONS, TimeOfDay
from workshops.boards.guests import case_of
from workshops.boards.policy import may_arrange, may_dot, may_write
from workshops.boards.queries import BoardView, board, members
from workshops.models import Workshop

TEAM = "/workshops/{slug}/teams/{id:int}"


@dataclass(frozen=True)
class Control:
    """How a field is typed: line, lines, time or one of `options`."""

    name: str
    label: str
    look: str
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Trouble:
    """A field that could not be saved: what was `typed` stays in it. `theirs`: what somebody else wrote meanwhile, in
    `version`; None where it was refused for another reason. `fields`: those of a new card that were refused."""

    place: str  # id of the form
    typed: Mapping[str, str]
    error: str
    theirs: str | None = None
    version: int = 0
    fields: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Day:
    """What the pages of the boards know of their workshop and of who reads them."""

    slug: str
    title: Localized
    question: Localized
    dots: int
    left: int
    may_dot: Verdict
    may_arrange: Verdict
    who: str  # names the reader for what this device keeps; says nothing to anybody else


@dataclass(frozen=True)
class BoardPage:
    day: Day
    board: BoardView
    people: tuple[str, ...]
    may_write: Verdict
    controls: Mapping[str, Mapping[str, Control]]
    sections: tuple[tuple[str, str, str], ...]  # key, heading, hint
    trouble: Trouble | None = None

    @property
    def path(self) -> str:
        return f"/workshops/{self.day.slug}/teams/{self.board.id}"


def show(ctx: Context) -> Response:
    """The board: to write on for the team, to read for the others."""
    return page(ctx, "workshops/boards/board.html", board_page(ctx, case_of(ctx, team=True)))


def live(ctx: Context) -> Response:
    """The board's part of the page, if it has changed since the reader asked last."""
    case = case_of(ctx, team=True)
    return if_changed(ctx, mark_of(ctx, case), partial(_live, ctx, case))


def _live(ctx: Context, case: Case) -> Response:
    return fragment(ctx, "workshops/boards/_board.html", board_page(ctx, case))


def mark_of(ctx: Context, case: Case) -> str:
    """Changes with whatever this reader sees of the board."""
    assert case.team is not None
    reader = case.member.id if case.member else 0
    return f"{case.team.id}-{case.team.version}-{case.workshop.state}-{reader}-{ctx.locale}"


def day_of(ctx: Context, case: Case) -> Day:
    workshop: Workshop = case.workshop
    return Day(
        slug=workshop.slug,
        title=workshop.title,
        question=workshop.question,
        dots=workshop.dots,
        left=dots_left(ctx.session, case),
        may_dot=may_dot(ctx.actor, case),
        may_arrange=may_arrange(ctx.actor, case),
        who=f"m{case.member.id}" if case.member else f"a{ctx.actor.id or 0}",
    )


def board_page(ctx: Context, case: Case, trouble: Trouble | None = None) -> BoardPage:
    assert case.team is not None
    people = tuple(each.name for each in members(ctx.session, case) if each.team_id == case.team.id)
    sections = tuple((key.value, ctx._(heading), ctx._(hint)) for key, (heading, hint) in SECTIONS.items())
    controls = {kind: _controls(ctx, form) for kind, form in FORMS.items()}
    view = board(ctx.session, case)
    return BoardPage(day_of(ctx, case), view, people, may_write(ctx.actor, case), controls, sections, trouble)


def _controls(ctx: Context, form: type[Form]) -> dict[str, Control]:
    made = {}
    for name, field in form.fields.items():
        options = tuple((str(value), ctx._(label)) for value, label in getattr(field, "options", ()))
        look = "choice" if isinstance(field, Choice) else "time" if isinstance(field, TimeOfDay) else ""
        lines = isinstance(field, Text) and field.lines
        made[name] = Control(name, ctx._(field.label), look or ("lines" if lines else "line"), options)
    return made


ROUTES = (get(TEAM, show), get(TEAM + "/live", live, limit="board_live"))
