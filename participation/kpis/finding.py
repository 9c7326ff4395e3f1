"""KPIs as search finds them."""

from sqlalchemy.orm import Session

from participation.kpis.models import Kpi
from participation.search.port import SearchDocument
from participation.subjects import Subject


def kpi_document(session: Session, kpi_id: int) -> SearchDocument | None:
    """What search knows of a KPI, in all its languages."""
    kpi, subject = session.get(Kpi, kpi_id), session.get(Subject, kpi_id)
    if kpi is None or subject is None or not subject.visible:
        return None
    return SearchDocument(
        subject_id=kpi_id,
        kind="kpi",
        locale="ja",
        title=kpi.name.to("ja"),
        body="\n".join([*kpi.name.values(), *kpi.note.values()]),
        published_at=subject.published_at or kpi.updated_at,
    )
