"""Surveys over the API."""

from functools import partial
from typing import Any

from participation.policy import N_, ensure
from participation.spaces.queries import open_features
from participation.surveys import actions, answering, building
from participation.surveys.desk import choices_of, process_number, question_of, rules_for
from participation.surveys.forms import STEPS, KindForm, MoveForm, PlaceForm, QuestionForm, SurveyForm, filled_with
from participation.surveys.models import Kind, SurveyState
from participation.surveys.pages import read, results_of
from participation.surveys.policy import may_answer, may_build, may_question
from participation.surveys.queries import Line, questions_of, surveys
from participation.surveys.questions import Question, typed_of
from participation.surveys.taking import take_cells
from participation.web import Context, Invalid, Response, delete, get, json_answer, patch, post
from participation.web.describing import FLAG, MOMENT, NUMBER, PAGES, TEXT, Doc, list_of, maybe, record_of
from participation.web.listing import json_page, narrowed, soonest


def index(ctx: Context) -> Response:
    """Surveys that were opened, the newest first."""
    found = narrowed(
        ctx, surveys(ctx.session, ctx.now),
        words=lambda line: (*line.title.values(), *line.description.values()),
        fields={"state": lambda line: line.state, "process": lambda line: line.process_slug},
        sorts={"closes": lambda line: soonest(line.closes_at)},
    )  # fmt: skip
    return json_page(ctx, found, partial(as_json, ctx))


def show(ctx: Context) -> Response:
    """One survey with its questions."""
    return json_answer(in_full(ctx, read(ctx)))


def create(ctx: Context) -> Response:
    """A survey of the process -> 201; it is a draft until `transitions` opens it."""
    slug = ctx.json.get("process") if isinstance(ctx.json, dict) else None
    number = process_number(ctx, slug if isinstance(slug, str) else "")
    ensure(may_build(ctx.actor, number))
    form = SurveyForm.read_json(ctx.json, ctx._, choices=choices_of(ctx))
    said = form.said()
    row = actions.draft_survey(ctx.session, ctx.actor, number or 0, said, slug=form.values["slug"], now=ctx.now)
    return _again(ctx, row.slug, 201)


def ask(ctx: Context) -> Response:
    """Add a question at the end -> 201. `shown_if` holds "number of a question:key of an answer"."""
    line = read(ctx)
    ensure(may_question(ctx.actor, line.process_id, line.state, line.frozen))
    body = {"kind": ctx.json.get("kind")} if isinstance(ctx.json, dict) else ctx.json
    kind = Kind(KindForm.read_json(body, ctx._).ensure()["kind"])
    row = building.add_question(ctx.session, ctx.actor, line.id, kind, now=ctx.now)
    questions = questions_of(ctx.session, line.id)
    choices = {"shown_if": rules_for(ctx, questions[-1], questions)}
    said = QuestionForm.read_json(ctx.json, ctx._, choices=choices).said()
    building.change_question(ctx.session, ctx.actor, line.id, row.id, said, now=ctx.now)
    return _again(ctx, line.slug, 201)


def change(ctx: Context) -> Response:
    """Change what is sent of a question; what is left out stays."""
    line, each, choices = question_of(ctx)
    body = {**filled_with(each), **ctx.json} if isinstance(ctx.json, dict) else ctx.json
    said = QuestionForm.read_json(body, ctx._, choices=choices).said()
    building.change_question(ctx.session, ctx.actor, line.id, each.id, said, now=ctx.now)
    return _again(ctx, line.slug)


def move(ctx: Context) -> Response:
    """One place `up` or `down`."""
    line, each, _ = question_of(ctx)
    by = STEPS[PlaceForm.read_json(ctx.json, ctx._).ensure()["to"]]
    building.move_question(ctx.session, ctx.actor, line.id, each.id, by, now=ctx.now)
    return _again(ctx, line.slug)


def remove(ctx: Context) -> Response:
    """Take a question away, unless another one depends on it."""
    line, each, _ = question_of(ctx)
    building.remove_question(ctx.session, ctx.actor, line.id, each.id, now=ctx.now)
    return _again(ctx, line.slug)


def turn(ctx: Context) -> Response:
    """Open, close or publish it: `to`."""
    line = read(ctx)
    ensure(may_build(ctx.actor, line.process_id))
    to = SurveyState(MoveForm.read_json(ctx.json, ctx._).ensure()["to"])
    actions.turn_survey(ctx.session, ctx.actor, line.id, to, now=ctx.now)
    return _again(ctx, line.slug)


def answer(ctx: Context) -> Response:
    """Send answers, by the number of the question -> 201; of one person the last ones count. A key for one answer, a
    list of keys for several, `{"other": words}` for own words, a text, a step of a scale, or for a table
    `{row: key}`."""
    line = read(ctx)
    features = open_features(ctx.session, line.process_id, ctx.now)
    ensure(may_answer(ctx.actor, line.access, line.state, features))
    given = ctx.json.get("answers") if isinstance(ctx.json, dict) else None
    if not isinstance(given, dict):
        raise Invalid({"answers": ctx._(N_("Please send an object of answers by the number of the question."))})
    questions = questions_of(ctx.session, line.id)
    if not given or not given.keys() <= {str(each.id) for each in questions}:
        raise Invalid({"answers": ctx._(N_("Please answer by the numbers of the questions, at least one of them."))})
    typed = typed_of(questions, given)
    try:
        sheet = answering.send_answers(ctx.session, ctx.actor, line.id, typed, locale=ctx.locale, now=ctx.now)
    except answering.Incomplete as error:
        raise Invalid({name[1:]: ctx._(says, **more) for name, (says, more) in error.errors.items()}) from None
    sent = ctx.now.isoformat()
    return json_answer({"survey": line.slug, "answers": sheet.said or {}, "sent_at": sent}, status=201)


