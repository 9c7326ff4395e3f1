"""Questions as values: on which page each stands, which are asked, and what a filled form says.

A question is asked if it has no rule, or if the earlier question that its rule names is asked itself and has one of the
named answers. As only earlier questions can be named there are no circles, and answers to questions that are not asked
are not counted.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from participation.db import Localized
from participation.events import canonical
from participation.policy import N_
from participation.surveys.models import Kind, SurveyQuestion
from participation.web.fields import clean

OTHER = "other"
LONGEST = 2_000  # characters of an answer in own words
Errors = dict[str, tuple[str, dict[str, Any]]]  # by field: a message id with its values


@dataclass(frozen=True)
class Option:
    key: str
    text: Localized


@dataclass(frozen=True, kw_only=True)
class Question:
    id: int
    number: int  # as people count: from 1
    kind: Kind
    title: Localized
    hint: Localized
    required: bool
    breaks: bool
    section: Localized
    options: tuple[Option, ...]
    rows: tuple[Option, ...]
    other: bool
    least: int | None
    most: int | None
    steps: int
    low: Localized
    high: Localized
    shown_by_id: int | None
    shown_if: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"q{self.id}"

    @property
    def marks(self) -> tuple[str, ...]:
        """The steps of a scale."""
        return tuple(str(step) for step in range(1, self.steps + 1))

    @property
    def answers(self) -> tuple[str, ...]:
        """The answers that can decide whether a later question is asked."""
        if self.kind == Kind.SCALE:
            return self.marks
        return (*(option.key for option in self.options), *((OTHER,) if self.other else ()))

    @property
    def names(self) -> tuple[str, ...]:
        """Its fields in a form."""
        if self.kind == Kind.MATRIX:
            return tuple(f"{self.name}_{row.key}" for row in self.rows)
        return (self.name, f"{self.name}_{OTHER}") if self.other else (self.name,)


def question_of(row: SurveyQuestion, number: int) -> Question:
    kept = ("id", "title", "hint", "required", "breaks", "section", "other", "least", "most", "steps", "low", "high",
            "shown_by_id")  # fmt: skip
    return Question(
        **{name: getattr(row, name) for name in kept},
        number=number,
        kind=Kind(row.kind),
        options=_options(row.options),
        rows=_options(row.rows),
        shown_if=tuple(row.shown_if),
    )


def _options(listed: Iterable[Mapping[str, str]]) -> tuple[Option, ...]:
    return tuple(Option(each["key"], Localized({k: v for k, v in each.items() if k != "key"})) for each in listed)


def pages_of(questions: Sequence[Question]) -> tuple[tuple[Question, ...], ...]:
    """The questions of each page; a question that breaks begins one."""
    pages: list[list[Question]] = []
    for question in questions:
        if not pages or question.breaks:
            pages.append([])
        pages[-1].append(question)
    return tuple(tuple(page) for page in pages)


def asked(question: Question, said: Mapping[str, Any]) -> bool:
    """Whether it is asked after these answers to the questions before it."""
    if question.shown_by_id is None:
        return True
    answer = said.get(str(question.shown_by_id))
    key = OTHER if isinstance(answer, dict) else str(answer)
    return answer is not None and key in question.shown_if


def read_typed(questions: Iterable[Question], form: Any) -> dict[str, Any]:
    """What a form (a multi-dict) holds of these questions, as it was typed."""
    typed: dict[str, Any] = {}
    for question in questions:
        for name in question.names:
            if question.kind == Kind.MULTIPLE and name == question.name:
                typed[name] = [_short(value) for value in form.getlist(name)][: len(question.options) + 1]
            else:
                typed[name] = _short(form.get(name, ""))
    return typed


def judge(questions: Sequence[Question], typed: Mapping[str, Any]) -> tuple[dict[str, Any], Errors]:
    """What was said, by the question's number as text, and what is wrong by field."""
    said: dict[str, Any] = {}
    errors: Errors = {}
    for question in questions:
        if not asked(question, said):
            continue
        value, wrong = READERS[question.kind](question, typed)
        if wrong:
            errors[question.name] = wrong
        elif value not in (None, "", [], {}):
            said[str(question.id)] = value
        elif question.required:
            errors[question.name] = (N_("Please answer this question."), {})
    return said, errors


Read = tuple[Any, tuple[str, dict[str, Any]] | None]
WRONG = (N_("Please choose one of the options."), {})


