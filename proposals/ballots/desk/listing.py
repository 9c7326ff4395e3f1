"""All ballots for those who prepare them."""

from dataclasses import dataclass

from participation.component import MenuItem
from participation.policy import N_, ensure
from participation.web import Context, Response, get, page
from proposals.ballots.desk.reading import PATH
from proposals.ballots.labels import METHODS, STATES
from proposals.ballots.policy import may_manage
from proposals.ballots.queries import BallotLine, ballot_lines


@dataclass(frozen=True)
class DeskPage:
    lines: tuple[BallotLine, ...]
    states: dict[str, str]
    methods: dict[str, str]


def index(ctx: Context) -> Response:
    ensure(may_manage(ctx.actor))
    lines = ballot_lines(ctx.session, ctx.actor, drafts=True)
    return page(ctx, "proposals/ballots/desk_list.html", DeskPage(lines, dict(STATES), dict(METHODS)))


MENU = (MenuItem("desk-ballots", N_("Ballots"), PATH, place="desk", order=22, roles=("secretariat",)),)
ROUTES = (get(PATH, index),)
