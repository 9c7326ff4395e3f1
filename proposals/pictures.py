"""The pictures of a proposal: rows beside the files that `participation.pictures` keeps."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from participation.pictures import StoredPicture
from proposals.forms import PICTURES
from proposals.models import Picture


def where(session: Session, names: Sequence[str]) -> list[tuple[str, int]]:
    """(name, proposal id) of the proposals that show one of these pictures."""
    rows = session.execute(select(Picture.name, Picture.proposal_id).where(Picture.name.in_(names)))
    return [(name, proposal_id) for name, proposal_id in rows]


def change_pictures(
    session: Session,
    proposal_id: int,
    *,
    add: Sequence[StoredPicture] = (),
    remove: Collection[int] = (),
    alts: Mapping[int, str] | None = None,
) -> int:
    """Take pictures away, say what others show, add new ones; returns how many did not fit any more.

    The caller has made sure that the actor may change the proposal.
    """
    if remove:
        session.execute(delete(Picture).where(Picture.proposal_id == proposal_id, Picture.id.in_(remove)))
    kept = session.scalars(select(Picture).where(Picture.proposal_id == proposal_id).order_by(Picture.position)).all()
    for picture in kept:
        picture.alt = (alts or {}).get(picture.id, picture.alt)
    new = [stored for stored in add if stored.name not in {picture.name for picture in kept}]
    room = PICTURES - len(kept)
    last = max((picture.position for picture in kept), default=-1)
    for position, stored in enumerate(new[:room], last + 1):
        session.add(
            Picture(
                proposal_id=proposal_id,
                name=stored.name,
                width=stored.width,
                height=stored.height,
                position=position,
            )
        )
    session.flush()
    return max(0, len(new) - room)


