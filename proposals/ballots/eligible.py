"""How many people a ballot is for, as far as the platform knows them today."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.accounts.models import Account, Verification
from proposals.ballots.models import Ballot, BallotArea


def eligible_count(session: Session, ballot: Ballot) -> int:
    """Accounts with every verification that is needed, in one of the living areas. One query."""
    people = select(func.count()).select_from(Account).where(Account.erased_at.is_(None), Account.blocked_at.is_(None))
    for need in ballot.needs:
        verified = select(Verification.id).where(Verification.account_id == Account.id, Verification.kind == need)
        people = people.where(verified.exists())
    areas = select(BallotArea.area_id).where(BallotArea.ballot_id == ballot.id)
    people = people.where(Account.area_id.in_(areas) | ~areas.exists())
    return session.scalar(people) or 0
