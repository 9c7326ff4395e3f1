"""What signing knows of a person. A signature is the record of an agreement between others, so it stays on erasure."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from participation.portability import as_plain
from rules.signing.models import Acknowledgement, Signature


def export_account(session: Session, account_id: int) -> dict[str, Any]:
    signed = select(Signature.code, Signature.name, Signature.title, Signature.signed_at, Signature.evidence)
    read = select(Acknowledgement.version_id, Acknowledgement.section_key, Acknowledgement.at)
    return {
        "signatures": as_plain(session, signed.where(Signature.signatory_id == account_id).order_by(Signature.id)),
        "acknowledged": as_plain(
            session, read.where(Acknowledgement.account_id == account_id).order_by(Acknowledgement.id)
        ),
    }


def erase_account(session: Session, account_id: int, now: datetime) -> None:
    """What was only confirmed goes. What was signed is kept for its proof (GDPR art. 17(3)(e)), as its page says."""
    session.execute(delete(Acknowledgement).where(Acknowledgement.account_id == account_id))
