"""Those who run a service are reminded of its quarterly report."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.segments.quarters import Quarter
from consortium.services.models import ServiceOwner
from consortium.services.queries import service_slug
from participation.events import StoredEvent
from participation.notifications.port import NoticeRule, Wave
from participation.organisations.models import Mandate, MandateRole
from participation.policy import N_

OVER = 0
SAYS = {
    7: N_("no more than 7 days are left for the quarterly report"),
    1: N_("the last day for the quarterly report has begun"),
    OVER: N_("the time for the quarterly report is over. Please hand it in as soon as you can"),
}


def report_rules() -> dict[str, NoticeRule]:
    return {"service.report_due": NoticeRule(_to_owners, N_("%(title)s: %(what)s."))}


def _to_owners(session: Session, event: StoredEvent) -> list[Wave]:
    number, quarter = event.body["service_id"], Quarter(event.body["year"], event.body["quarter"])
    people = (
        select(Mandate.account_id)
        .join(ServiceOwner, ServiceOwner.organisation_id == Mandate.organisation_id)
        .where(ServiceOwner.service_id == number)
        .where(Mandate.ended_at.is_(None), Mandate.role == MandateRole.REPRESENTATIVE)
    )
    path = f"/services/{service_slug(session, number)}/reports/{quarter.key}/edit"
    params = {"what": SAYS[event.body["days"]], "path": path}
    return [Wave(people, number, number, direct=True, params=params)]
