"""Who is told of yearly reports: the representatives, and the secretariat when one is handed in."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.accounts.models import RoleGrant
from participation.events import StoredEvent
from participation.notifications.port import NoticeRule, Wave
from participation.organisations.models import MandateRole, Organisation
from participation.organisations.queries import acting_for
from participation.policy import N_
from rules.documents.models import Document
from rules.checks.reporting.models import ReportState, ReportStep, SelfReport

BEGUN, OVER = -1, 0
DECIDED = {
    ReportState.ACCEPTED: N_("the yearly report was accepted. Everybody can read it now"),
    ReportState.RETURNED: N_("the yearly report was returned. Please correct it and hand it in again"),
}
SAYS = {
    BEGUN: N_("the yearly report can be handed in from now on"),
    30: N_("no more than 30 days are left to hand in the yearly report"),
    7: N_("no more than 7 days are left to hand in the yearly report"),
    1: N_("tomorrow the time to hand in the yearly report is over"),
    OVER: N_("the time to hand in the yearly report is over. Please hand it in as soon as you can"),
}


def report_rules() -> dict[str, NoticeRule]:
    return {
        "rule.report_submitted": NoticeRule(_to_the_desk, N_("%(title)s handed in a yearly report.")),
        "rule.report_reviewed": NoticeRule(_of_the_review, N_("%(title)s: %(what)s."), _reason),
        "rule.report_due": NoticeRule(_of_the_time, N_("%(title)s: %(what)s.")),
    }


def _to_the_desk(session: Session, event: StoredEvent) -> list[Wave]:
    desk = select(RoleGrant.account_id).where(RoleGrant.role == "secretariat", RoleGrant.scope_kind == "platform")
    number, path = event.body["organisation_id"], f"/secretariat/yearly-reports/{event.body['report_id']}"
    return [Wave(desk, number, number, direct=True, params={"path": path})]


def _of_the_review(session: Session, event: StoredEvent) -> list[Wave]:
    article = session.get_one(SelfReport, event.body["report_id"]).article
    says = DECIDED[ReportState(event.body["to"])]
    return _to_representatives(session, event, article, {"what": says, "step": event.body["step"]})


def _of_the_time(session: Session, event: StoredEvent) -> list[Wave]:
    return _to_representatives(session, event, event.body["article"], {"what": SAYS[event.body["days"]]})


def _to_representatives(session: Session, event: StoredEvent, article: str, params: dict[str, Any]) -> list[Wave]:
    number, year = event.body["organisation_id"], event.body["year"]
    slug = session.get_one(Organisation, number).slug
    rule = session.get_one(Document, event.body["document_id"]).slug
    path = f"/organisations/{slug}/reports/{rule}/{article}/{year}"
    people = acting_for(number, MandateRole.REPRESENTATIVE)
    return [Wave(people, number, number, direct=True, params={**params, "path": path})]


def _reason(session: Session, row: Any) -> str:
    step = session.get(ReportStep, row.params.get("step", 0))
    return step.reason if step else ""
