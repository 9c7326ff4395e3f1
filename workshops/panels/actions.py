"""What organisers do with a draw, and what the worker keeps of it: the source, the public number, eased quotas, the
panel."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from participation.db import Localized
from participation.events import record
from participation.policy import N_, Actor, ensure
from workshops.actions import held as held_workshop
from workshops.panels.closing import held
from workshops.panels.events import PanelDrawn, QuotasEased, SeedCompleted
from workshops.panels.files import Bounds, Question, quotas_text, read_bounds
from workshops.panels.inviting import invite, tell_the_rest
from workshops.panels.models import WorkshopDraw
from workshops.panels.mailing import Office
from workshops.panels.policy import may_ease, may_enter_value, may_name_source
from workshops.panels.seeds import join_seed, sha256
from workshops.problems import Problem, Wrong

MOST_SEATS = N_("There are at most %(most)s seats.")


def name_source(
    session: Session, actor: Actor, workshop_id: int, source: Mapping[str, str], *, now: datetime
) -> None:
    """Say which public number will complete the seed; announced at once.

    Raises:
        Refused: see `may_name_source`.
    """
    workshop = held_workshop(session, workshop_id)
    draw = held(session, workshop_id)
    ensure(may_name_source(actor, workshop, draw))
    draw.source = Localized(source)
    session.flush()


def enter_value(
    session: Session, actor: Actor, workshop_id: int, value: str, url: str, *, answer_days: int, now: datetime
) -> None:
    """The public number as it was published at `url`. The worker draws then; nothing of it can be changed any more.

    Raises:
        Refused: see `may_enter_value`.
    """
    workshop = held_workshop(session, workshop_id)
    draw = held(session, workshop_id)
    ensure(may_enter_value(actor, workshop, draw))
    draw.source_value, draw.source_url, draw.entered_at, draw.answer_days = value, url, now, answer_days
    draw.seed = join_seed(draw.seed_secret, value)
    session.flush()
    fact = SeedCompleted(workshop_id=workshop_id, seed_sha256=sha256(draw.seed))
    record(session, fact, actor=actor, subject_id=workshop_id, now=now)


def ease_quotas(
    session: Session, actor: Actor, workshop_id: int, bounds: Sequence[Bounds], seats: int, reason: str, *,
    now: datetime,
) -> None:  # fmt: skip
    """Other bounds for the same answers, or fewer seats, with the reason that everybody reads. They are checked anew.

    Raises:
        Refused: see `may_ease`.
        Wrong: a least number above the most, more seats than there were, other answers than before.
    """
    workshop = held_workshop(session, workshop_id)
    draw = held(session, workshop_id)
    ensure(may_ease(actor, workshop, draw))
    before = read_bounds(draw.quotas_csv)
    if {(each.feature, each.value) for each in bounds} != {(each.feature, each.value) for each in before}:
        raise Wrong(Problem("quotas", N_("Please send a least and a most number for every answer.")))
    for each in bounds:
        if not 0 <= each.minimum <= each.maximum:
            raise Wrong(Problem(f"{each.feature}.{each.value}", N_("The least number must not be above the most.")))
    if not 1 <= seats <= draw.seats:
        raise Wrong(Problem("seats", MOST_SEATS, {"most": draw.seats}))
    draw.seats, draw.quotas_csv = seats, quotas_text(bounds, _asked(before), seats)
    draw.quotas_sha256 = sha256(draw.quotas_csv)
    draw.problem, draw.checked_at, draw.eased_reason, draw.eased_at = None, None, reason, now
    session.flush()
    fact = QuotasEased(workshop_id=workshop_id, seats=seats, quotas_sha256=draw.quotas_sha256)
    record(session, fact, actor=actor, subject_id=workshop_id, now=now)


def _asked(bounds: Sequence[Bounds]) -> list[Question]:
    features = dict.fromkeys(each.feature for each in bounds)
    return [Question(key, tuple(each.value for each in bounds if each.feature == key)) for key in features]


def keep_check(
    session: Session, workshop_id: int, quotas_sha256: str, problem: list[dict[str, Any]], *, now: datetime
) -> None:
    """Whether a panel exists, as the worker found it for these quotas; dropped when they were changed meanwhile."""
    draw = held(session, workshop_id)
    if draw.checked_at is None and draw.quotas_sha256 == quotas_sha256:
        draw.checked_at, draw.problem = now, problem or None


def keep_result(
    session: Session, office: Office, workshop_id: int, result: Mapping[str, Any], engine: str, *, now: datetime
) -> None:
    """The panel as the worker drew it: sealed, its people invited, the others told. A second result changes nothing."""
    workshop = held_workshop(session, workshop_id)
    draw = held(session, workshop_id)
    if draw.drawn_at is not None:
        return
    draw.result = result_text(result)
    draw.result_sha256, draw.engine, draw.drawn_at = sha256(draw.result), engine, now
    session.flush()
    fact = PanelDrawn(workshop_id=workshop_id, result_sha256=draw.result_sha256)
    record(session, fact, actor=None, subject_id=workshop_id, now=now)
    for number in result["selected"]:
        invite(session, office, workshop, draw, number, now=now)
    tell_the_rest(session, office, workshop, result["selected"], now=now)


def result_text(result: Mapping[str, Any]) -> str:
    """What is kept and sealed: JSON with sorted keys."""
    return json.dumps(result, ensure_ascii=False, sort_keys=True, allow_nan=False, separators=(",", ":"))


def result_of(draw: WorkshopDraw) -> dict[str, Any]:
    """What `sanpo draw --json` prints of it. It must have been drawn."""
    return dict(json.loads(draw.result))
