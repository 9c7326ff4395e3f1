"""What a survey still lacks before it can be opened."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from participation.db import Localized
from participation.policy import N_
from participation.surveys.models import RULING, Kind
from participation.surveys.questions import Question


@dataclass(frozen=True)
class Gap:
    """`says` is a message id; `question_id` is None where it is about the survey itself."""

    says: str
    values: tuple[tuple[str, object], ...] = ()
    question_id: int | None = None


def gaps_of(
    title: Localized, closes_at: datetime | None, questions: Sequence[Question], now: datetime
) -> tuple[Gap, ...]:
    """Everything that is missing, in the order of the form."""
    found = []
    if not title.get("ja"):
        found.append(Gap(N_("Please write a title.")))
    if closes_at is not None and closes_at <= now:
        found.append(Gap(N_("The end of the survey lies in the past.")))
    if not questions:
        found.append(Gap(N_("Please add a question.")))
    for place, question in enumerate(questions):
        about = (("number", question.number),)
        found += [Gap(says, about, question.id) for says in _of_question(question, questions[:place])]
    return tuple(found)


def _of_question(question: Question, before: Sequence[Question]) -> Iterator[str]:
    if not question.title.get("ja"):
        yield N_("Question %(number)s has no words yet.")
    if question.kind in (Kind.SINGLE, Kind.MULTIPLE) and len(question.options) + question.other < 2:
        yield N_("Question %(number)s needs at least two answers to choose from.")
    if question.kind == Kind.MATRIX and (len(question.options) < 2 or not question.rows):
        yield N_("Question %(number)s needs rows and at least two answers to choose from.")
    if question.kind == Kind.MULTIPLE and (question.least or 0) > len(question.options) + question.other:
        yield N_("Question %(number)s asks for more answers than there are.")
    if question.shown_by_id is not None and not _rules(question, before):
        yield N_("Question %(number)s depends on an answer that is not there.")


def _rules(question: Question, before: Sequence[Question]) -> bool:
    """Whether its rule names answers of an earlier question."""
    ruling = next((each for each in before if each.id == question.shown_by_id), None)
    if ruling is None or ruling.kind not in RULING:
        return False
    return bool(question.shown_if) and set(question.shown_if) <= set(ruling.answers)
