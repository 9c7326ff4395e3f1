"""The number of people taking part, as a figure for KPIs. Its records name nobody: they are days with counts."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import accumulate, groupby
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, func, or_, select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.figures import Figure
from participation.policy import N_
from participation.web.i18n import ZONE


def accounts_at(session: Session, moments: Sequence[datetime]) -> list[int | None]:
    """The accounts that there were at each of the moments, which ascend. One query that reads each account once, from
    the index of its days: what began by then less what was erased by then."""
    if not moments:
        return []
    spans = list(zip((None, *moments), moments, strict=False))
    counts = [_within(column, *span) for column in (Account.created_at, Account.erased_at) for span in spans]
    first, *found = session.execute(select(select(func.min(Account.created_at)).scalar_subquery(), *counts)).one()
    began, erased = accumulate(found[: len(spans)]), accumulate(found[len(spans) :])
    return [
        there - gone if first is not None and first <= moment else None
        for moment, there, gone in zip(moments, began, erased, strict=True)
    ]


def _within(column: Any, after: datetime | None, until: datetime) -> ScalarSelect[int]:
    wanted = select(func.count()).select_from(Account).where(column <= until)
    return (wanted if after is None else wanted.where(column > after)).scalar_subquery()


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
