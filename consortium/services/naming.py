"""The address of a service."""

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.services.models import Service
from participation.db import Localized

RESERVED = ("new", "by-id")


def free_slug(session: Session, name: Localized) -> str:
    """Made of the English name; with a number behind it where it is taken."""
    words = re.sub(r"[^a-z0-9]+", "-", name.get("en", "").lower()).strip("-")[:50].strip("-")
    start = words if words and words not in RESERVED else "service"
    taken = set(session.scalars(select(Service.slug).where(Service.slug.like(f"{start}%"))))
    slug, number = start, 1
    while slug in taken:
        number += 1
        slug = f"{start}-{number}"
    return slug
