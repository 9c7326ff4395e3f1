"""One entry with everything that proves it, in a file that its holder can check without us."""

from base64 import b64decode, b64encode
from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from participation.audit import store
from participation.audit.checkpoint import BadCheckpoint, Head, VerifierKey, verify
from participation.audit.examination import Broken
from participation.audit.models import AuditHead
from participation.audit.proofs import verify_inclusion
from participation.audit.queries import Entry
from participation.events import canonical, leaf_hash

FORMAT = "sanpo-audit-proof"


def b64(digest: bytes) -> str:
    """Base64 as text, the form of every hash that leaves the platform."""
    return b64encode(digest).decode()


def as_json(entry: Entry) -> dict[str, Any]:
    """The entry's number, the object whose RFC 8785 text is its leaf, and the leaf's hash."""
    return {"seq": entry.seq, "entry": entry.leaf(), "hash": b64(entry.hash)}


def bundle(session: Session, entry: Entry, head: AuditHead) -> dict[str, Any]:
    """The entry, its path to the root of this head, and the signed head; ValueError when the head is older."""
    path = [b64(step) for step in store.inclusion(session, entry.seq, head.size)]
    return {"format": FORMAT, "version": 1, **as_json(entry), "path": path, "checkpoint": head.note}


def check_bundle(document: Any, keys: Sequence[VerifierKey]) -> Head:
    """The signed head under which the entry stands. Raises Broken when the file does not prove that."""
    if not isinstance(document, dict) or document.get("format") != FORMAT or document.get("version") != 1:
        raise Broken(-1, "this is no proof of an entry of a version that is known here")
    try:
        head = verify(document["checkpoint"], keys)
        path = [b64decode(step, validate=True) for step in document["path"]]
        leaf, seq = leaf_hash(canonical(document["entry"]).encode()), int(document["seq"])
    except BadCheckpoint as error:
        raise Broken(-1, str(error)) from error
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise Broken(-1, "a part of the proof is missing or cannot be read") from error
    if not verify_inclusion(leaf, seq, head.size, path, head.root):
        raise Broken(seq, f"entry {seq} is not in the log under this head, or it was changed")
    return head
