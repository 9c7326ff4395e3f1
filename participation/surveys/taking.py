"""Answering: page by page, back and forth, a review, and sending.

What a signed-in person fills in is kept with the survey. Whoever has no account carries the earlier pages along in the
form itself, so that nothing of an unsent answer reaches the database.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from participation.policy import ensure
from participation.spaces.queries import open_features
from participation.surveys import answering
from participation.surveys.figures import shown_value
from participation.surveys.pages import read
from participation.surveys.policy import may_answer
from participation.surveys.queries import Line, own_sheet, questions_of
from participation.surveys.questions import Question, asked, judge, pages_of, read_typed, typed_of
from participation.web import Context, NotFound, Response, fragment, get, page, post, redirect, take_cell


class Sheet:
    """What was typed, for templates that draw forms."""

    def __init__(self, questions: Sequence[Question], typed: Mapping[str, Any], errors: Mapping[str, str]) -> None:
        self.fields = {each.name: each for each in questions}
        self.raw, self.errors = typed, errors

    def label(self, name: str) -> str:
        return str(self.fields[name].number)


@dataclass(frozen=True, kw_only=True)
class TakePage:
    survey: Line
    form: Sheet
    questions: Sequence[Question]  # of this page, as far as they are asked
    titles: dict[int, str]  # of the questions on this page on which others depend
    number: int
    count: int
    kept: str  # what other pages hold, of somebody without an account
    saves: bool


@dataclass(frozen=True, kw_only=True)
class ReviewPage:
    survey: Line
    lines: Sequence[tuple[Question, str, int, str]]  # (question, answer in words, page, what is wrong)
    kept: str
    saves: bool
    again: bool  # an earlier answer is replaced


@dataclass(frozen=True)
class Taking:
    """Everything about one request of somebody who answers."""

    line: Line
    questions: tuple[Question, ...]
    pages: tuple[tuple[Question, ...], ...]
    typed: dict[str, Any]
    sent: bool

    def asked_on(self, number: int) -> tuple[Question, ...]:
        """The questions of a page that are asked, or could be after an answer on the same page."""
        said, _ = judge(self.questions, self.typed)
        here = {each.id for each in self.pages[number - 1]}
        return tuple(each for each in self.pages[number - 1] if each.shown_by_id in here or asked(each, said))

    def next_page(self, number: int, step: int) -> int:
        """The next page that asks something; 0 before the first, one more than there are after the last."""
        number += step
        while 0 < number <= len(self.pages) and not self.asked_on(number):
            number += step
        return number


def take_cells(ctx: Context) -> None:
    """Of an address without an account: a few answers to one survey a day. Only a keyed hash of it is kept for that."""
    if not ctx.actor.signed_in:
        take_cell(ctx, "answer_open_survey", f"{ctx.client}:{ctx.path['slug']}")


def ask(ctx: Context) -> Response:
    taking = _taking(ctx)
    if ctx.query.get("page") == "review":
        return _review(ctx, taking)
    return _page(ctx, taking, _number(ctx.query.get("page", "1"), len(taking.pages)))


def step(ctx: Context) -> Response:
    """Keep a page and go on, back, or to the review."""
    taking = _with_page(ctx, _taking(ctx))
    number, do = _number(ctx.form.get("page", "1"), len(taking.pages)), str(ctx.form.get("do", "next"))
    if ctx.actor.signed_in:
        _keep(ctx, taking)
    if do == "next":
        here = {each.name for each in taking.asked_on(number)}
        wrong = {name: each for name, each in judge(taking.questions, taking.typed)[1].items() if name in here}
        if wrong:
            return _page(ctx, taking, number, {name: ctx._(says, **more) for name, (says, more) in wrong.items()}, 422)
    wanted = int(do[5:]) if do[:5] == "page-" and do[5:].isascii() and do[5:7].isdigit() and len(do) < 8 else 0
    to = wanted or taking.next_page(number, -1 if do == "back" else 1)
    return _go(ctx, taking, max(1, to))


def save(ctx: Context) -> Response:
    _keep(ctx, _with_page(ctx, _taking(ctx)))
    return fragment(ctx, "surveys/_saved.html", None)


def send(ctx: Context) -> Response:
    taking = _taking(ctx)
    try:
        answering.send_answers(ctx.session, ctx.actor, taking.line.id, taking.typed, locale=ctx.locale, now=ctx.now)
    except answering.Incomplete as error:
        return _review(ctx, taking, {name: ctx._(says, **more) for name, (says, more) in error.errors.items()}, 422)
    ctx.say("ok", ctx._("Thank you. Your answers were sent."))
    return redirect(ctx, taking.line.path)


def _taking(ctx: Context) -> Taking:
    """The survey and what was typed so far.

    Raises:
        Refused: this person may not answer it now.
    """
    line = read(ctx)
    features = open_features(ctx.session, line.process_id, ctx.now)
    ensure(may_answer(ctx.actor, line.access, line.state, features))
    questions = questions_of(ctx.session, line.id)
    if not questions:
        raise NotFound
    sheet = own_sheet(ctx.session, line.id, ctx.actor.id)
    typed = {**typed_of(questions, sheet.said or {}), **sheet.typed} if sheet else _carried(ctx, questions)
    return Taking(line, questions, pages_of(questions), typed, sheet is not None and sheet.sent_at is not None)


def _carried(ctx: Context, questions: Sequence[Question]) -> dict[str, Any]:
    """What the form carries of other pages; typed by anybody, so only what could be a field is taken."""
    try:
        found = json.loads(str(ctx.form.get("kept", "") or "{}")[:100_000])
    except (ValueError, RecursionError):
        return {}
    names = {name for each in questions for name in each.names}
    known = found if isinstance(found, dict) and not ctx.actor.signed_in else {}
    texts = {name: value for name, value in known.items() if name in names and isinstance(value, str)}
    lists = {
        name: [each for each in value if isinstance(each, str)]
        for name, value in known.items()
        if name in names and isinstance(value, list)
    }
    return {**texts, **lists}


def _with_page(ctx: Context, taking: Taking) -> Taking:
    """With the fields of the page that was sent."""
    if "page" not in ctx.form:
        return taking
    number = _number(ctx.form.get("page", "1"), len(taking.pages))
    typed = {**taking.typed, **read_typed(taking.asked_on(number), ctx.form)}
    return Taking(taking.line, taking.questions, taking.pages, typed, taking.sent)


def _keep(ctx: Context, taking: Taking) -> None:
    answering.save_typed(ctx.session, ctx.actor, taking.line.id, taking.typed, locale=ctx.locale, now=ctx.now)


def _go(ctx: Context, taking: Taking, to: int) -> Response:
    """To a page, or to the review after the last one. What is not kept here goes along at once."""
    if ctx.actor.signed_in:
        return redirect(ctx, f"{taking.line.path}/answer?page={to if to <= len(taking.pages) else 'review'}")
    return _page(ctx, taking, to) if to <= len(taking.pages) else _review(ctx, taking)


def _page(
    ctx: Context, taking: Taking, number: int, errors: Mapping[str, str] | None = None, status: int = 200
) -> Response:
    questions = taking.asked_on(number)
    view = TakePage(
        survey=taking.line,
        form=Sheet(questions, taking.typed, errors or {}),
        questions=questions,
        titles={each.id: f"{each.number}. {each.title.to(ctx.locale)}" for each in questions},
        number=number,
        count=len(taking.pages),
        kept=_kept(ctx, taking),
        saves=ctx.actor.signed_in,
    )
    return page(ctx, "surveys/take.html", view, status=status)


def _review(
    ctx: Context, taking: Taking, errors: Mapping[str, str] | None = None, status: int = 200
) -> Response:
    said, found = judge(taking.questions, taking.typed)
    wrong = errors or {name: ctx._(says, **more) for name, (says, more) in found.items()}
    place = {each.id: number for number, listed in enumerate(taking.pages, 1) for each in listed}
    view = ReviewPage(
        survey=taking.line,
        lines=tuple(
            (each, _in_words(ctx, each, said), place[each.id], wrong.get(each.name, ""))
            for each in taking.questions
            if asked(each, said)
        ),
        kept=_kept(ctx, taking),
        saves=ctx.actor.signed_in,
        again=taking.sent,
    )
    return page(ctx, "surveys/review.html", view, status=status)


def _in_words(ctx: Context, question: Question, said: Mapping[str, Any]) -> str:
    value = said.get(str(question.id))
    return "" if value is None else shown_value(question, value, ctx.locale, ctx._)


def _kept(ctx: Context, taking: Taking) -> str:
    if ctx.actor.signed_in:
        return ""
    return json.dumps({name: value for name, value in taking.typed.items() if value}, ensure_ascii=False)


def _number(text: Any, most: int) -> int:
    """The number of a page; what cannot be one is the first."""
    number = int(text) if isinstance(text, str) and text.isascii() and text.isdigit() and len(text) < 4 else 1
    return min(max(number, 1), most)


ROUTES = (
    get("/surveys/{slug}/answer", ask),
    post("/surveys/{slug}/answer", step, limit="answer_survey"),
    post("/surveys/{slug}/answer/draft", save, limit="autosave"),
    post("/surveys/{slug}/answers", send, limit="answer_survey", prepare=take_cells),
)
