"""Triggers that hold what voters rely on, whoever asks the database.

From the first vote the ballot's text, rules, options and those who may vote stay; hidden and secret are never taken
back once it is open; from the close on nothing of the roll, the counted ballots and the result moves. They stop
mistakes and careless hands; against whoever owns the database stand the digests in the audit log (`sealing.py`).
"""

from functools import partial

from sqlalchemy import Table

from participation import guarding
from proposals.ballots.models import (
    Ballot,
    BallotArea,
    BallotOption,
    BallotResult,
    CastBallot,
    CountedBallot,
    Postponement,
    Turnout,
)

MESSAGE = "a ballot stays as its voters knew it"
_FROZEN = (
    "slug, process_id, title, description, pledge, method, rules, opens_at, hidden, secret, quorum, "
    "quorum_kind, needs, shuffle, salt, seed, frozen_at, opened_at"
)


def _ballot_is(row: str, condition: str) -> str:
    return f"EXISTS (SELECT 1 FROM ballot b WHERE b.id = {row}.ballot_id AND {condition})"


_VOTED, _OPEN, _CLOSED = "b.frozen_at IS NOT NULL", "b.state = 'open'", "b.state = 'closed'"


Guard = partial(guarding.Guard, message=MESSAGE)


def _append_only(table: Table, while_: str) -> tuple[guarding.Guard, ...]:
    name = table.name
    return (
        Guard(f"{name}_comes_in_time", table, "INSERT", f"NOT {_ballot_is('NEW', while_)}"),
        Guard(f"{name}_stays", table, "UPDATE", ""),
        Guard(f"{name}_remains", table, "DELETE", ""),
        Guard(f"{name}_is_not_emptied", table, "TRUNCATE", ""),
    )


def _with_the_ballot(table: Table) -> tuple[guarding.Guard, ...]:
    """What belongs to the rules: as long as nobody has voted."""
    new, old = _ballot_is("NEW", _VOTED), _ballot_is("OLD", _VOTED)
    return (
        Guard(f"{table.name}_comes_before", table, "INSERT", new),
        Guard(f"{table.name}_stays", table, "UPDATE", f"{new} OR {old}"),
        Guard(f"{table.name}_remains", table, "DELETE", old),
    )


_ballot, _cast = Ballot.__table__, CastBallot.__table__
GUARDS = (
    Guard(
        "ballot_closes_no_earlier",
        _ballot,
        "UPDATE OF closes_at",
        "OLD.frozen_at IS NOT NULL AND (NEW.closes_at IS NULL OR NEW.closes_at < OLD.closes_at"
        " OR NEW.closes_at <> OLD.closes_at AND OLD.state <> 'open')",
    ),
    Guard("ballot_stays", _ballot, f"UPDATE OF {_FROZEN}", "OLD.frozen_at IS NOT NULL"),
    Guard(
        "ballot_keeps_its_promise",
        _ballot,
        "UPDATE OF hidden, secret",
        "OLD.state <> 'draft' AND (OLD.hidden AND NOT NEW.hidden OR OLD.secret AND NOT NEW.secret)",
    ),
    Guard(
        "ballot_goes_forward",
        _ballot,
        "UPDATE OF state",
        "OLD.state IN ('closed', 'published', 'called_off') AND OLD.state <> NEW.state"
        " AND NOT (OLD.state = 'closed' AND NEW.state = 'published') OR OLD.state = 'open' AND NEW.state = 'draft'",
    ),
    Guard("ballot_remains", _ballot, "DELETE", "OLD.state <> 'draft'"),
    *_with_the_ballot(BallotOption.__table__),
    *_with_the_ballot(BallotArea.__table__),
    *_append_only(Turnout.__table__, _OPEN),
    Guard("ballot_cast_comes_in_time", _cast, "INSERT", f"NOT {_ballot_is('NEW', _OPEN)}"),
    Guard("ballot_cast_changes_in_time", _cast, "UPDATE", f"NOT {_ballot_is('NEW', _OPEN)}"),
    Guard("ballot_cast_is_not_lost", _cast, "DELETE", _ballot_is("OLD", _OPEN)),
    *_append_only(CountedBallot.__table__, _OPEN),
    *_append_only(BallotResult.__table__, _CLOSED),
)
POSTPONED = _append_only(Postponement.__table__, _OPEN)  # their table came later than those above
statements = partial(guarding.statements, GUARDS)
guarding.listen((*GUARDS, *POSTPONED))
