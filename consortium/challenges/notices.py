"""Who is told of challenges: members and coordinators of a new one, and everybody concerned of what becomes of it."""

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from consortium.challenges.labels import STATES
from consortium.challenges.models import Challenge, ChallengeState, ChallengeStep, SheetState, SolutionSheet
from consortium.challenges.policy import COORDINATOR, HANDED_IN
from participation.accounts.models import RoleGrant
from participation.events import StoredEvent
from participation.notifications.following import followers
from participation.notifications.port import NoticeRule, Wave
from participation.notifications.queries import NoticeRow
from participation.organisations.models import Mandate, MandateRole
from participation.policy import N_

CHOSEN = N_("your solution sheet was chosen, and a pilot is drafted")
NOT_CHOSEN = N_("other solution sheets were chosen this time")


def challenge_rules() -> dict[str, NoticeRule]:
    return {
        "challenge.moved": NoticeRule(_of_its_way, N_("%(title)s: %(decision)s"), _reason),
        "challenge.changed": NoticeRule(_of_a_change, N_("%(title)s: the text of the challenge was changed"), _reason),
        "challenge.sheet_moved": NoticeRule(_of_a_sheet, N_("%(title)s: a solution sheet was handed in or changed")),
        "challenge.matched": NoticeRule(_of_the_match, N_("%(title)s: %(what)s")),
    }


def _of_its_way(session: Session, event: StoredEvent) -> list[Wave]:
    number, to = event.body["challenge_id"], ChallengeState(event.body["to"])
    params = {"decision": STATES[to], "step": event.body["step"], "path": f"/challenges/{number}"}
    about = {"about_id": number, "target_id": number, "params": params}
    if to == ChallengeState.MATCHED:  # whoever answered hears what became of their own sheet
        return [Wave(followers(number), **about)]
    answered = select(SolutionSheet.organisation_id).where(
        SolutionSheet.challenge_id == number, SolutionSheet.state.in_(HANDED_IN)
    )
    everybody = Mandate.organisation_id.is_not(None)
    whom = everybody if to == ChallengeState.OPEN else Mandate.organisation_id.in_(answered)
    return [
        Wave(_representatives(whom), **about, direct=to != ChallengeState.OPEN),
        Wave(_coordinators(), **about),
        Wave(followers(number), **about),
    ]


def _of_a_change(session: Session, event: StoredEvent) -> list[Wave]:
    """Whoever has begun a sheet may have to change it."""
    number = event.body["challenge_id"]
    begun = select(SolutionSheet.organisation_id).where(
        SolutionSheet.challenge_id == number, SolutionSheet.state != SheetState.WITHDRAWN
    )
    params = {"step": event.body["step"], "path": f"/challenges/{number}"}
    about = {"about_id": number, "target_id": number, "params": params}
    return [
        Wave(_representatives(Mandate.organisation_id.in_(begun)), **about, direct=True),
        Wave(_coordinators(), **about),
        Wave(followers(number), **about),
    ]


def _of_a_sheet(session: Session, event: StoredEvent) -> list[Wave]:
    if event.body["to"] != SheetState.SUBMITTED:
        return []
    number = event.body["challenge_id"]
    poster = session.get_one(Challenge, number).organisation_id
    about = {"about_id": number, "target_id": number, "params": {"path": f"/challenges/{number}"}}
    desk = select(RoleGrant.account_id).where(RoleGrant.role == "secretariat", RoleGrant.scope_kind == "platform")
    owners = _representatives(Mandate.organisation_id == poster) if poster else desk
    return [Wave(owners, **about, direct=True), Wave(_coordinators(), **about)]


def _of_the_match(session: Session, event: StoredEvent) -> list[Wave]:
    number = event.body["challenge_id"]
    waves = []
    for state, says in ((SheetState.CHOSEN, CHOSEN), (SheetState.NOT_CHOSEN, NOT_CHOSEN)):
        theirs = select(SolutionSheet.organisation_id).where(
            SolutionSheet.challenge_id == number, SolutionSheet.state == state
        )
        params = {"what": says, "path": f"/challenges/{number}"}
        waves.append(
            Wave(_representatives(Mandate.organisation_id.in_(theirs)), number, number, direct=True, params=params)
        )
    poster = session.get_one(Challenge, number).organisation_id
    params = {"what": STATES[ChallengeState.MATCHED], "path": f"/challenges/{number}"}
    waves.append(Wave(_representatives(Mandate.organisation_id == poster), number, number, direct=True, params=params))
    return waves


def _representatives(whom: ColumnElement[bool]) -> Select[tuple[int]]:
    active = (Mandate.ended_at.is_(None), Mandate.role == MandateRole.REPRESENTATIVE)
    return select(Mandate.account_id).where(*active, whom)


def _coordinators() -> Select[tuple[int]]:
    role, kind, scope = COORDINATOR
    return select(RoleGrant.account_id).where(
        RoleGrant.role == role, RoleGrant.scope_kind == kind, RoleGrant.scope_id == scope
    )


def _reason(session: Session, row: NoticeRow) -> str:
    step = session.get(ChallengeStep, row.params.get("step", 0))
    return step.reason if step else ""
