"""The words for KPIs: message ids, and amounts and targets as sentences."""

from collections.abc import Callable
from decimal import Decimal

from participation.db import Localized
from participation.kpis.judging import WITHOUT_NUMBER, Aim, Comparator, Outcome
from participation.kpis.models import Kind, Level
from participation.kpis.years import NAMES, Calendar
from participation.policy import N_
from participation.web.i18n import show_number

Translate = Callable[..., str]

KINDS = {Kind.KGI: N_("Main goal (KGI)"), Kind.OUTCOME: N_("Outcome"), Kind.OUTPUT: N_("Output")}
CALENDARS = {Calendar.FISCAL: N_("Fiscal years (April to March)"), Calendar.CALENDAR: N_("Calendar years")}
LEVELS = {Level.ISSUE: N_("Issue"), Level.GOAL: N_("Goal"), Level.MEASURE: N_("Measure")}
COMPARATORS = {
    Comparator.AT_LEAST: N_("At least the target"),
    Comparator.AT_MOST: N_("At most the target"),
    Comparator.BELOW: N_("Below the target"),
    Comparator.MAINTAIN: N_("Hold the level"),
    Comparator.INCREASE: N_("More than the baseline"),
    Comparator.INCREASE_BY: N_("Growth in percent"),
    Comparator.RANGE: N_("Within a range"),
    Comparator.RANK: N_("A rank, 1 being the best"),
}
OUTCOMES = {
    Outcome.MET: N_("Target reached"),
    Outcome.MISSED: N_("Target missed"),
    Outcome.UNDER_WAY: N_("Year still running"),
    Outcome.TO_COME: N_("Target still to come"),
    Outcome.NO_DATA: N_("No data yet"),
}
MOODS = {
    Outcome.MET: "good",
    Outcome.MISSED: "bad",
    Outcome.UNDER_WAY: "wait",
    Outcome.TO_COME: "open",
    Outcome.NO_DATA: "",
}
SYMBOLS = {
    Outcome.MET: "\u2713",
    Outcome.MISSED: "\u00d7",
    Outcome.UNDER_WAY: "\u2026",
    Outcome.TO_COME: "\u2192",
    Outcome.NO_DATA: "\u2013",
}
TARGETS = {
    Comparator.AT_LEAST: N_("%(n)s or more"),
    Comparator.AT_MOST: N_("%(n)s or less"),
    Comparator.BELOW: N_("below %(n)s"),
    Comparator.MAINTAIN: N_("hold %(n)s"),
    Comparator.INCREASE: N_("more than %(n)s"),
    Comparator.INCREASE_BY: N_("growth of %(n)s or more"),
    Comparator.RANGE: N_("%(n)s to %(high)s"),
    Comparator.RANK: N_("%(n)s or better"),
}
PERCENT = Localized({"ja": "%", "en": "%"})


def year_label(translate: Translate, year: int, calendar: Calendar) -> str:
    return translate(NAMES[calendar], year=year)


def amount(translate: Translate, value: Decimal | None, unit: Localized, locale: str) -> str:
    """The number with its unit; nothing for no number."""
    if value is None:
        return ""
    number, word = show_number(value, locale), unit.to(locale)
    return translate(N_("%(n)s %(unit)s"), n=number, unit=word) if word else number


def target_words(
    translate: Translate,
    comparator: Comparator,
    aim: Aim | None,
    baseline: Decimal | None,
    unit: Localized,
    locale: str,
) -> str:
    """What was promised, in words; nothing where nothing was."""
    if aim is None:
        return ""
    value = baseline if aim.value is None and comparator in WITHOUT_NUMBER else aim.value
    if value is None:
        return translate(COMPARATORS[comparator])
    unit = PERCENT if comparator == Comparator.INCREASE_BY else unit
    return translate(
        TARGETS[comparator], n=amount(translate, value, unit, locale), high=amount(translate, aim.high, unit, locale)
    )
