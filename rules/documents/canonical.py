"""The bytes of a version that are frozen and hashed.

They are the UTF-8 text of one JSON object in the form of RFC 8785 (JSON Canonicalization Scheme): keys in order, no
space between tokens. It holds `document` (slug), `kind`, `version` (number), `title`, and `sections` in their order,
each with `key`, `heading`, `body` and, where it has one, `check`. Titles, headings and bodies are objects by language.
Stage and dates are not part of it: adopting a text does not change the text.
Anybody recomputes the hash: `curl -s https://…/documents/SLUG/NUMBER/text.json | sha256sum`.
"""

import hashlib
from collections.abc import Sequence
from typing import Any

from participation.events import canonical
from rules.documents.models import Document, Section, Version


def canonical_bytes(document: Document, version: Version, sections: Sequence[Section]) -> bytes:
    """What is hashed; `sections` in their order."""
    body = {
        "document": document.slug,
        "kind": str(document.kind),
        "sections": [_section(section) for section in sections],
        "title": dict(version.title),
        "version": version.number,
    }
    return canonical(body).encode()


def sha256_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _section(section: Section) -> dict[str, Any]:
    text = {"key": section.key, "heading": dict(section.heading), "body": dict(section.body)}
    return {**text, "check": whole(section.check)} if section.check else text


def whole(value: Any) -> Any:
    """Numbers as RFC 8785 writes them: 1.0 is 1."""
    if isinstance(value, dict):
        return {key: whole(each) for key, each in value.items()}
    if isinstance(value, list):
        return [whole(each) for each in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
