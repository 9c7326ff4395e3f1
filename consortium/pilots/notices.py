"""Who is told of what on a pilot's way: reviewers, its lead, its followers, and those whose voices it answers."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.groups.policy import SCOPE
from consortium.pilots.models import Pilot, PilotState, PilotStep
from consortium.voices.queries import authors_behind
from participation.accounts.models import RoleGrant
from participation.events import StoredEvent
from participation.meetings.policy import LEAD
from participation.notifications.following import followers
from participation.notifications.port import NoticeRule, Wave
from participation.organisations.models import MandateRole
from participation.organisations.queries import acting_for
from participation.policy import N_

LEARNED = {
    PilotState.SUBMITTED: N_("it waits for your review"),
    PilotState.RETURNED: N_("please correct it and submit it again"),
    PilotState.APPROVED: N_("it is approved, and everybody can read it"),
    PilotState.RUNNING: N_("it has begun"),
    PilotState.EVALUATING: N_("the trial is over and is being evaluated"),
    PilotState.RELEASED: N_("it became a service"),
    PilotState.ENDED: N_("it has ended, with what was learned"),
}
STOOD = {True: N_("it was chosen in a ballot"), False: N_("it was not chosen in a ballot")}


def pilot_rules() -> dict[str, NoticeRule]:
    return {
        "pilot.drafted": NoticeRule(_drafted, N_("A pilot was begun that your organisation leads: “%(title)s”.")),
        "pilot.moved": NoticeRule(_moved, N_("%(title)s: %(what)s."), _reason),
        "pilot.reported": NoticeRule(_reported, N_("%(title)s: a new report can be read.")),
        "pilot.stood_in_ballot": NoticeRule(_stood, N_("%(title)s: %(what)s.")),
        "pilot.report_due": NoticeRule(_due, N_("%(title)s: the report was due on %(day)s.")),
    }


def _drafted(session: Session, event: StoredEvent) -> list[Wave]:
    """Its lead, who goes on writing it; whoever began it is not told of what they did."""
    pilot_id = event.body["pilot_id"]
    params = {"path": f"/pilots/{pilot_id}/check"}
    return [Wave(_lead(session.get_one(Pilot, pilot_id)), pilot_id, pilot_id, direct=True, params=params)]


def _moved(session: Session, event: StoredEvent) -> list[Wave]:
    pilot_id, to = event.body["pilot_id"], PilotState(event.body["to"])
    params = {"what": LEARNED[to], "step": event.body["step"]}
    row = session.get_one(Pilot, pilot_id)
    if to == PilotState.SUBMITTED:
        path = {**params, "path": f"/pilots/{pilot_id}/review"}
        return [Wave(_reviewers(row), pilot_id, pilot_id, direct=True, params=path)]
    if to == PilotState.RETURNED:
        path = {**params, "path": f"/pilots/{pilot_id}/check"}
        return [Wave(_lead(row), pilot_id, pilot_id, direct=True, params=path)]
    own = Wave(_lead(row), pilot_id, pilot_id, direct=True, params=params)
    behind = Wave(authors_behind(pilot_id), pilot_id, pilot_id, direct=True, params=params)
    return [own, behind, Wave(followers(pilot_id), pilot_id, pilot_id, params=params)]


def _reported(session: Session, event: StoredEvent) -> list[Wave]:
    pilot_id = event.body["pilot_id"]
    waves = [Wave(followers(pilot_id), pilot_id, pilot_id)]
    if event.body["kind"] == "evaluation":  # whoever decides now reads it first
        waves.insert(0, Wave(_reviewers(session.get_one(Pilot, pilot_id)), pilot_id, pilot_id, direct=True))
    return waves


def _stood(session: Session, event: StoredEvent) -> list[Wave]:
    """Its lead; whoever follows the ballot is told by the ballot."""
    pilot_id = event.body["pilot_id"]
    params = {"what": STOOD[event.body["won"]], "path": f"/ballots/by-id/{event.body['ballot_id']}"}
    return [Wave(_lead(session.get_one(Pilot, pilot_id)), pilot_id, pilot_id, direct=True, params=params)]


def _due(session: Session, event: StoredEvent) -> list[Wave]:
    pilot_id = event.body["pilot_id"]
    params = {"day": event.body["due"], "path": f"/pilots/{pilot_id}/reports/new"}
    return [Wave(_lead(session.get_one(Pilot, pilot_id)), pilot_id, pilot_id, direct=True, params=params)]


def _reviewers(row: Pilot) -> Any:
    """The secretariat, and those who lead the working group."""
    desk = (RoleGrant.role == "secretariat") & (RoleGrant.scope_kind == "platform")
    lead = (RoleGrant.role == LEAD) & (RoleGrant.scope_kind == SCOPE) & (RoleGrant.scope_id == row.working_group_id)
    return select(RoleGrant.account_id).where(desk | lead)


def _lead(row: Pilot) -> Any:
    return acting_for(row.organisation_id, MandateRole.REPRESENTATIVE)


def _reason(session: Session, row: Any) -> str:
    step = session.get(PilotStep, row.params.get("step", 0))
    return step.reason if step else ""


