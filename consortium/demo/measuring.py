"""The figures that the secretariat of the story enters."""

from decimal import Decimal

from consortium.demo.stage import Turn
from participation.kpis.actions import enter_measurement, kpi_by_key
from participation.kpis.port import Reading


def measure(turn: Turn) -> None:
    told = turn.detail
    kpi = kpi_by_key(turn.session, turn.on)
    if kpi is None:
        raise ValueError(f"the council file has no KPI {turn.on!r}")
    reading = Reading(
        year=told["year"],
        value=Decimal(told["value"]),
        citation=told["citation"],
        url=told["url"],
        note=told.get("note", ""),
    )
    enter_measurement(turn.session, turn.actor, kpi, reading, now=turn.now)
