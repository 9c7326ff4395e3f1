"""All teams of a workshop on one page with their posters and ideas, for dots; and what the projector shows."""

from dataclasses import dataclass

from participation.web import Context, NotFound, Response, fragment, get, if_changed, page
from workshops.boards.cases import Case
from workshops.boards.fields import SECTIONS
from workshops.boards.guests import case_of
from workshops.boards.news import address_of
from workshops.boards.queries import BoardView, MemberLine, TeamLine, boards, members, team_lines
from workshops.boards.showing import Day, day_of

BOARDS, SCREEN = "/workshops/{slug}/board", "/workshops/{slug}/screen"


@dataclass(frozen=True)
class Overview:
    day: Day
    teams: tuple[TeamLine, ...]
    boards: tuple[BoardView, ...]
    me: MemberLine | None
    news: bool | None  # whether they are mailed what becomes of it; None where that is not offered

    @property
    def most_dots(self) -> tuple[tuple[int, str], ...]:
        """(dots, words) of whatever has dots, the most first."""
        cards = [card for each in self.boards for card in (*each.posters, *each.ideas) if card.dots]
        ordered = sorted(cards, key=lambda card: (-card.dots, card.kind, card.id))
        return tuple((card.dots, card.title) for card in ordered)


@dataclass(frozen=True)
class ScreenView:
    """`team` is the board that is shown; None: the posters of all."""

    day: Day
    boards: tuple[BoardView, ...]
    team: int | None
    sections: tuple[tuple[str, str], ...]
    path: str  # by which it is asked for again


def show(ctx: Context) -> Response:
    case = case_of(ctx)
    people = members(ctx.session, case)
    me = next((each for each in people if case.member and each.id == case.member.id), None)
    told = bool(case.member and case.member.news_to)
    news = told if told or (case.member and address_of(ctx.session, case.member)) else None
    view = Overview(
        day_of(ctx, case), team_lines(ctx.session, case, people), boards(ctx.session, case), me, news)  # fmt: skip
    return page(ctx, "workshops/boards/overview.html", view)


def screen(ctx: Context) -> Response:
    """For the projector: big, without anything to press, new by itself. `?team=` is the id of one team."""
    return page(ctx, "workshops/boards/screen.html", _screen(ctx, case_of(ctx)))


def screen_live(ctx: Context) -> Response:
    case = case_of(ctx)
    view = _screen(ctx, case)
    versions = "-".join(str(each.version) for each in view.boards)
    mark = f"{view.team}-{versions}-{ctx.locale}"
    return if_changed(ctx, mark, lambda: fragment(ctx, "workshops/boards/_screen.html", view))


def _screen(ctx: Context, case: Case) -> ScreenView:
    every, wanted = boards(ctx.session, case), ctx.query.get("team", "")
    shown = tuple(each for each in every if not wanted or str(each.id) == wanted)
    if wanted and not shown:
        raise NotFound
    sections = tuple((key.value, ctx._(heading)) for key, (heading, _) in SECTIONS.items())
    path = f"/workshops/{case.workshop.slug}/screen/live" + (f"?team={shown[0].id}" if wanted else "")
    return ScreenView(day_of(ctx, case), shown, shown[0].id if wanted else None, sections, path)


ROUTES = (
    get(BOARDS, show),
    get(SCREEN, screen),
    get(SCREEN + "/live", screen_live, limit="board_live"),
)
