"""The number of people taking part, as a figure for KPIs. Its records name nobody: they are days with counts."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.figures import Figure
from participation.policy import N_
from participation.web.i18n import ZONE


def accounts_at(session: Session, moments: Sequence[datetime]) -> list[int | None]:
    """The accounts that there were at each moment. One query, one pass over the table."""
    if not moments:
        return []
    there = [func.sum(case((_there(moment), 1), else_=0)) for moment in moments]
    first, *counts = session.execute(select(func.min(Account.created_at), *there)).one()
    return [
        int(count) if first is not None and first <= moment else None
        for moment, count in zip(moments, counts, strict=True)
    ]


def account_days(session: Session, moment: datetime) -> Iterable[tuple[date, int]]:
    """On which day how many of them began, the earliest first."""
    began = session.scalars(select(Account.created_at).where(_there(moment)).order_by(Account.created_at))
    days = groupby(began, key=lambda at: at.astimezone(ZONE).date())
    return ((day, sum(1 for _ in of_day)) for day, of_day in days)


def _there(moment: datetime) -> ColumnElement[bool]:
    return (Account.created_at <= moment) & or_(Account.erased_at.is_(None), Account.erased_at > moment)


def account_figures() -> tuple[Figure, ...]:
    return (
        Figure(
            name="accounts",
            label=N_("People with an account"),
            says=N_(
                "Everybody who confirmed an address or came to the desk, and has not left by then. Names are not part "
                "of it: the table counts the accounts by the day on which they began."
            ),
            at=accounts_at,
            heads=("day", "accounts"),
            records=account_days,
            summed=True,
        ),
    )
