"""What the desk alone reads: the words of answers, and each answer as a row. It opens words to everybody."""

from collections.abc import Sequence
from dataclasses import dataclass

from participation.policy import Verdict, ensure
from participation.surveys import actions
from participation.surveys.figures import shown_value
from participation.surveys.models import Kind
from participation.surveys.pages import read
from participation.surveys.policy import may_build, may_look, may_show_words
from participation.surveys.queries import Line, Words, public_words, questions_of, sent_answers
from participation.surveys.questions import OTHER, Question
from participation.web import Context, Response, get, page, post, redirect
from participation.web.csv import csv_stream
from participation.web.paging import Pager, make_pager, read_paging

PER_PAGE = 50


@dataclass(frozen=True)
class WordsPage:
    survey: Line
    words: Sequence[tuple[Question, Words]]
    pager: Pager
    showable: Verdict
    builds: Verdict


def words(ctx: Context) -> Response:
    line = _looked_at(ctx)
    paging = read_paging(ctx.query, PER_PAGE)
    found = every_word(ctx, line)
    shown = found[paging.offset : paging.offset + paging.per_page]
    showable = may_show_words(ctx.actor, line.process_id, line.state)
    builds = may_build(ctx.actor, line.process_id)
    view = WordsPage(line, shown, make_pager(paging, len(found)), showable, builds)
    return page(ctx, "surveys/words.html", view)


def show(ctx: Context) -> Response:
    """Open the ticked words, each named by the numbers of its answer and question."""
    line = _own(ctx)
    ensure(may_show_words(ctx.actor, line.process_id, line.state))
    known = {f"{each.answer_id}-{each.question_id}": each for _, each in every_word(ctx, line)}
    ticked = [known[name] for name in ctx.form.getlist("words") if isinstance(name, str) and name in known]
    for each in ticked[:PER_PAGE]:
        actions.show_words(ctx.session, ctx.actor, line.id, each.answer_id, each.question_id, now=ctx.now)
    ctx.say("ok", ctx._("Opened. Everybody reads these words with the results, without who wrote them."))
    return redirect(ctx, f"{line.path}/words")


def table(ctx: Context) -> Response:
    """One row an answer, in no order that tells who answered when, without anything about the person."""
    line = _looked_at(ctx)
    questions = questions_of(ctx.session, line.id)
    heads = [f"{each.number}. {each.title.to(ctx.locale)}" for each in questions]
    rows = [
        tuple(
            shown_value(each, said[str(each.id)], ctx.locale, ctx._) if str(each.id) in said else ""
            for each in questions
        )
        for _, said, _ in sent_answers(ctx.session, line.id)
    ]
    return csv_stream(f"survey-{line.slug}-answers", heads, sorted(rows))


def every_word(ctx: Context, line: Line) -> list[tuple[Question, Words]]:
    """Everything that was said in own words, by question and then by the words."""
    questions = {str(each.id): each for each in questions_of(ctx.session, line.id)}
    opened = {(each.answer_id, each.question_id): each for each in public_words(ctx.session, line.id)}
    found = []
    for number, said, locale in sent_answers(ctx.session, line.id):
        for key, value in said.items():
            listed = value if isinstance(value, list) else [value]
            own = [each[OTHER] for each in listed if isinstance(each, dict) and isinstance(each.get(OTHER), str)]
            text = own[0] if own else value if questions[key].kind == Kind.TEXT else ""
            if text:
                known = opened.get((number, int(key)))
                found.append((questions[key], known or Words(number, int(key), text, locale)))
    return sorted(found, key=lambda each: (each[0].number, each[1].body, each[1].answer_id))


def _own(ctx: Context) -> Line:
    line = read(ctx)
    ensure(may_build(ctx.actor, line.process_id))
    return line


def _looked_at(ctx: Context) -> Line:
    line = read(ctx)
    ensure(may_look(ctx.actor, line.process_id))
    return line


ROUTES = (
    get("/surveys/{slug}/words", words),
    post("/surveys/{slug}/words", show, limit="build_survey"),
    get("/surveys/{slug}/answers.csv", table, limit="survey_table"),
)
