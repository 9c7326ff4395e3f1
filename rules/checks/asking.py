"""What of the board is asked for: the same for the page, the table and the API."""

from collections.abc import Sequence
from dataclasses import dataclass

from participation.web import Context
from rules.checks.port import State, SubjectKind
from rules.checks.queries import Board, Cell, Line, board

SORTS = ("name", "state")


@dataclass(frozen=True)
class Wanted:
    """`state`, `rule` and `group` (kind of organisation) are empty where everything is wanted."""

    kind: SubjectKind
    rule: str
    group: str
    state: str
    sort: str

    def lines(self, found: Board) -> tuple[Line, ...]:
        """Those that fit, in the order asked for. A line stays whole when one of its cells has the state."""
        fitting = [line for line in found.lines if self._fits(line)]
        if self.sort == "state":
            fitting.sort(key=lambda line: line.trouble, reverse=True)
        return tuple(fitting)

    def cells(self, found: Board) -> list[Cell]:
        """The single findings that fit."""
        lines: Sequence[Line] = self.lines(found)
        return [cell for line in lines for cell in line.cells if self.state in ("", cell.state)]

    def _fits(self, line: Line) -> bool:
        states = [cell.state for cell in line.cells]
        return self.group in ("", line.subject.group) and (not self.state or self.state in states)


def wanted(ctx: Context) -> Wanted:
    """The filters of the address; what cannot be used counts as not given."""
    kind, state, sort = (ctx.query.get(name, "") for name in ("kind", "state", "sort"))
    return Wanted(
        SubjectKind(kind) if kind in list(SubjectKind) else SubjectKind.ORGANISATION,
        ctx.query.get("rule", "")[:60],
        ctx.query.get("group", "")[:60],
        state if state in list(State) else "",
        sort if sort in SORTS else SORTS[0],
    )


def asked_board(ctx: Context, asked: Wanted) -> Board:
    """Everything of the kind (and rule) asked for, before the other filters."""
    return board(ctx.session, ctx.services.registry, asked.kind, ctx.now, asked.rule)
