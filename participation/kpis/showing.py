"""A KPI in words: what the templates, the tables and the API's readers are shown, in the reader's language."""

from dataclasses import dataclass
from datetime import datetime

from participation.kpis.chart import FULL, SMALL, Chart, Frame, Series, draw
from participation.kpis.judging import WITHOUT_NUMBER, Aim, Comparator, Outcome
from participation.kpis.labels import (
    KINDS,
    MOODS,
    OUTCOMES,
    PERCENT,
    amount,
    target_words,
    year_label,
)
from participation.kpis.queries import KpiView
from participation.kpis.standing import Line, Year
from participation.policy import N_
from participation.web import Context
from participation.web.i18n import show_number


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the table: texts, "" where there is nothing."""

    year: int
    year_label: str
    running: bool
    part: str
    target: str
    actual: str
    counted: str
    outcome: str
    mood: str
    citation: str
    url: str
    at: datetime | None
    corrected: bool
    records_url: str


@dataclass(frozen=True, kw_only=True)
class Card:
    """A KPI in a list."""

    view: KpiView
    name: str
    kind: str
    outcome: str
    mood: str
    now: str  # the newest figure
    now_label: str  # of which year
    target: str  # by which it is judged
    target_label: str
    last_target: str  # the one farthest ahead
    last_label: str
    sentence: str
    rows: tuple[Row, ...]
    chart: Chart | None


def card(ctx: Context, view: KpiView, frame: Frame = SMALL) -> Card:
    standing, words = view.standing, _Words(ctx, view)
    last = view.terms.target_years[-1:] or (None,)
    aim_year = standing.aim_year if standing else None
    return Card(
        view=view,
        name=view.name.to(ctx.locale),
        kind=ctx._(KINDS[view.kind]),
        outcome=ctx._(OUTCOMES[view.outcome]),
        mood=MOODS[view.outcome],
        now=words.figures(standing),
        now_label=words.label(standing),
        target=words.aims(aim_year),
        target_label=words.year(aim_year),
        last_target=words.aims(last[0]) if last[0] != aim_year else "",
        last_label=words.year(last[0]),
        sentence=words.sentence(),
        rows=tuple(words.row(year, line) for year in view.years for line in year.lines),
        chart=chart(ctx, view, frame),
    )


def whole(ctx: Context, view: KpiView) -> Card:
    """A KPI with its large chart."""
    return card(ctx, view, FULL)


def chart(ctx: Context, view: KpiView, frame: Frame) -> Chart | None:
    def say(value: object) -> str:
        return show_number(value, ctx.locale)  # type: ignore[arg-type]

    return draw(_series(ctx, view), frame, say, best_is_low=view.comparator == Comparator.RANK)


def _series(ctx: Context, view: KpiView) -> list[Series]:
    terms, found = view.terms, []
    for place, part in enumerate(terms.parts):
        name = view.part_name(part, ctx.locale)
        aims = [(year, terms.targets[year, part]) for year in terms.target_years if (year, part) in terms.targets]
        for end in ("value", "high"):
            dots = [(year, number) for year, aim in aims if (number := getattr(aim, end)) is not None]
            found.append(Series("target", name, dots))
        base = terms.baseline.get(part)
        if base is not None and terms.comparator in WITHOUT_NUMBER:
            held = [year for year, aim in aims if aim.value is None]
            years = sorted({view.baseline_year or held[0], held[-1]}) if held else []
            found.append(Series("target", name, [(year, base) for year in years]))
        dots = [(line.year, line.counted) for year in view.years for line in year.lines
                if line.part == part and line.counted is not None]  # fmt: skip
        if base is not None and view.baseline_year is not None and not terms.computes:
            if terms.comparator not in WITHOUT_NUMBER and all(year != view.baseline_year for year, _ in dots):
                dots.insert(0, (view.baseline_year, base))
        found.append(Series("actual two" if place else "actual", name, sorted(dots)))
    return found


class _Words:
    """The parts of one KPI in the reader's language."""

    def __init__(self, ctx: Context, view: KpiView) -> None:
        self.ctx, self.view, self.say, self.locale = ctx, view, ctx._, ctx.locale

    def year(self, year: int | None) -> str:
        return "" if year is None else year_label(self.say, year, self.view.calendar)

    def label(self, year: Year | None) -> str:
        if year is None:
            return ""
        label = self.year(year.year)
        return self.say(N_("%(year)s, so far"), year=label) if year.running and self.view.source else label

    def amount(self, line: Line) -> str:
        unit = PERCENT if self.view.comparator == Comparator.INCREASE_BY else self.view.unit
        return amount(self.say, line.counted, unit, self.locale)

    def figures(self, year: Year | None) -> str:
        """What is judged, each part with its name."""
        return self._named([(line.part, self.amount(line)) for line in year.lines]) if year else ""

    def aims(self, year: int | None) -> str:
        terms = self.view.terms
        return self._named(
            [(part, self.target(terms.targets.get((year, part)), part)) for part in terms.parts] if year else []
        )

    def target(self, aim: Aim | None, part: str) -> str:
        terms = self.view.terms
        baseline = terms.baseline.get(part)
        return target_words(self.say, terms.comparator, aim, baseline, self.view.unit, self.locale)

    def row(self, year: Year, line: Line) -> Row:
        outcome = year.outcome if line.kept is None else Outcome.MET if line.kept else Outcome.MISSED
        outcome = year.outcome if outcome == Outcome.MISSED and year.outcome == Outcome.UNDER_WAY else outcome
        known, origin = line.actual is not None, line.origin
        computed = known and self.view.figure is not None
        return Row(
            year=year.year,
            year_label=self.label(year) if known else self.year(year.year),
            running=year.running,
            part=self.view.part_name(line.part, self.locale),
            target=self.target(line.aim, line.part),
            actual=amount(self.say, line.actual, self.view.unit, self.locale),
            counted=self.amount(line) if self.view.terms.computes else "",
            outcome=self.say(OUTCOMES[outcome]) if known else "",
            mood=MOODS[outcome],
            citation=origin.citation if origin else "",
            url=origin.url if origin else "",
            at=origin.at if origin else None,
            corrected=bool(origin and origin.number > 1),
            records_url=f"{self.view.path}/records.csv?year={year.year}" if computed else "",
        )

    def sentence(self) -> str:
        """What the drawing shows, in one sentence."""
        standing, name = self.view.standing, self.view.name.to(self.locale)
        last = self.view.terms.target_years[-1:]
        goal = self.aims(last[0]) if last else ""
        if standing is None:
            if not goal:
                return self.say(N_("%(name)s: no target and no figure yet."), name=name)
            return self.say(
                N_("%(name)s: no figure yet. The target for %(year)s is %(target)s."),
                name=name, year=self.year(last[0]), target=goal,
            )  # fmt: skip
        now = {"name": name, "year": self.label(standing), "actual": self.figures(standing) or "\u2013"}
        if not goal:
            return self.say(N_("%(name)s: %(actual)s in %(year)s; there is no target yet."), **now)
        aim = self.aims(standing.aim_year) if standing.aim_year not in (None, last[0]) else ""
        after = {"last": self.year(last[0]), "goal": goal}
        if not aim:
            only = N_("%(name)s: %(actual)s in %(year)s; the target for %(last)s is %(goal)s.")
            return self.say(only, **now, **after)
        by = {"target": aim, "by": self.year(standing.aim_year)}
        return self.say(
            N_(
                "%(name)s: %(actual)s in %(year)s against a target of %(target)s for %(by)s; the target for %(last)s "
                "is %(goal)s."
            ),
            **now, **by, **after,
        )  # fmt: skip

    def _named(self, pairs: list[tuple[str, str]]) -> str:
        named = [(self.view.part_name(part, self.locale), text) for part, text in pairs if text]
        return " / ".join(f"{name} {text}" if name else text for name, text in named)