def results(ctx: Context) -> Response:
    """The figures of every question, as far as the caller may read them."""
    view = results_of(ctx)
    told = [
        {
            "question": tally.question.id,
            "title": tally.question.title.to(ctx.locale),
            "kind": tally.question.kind,
            "answered": tally.answered,
            "counts": {bar.key: bar.count for bar in tally.bars},
            "rows": {label: {bar.key: bar.count for bar in bars} for label, bars in tally.rows},
            "words": [each.body for each in view.words if each.question_id == tally.question.id],
        }
        for tally in view.tallies
    ]
    return json_answer({"survey": view.survey.slug, "answers": view.answers, "questions": told})


def as_json(ctx: Context, line: Line) -> dict[str, Any]:
    return {
        "id": line.id,
        "url": ctx.settings.base_url + line.path,
        "slug": line.slug,
        "process": line.process_slug,
        "title": line.title.to(ctx.locale),
        "description": line.description.to(ctx.locale),
        "state": line.state,
        "access": line.access,
        "results_from": line.results_from,
        "closes_at": line.closes_at.isoformat() if line.closes_at else None,
        "answers": line.answers,
    }


def in_full(ctx: Context, line: Line) -> dict[str, Any]:
    questions = [_question(ctx, each) for each in questions_of(ctx.session, line.id)]
    return {**as_json(ctx, line), "questions": questions}


def _question(ctx: Context, each: Question) -> dict[str, Any]:
    return {
        "id": each.id,
        "kind": each.kind,
        "title": each.title.to(ctx.locale),
        "required": each.required,
        "options": [{"key": option.key, "text": option.text.to(ctx.locale)} for option in each.options],
        "rows": [{"key": row.key, "text": row.text.to(ctx.locale)} for row in each.rows],
        "other": each.other,
        "steps": each.steps if each.kind == Kind.SCALE else None,
        "shown_by": each.shown_by_id,
        "shown_if": list(each.shown_if),
    }


def _again(ctx: Context, slug: str, status: int = 200) -> Response:
    ctx.session.flush()
    ctx.session.expire_all()
    ctx.path["slug"] = slug
    return json_answer(in_full(ctx, read(ctx)), status=status)


SHORT = {
    "id": NUMBER, "url": TEXT, "slug": TEXT, "process": TEXT, "title": TEXT, "description": TEXT, "state": TEXT,
    "access": TEXT, "results_from": TEXT, "closes_at": maybe(MOMENT), "answers": NUMBER,
}  # fmt: skip
OPTIONS = {"type": "array", "items": record_of(key=TEXT, text=TEXT)}
QUESTION = record_of(
    id=NUMBER, kind=TEXT, title=TEXT, required=FLAG, options=OPTIONS, rows=OPTIONS, other=FLAG, steps=maybe(NUMBER),
    shown_by=maybe(NUMBER), shown_if={"type": "array", "items": TEXT},
)  # fmt: skip
SURVEY = record_of(**SHORT, questions={"type": "array", "items": QUESTION})
SENT = record_of(survey=TEXT, answers={"type": "object"}, sent_at=MOMENT)
FIGURES = record_of(
    question=NUMBER, title=TEXT, kind=TEXT, answered=NUMBER, counts={"type": "object"}, rows={"type": "object"},
    words={"type": "array", "items": TEXT},
)  # fmt: skip
RESULTS = record_of(survey=TEXT, answers=NUMBER, questions={"type": "array", "items": FIGURES})
_ONE = "/api/v1/surveys/{slug}"
_QUESTION = _ONE + "/questions/{id:int}"
_BUILDS = {"api": True, "limit": "build_survey"}
FILTERS = {
    "q": "Words of title or description",
    "state": "open, closed or published",
    "process": "Its slug",
    "sort": "newest or closes",
    **PAGES,
}
ROUTES = (
    get("/api/v1/surveys", index, api=True, doc=Doc(list_of(record_of(**SHORT)), query=FILTERS)),
    post("/api/v1/surveys", create, api=True, limit="build_survey",
         doc=Doc(SURVEY, SurveyForm, status=201, signed_in=True)),
    get(_ONE, show, api=True, doc=Doc(SURVEY)),
    post(f"{_ONE}/questions", ask, api=True, limit="build_survey",
         doc=Doc(SURVEY, QuestionForm, more_body={"kind": TEXT}, status=201, signed_in=True)),
    patch(_QUESTION, change, **_BUILDS, doc=Doc(SURVEY, QuestionForm, signed_in=True)),
    delete(_QUESTION, remove, **_BUILDS, doc=Doc(SURVEY, signed_in=True)),
    post(f"{_QUESTION}/position", move, **_BUILDS, doc=Doc(SURVEY, PlaceForm, signed_in=True)),
    post(f"{_ONE}/transitions", turn, api=True, limit="build_survey", doc=Doc(SURVEY, MoveForm, signed_in=True)),
    post(f"{_ONE}/answers", answer, api=True, limit="answer_survey", prepare=take_cells,
         doc=Doc(SENT, more_body={"answers": {"type": "object"}}, status=201)),
    get(f"{_ONE}/results", results, api=True, doc=Doc(RESULTS)),
)  # fmt: skip
