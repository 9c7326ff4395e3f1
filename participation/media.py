"""Serving uploaded pictures to those who may see what they belong to, and clearing away those that nothing needs.

A component that keeps pictures registers `hooks={"pictures": where}`: `where(session, names)` returns the pairs
(name, subject id) of the subjects that show one of these pictures.
"""

import re
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.component import Job, Registry
from participation.policy import Actor
from participation.services import Services
from participation.settings import Settings
from participation.subjects import Subject
from participation.web import Context, NotFound, Response, get

NAME = re.compile(r"[0-9a-f]{64}\.webp")
FOREVER = "public, max-age=31536000, immutable"
GRACE = timedelta(hours=1)  # between the upload of a picture and the transaction that needs it
BATCH = 200


def uploads(settings: Settings) -> Path:
    """The folder of the uploads."""
    return settings.data / "uploads"


def show_picture(ctx: Context) -> Response:
    """The picture; public ones may be kept for ever, for their address is the hash of their content."""
    name = ctx.path["name"]
    public = _access(ctx.session, ctx.services.registry, ctx.actor, name)
    path = uploads(ctx.settings) / name
    if public is None or not path.is_file():
        raise NotFound
    headers = {
        "content-security-policy": "default-src 'none'; sandbox",
        "cache-control": FOREVER if public else "private, no-store",
    }
    return Response(path.read_bytes(), media_type="image/webp", headers=headers)


def _access(session: Session, registry: Registry, actor: Actor, name: str) -> bool | None:
    """True: everybody may see it; False: this actor may; None: not."""
    if not NAME.fullmatch(name):
        return None
    ids = [subject_id for hook in registry.hooks("pictures") for _, subject_id in hook(session, [name])]
    subjects = session.scalars(select(Subject).where(Subject.id.in_(ids))).all()
    if any(subject.visible for subject in subjects):
        return True
    for subject in subjects:
        may_see = registry.kinds[subject.kind].may_see
        if may_see is not None and may_see(session, actor, subject.id):
            return False
    return None


def sweep(services: Services, now: datetime) -> None:
    """Delete files that no row names any more: discarded drafts, forms that were never sent."""
    old = (now - GRACE).timestamp()
    files = [path for path in uploads(services.settings).glob("*") if path.stat().st_mtime < old]
    for start in range(0, len(files), BATCH):
        batch = files[start : start + BATCH]
        names = [path.name for path in batch]
        with services.db.read() as session:
            used = {name for hook in services.registry.hooks("pictures") for name, _ in hook(session, names)}
        for path in batch:
            # looked at again: it may have been uploaded anew in the meantime
            if path.name not in used and path.exists() and path.stat().st_mtime < old:
                path.unlink(missing_ok=True)


ROUTES = (get("/media/{name}", show_picture),)
JOBS = (Job("clear away pictures", sweep, every=timedelta(minutes=10)),)
