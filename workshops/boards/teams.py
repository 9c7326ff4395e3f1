"""Teams by hand or balanced, and the list of who is there."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from participation.events import record
from participation.policy import N_, Actor, ensure, require
from participation.web.errors import NotFound
from workshops.boards.balancing import Parting, part_evenly
from workshops.boards.cases import Case
from workshops.boards.events import TeamsMade
from workshops.boards.fields import KINDS
from workshops.boards.models import Team
from workshops.boards.ordering import change_places
from workshops.boards.policy import may_arrange
from workshops.members import Joined, add_member, present_in
from workshops.models import Kind, Workshop, WorkshopApplication, WorkshopMember

MOST_TEAMS = 26
IN_USE = N_("People belong to this team, or something stands on its board. Only an empty team can be taken away.")
TAKEN = N_("Another team has this name already.")
TOO_MANY = N_("A workshop has %(most)s teams at most.")


def make_team(session: Session, actor: Actor, case: Case, name: str, place: str = "", *, now: datetime) -> Team:
    """A further team.

    Raises:
        Refused: see `may_arrange`; the name is taken; there are too many.
    """
    there = _hold_teams(session, actor, case)
    ensure(require(len(there) < MOST_TEAMS, TOO_MANY, most=MOST_TEAMS))
    ensure(require(name not in {team.name for team in there}, TAKEN))
    team = Team(workshop_id=case.workshop.id, name=name, place=place, position=len(there) + 1)
    session.add(team)
    session.flush()
    return team


def change_team(session: Session, actor: Actor, case: Case, name: str, place: str, *, now: datetime) -> None:
    """Name and place of the case's team."""
    there = _hold_teams(session, actor, case)
    assert case.team is not None
    ensure(require(name not in {team.name for team in there if team.id != case.team.id}, TAKEN))
    case.team.name, case.team.place, case.team.version = name, place, Team.version + 1
    session.flush()


def move_team(session: Session, actor: Actor, case: Case, by: int, *, now: datetime) -> None:
    """Let the case's team and its neighbour change places: in this order teams stand on boards, screen and record."""
    there = _hold_teams(session, actor, case)
    assert case.team is not None
    change_places(there, case.team, by)
    session.flush()


def remove_team(session: Session, actor: Actor, case: Case, *, now: datetime) -> None:
    """Take an empty team away."""
    _hold_teams(session, actor, case)
    assert case.team is not None
    owners = [WorkshopMember.team_id, *(model.team_id for model in KINDS.values())]
    used = any(session.scalar(select(owner).where(owner == case.team.id).limit(1)) is not None for owner in owners)
    ensure(require(not used, IN_USE))
    session.delete(case.team)
    session.flush()


def place_member(
    session: Session, actor: Actor, case: Case, member_id: int, team_id: int | None, *, now: datetime
) -> None:
    """Put a member into a team, or into none.

    Raises:
        NotFound: member or team are not of this workshop.
    """
    there = _hold_teams(session, actor, case)
    if team_id is not None and team_id not in {team.id for team in there}:
        raise NotFound
    _member(session, case, member_id).team_id = team_id
    session.flush()


def balance_teams(session: Session, actor: Actor, case: Case, number: int, *, now: datetime) -> Parting:
    """Part all participants anew into `number` teams that are as alike as can be in what they answered when they
    applied. Teams that are missing are made; who was placed by hand is placed again. The answers stay where they are.
    """
    teams = _hold_teams(session, actor, case)
    ensure(require(0 < number <= MOST_TEAMS, TOO_MANY, most=MOST_TEAMS))
    names = (letter for letter in map(chr, range(ord("A"), ord("Z") + 1)) if letter not in {t.name for t in teams})
    while len(teams) < number:
        teams.append(make_team(session, actor, case, next(names), now=now))
    who = (present_in(case.workshop.id), WorkshopMember.kind == Kind.PARTICIPANT)
    answered = select(WorkshopMember.id, WorkshopApplication.answers)
    answered = answered.outerjoin(WorkshopApplication, WorkshopApplication.id == WorkshopMember.application_id)
    people = session.execute(answered.where(*who).order_by(WorkshopMember.id)).all()
    parting = part_evenly([dict(answers or {}) for _, answers in people], number)
    for team, members in zip(teams, parting.teams, strict=False):
        moved = update(WorkshopMember).where(WorkshopMember.id.in_([people[place].id for place in members]))
        session.execute(moved.values(team_id=team.id))
    fact = TeamsMade(workshop_id=case.workshop.id, teams=number, proved=parting.proved)
    record(session, fact, actor=actor, subject_id=case.workshop.id, now=now)
    return parting


def check_in(session: Session, actor: Actor, case: Case, member_id: int, there: bool, *, now: datetime) -> None:
    """Tick that somebody is there, or take the tick back; the first time stays."""
    ensure(may_arrange(actor, case))
    member = _member(session, case, member_id)
    member.checked_in_at = (member.checked_in_at or now) if there else None
    session.flush()


def admit(session: Session, actor: Actor, case: Case, name: str, kind: Kind, *, now: datetime) -> Joined:
    """Take in somebody who came unannounced, with a personal link; once the workshop has begun, they are there."""
    joined = add_member(session, actor, case.workshop.id, name=name, kind=kind, now=now)
    if case.workshop.starts_at is not None and case.workshop.starts_at <= now:
        joined.member.checked_in_at = now
        session.flush()
    return joined


def agree_to_name(session: Session, actor: Actor, case: Case, member_id: int, agreed: bool, *, now: datetime) -> None:
    """Whether a member has agreed that the published record names them. Members say so of themselves too."""
    if case.member is None or case.member.id != member_id:
        ensure(may_arrange(actor, case))
    _member(session, case, member_id).named = agreed
    session.flush()


def teams_of(session: Session, workshop_id: int) -> list[Team]:
    """In their order."""
    return list(session.scalars(select(Team).where(Team.workshop_id == workshop_id).order_by(Team.position, Team.id)))


def _hold_teams(session: Session, actor: Actor, case: Case) -> list[Team]:
    """The teams, which nobody else arranges until the end of the transaction."""
    ensure(may_arrange(actor, case))
    session.execute(select(Workshop.id).where(Workshop.id == case.workshop.id).with_for_update())
    return teams_of(session, case.workshop.id)


def _member(session: Session, case: Case, member_id: int) -> WorkshopMember:
    member = session.get(WorkshopMember, member_id)
    if member is None or member.workshop_id != case.workshop.id or member.left_at is not None:
        raise NotFound
    return member
