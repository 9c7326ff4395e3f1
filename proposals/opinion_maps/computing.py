"""One computation of a map from the database: `python -m proposals.opinion_maps.computing MAP FILE`.

In a process of its own: a server neither loads numpy nor stands still while a large map is computed.
"""

import base64
import json
import os
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import String, bindparam, cast, func, select
from sqlalchemy.orm import Session

from participation.db import COMMA, Database
from participation.subjects import Subject
from proposals.opinion_maps.figures import figures, lettered
from proposals.opinion_maps.mapping import Held, map_opinions, unpacked
from proposals.opinion_maps.models import OpinionResult, OpinionStatement, OpinionVote, StatementState
from proposals.opinion_maps.places import pack, unpack

NICE = 19  # whoever waits for a page goes first
SHOWN = (OpinionStatement.state == StatementState.ACCEPTED, Subject.hidden_at.is_(None))
OF_MAP = OpinionStatement.map_id == bindparam("map")
CHANGES = (
    select(func.coalesce(func.sum(OpinionStatement.changes), 0))
    .join(Subject, Subject.id == OpinionStatement.id)
    .where(OF_MAP, *SHOWN)
)
_STATEMENTS = (
    select(OpinionStatement.id, OpinionStatement.number)
    .join(Subject, Subject.id == OpinionStatement.id)
    .where(OF_MAP, *SHOWN)
)
_CODE = cast(OpinionVote.participant_id * 3 + OpinionVote.vote + 1, String)
_VOTES = (
    select(OpinionVote.statement_id, func.aggregate_strings(_CODE, COMMA))
    .where(OpinionVote.statement_id.in_(bindparam("statements", expanding=True)))
    .group_by(OpinionVote.statement_id)
)


def compute(session: Session, map_id: int) -> dict[str, Any]:
    """The columns of the map's next result, as JSON can hold them."""
    changes = session.scalar(CHANGES, {"map": map_id})
    before = session.get(OpinionResult, map_id)
    numbers = {id: str(number) for id, number in session.execute(_STATEMENTS, {"map": map_id})}
    votes = dict(session.execute(_VOTES, {"statements": list(numbers)}).all())
    matrix = unpacked({number: votes.get(id) or "" for id, number in numbers.items()})
    found = map_opinions(matrix, Held(*before.held) if before else None)
    letters = lettered(found, unpack(before.places) if before else {})
    places = {int(who): (letters[found.groups[who]], *point) for who, point in found.points.items()}
    return {
        "changes": changes,
        "held": [found.held.k, found.held.rival, found.held.wins],
        "figures": figures(found, letters),
        "places": base64.b64encode(pack(places)).decode(),
    }


def main(map_id: str, file: str) -> None:
    os.nice(NICE)
    database = Database(os.environ["SANPO_DATABASE_URL"], owner=False, readers=1)
    with database.read() as session:
        told = compute(session, int(map_id))
    Path(file).write_text(json.dumps(told, allow_nan=False), encoding="utf-8")
    database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
