"""Who is at which board: what the policy looks at, found with two queries."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.policy import Actor, ensure
from participation.web.errors import NotFound
from workshops.boards.models import Team
from workshops.members import present_in
from workshops.models import Workshop, WorkshopMember


@dataclass(frozen=True)
class Case:
    """`member` is who asks, where they take part; `team` the board that is asked for."""

    workshop: Workshop
    member: WorkshopMember | None
    team: Team | None = None

    @property
    def own_team(self) -> bool:
        return self.team is not None and self.member is not None and self.member.team_id == self.team.id


def find_case(
    session: Session, actor: Actor, slug: str, *, guest: int | None = None, team_id: int | None = None
) -> Case:
    """`guest`: the member whom a personal link has let in.

    Raises:
        NotFound, Refused: there is no such workshop or team, or the reader is not one of those who may look.
    """
    from workshops.boards.policy import may_look

    workshop = session.scalar(select(Workshop).where(Workshop.slug == slug))
    if workshop is None:
        raise NotFound
    who = WorkshopMember.account_id == actor.id if actor.signed_in else WorkshopMember.id == guest
    own = session.scalar(select(WorkshopMember).where(present_in(workshop.id), who))
    ensure(may_look(actor, Case(workshop, own)))
    team = session.get(Team, team_id) if team_id is not None else None
    if team_id is not None and (team is None or team.workshop_id != workshop.id):
        raise NotFound
    return Case(workshop, own, team)
