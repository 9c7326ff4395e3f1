"""Questions and facilitators of a workshop, all of them anew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from participation.policy import N_, Actor, ensure
from workshops.actions import appoint, dismiss, drop_question, held, set_question
from workshops.models import WorkshopQuestion
from workshops.policy import may_appoint, may_change_rules
from workshops.problems import Problem, Wrong
from workshops.queries import facilitators, questions_of

TWICE = N_("There is another question of this name in the list.")


@dataclass(frozen=True, kw_only=True)
class Question:
    """`options`: (key, label) of each answer."""

    key: str
    label: Mapping[str, str]
    why: Mapping[str, str]
    options: Sequence[tuple[str, Mapping[str, str]]]


def replace_questions(
    session: Session, actor: Actor, workshop_id: int, asked: Sequence[Question], *, now: datetime
) -> None:
    """Ask exactly these, in this order. Quotas on answers that are gone go with them.

    Raises:
        Wrong: see `set_question`; its fields begin with `questions.` and the place in the list.
    """
    ensure(may_change_rules(actor, held(session, workshop_id)))
    keys = [each.key for each in asked]
    for place, key in enumerate(keys):
        if key in keys[:place]:
            raise Wrong(Problem(f"questions.{place}.key", TWICE))
    for gone in questions_of(session, workshop_id):
        if gone.key not in keys:
            drop_question(session, actor, workshop_id, gone.key, now=now)
    for place, each in enumerate(asked):
        try:
            row = set_question(session, actor, workshop_id, each.key, each.label, each.why, each.options, now=now)
        except Wrong as wrong:
            at = f"questions.{place}"
            raise Wrong(*(replace(problem, field=f"{at}.{problem.field}") for problem in wrong.problems)) from None
        session.execute(update(WorkshopQuestion).where(WorkshopQuestion.id == row.id).values(position=place + 1))


def replace_facilitators(
    session: Session, actor: Actor, workshop_id: int, wanted: Sequence[int], *, now: datetime
) -> None:
    """Exactly these accounts facilitate the workshop from now on."""
    ensure(may_appoint(actor))
    known = {each.account_id for each in facilitators(session, workshop_id)}
    for account_id in dict.fromkeys(wanted):
        if account_id not in known:
            appoint(session, actor, workshop_id, account_id, now=now)
    for account_id in known - set(wanted):
        dismiss(session, actor, workshop_id, account_id, now=now)
