"""The exact words of a version, as one canonical text, and its hash."""

import hashlib

from participation.consents.models import ConsentPurpose, ConsentService, PurposeVersion
from participation.events import canonical

TRANSLATED = ("title", "summary", "reason", "retention", "third_parties", "effect")
WORDS = (*TRANSLATED, "categories", "retention_days")


def text_of(service: ConsentService, purpose: ConsentPurpose, version: PurposeVersion) -> str:
    """RFC 8785 text of everything that a person agrees to, in all languages."""
    said = {name: dict(getattr(version, name)) for name in TRANSLATED}
    return canonical(
        {
            **said,
            "categories": sorted(version.categories),
            "controller": service.controller_id,
            "purpose": purpose.key,
            "retention_days": version.retention_days,
            "service": service.key,
            "version": version.number,
        }
    )


def hash_of(text: str) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
