"""The two programmes behind a draw, solved by HiGHS (highs.dev): the only module that knows it.

One thread and a fixed seed, and limits by steps, never by the clock: the same input gives the same result.
"""

from collections.abc import Sequence
from typing import Any

import highspy

from workshops.draw.problem import Panel, Problem

INF = highspy.kHighsInf
CORE = 64  # types whose seats are decided in whole numbers at first


def solver_version() -> str:
    """Its name and version: another one could find another lottery that is just as fair."""
    return f"HiGHS {highspy.Highs().version()}"


def _highs() -> Any:
    solver = highspy.Highs()
    settings = {"output_flag": False, "threads": 1, "parallel": "off", "random_seed": 0}
    for name, value in settings.items():
        solver.setOptionValue(name, value)
    return solver


def _columns(solver: Any, tops: Sequence[float], *, whole: bool) -> None:
    for number, top in enumerate(tops):
        solver.addVar(0.0, float(top))
        if whole:
            solver.changeColIntegrality(number, highspy.HighsVarType.kInteger)


def _solved(solver: Any) -> bool:
    solver.run()
    status = solver.getModelStatus()
    if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
        return False
    return bool(solver.getSolution().value_valid)


class Panels:
    """Panels that meet every quota: the integer programme, solved by its core (Balas and Zemel, "An algorithm for large
    zero-one knapsack problems", Operations Research 28, 1980).

    The linear relaxation is quick, begun where it ended for the prices before; its reduced costs say of which types the
    seats are in doubt. Only these are decided in whole numbers, the others keep what the relaxation gave them.
    """

    def __init__(self, problem: Problem) -> None:
        self._sizes, self._places = problem.sizes, list(range(len(problem.sizes)))
        self._relaxed, self._whole = _programme(problem, whole=False), _programme(problem, whole=True)

    def best(self, worth: Sequence[float], *, rough: bool = False) -> Panel | None:
        """A panel whose seats are worth most together; None where no panel meets the quotas. A `rough` one is the best
        of the core alone, which is near that, but nobody has proved it."""
        for solver in (self._relaxed, self._whole):
            solver.changeColsCost(len(self._places), self._places, list(worth))
        if not _solved(self._relaxed):
            return None
        bound, solution = self._relaxed.getInfo().objective_function_value, self._relaxed.getSolution()
        seats, losses = list(solution.col_value), [abs(cost) for cost in solution.col_dual]
        order = sorted(self._places, key=lambda place: (seats[place] == round(seats[place]), losses[place]))
        core = min(CORE, len(order))
        while True:
            panel = self._decide(seats, order[:core])
            if core == len(order):
                return panel
            if panel is None:
                core = min(4 * core, len(order))
                continue
            gain = bound - sum(value * count for value, count in zip(worth, panel, strict=True))
            doubted = sum(loss < gain for loss in losses)  # whoever else moves costs more than there is to be gained
            if rough or doubted <= core:
                return panel
            core = doubted

    def _decide(self, seats: Sequence[float], core: Sequence[int]) -> Panel | None:
        inside = set(core)
        least = [0.0 if place in inside else float(round(seats[place])) for place in self._places]
        most = [float(self._sizes[place]) if place in inside else least[place] for place in self._places]
        self._whole.changeColsBounds(len(self._places), self._places, least, most)
        if not _solved(self._whole):
            return None
        return tuple(round(value) for value in list(self._whole.getSolution().col_value))


def _programme(problem: Problem, *, whole: bool) -> Any:
    """Seats of each type that meet the quotas, to be worth as much as possible."""
    solver = _highs()
    _columns(solver, problem.sizes, whole=whole)
    _quota_rows(solver, problem)
    solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
    solver.setOptionValue("mip_rel_gap", 0.0)
    return solver


def _quota_rows(solver: Any, problem: Problem) -> None:
    everybody = list(range(len(problem.types)))
    solver.addRow(float(problem.seats), float(problem.seats), len(everybody), everybody, [1.0] * len(everybody))
    for quota in problem.quotas:
        inside = problem.types_in(quota)
        solver.addRow(float(quota.min), float(quota.max), len(inside), inside, [1.0] * len(inside))


