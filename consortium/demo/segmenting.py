"""Quarterly reports of the story: their days follow the calendar of the quarters, whatever the day of loading is."""

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from consortium.demo.scenes import Scene
from consortium.demo.stage import Turn
from consortium.feedback.models import AgeBand
from consortium.segments.actions import hand_in
from consortium.segments.hiding import Figure
from consortium.segments.models import Dimension, Gender
from consortium.segments.quarters import last_quarters, read_quarter
from consortium.services.queries import service_slug, whole_service
from participation.web.i18n import ZONE

SEASONS = (0.96, 1.04, 1.08, 0.92)  # of the four quarters
AREAS = 3  # living areas whose people a report tells apart


def segment_scenes(
    reports: Sequence[Mapping[str, Any]], services: Sequence[Mapping[str, Any]], today: date
) -> Iterator[Scene]:
    """`last` quarters of the last year that are over, the newest first, are reported `after` days after their end,
    where that lies between the day on which the service was entered and today; one may be corrected some days later."""
    newest = last_quarters(datetime.combine(today, datetime.min.time(), ZONE))
    entered = {service["key"]: service["entered"] for service in services}
    for told in reports:
        for back in told["last"]:
            quarter = newest[back]
            day = (quarter.ends - today).days + told["after"]
            if not entered[told["service"]] < day < 0:
                continue
            detail = {**told, "quarter": quarter.key, "back": back}
            yield Scene(day, "report_quarter", told["by"], told["service"], detail)
            if told.get("corrected", {}).get("quarter") == back:
                fixed = {**detail, **told["corrected"], "quarter": quarter.key}
                at = min(day + told["corrected"]["days"], -1)
                yield Scene(at, "report_quarter", told["by"], told["service"], fixed)


def report_quarter(turn: Turn) -> None:
    told, quarter = turn.detail, read_quarter(turn.detail["quarter"])
    view = whole_service(turn.session, service_slug(turn.session, turn.stage.services[turn.on]) or "")
    assert view is not None and quarter is not None  # the story enters the service before
    users = round(told["users"] * SEASONS[quarter.number - 1] / (1 + told["grows"] * told["back"]))
    areas = list(turn.stage.areas)[:AREAS]
    figures = _figures(f"{turn.on} {quarter.key}", users, told["satisfaction"] - 0.05 * told["back"], told, areas)
    hand_in(turn.session, turn.actor, view.line, quarter, figures, told.get("reason", ""), now=turn.now)


def _figures(seed: str, users: int, mark: float, told: Mapping[str, Any], areas: Sequence[str]) -> list[Figure]:
    """The users spread over the segments by the weights that the file gives."""
    chance = random.Random(seed)
    found = [Figure(Dimension.TOTAL, "", users, round(mark, 2))]
    spread = (
        (Dimension.AGE, list(AgeBand), told["ages"]),
        (Dimension.GENDER, list(Gender), told["genders"]),
        (Dimension.AREA, areas, [3, 2, 1]),
    )
    for dimension, segments, weights in spread:
        known = users * 0.97  # some say nothing
        for segment, weight in zip(segments, weights, strict=True):
            people = int(known * weight / sum(weights))
            own = max(1.0, min(5.0, mark + chance.uniform(-0.4, 0.4)))
            found.append(Figure(dimension, str(segment), people, round(own, 1) if people else None))
    return found


VERBS = {"report_quarter": report_quarter}