def _single(question: Question, typed: Mapping[str, Any]) -> Read:
    choice = _text(typed, question.name)
    if choice == OTHER and question.other:
        return _own_words(question, typed)
    return (choice, None) if choice in ("", *(option.key for option in question.options)) else (None, WRONG)


def _multiple(question: Question, typed: Mapping[str, Any]) -> Read:
    given = typed.get(question.name) or []
    keys, listed = [option.key for option in question.options], given if isinstance(given, list) else [given]
    if any(each not in keys and not (each == OTHER and question.other) for each in listed):
        return None, WRONG
    chosen: list[Any] = [key for key in keys if key in listed]
    if OTHER in listed:
        words, wrong = _own_words(question, typed)
        if wrong:
            return None, wrong
        chosen.append(words)
    if chosen and len(chosen) < (question.least or 0):
        return None, (N_("Please choose at least %(min)s."), {"min": question.least})
    if len(chosen) > (question.most or len(chosen)):
        return None, (N_("Please choose at most %(max)s."), {"max": question.most})
    return chosen, None


def _own_words(question: Question, typed: Mapping[str, Any]) -> Read:
    words = _text(typed, f"{question.name}_{OTHER}")
    if not words:
        return None, (N_("Please say in your words what you mean by “other”."), {})
    return {OTHER: words}, _too_long(words)


def _words(question: Question, typed: Mapping[str, Any]) -> Read:
    if not isinstance(typed.get(question.name, ""), str):
        return None, (N_("Please send a text."), {})
    words = _text(typed, question.name)
    return words, _too_long(words)


def _too_long(words: str) -> tuple[str, dict[str, Any]] | None:
    over = len(words) - LONGEST
    return (N_("Please shorten this by %(over)s characters."), {"over": over}) if over > 0 else None


def _scale(question: Question, typed: Mapping[str, Any]) -> Read:
    mark = _text(typed, question.name)
    if mark in question.marks:
        return int(mark), None
    return (None, WRONG) if mark else (None, None)


def _matrix(question: Question, typed: Mapping[str, Any]) -> Read:
    keys = [option.key for option in question.options]
    given = {row.key: _text(typed, f"{question.name}_{row.key}") for row in question.rows}
    chosen = {row: key for row, key in given.items() if key}
    if any(key not in keys for key in chosen.values()):
        return None, WRONG
    if question.required and len(chosen) < len(given):
        return None, (N_("Please answer every row."), {})
    return chosen, None


READERS = {
    Kind.SINGLE: _single,
    Kind.MULTIPLE: _multiple,
    Kind.TEXT: _words,
    Kind.SCALE: _scale,
    Kind.MATRIX: _matrix,
}


def typed_of(questions: Iterable[Question], said: Mapping[str, Any]) -> dict[str, Any]:
    """What a form would hold for these answers; what is no answer at all comes back as something to be refused."""
    typed: dict[str, Any] = {}
    for question in questions:
        value = said.get(str(question.id))
        if isinstance(value, dict) and question.kind == Kind.MATRIX:
            typed |= {f"{question.name}_{row}": str(key) for row, key in value.items()}
            continue
        listed = value if isinstance(value, list) else [] if value is None else [value]
        for each in listed:
            if isinstance(each, dict) and OTHER in each:
                typed[f"{question.name}_{OTHER}"] = str(each[OTHER])
        keys = [OTHER if isinstance(each, dict) else str(each) for each in listed]
        several = isinstance(value, list) or question.kind == Kind.MULTIPLE
        several |= question.kind == Kind.TEXT and not isinstance(value, str | None)  # words are a text and nothing else
        typed[question.name] = keys if several else "".join(keys)
    return typed


def digest(questions: Sequence[Question]) -> str:
    """SHA-256 of the questions as they are asked (RFC 8785 text)."""
    told = [
        {
            "kind": str(each.kind), "title": dict(each.title), "required": each.required, "other": each.other,
            "options": [{"key": option.key, **option.text} for option in each.options],
            "rows": [{"key": row.key, **row.text} for row in each.rows],
            "shown_by": each.shown_by_id, "shown_if": list(each.shown_if), "id": each.id, "steps": each.steps,
        }
        for each in questions
    ]  # fmt: skip
    return hashlib.sha256(canonical(told).encode()).hexdigest()


def _text(typed: Mapping[str, Any], name: str) -> str:
    value = typed.get(name, "")
    return clean(value) if isinstance(value, str) else "?"


def _short(value: Any) -> str:
    """As typed, but of no more than twice what can be sent."""
    return clean(value)[: 2 * LONGEST] if isinstance(value, str) else ""
