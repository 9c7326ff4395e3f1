"""The list of surveys, one survey, and what it gave."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from participation.policy import ANONYMOUS, Verdict, ensure
from participation.spaces.queries import open_features
from participation.subjects import Subject
from participation.surveys.figures import FEWEST, Bar, Crossing, Tally, can_cross, crossed, tallies
from participation.surveys.labels import ACCESS, MOVES, RESULTS
from participation.surveys.models import Kind, SurveyState
from participation.surveys.policy import may_answer, may_build, may_look, may_read, may_read_results, may_turn
from participation.surveys.queries import (
    Line,
    Words,
    drafts,
    own_sheet,
    place_of,
    public_words,
    questions_of,
    sent_answers,
    survey_line,
    survey_slug,
    surveys,
)
from participation.surveys.questions import Question
from participation.web import Context, NotFound, Response, get, page, redirect, subject_blocks
from participation.web.csv import csv_answer
from participation.web.paging import Pager, make_pager, read_paging

HEADS = ("question", "number", "row", "answer", "count", "percent")


@dataclass(frozen=True)
class ListPage:
    items: Sequence[Line]
    pager: Pager
    drafts: Sequence[tuple[Line, Verdict]]  # with whether the reader writes it
    builds: Verdict


@dataclass(frozen=True, kw_only=True)
class SurveyPage:
    survey: Line
    count: int  # of questions
    answerable: Verdict
    begun: bool
    sent: bool
    results: Verdict
    builds: Verdict
    looks: Verdict
    moves: tuple[tuple[str, str], ...]
    access: str
    results_from: str


@dataclass(frozen=True, kw_only=True)
class ResultsPage:
    survey: Line
    answers: int
    enough: bool  # as many as are told to everybody
    tallies: Sequence[Tally]
    words: Sequence[Words]
    questions: Sequence[Question]  # by which others can be crossed
    by: str
    crossings: dict[int, Crossing]
    inside: bool  # the reader builds the survey

    def table(self, bars: Sequence[Bar]) -> list[tuple[str, int, int]]:
        """The numbers of a drawing."""
        return [(bar.label, bar.count, bar.percent) for bar in bars]

    def grid(self, rows: Sequence[tuple[str, Sequence[Bar]]]) -> list[tuple[str | int, ...]]:
        """The numbers of the drawings of a matrix."""
        return [(label, *(bar.count for bar in bars)) for label, bars in rows]

    def heads(self, crossing: Crossing) -> list[str]:
        """Each group with how many there are in it."""
        return [f"{label} ({count})" for label, count in crossing.groups]

    def cells(self, crossing: Crossing, hidden: str) -> list[tuple[str | int, ...]]:
        """The rows of a crossing, with a word in place of what is hidden."""
        return [(label, *(hidden if count is None else count for count in row)) for label, row in crossing.rows]


def index(ctx: Context) -> Response:
    found = drafts(ctx.session, ctx.now) if ctx.actor.signed_in else ()
    own = [
        (line, may_build(ctx.actor, line.process_id)) for line in found if may_look(ctx.actor, line.process_id)
    ]
    lines, paging = surveys(ctx.session, ctx.now), read_paging(ctx.query)
    shown, pager = lines[paging.offset : paging.offset + paging.per_page], make_pager(paging, len(lines))
    return page(ctx, "surveys/index.html", ListPage(shown, pager, own, may_build(ctx.actor)))


def show(ctx: Context) -> Response:
    line = read(ctx)
    sheet = own_sheet(ctx.session, line.id, ctx.actor.id)
    about = (ctx.actor, line.process_id, line.state)
    features = open_features(ctx.session, line.process_id, ctx.now)
    view = SurveyPage(
        survey=line,
        count=len(questions_of(ctx.session, line.id)),
        answerable=may_answer(ctx.actor, line.access, line.state, features),
        begun=sheet is not None and bool(sheet.typed),
        sent=sheet is not None and sheet.sent_at is not None,
        results=may_read_results(*about, line.results_from),
        builds=may_build(ctx.actor, line.process_id),
        looks=may_look(ctx.actor, line.process_id),
        moves=tuple((str(to), ctx._(MOVES[to])) for to in MOVES if may_turn(*about, to)),
        access=ctx._(ACCESS[line.access]),
        results_from=ctx._(RESULTS[line.results_from]),
    )
    blocks = subject_blocks(ctx, ctx.session.get_one(Subject, line.id))
    return page(ctx, "surveys/show.html", view, blocks=blocks)


def by_id(ctx: Context) -> Response:
    slug = survey_slug(ctx.session, ctx.path["id"])
    if slug is None:
        raise NotFound
    ctx.path["slug"] = slug
    return redirect(ctx, read(ctx).path)


def words_by_id(ctx: Context) -> Response:
    """The page of results on which these words stand."""
    slug = place_of(ctx.session, ctx.path["id"])
    if slug is None:
        raise NotFound
    return redirect(ctx, f"/surveys/{slug}/results#voice-{ctx.path['id']}")


def results(ctx: Context) -> Response:
    return page(ctx, "surveys/results.html", results_of(ctx))


def results_of(ctx: Context) -> ResultsPage:
    """The figures that this reader may see: of fewer than five answers everybody reads only how many there are."""
    line = read(ctx)
    ensure(may_read_results(ctx.actor, line.process_id, line.state, line.results_from))
    inside = bool(may_build(ctx.actor, line.process_id))
    questions = questions_of(ctx.session, line.id)
    answers = [said for _, said, _ in sent_answers(ctx.session, line.id)]
    enough = inside or len(answers) >= FEWEST
    by = ctx.query.get("by", "")
    ruling = next((each for each in questions if str(each.id) == by and can_cross(each)), None)
    words = [each for each in public_words(ctx.session, line.id) if not each.hidden]
    return ResultsPage(
        survey=line,
        answers=len(answers),
        enough=enough,
        tallies=tallies(questions, answers, ctx.locale, ctx._) if enough else (),
        words=words if enough and line.told else (),
        questions=[each for each in questions if can_cross(each)],
        by=str(ruling.id) if ruling else "",
        crossings=_crossings(ctx, questions, ruling, answers) if enough and ruling else {},
        inside=inside,
    )


def _crossings(
    ctx: Context, questions: Sequence[Question], by: Question, answers: Sequence[Any]
) -> dict[int, Crossing]:
    others = [each for each in questions if each.id != by.id and each.kind not in (Kind.TEXT, Kind.MATRIX)]
    return {each.id: crossed(each, by, answers, ctx.locale, ctx._) for each in others}


def table(ctx: Context) -> Response:
    """The figures of every question."""
    view = results_of(ctx)
    rows = []
    for tally in view.tallies:
        groups = tally.rows or (("", tally.bars),)
        title = tally.question.title.to(ctx.locale)
        about = (title, tally.question.number)
        rows += [(*about, row, bar.label, bar.count, bar.percent) for row, bars in groups for bar in bars]
    return csv_answer(f"survey-{view.survey.slug}", HEADS, rows)


def read(ctx: Context) -> Line:
    """The survey of the address, if this reader may read it.

    Raises:
        NotFound: there is none, or it is a draft of others.
    """
    line = survey_line(ctx.session, ctx.path["slug"], ctx.now)
    if line is None or not may_read(ctx.actor, line.process_id, line.visible):
        raise NotFound
    return line


def in_process(ctx: Context, subject: Any) -> tuple[Line, ...] | None:
    """On the page of a process: its surveys."""
    if not isinstance(subject, Subject) or subject.kind != "process":
        return None
    return surveys(ctx.session, ctx.now, process_id=subject.id) or None


def open_now(session: Any, now: Any, locale: str) -> tuple[Line, ...]:
    """On the home page: what can be answered now."""
    found = [line for line in surveys(session, now) if line.state == SurveyState.OPEN]
    return tuple(line for line in found if may_read(ANONYMOUS, line.process_id, line.visible))[:3]


ROUTES = (
    get("/surveys", index, cached=True),
    get("/surveys/by-id/{id:int}", by_id),
    get("/surveys/words/by-id/{id:int}", words_by_id),
    get("/surveys/{slug}", show, cached=True),
    get("/surveys/{slug}/results", results, cached=True),
    get("/surveys/{slug}/results.csv", table, limit="survey_table"),
)
