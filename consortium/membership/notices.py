"""Who is told of what on an organisation's way."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.membership.labels import STANDINGS
from consortium.membership.models import MembershipStep, Stage
from consortium.membership.standing import Standing
from participation.accounts.models import RoleGrant
from participation.events import StoredEvent
from participation.notifications.port import NoticeRule, Wave
from participation.organisations.queries import acting_for
from participation.policy import N_


def membership_rules() -> dict[str, NoticeRule]:
    return {
        "membership.applied": NoticeRule(_to_the_desk, N_("%(title)s applies to join the council.")),
        "membership.left": NoticeRule(_to_the_desk, N_("%(title)s left the council."), _reason),
        "membership.decided": NoticeRule(_to_its_people, N_("%(title)s: %(decision)s"), _reason),
    }


def _to_the_desk(session: Session, event: StoredEvent) -> list[Wave]:
    organisation_id = event.body["organisation_id"]
    desk = select(RoleGrant.account_id).where(RoleGrant.role == "secretariat", RoleGrant.scope_kind == "platform")
    path = {"path": f"/secretariat/members/{organisation_id}"}
    return [
        Wave(desk, organisation_id, organisation_id, direct=True, params={**path, "step": event.body.get("step", 0)})
    ]


def _to_its_people(session: Session, event: StoredEvent) -> list[Wave]:
    organisation_id = event.body["organisation_id"]
    decision = STANDINGS[Standing(Stage(event.body["to"]).value)]
    params = {"decision": decision, "step": event.body["step"]}
    return [Wave(acting_for(organisation_id), organisation_id, organisation_id, direct=True, params=params)]


def _reason(session: Session, row: Any) -> str:
    step = session.get(MembershipStep, row.params.get("step", 0))
    return step.reason if step else ""
