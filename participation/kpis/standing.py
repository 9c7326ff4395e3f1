"""A KPI's years as they are judged: pure functions from definition, targets and figures to lines and a standing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from participation.kpis.judging import Aim, Comparator, Outcome, added_up, growth, judge, together

Values = Mapping[int, Decimal]  # by year, of one part


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where an entered figure was read, when it was entered and how often it was corrected."""

    citation: str
    url: str
    at: datetime
    number: int


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a KPI's figures are judged by."""

    comparator: Comparator
    cumulative_years: int | None
    parts: tuple[str, ...]
    baseline: Mapping[str, Decimal]
    targets: Mapping[tuple[int, str], Aim]
    running: int  # the year that is running now

    @property
    def target_years(self) -> tuple[int, ...]:
        return tuple(sorted({year for year, _ in self.targets}))

    @property
    def computes(self) -> bool:
        """Whether what is judged is worked out from the yearly figures, and not the figure itself."""
        of_growth = self.comparator == Comparator.INCREASE_BY and bool(self.baseline)
        return of_growth or self.cumulative_years is not None


@dataclass(frozen=True, kw_only=True)
class Line:
    """One part in one year. `actual` is the year's own figure, `counted` what is compared with the target: the sum of
    the years so far, the growth over the baseline, else the figure itself."""

    year: int
    part: str
    aim: Aim | None  # of this very year
    actual: Decimal | None
    counted: Decimal | None
    kept: bool | None  # against the target that holds in this year
    origin: Origin | None = None


@dataclass(frozen=True, kw_only=True)
class Year:
    year: int
    lines: tuple[Line, ...]
    outcome: Outcome
    aim_year: int | None  # of the target that it was judged by: its own, or the last one before
    running: bool  # the year has not ended, the figure is that of now

    @property
    def known(self) -> bool:
        return any(line.actual is not None for line in self.lines)


def years_of(
    terms: Terms, values: Mapping[str, Values], origins: Mapping[tuple[int, str], Origin]
) -> tuple[Year, ...]:
    """Every year that has a target or a figure, the earliest first."""
    known = {year for of_part in values.values() for year in of_part}
    return tuple(_year(terms, values, origins, year) for year in sorted(known | set(terms.target_years)))


def standing_of(years: Sequence[Year]) -> Year | None:
    """The year by which a KPI is judged now: the last one with a verdict, else the last one with a figure."""
    judged = [each for each in years if each.outcome in (Outcome.MET, Outcome.MISSED, Outcome.UNDER_WAY)]
    known = [each for each in years if each.known]
    return judged[-1] if judged else known[-1] if known else None


def _year(terms: Terms, values: Mapping[str, Values], origins: Mapping[tuple[int, str], Origin], year: int) -> Year:
    aim_year = _aim_year(terms, year)
    lines = tuple(_line(terms, values.get(part, {}), origins, year, part, aim_year) for part in terms.parts)
    running = year == terms.running
    return Year(year=year, lines=lines, outcome=_outcome(lines, year, aim_year, running=running), aim_year=aim_year,
                running=running)  # fmt: skip


def _line(
    terms: Terms,
    values: Values,
    origins: Mapping[tuple[int, str], Origin],
    year: int,
    part: str,
    aim_year: int | None,
) -> Line:
    counted, baseline = _counted(terms, values, year, part), terms.baseline.get(part)
    aim = terms.targets.get((aim_year, part)) if aim_year is not None else None
    return Line(
        year=year,
        part=part,
        aim=terms.targets.get((year, part)),
        actual=values.get(year),
        counted=counted,
        kept=judge(terms.comparator, counted, aim, baseline) if aim is not None else None,
        origin=origins.get((year, part)),
    )


def _aim_year(terms: Terms, year: int) -> int | None:
    """A target holds until the next one; a sum over years is asked for in its last year alone."""
    if terms.cumulative_years is not None:
        return year if year in terms.target_years else None
    return max((each for each in terms.target_years if each <= year), default=None)


def _counted(terms: Terms, values: Values, year: int, part: str) -> Decimal | None:
    if terms.cumulative_years is not None:
        last = min((each for each in terms.target_years if each >= year), default=None)
        return None if last is None else added_up(values, last - terms.cumulative_years + 1, year)
    actual = values.get(year)
    if actual is not None and terms.comparator == Comparator.INCREASE_BY:
        return growth(actual, terms.baseline.get(part))
    return actual


def _outcome(lines: tuple[Line, ...], year: int, aim_year: int | None, *, running: bool) -> Outcome:
    if all(line.actual is None for line in lines):
        return Outcome.NO_DATA
    if aim_year is None:
        return Outcome.TO_COME
    kept = together([line.kept for line in lines])
    if kept is None:
        return Outcome.NO_DATA
    if kept:
        return Outcome.MET
    return Outcome.UNDER_WAY if running and aim_year == year else Outcome.MISSED
