"""One computation of a map from the database: `python -m proposals.opinion_maps.computing MAP FILE`.

In a process of its own: a server neither loads numpy nor stands still while a large map is computed.
"""

import base64
import json
import os
import sys
from array import array
from pathlib import Path
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from participation.db import Database
from participation.subjects import Subject
from proposals.opinion_maps.figures import figures, lettered
from proposals.opinion_maps.mapping import Held, map_opinions, matrix_of
from proposals.opinion_maps.models import OpinionResult, OpinionStatement, OpinionVote, StatementState
from proposals.opinion_maps.places import pack, unpack

NICE = 10  # whoever waits for a page goes first
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
_VOTES = (
    select(OpinionVote.participant_id, OpinionVote.statement_id, OpinionVote.vote)
    .join(OpinionStatement, OpinionStatement.id == OpinionVote.statement_id)
    .join(Subject, Subject.id == OpinionStatement.id)
    .where(OF_MAP, *SHOWN)
)


def compute(session: Session, map_id: int) -> dict[str, Any]:
    """The columns of the map's next result, as JSON can hold them."""
    changes = session.scalar(CHANGES, {"map": map_id})
    before = session.get(OpinionResult, map_id)
    numbers = {id: str(number) for id, number in session.execute(_STATEMENTS, {"map": map_id})}
    place_of = {id: place for place, id in enumerate(numbers)}
    voters: dict[int, int] = {}
    who, what, votes = array("l"), array("l"), array("b")
    streamed = session.connection().execution_options(yield_per=10_000).execute(_VOTES, {"map": map_id})
    for participant, statement, vote in streamed:
        who.append(voters.setdefault(participant, len(voters)))
        what.append(place_of[statement])
        votes.append(vote)
    matrix = matrix_of([str(id) for id in voters], list(numbers.values()), who, what, votes)
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
