"""The address of a dataset."""

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.datasets.models import Dataset
from participation.db import Localized

RESERVED = ("new", "by-id")


def free_slug(session: Session, title: Localized) -> str:
    """Made of the English title; with a number behind it where it is taken."""
    words = re.sub(r"[^a-z0-9]+", "-", title.get("en", "").lower()).strip("-")[:50].strip("-")
    start = words if words and words not in RESERVED else "dataset"
    taken = set(session.scalars(select(Dataset.slug).where(Dataset.slug.like(f"{start}%"))))
    slug, number = start, 1
    while slug in taken:
        number += 1
        slug = f"{start}-{number}"
    return slug
