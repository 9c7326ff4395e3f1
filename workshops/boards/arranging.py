"""The organisers' pages for the day: teams, who is there, personal links with their QR codes."""

from dataclasses import dataclass
from typing import Any

from participation.policy import N_, ensure
from participation.qr import draw_qr
from participation.web import Context, Response, delete, get, page, patch, post, put, redirect
from participation.web.fields import Choice, Integer, Text
from participation.web.forms import Form
from workshops.boards.cases import Case
from workshops.boards.fields import MoveForm
from workshops.boards.guests import case_of
from workshops.boards.policy import may_arrange
from workshops.boards.queries import MemberLine, TeamLine, members, team_lines
from workshops.boards.showing import Day, day_of
from workshops.boards.teams import (
    MOST_TEAMS,
    admit,
    agree_to_name,
    balance_teams,
    change_team,
    check_in,
    make_team,
    move_team,
    place_member,
    remove_team,
)
from workshops.labels import KINDS
from workshops.members import renew_key
from workshops.models import Kind

DESK = "/workshops/{slug}/desk"
TEAMS, PRESENT, LINKS = DESK + "/teams", DESK + "/present", DESK + "/links"
MEMBER = PRESENT + "/{id:int}"


class TeamForm(Form):
    name = Text(N_("Name of the team"), min=1, max=80)
    place = Text(N_("Table or room"), max=80, required=False)


class BalanceForm(Form):
    teams = Integer(N_("How many teams"), min=1, max=MOST_TEAMS)


class AdmitForm(Form):
    """Somebody who came unannounced."""

    name = Text(N_("Name that the others see"), min=1, max=80)
    kind = Choice(N_("Comes as"), [(str(kind), label) for kind, label in KINDS.items()])


class PlaceForm(Form):
    team = Text(N_("Team"), max=18, required=False)

    def check(self) -> None:
        if self.values["team"] and not (self.values["team"].isascii() and self.values["team"].isdecimal()):
            self.fail("team", N_("Please choose one of the options."))


@dataclass(frozen=True)
class Arrangement:
    """`links`: (name, address, QR code) of new personal links, shown once; `misplaced`: whose team was none."""

    day: Day
    teams: tuple[TeamLine, ...]
    people: tuple[MemberLine, ...]
    form: Form | None = None
    balance: BalanceForm | None = None
    placing: PlaceForm | None = None
    misplaced: int = 0
    links: tuple[tuple[str, str, tuple[int, str]], ...] = ()

    @property
    def path(self) -> str:
        return f"/workshops/{self.day.slug}/desk"

    @property
    def without_team(self) -> tuple[MemberLine, ...]:
        return tuple(each for each in self.people if each.team_id is None)

    @property
    def present(self) -> int:
        return sum(each.checked_in_at is not None for each in self.people)


def teams(ctx: Context) -> Response:
    return _teams(ctx, _arranged(ctx))


def make(ctx: Context) -> Response:
    case, form = _arranged(ctx), TeamForm.read(ctx.form, ctx._)
    if not form.ok:
        return _teams(ctx, case, form)
    make_team(ctx.session, ctx.actor, case, form.values["name"], form.values["place"], now=ctx.now)
    return _back(ctx, case, "teams")


def change(ctx: Context) -> Response:
    case, form = _arranged(ctx, team=True), TeamForm.read(ctx.form, ctx._)
    if not form.ok:
        return _teams(ctx, case, form)
    change_team(ctx.session, ctx.actor, case, form.values["name"], form.values["place"], now=ctx.now)
    return _back(ctx, case, "teams")


def remove(ctx: Context) -> Response:
    case = _arranged(ctx, team=True)
    remove_team(ctx.session, ctx.actor, case, now=ctx.now)
    return _back(ctx, case, "teams")


def move(ctx: Context) -> Response:
    """A team changes places with its neighbour: `by` is -1 or 1."""
    case, asked = _arranged(ctx, team=True), MoveForm.read(ctx.form, ctx._)
    if not asked.ok:  # the buttons have no field of their own: what is wrong stands in the page's summary
        form = TeamForm(ctx._)
        form.errors |= asked.errors
        return _teams(ctx, case, form)
    move_team(ctx.session, ctx.actor, case, int(asked.values["by"]), now=ctx.now)
    return _back(ctx, case, f"teams#h-team-{ctx.path['id']}")


def balance(ctx: Context) -> Response:
    """Everybody is placed anew, as evenly as their answers allow; which answers, nobody is shown."""
    case, form = _arranged(ctx), BalanceForm.read(ctx.form, ctx._)
    if not form.ok:
        return _teams(ctx, case, balance=form)
    parting = balance_teams(ctx.session, ctx.actor, case, form.values["teams"], now=ctx.now)
    proved = N_("The teams are made. No other division would be more even.")
    found = N_("The teams are made, as evenly as could be found in a moment.")
    ctx.say("ok", ctx._(proved if parting.proved else found))
    return _back(ctx, case, "teams")


def place(ctx: Context) -> Response:
    """Put a member into the team that was chosen; none takes them out."""
    case, form = _arranged(ctx), PlaceForm.read(ctx.form, ctx._)
    if not form.ok:
        return _teams(ctx, case, placing=form)
    team = form.values["team"]
    place_member(ctx.session, ctx.actor, case, ctx.path["id"], int(team) if team else None, now=ctx.now)
    return _back(ctx, case, "teams")


