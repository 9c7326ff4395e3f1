"""KPIs as pages, tables and the API show them; a fixed number of queries however many there are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.component import Registry
from participation.db import Localized
from participation.figures import Figure
from participation.kpis.judging import Aim, Comparator, Outcome
from participation.kpis.models import Kind, Kpi, KpiMeasurement, KpiTarget
from participation.kpis.standing import Origin, Terms, Year, standing_of, years_of
from participation.kpis.years import Calendar, end_of, year_of


@dataclass(frozen=True, kw_only=True)
class KpiView:
    """A KPI with its years at the time of asking. `figure` is None where it is entered, or where the component that
    would compute it is not there."""

    id: int
    key: str
    name: Localized
    unit: Localized
    note: Localized
    kind: Kind
    calendar: Calendar
    comparator: Comparator
    cumulative_years: int | None
    source: str
    figure: Figure | None
    split: tuple[tuple[str, Localized], ...]
    baseline_year: int | None
    terms: Terms
    years: tuple[Year, ...]
    updated_at: datetime

    @property
    def path(self) -> str:
        return f"/kpis/{self.key}"

    @property
    def standing(self) -> Year | None:
        return standing_of(self.years)

    @property
    def outcome(self) -> Outcome:
        return self.standing.outcome if self.standing else Outcome.NO_DATA

    def part_name(self, part: str, locale: str) -> str:
        """What a part is called; the whole has no name."""
        return next((name.to(locale) for key, name in self.split if key == part), "")

    def year(self, year: int) -> Year | None:
        return next((each for each in self.years if each.year == year), None)


def kpis(session: Session, registry: Registry, now: datetime, key: str = "") -> tuple[KpiView, ...]:
    """All KPIs in their order, or the one with this key. Three queries, and those of the figures that they need."""
    wanted = select(Kpi).order_by(Kpi.position, Kpi.id)
    rows = session.scalars(wanted.where(Kpi.key == key) if key else wanted).all()
    ids = [row.id for row in rows]
    targets: dict[int, dict[tuple[int, str], Aim]] = defaultdict(dict)
    for each in session.scalars(select(KpiTarget).where(KpiTarget.kpi_id.in_(ids))):
        targets[each.kpi_id][each.year, each.part] = Aim(each.value, each.high)
    entered: dict[int, dict[tuple[int, str], KpiMeasurement]] = defaultdict(dict)
    in_order = select(KpiMeasurement).where(KpiMeasurement.kpi_id.in_(ids)).order_by(KpiMeasurement.number)
    for row in session.scalars(in_order):
        entered[row.kpi_id][row.year, row.part] = row  # the highest number holds
    computed = _computed(session, registry, rows, targets, now)
    return tuple(
        _view(row, targets[row.id], entered[row.id], computed.get(row.id, {}), figures(registry).get(row.source), now)
        for row in rows
    )


def kpi(session: Session, registry: Registry, now: datetime, key: str) -> KpiView | None:
    found = kpis(session, registry, now, key) if key else ()
    return found[0] if found else None


def figures(registry: Registry) -> dict[str, Figure]:
    """What can be computed, by name."""
    return {figure.name: figure for hook in registry.hooks("figures") for figure in hook()}


def moments_of(calendar: Calendar, first: int, now: datetime) -> dict[int, datetime]:
    """The end of each year from `first`; of the running one, now."""
    last = year_of(now, calendar)
    return {year: min(end_of(year, calendar), now) for year in range(first, last + 1)}


def _computed(
    session: Session,
    registry: Registry,
    rows: Sequence[Kpi],
    targets: Mapping[int, Mapping[tuple[int, str], Aim]],
    now: datetime,
) -> dict[int, dict[int, Decimal]]:
    """The yearly values of the computed KPIs by their ids. Each figure is asked once, for all its KPIs and years."""
    known = figures(registry)
    asked: dict[str, dict[int, dict[int, datetime]]] = defaultdict(dict)
    for row in rows:
        if row.source in known:
            first = min((year for year, _ in targets[row.id]), default=year_of(now, Calendar(row.calendar)))
            first = min(first, year_of(now, Calendar(row.calendar)))
            asked[row.source][row.id] = moments_of(Calendar(row.calendar), first, now)
    found: dict[int, dict[int, Decimal]] = {}
    for name, by_kpi in asked.items():
        moments = sorted({moment for years in by_kpi.values() for moment in years.values()})
        answers = dict(zip(moments, known[name].at(session, moments), strict=True))
        for number, years in by_kpi.items():
            found[number] = {year: Decimal(value) for year, at in years.items() if (value := answers[at]) is not None}
    return found


def _view(
    row: Kpi,
    targets: Mapping[tuple[int, str], Aim],
    entered: Mapping[tuple[int, str], KpiMeasurement],
    computed: Mapping[int, Decimal],
    figure: Figure | None,
    now: datetime,
) -> KpiView:
    calendar = Calendar(row.calendar)
    terms = Terms(
        comparator=Comparator(row.comparator),
        cumulative_years=row.cumulative_years,
        parts=row.parts,
        baseline={part: Decimal(text) for part, text in row.baseline.items()},
        targets=targets,
        running=year_of(now, calendar),
    )
    values: dict[str, dict[int, Decimal]] = {"": dict(computed)} if row.source else _by_part(entered.values())
    origins = {} if row.source else {place: _origin(each) for place, each in entered.items()}
    return KpiView(
        id=row.id,
        key=row.key,
        name=row.name,
        unit=row.unit,
        note=row.note,
        kind=Kind(row.kind),
        calendar=calendar,
        comparator=terms.comparator,
        cumulative_years=row.cumulative_years,
        source=row.source,
        figure=figure,
        split=tuple((part["key"], Localized(part)) for part in row.split),
        baseline_year=row.baseline_year,
        terms=terms,
        years=years_of(terms, values, origins),
        updated_at=row.updated_at,
    )


def _by_part(entered: Iterable[KpiMeasurement]) -> dict[str, dict[int, Decimal]]:
    found: dict[str, dict[int, Decimal]] = defaultdict(dict)
    for each in entered:
        found[each.part][each.year] = each.value
    return found


def _origin(row: KpiMeasurement) -> Origin:
    return Origin(citation=row.citation, url=row.url, at=row.at, number=row.number)
