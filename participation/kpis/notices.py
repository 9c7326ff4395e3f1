"""Who is told of a KPI: whoever follows it, of each figure that is entered and of each target that is set."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.events import StoredEvent
from participation.kpis.models import Kpi
from participation.notifications.following import followers
from participation.notifications.port import NoticeRule, Wave
from participation.notifications.queries import NoticeRow
from participation.policy import N_

SAYS = {
    "kpi.measured": N_("A new figure was entered: “%(title)s”."),
    "kpi.target_set": N_("A target was changed: “%(title)s”."),
}


def kpi_rules() -> dict[str, NoticeRule]:
    return {kind: NoticeRule(_to_followers, says, _figure) for kind, says in SAYS.items()}


def _to_followers(session: Session, event: StoredEvent) -> list[Wave]:
    """What is written down with the event is what they read, whatever is corrected later."""
    number = event.body["kpi_id"]
    said = {name: event.body[name] for name in ("year", "value", "previous")}
    return [Wave(followers(number), number, number, params={"figure": said})]


def _figure(session: Session, row: NoticeRow) -> str:
    """The year, what stood there, and what stands there now, with the unit in its languages."""
    said = row.params.get("figure", {})
    unit = session.scalar(select(Kpi.unit).where(Kpi.id == (row.about_id or 0)))
    numbers = " → ".join(each or "–" for each in (said.get("previous"), said.get("value")) if each is not None)
    return f"{said.get('year')}: {numbers} ({' / '.join(unit.values()) if unit else ''})"
