"""Triggers that hold what voters rely on, whoever asks the database.

From the first vote the ballot's text, rules, options and those who may vote stay; hidden and secret are never taken
back once it is open; from the close on nothing of the roll, the counted ballots and the result moves. They stop
mistakes and careless hands; against whoever owns the database stand the digests in the audit log (`sealing.py`).
"""

from dataclasses import dataclass

from sqlalchemy import DDL, Table
from sqlalchemy import event as listening

from proposals.ballots.models import (
    Ballot,
    BallotArea,
    BallotOption,
    BallotResult,
    CastBallot,
    CountedBallot,
    Turnout,
)

MESSAGE = "a ballot stays as its voters knew it"
_FROZEN = (
    "slug, process_id, title, description, pledge, method, rules, opens_at, closes_at, hidden, secret, quorum, "
    "quorum_kind, needs, shuffle, salt, seed, frozen_at, opened_at"
)


def _ballot_is(row: str, condition: str) -> str:
    return f"EXISTS (SELECT 1 FROM ballot b WHERE b.id = {row}.ballot_id AND {condition})"


_VOTED, _OPEN, _CLOSED = "b.frozen_at IS NOT NULL", "b.state = 'open'", "b.state = 'closed'"


@dataclass(frozen=True)
class Guard:
    """One refusal: of which statement, on which table, for which rows."""

    name: str
    table: Table
    statement: str
    when: str = ""

    def sqlite(self) -> list[str]:
        if self.statement == "TRUNCATE":
            return []
        when = f"WHEN {self.when} " if self.when else ""
        refusal = f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        return [f"CREATE TRIGGER {self.name} BEFORE {self.statement} ON {self.table.name} FOR EACH ROW {when}{refusal}"]

    def postgresql(self) -> list[str]:
        """A function of its own, for the condition of a trigger may not look at other tables there."""
        each = "STATEMENT" if self.statement == "TRUNCATE" else "ROW"
        row = "OLD" if self.statement == "DELETE" else "NEW"
        refusal = f"RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';"
        body = f"IF {self.when} THEN {refusal} END IF; RETURN {row};" if self.when else f"{refusal} RETURN NULL;"
        return [
            f"CREATE OR REPLACE FUNCTION sanpo_{self.name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {body} END $$",
            f"CREATE TRIGGER {self.name} BEFORE {self.statement} ON {self.table.name} FOR EACH {each} "
            f"EXECUTE FUNCTION sanpo_{self.name}()",
        ]


def _append_only(table: Table, while_: str) -> tuple[Guard, ...]:
    name = table.name
    return (
        Guard(f"{name}_comes_in_time", table, "INSERT", f"NOT {_ballot_is('NEW', while_)}"),
        Guard(f"{name}_stays", table, "UPDATE"),
        Guard(f"{name}_remains", table, "DELETE"),
        Guard(f"{name}_is_not_emptied", table, "TRUNCATE"),
    )


def _with_the_ballot(table: Table) -> tuple[Guard, ...]:
    """What belongs to the rules: as long as nobody has voted."""
    new, old = _ballot_is("NEW", _VOTED), _ballot_is("OLD", _VOTED)
    return (
        Guard(f"{table.name}_comes_before", table, "INSERT", new),
        Guard(f"{table.name}_stays", table, "UPDATE", f"{new} OR {old}"),
        Guard(f"{table.name}_remains", table, "DELETE", old),
    )


_ballot, _cast = Ballot.__table__, CastBallot.__table__
GUARDS = (
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


def statements(dialect: str) -> list[str]:
    """The statements that set up every guard, for a migration on "sqlite" or "postgresql"."""
    return [text for guard in GUARDS for text in getattr(guard, dialect)()]


def _listen() -> None:
    for guard in GUARDS:
        for dialect in ("sqlite", "postgresql"):
            for text in getattr(guard, dialect)():
                listening.listen(guard.table, "after_create", DDL(text).execute_if(dialect=dialect))


_listen()