class Ceiling:
    """How large the smallest chance could be if seats could be split: no lottery is fairer than that."""

    def __init__(self, problem: Problem) -> None:
        self._sizes, self._solver = problem.sizes, _highs()
        _columns(self._solver, problem.sizes, whole=False)
        _quota_rows(self._solver, problem)
        self._solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self._first, self._smallest = self._solver.getNumRow(), len(self._sizes)
        self._solver.addVar(0.0, 1.0)
        self._solver.changeColCost(self._smallest, 1.0)
        for number, size in enumerate(self._sizes):
            self._solver.addRow(0.0, INF, 2, [number, self._smallest], [1.0 / size, -1.0])

    def find(self, fixed: Sequence[float | None]) -> tuple[float, list[float]]:
        """(smallest chance of those that are not fixed, price of each type's chance)."""
        for number, chance in enumerate(fixed):
            row = self._first + number
            self._solver.changeCoeff(row, self._smallest, -1.0 if chance is None else 0.0)
            self._solver.changeRowBounds(row, chance or 0.0, INF)
        _solved(self._solver)
        prices = list(self._solver.getSolution().row_dual)[self._first :]
        return self._solver.getInfo().objective_function_value, [abs(price) for price in prices]


class Chances:
    """The linear programme over the panels found so far: with which chance each is drawn."""

    def __init__(self, sizes: Sequence[int]) -> None:
        self._sizes, self._solver = sizes, _highs()
        self._solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self._solver.addVar(0.0, 1.0)  # the smallest chance
        self._solver.changeColCost(0, 1.0)
        for _ in sizes:
            self._solver.addRow(0.0, INF, 1, [0], [-1.0])
        self._solver.addRow(1.0, 1.0, 0, [], [])  # one panel is drawn

    def add(self, panel: Panel) -> None:
        rows = [number for number, seats in enumerate(panel) if seats]
        values = [panel[number] / self._sizes[number] for number in rows]
        self._solver.addCol(0.0, 0.0, INF, len(rows) + 1, [*rows, len(self._sizes)], [*values, 1.0])

    def fix(self, number: int, chance: float) -> None:
        """From now on this type has at least this chance, and the smallest chance is one of the others."""
        self._solver.changeCoeff(number, 0, 0.0)
        self._solver.changeRowBounds(number, chance, INF)

    def find(self) -> tuple[float, list[float], list[float], float]:
        """(smallest chance, chance of each panel, price of each type's chance, price of a panel)."""
        _solved(self._solver)
        solution = self._solver.getSolution()
        values, prices = list(solution.col_value), list(solution.row_dual)
        return values[0], values[1:], [max(0.0, -price) for price in prices[:-1]], prices[-1]


def relaxed(problem: Problem) -> list[tuple[int, int]] | None:
    """By how many people each quota would have to give way (below its minimum, above its maximum) so that a panel
    exists, as few people as possible together; None where there are not enough people for the seats."""
    solver, count = _highs(), len(problem.types)
    _columns(solver, problem.sizes, whole=True)
    everybody = list(range(count))
    solver.addRow(float(problem.seats), float(problem.seats), count, everybody, [1.0] * count)
    for place, quota in enumerate(problem.quotas):
        inside, less, more = problem.types_in(quota), count + 2 * place, count + 2 * place + 1
        for number in (less, more):
            solver.addVar(0.0, float(problem.seats))
            solver.changeColIntegrality(number, highspy.HighsVarType.kInteger)
            solver.changeColCost(number, 1.0)
        columns = [*inside, less, more]
        values = [*([1.0] * len(inside)), 1.0, -1.0]
        solver.addRow(float(quota.min), float(quota.max), len(columns), columns, values)
    if not _solved(solver):
        return None
    slack = [round(value) for value in list(solver.getSolution().col_value)[count:]]
    return list(zip(slack[::2], slack[1::2], strict=True))
