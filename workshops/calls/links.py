"""The personal address of an application: its number with a signature, so that no table holds a key to it."""

import hmac
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.keys import keyed_hash
from workshops.models import WorkshopApplication

LENGTH = 32  # hexadecimal digits: 128 bits


@dataclass(frozen=True)
class Links:
    """`secret` is the platform's. The same token opens the application and answers the invitation."""

    secret: bytes
    base_url: str

    def token(self, row: WorkshopApplication) -> str:
        return f"{row.number}-{self._sign(row)}"

    def path(self, slug: str, row: WorkshopApplication) -> str:
        return f"/workshops/{slug}/application/{self.token(row)}"

    def url(self, slug: str, row: WorkshopApplication, kind: str = "application") -> str:
        """With the host, for mails; `kind` is the part before the token."""
        return f"{self.base_url}/workshops/{slug}/{kind}/{self.token(row)}"

    def opened(self, session: Session, workshop_id: int, token: str) -> WorkshopApplication | None:
        """Whose token this is; None if it is nobody's."""
        number, _, signature = token.partition("-")
        mine = (WorkshopApplication.workshop_id == workshop_id, WorkshopApplication.number == number)
        row = session.scalar(select(WorkshopApplication).where(*mine))
        if row is None or not hmac.compare_digest(signature.encode(), self._sign(row).encode()):
            return None
        return row

    def _sign(self, row: WorkshopApplication) -> str:
        return keyed_hash(self.secret, "workshop-application", f"{row.id}:{row.number}").hex()[:LENGTH]
