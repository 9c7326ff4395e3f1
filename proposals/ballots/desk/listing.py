"""All ballots for those who prepare them."""

from dataclasses import dataclass

from participation.component import MenuItem
from participation.policy import N_, Verdict, ensure
from participation.web import Context, Response, get, page
from proposals.ballots.desk.reading import PATH
from proposals.ballots.labels import METHODS, STATES
from proposals.ballots.policy import READING, may_look, may_manage
from proposals.ballots.queries import BallotLine, ballot_lines


@dataclass(frozen=True)
class DeskPage:
    lines: tuple[BallotLine, ...]
    states: dict[str, str]
    methods: dict[str, str]
    manages: Verdict


def index(ctx: Context) -> Response:
    ensure(may_look(ctx.actor))
    lines = ballot_lines(ctx.session, ctx.actor, drafts=True)
    view = DeskPage(lines, dict(STATES), dict(METHODS), may_manage(ctx.actor))
    return page(ctx, "proposals/ballots/desk_list.html", view)


MENU = (MenuItem("desk-ballots", N_("Ballots"), PATH, place="desk", order=22, roles=READING),)
ROUTES = (get(PATH, index),)
