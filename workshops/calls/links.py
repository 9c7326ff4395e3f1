"""The personal address of an application, and of the invitation to it: the application's number with a signature, so
that no table holds a key to it."""

import hmac
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.keys import keyed_hash
from workshops.models import WorkshopApplication

LENGTH = 32  # hexadecimal digits: 128 bits


def token_of(secret: bytes, workshop_id: int, number: str) -> str:
    """The secret part of the addresses of whoever has this number: their application, invitation and place."""
    return f"{number}-{keyed_hash(secret, 'workshop-application', f'{workshop_id} {number}').hex()[:LENGTH]}"


def number_in(secret: bytes, workshop_id: int, token: str) -> str | None:
    """Whose token this is; None where it is not ours."""
    number = token.partition("-")[0]
    return number if hmac.compare_digest(token.encode(), token_of(secret, workshop_id, number).encode()) else None


@dataclass(frozen=True)
class Links:
    """`secret` is the platform's. The same token opens the application and answers the invitation."""

    secret: bytes
    base_url: str

    def token(self, row: WorkshopApplication) -> str:
        return token_of(self.secret, row.workshop_id, row.number)

    def path(self, slug: str, row: WorkshopApplication) -> str:
        return f"/workshops/{slug}/application/{self.token(row)}"

    def url(self, slug: str, row: WorkshopApplication, kind: str = "application") -> str:
        """With the host, for mails; `kind` is the part before the token."""
        return f"{self.base_url}/workshops/{slug}/{kind}/{self.token(row)}"

    def opened(self, session: Session, workshop_id: int, token: str) -> WorkshopApplication | None:
        """Whose token this is; None if it is nobody's."""
        number = number_in(self.secret, workshop_id, token)
        mine = (WorkshopApplication.workshop_id == workshop_id, WorkshopApplication.number == number)
        return session.scalar(select(WorkshopApplication).where(*mine)) if number else None