def present(ctx: Context) -> Response:
    """The list at the door."""
    return _present(ctx, _arranged(ctx), AdmitForm.filled({"kind": Kind.GUEST}, ctx._))


def take_in(ctx: Context) -> Response:
    """Somebody who came unannounced; the answer holds their personal link."""
    case, form = _arranged(ctx), AdmitForm.read(ctx.form, ctx._)
    if not form.ok:
        return _present(ctx, case, form, 422)
    name, kind = form.values["name"], Kind(form.values["kind"])
    return _links(ctx, case, [(name, admit(ctx.session, ctx.actor, case, name, kind, now=ctx.now).key)])


def _present(ctx: Context, case: Case, form: Form, status: int = 200) -> Response:
    return page(ctx, "workshops/boards/present.html", _view(ctx, case, form=form), status=status)


def arrive(ctx: Context) -> Response:
    return _tick(ctx, True)


def leave(ctx: Context) -> Response:
    return _tick(ctx, False)


def _tick(ctx: Context, there: bool) -> Response:
    case = _arranged(ctx)
    check_in(ctx.session, ctx.actor, case, ctx.path["id"], there, now=ctx.now)
    return _back(ctx, case, f"present#member-{ctx.path['id']}")


def agree(ctx: Context) -> Response:
    return _name(ctx, True)


def disagree(ctx: Context) -> Response:
    return _name(ctx, False)


def _name(ctx: Context, agreed: bool) -> Response:
    """At the door by an organiser, or by the member about themselves."""
    case = case_of(ctx)
    agree_to_name(ctx.session, ctx.actor, case, ctx.path["id"], agreed, now=ctx.now)
    if case.member is not None and case.member.id == ctx.path["id"]:
        return redirect(ctx, f"/workshops/{case.workshop.slug}/board#me")
    return _back(ctx, case, f"present#member-{ctx.path['id']}")


def links(ctx: Context) -> Response:
    """Whom a personal link can be made for."""
    return page(ctx, "workshops/boards/links.html", _view(ctx, _arranged(ctx)))


def make_links(ctx: Context) -> Response:
    """A new link for one member (with an account too: not everybody can sign in at the door), or for all without an
    account; shown once, to be printed or read with a phone."""
    case, wanted = _arranged(ctx), str(ctx.form.get("member", ""))
    chosen = [line for line in members(ctx.session, case)
              if wanted == str(line.id) or not (wanted or line.has_account)]  # fmt: skip
    return _links(ctx, case, [(line.name, renew_key(ctx.session, ctx.actor, line.id)) for line in chosen])


def _links(ctx: Context, case: Case, keys: list[tuple[str, str]]) -> Response:
    base = f"{ctx.settings.base_url}/workshops/{case.workshop.slug}/join"
    made = tuple((name, f"{base}/{key}", draw_qr(f"{base}/{key}")) for name, key in keys)
    return page(ctx, "workshops/boards/links.html", _view(ctx, case, links=made))


def _arranged(ctx: Context, *, team: bool = False) -> Case:
    case = case_of(ctx, team=team)
    ensure(may_arrange(ctx.actor, case))
    return case


def _view(ctx: Context, case: Case, **more: Any) -> Arrangement:
    people = members(ctx.session, case)
    return Arrangement(day_of(ctx, case), team_lines(ctx.session, case, people), people, **more)


def _teams(
    ctx: Context, case: Case, form: Form | None = None, balance: BalanceForm | None = None,
    placing: PlaceForm | None = None,
) -> Response:  # fmt: skip
    more = {"form": form or TeamForm(ctx._), "balance": balance or BalanceForm.filled({"teams": 4}, ctx._)}
    if placing:
        more |= {"placing": placing, "misplaced": ctx.path["id"]}
    status = 422 if form or balance or placing else 200
    return page(ctx, "workshops/boards/teams.html", _view(ctx, case, **more), status=status)


def _back(ctx: Context, case: Case, where: str) -> Response:
    return redirect(ctx, f"/workshops/{case.workshop.slug}/desk/{where}")


_WRITES: dict[str, Any] = {"limit": "board_desk"}
ROUTES = (
    get(TEAMS, teams),
    post(TEAMS, make, **_WRITES),
    post(TEAMS + "/balance", balance, **_WRITES),
    patch(TEAMS + "/{id:int}", change, **_WRITES),
    delete(TEAMS + "/{id:int}", remove, **_WRITES),
    post(TEAMS + "/{id:int}/order", move, **_WRITES),
    put(DESK + "/members/{id:int}/team", place, **_WRITES),
    get(PRESENT, present),
    post(PRESENT, take_in, **_WRITES),
    put(MEMBER, arrive, **_WRITES),
    delete(MEMBER, leave, **_WRITES),
    put("/workshops/{slug}/members/{id:int}/name", agree, **_WRITES),
    delete("/workshops/{slug}/members/{id:int}/name", disagree, **_WRITES),
    get(LINKS, links),
    post(LINKS, make_links, **_WRITES),
)
