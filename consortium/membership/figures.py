"""The number of members, as a figure for KPIs."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.membership.growth import members_at, steps_taken
from consortium.membership.queries import PARTICIPATION
from participation.figures import Figure
from participation.organisations.models import Organisation
from participation.policy import N_
from rules.signing.queries import book_of


def member_counts(session: Session, moments: Sequence[datetime]) -> list[int | None]:
    """The members at each moment; None before the first application. Three queries."""
    steps, book = steps_taken(session), book_of(session, PARTICIPATION)
    first = min((taken[0][0] for taken in steps.values()), default=None)
    return [len(members_at(steps, book, at)) if first is not None and first <= at else None for at in moments]


def member_records(session: Session, moment: datetime) -> Iterable[tuple[str | None, str, str]]:
    """Each member at that moment, by name."""
    ids = members_at(steps_taken(session), book_of(session, PARTICIPATION), moment)
    rows = session.scalars(select(Organisation).where(Organisation.id.in_(ids)).order_by(Organisation.id))
    return [(row.corporate_number, row.name.to("ja"), f"/organisations/{row.slug}") for row in rows]


def membership_figures() -> tuple[Figure, ...]:
    return (
        Figure(
            name="organisations_member",
            label=N_("Organisations that are members"),
            says=N_(
                "Organisations that the secretariat had approved and whose signature under the participation rule was "
                "valid on that day. Who had left, was suspended or had let the signature lapse does not count."
            ),
            at=member_counts,
            heads=("corporate_number", "name", "path"),
            records=member_records,
            path="/organisations?standing=member",
        ),
    )
