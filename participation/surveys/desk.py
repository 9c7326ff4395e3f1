"""Building a survey: its settings, its questions, the preview, and its way from draft to results."""

from collections.abc import Sequence
from dataclasses import dataclass

from participation.policy import Verdict, ensure
from participation.spaces.queries import places
from participation.surveys import actions, building
from participation.surveys.figures import OTHER_LABEL
from participation.surveys.forms import OF_KIND, DraftForm, KindForm, QuestionForm, SurveyForm, filled_with
from participation.surveys.gaps import gaps_of
from participation.surveys.labels import KINDS, MOVES
from participation.surveys.models import RULING, Kind, SurveyState
from participation.surveys.pages import read
from participation.surveys.policy import may_build, may_look, may_question, may_set, may_turn
from participation.surveys.queries import Line, questions_of
from participation.surveys.questions import OTHER, Question, pages_of
from participation.surveys.taking import Sheet
from participation.web import Context, NotFound, Response, delete, fragment, get, page, post, redirect


@dataclass(frozen=True)
class NewPage:
    form: SurveyForm


@dataclass(frozen=True, kw_only=True)
class BuildPage:
    survey: Line
    form: SurveyForm
    asked: KindForm  # of another question
    pages: Sequence[Sequence[Question]]
    questions: Sequence[Question]
    kinds: tuple[tuple[str, str], ...]
    labels: dict[str, str]
    gaps: tuple[tuple[str, int | None], ...]  # (what is missing, number of the question)
    askable: Verdict
    moves: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class QuestionPage:
    survey: Line
    question: Question
    form: QuestionForm
    own: tuple[str, ...]  # the fields of its kind
    kind: str


@dataclass(frozen=True)
class PreviewPage:
    survey: Line
    builds: Verdict
    pages: Sequence[Sequence[Question]]
    titles: dict[int, str]  # of questions on which others depend, by number
    form: Sheet


@dataclass(frozen=True)
class MovePage:
    survey: Line
    to: str
    label: str
    count: int


def new(ctx: Context) -> Response:
    ensure(may_build(ctx.actor, process_number(ctx, ctx.query.get("process", ""))))
    form = SurveyForm.filled({"process": ctx.query.get("process", "")}, ctx._, choices=choices_of(ctx))
    return page(ctx, "surveys/new.html", NewPage(form))


def create(ctx: Context) -> Response:
    number = process_number(ctx, str(ctx.form.get("process", "")))
    ensure(may_build(ctx.actor, number))
    form = SurveyForm.read(ctx.form, ctx._, choices=choices_of(ctx))
    if not form.ok or number is None:
        return page(ctx, "surveys/new.html", NewPage(form), status=422)
    said, slug = form.said(), form.values["slug"]
    row = actions.draft_survey(ctx.session, ctx.actor, number, said, slug=slug, now=ctx.now)
    ctx.say("ok", ctx._("The survey is a draft now. Add its questions."))
    return redirect(ctx, f"/surveys/{row.slug}/edit")


def edit(ctx: Context) -> Response:
    line = _own(ctx)
    ensure(may_set(ctx.actor, line.process_id, line.state))
    return _build(ctx, line, _settings(ctx, line))


def _settings(ctx: Context, line: Line) -> SurveyForm:
    """The form as it was saved."""
    values = {
        "process": line.process_slug, "slug": line.slug, "access": line.access, "results_from": line.results_from,
        "closes_at": line.closes_at,
    }  # fmt: skip
    for tongue in ("ja", "en"):
        values |= {f"{name}_{tongue}": getattr(line, name).get(tongue, "") for name in ("title", "description")}
    kind = DraftForm if line.state == SurveyState.DRAFT else SurveyForm
    return kind.filled(values, ctx._, choices=choices_of(ctx))


def send(ctx: Context) -> Response:
    line, form = _saved(ctx)
    if not form.ok:
        return _build(ctx, line, form, 422)
    ctx.say("ok", ctx._("Saved."))
    return redirect(ctx, f"{line.path}/edit")


def save(ctx: Context) -> Response:
    """Autosave: what cannot be used yet is left as it was."""
    _saved(ctx)
    return fragment(ctx, "surveys/_saved.html", None)


def _saved(ctx: Context) -> tuple[Line, SurveyForm]:
    line = _own(ctx)
    ensure(may_set(ctx.actor, line.process_id, line.state))
    kind = DraftForm if line.state == SurveyState.DRAFT else SurveyForm
    form = kind.read(ctx.form, ctx._, choices=choices_of(ctx))
    form.errors.pop("process", None)  # it stays in the process for which it was begun
    form.errors.pop("slug", None)
    if form.ok:
        actions.set_survey(ctx.session, ctx.actor, line.id, form.said(), now=ctx.now)
    return line, form


def add(ctx: Context) -> Response:
    line = _own(ctx)
    ensure(may_question(ctx.actor, line.process_id, line.state, line.frozen))
    asked = KindForm.read(ctx.form, ctx._)
    if not asked.ok:
        return _build(ctx, line, _settings(ctx, line), 422, asked)
    row = building.add_question(ctx.session, ctx.actor, line.id, Kind(asked.values["kind"]), now=ctx.now)
    return redirect(ctx, f"{line.path}/questions/{row.id}")


def question(ctx: Context) -> Response:
    line, each, choices = question_of(ctx)
    return _form(ctx, line, each, QuestionForm.filled(filled_with(each), ctx._, choices=choices))


def change(ctx: Context) -> Response:
    line, each, choices = question_of(ctx)
    form = QuestionForm.read(ctx.form, ctx._, choices=choices)
    if not form.ok:
        return _form(ctx, line, each, form, 422)
    building.change_question(ctx.session, ctx.actor, line.id, each.id, form.said(), now=ctx.now)
    ctx.say("ok", ctx._("Question %(number)s is saved.", number=each.number))
    return redirect(ctx, f"{line.path}/edit#question-{each.id}")


def keep(ctx: Context) -> Response:
    """Autosave of a question: what cannot be used yet is left as it was."""
    line, each, choices = question_of(ctx)
    form = QuestionForm.read(ctx.form, ctx._, choices=choices)
    if form.ok:
        building.change_question(ctx.session, ctx.actor, line.id, each.id, form.said(), now=ctx.now)
    return fragment(ctx, "surveys/_saved.html", None, status=200 if form.ok else 422)


def move(ctx: Context) -> Response:
    line, each, _ = question_of(ctx)
    by = -1 if ctx.form.get("to") == "up" else 1
    building.move_question(ctx.session, ctx.actor, line.id, each.id, by, now=ctx.now)
    return redirect(ctx, f"{line.path}/edit#question-{each.id}")


def copy(ctx: Context) -> Response:
    line, each, _ = question_of(ctx)
    row = building.copy_question(ctx.session, ctx.actor, line.id, each.id, now=ctx.now)
    return redirect(ctx, f"{line.path}/edit#question-{row.id}")


def remove(ctx: Context) -> Response:
    line, each, _ = question_of(ctx)
    building.remove_question(ctx.session, ctx.actor, line.id, each.id, now=ctx.now)
    ctx.say("ok", ctx._("Question %(number)s is removed.", number=each.number))
    return redirect(ctx, f"{line.path}/edit#questions")


def preview(ctx: Context) -> Response:
    """The pages as those who answer will see them, with the rules said."""
    line = read(ctx)
    ensure(may_look(ctx.actor, line.process_id))
    questions = questions_of(ctx.session, line.id)
    titles = {each.id: f"{each.number}. {each.title.to(ctx.locale)}" for each in questions}
    builds = may_build(ctx.actor, line.process_id)
    view = PreviewPage(line, builds, pages_of(questions), titles, Sheet([], {}, {}))
    return page(ctx, "surveys/preview.html", view)


def ask_turn(ctx: Context) -> Response:
    line, wanted = _own(ctx), ctx.query.get("to", "")
    if wanted not in list(MOVES):
        raise NotFound
    to = SurveyState(wanted)
    ensure(may_turn(ctx.actor, line.process_id, line.state, to))
    return page(ctx, "surveys/move.html", MovePage(line, wanted, ctx._(MOVES[to]), line.answers))


def turn(ctx: Context) -> Response:
    line, wanted = _own(ctx), ctx.form.get("to", "")
    if wanted not in list(MOVES):
        raise NotFound
    to = SurveyState(wanted)
    actions.turn_survey(ctx.session, ctx.actor, line.id, to, now=ctx.now)
    ctx.say("ok", ctx._("Recorded. The page of the survey says so from now on."))
    return redirect(ctx, line.path)


def _own(ctx: Context) -> Line:
    line = read(ctx)
    ensure(may_build(ctx.actor, line.process_id))
    return line


def question_of(ctx: Context) -> tuple[Line, Question, dict[str, list[tuple[str, str]]]]:
    """The question of the address, which may be changed, and the answers on which it may depend."""
    line = _own(ctx)
    questions = questions_of(ctx.session, line.id)
    found = next((each for each in questions if each.id == ctx.path["id"]), None)
    if found is None:
        raise NotFound
    ensure(may_question(ctx.actor, line.process_id, line.state, line.frozen))
    return line, found, {"shown_if": rules_for(ctx, found, questions)}


def rules_for(ctx: Context, question: Question, questions: Sequence[Question]) -> list[tuple[str, str]]:
    """The answers to earlier questions, each as a choice."""
    before = [each for each in questions if each.number < question.number and each.kind in RULING]
    found = []
    for each in before:
        texts = {option.key: option.text.to(ctx.locale) for option in each.options} | {OTHER: ctx._(OTHER_LABEL)}
        found += [
            (f"{each.id}:{key}", f"{each.number}. {each.title.to(ctx.locale)} → {texts.get(key, key)}")
            for key in each.answers
        ]
    return found


def process_number(ctx: Context, slug: str) -> int | None:
    return next((each.id for each in places(ctx.session, ctx.locale).processes if each.key == slug), None)


def choices_of(ctx: Context) -> dict[str, list[tuple[str, str]]]:
    """The processes in which this person may make surveys."""
    found = places(ctx.session, ctx.locale).processes
    return {"process": [(each.key, each.name) for each in found if may_build(ctx.actor, each.id)]}


def _build(
    ctx: Context, line: Line, form: SurveyForm, status: int = 200, asked: KindForm | None = None
) -> Response:
    questions = questions_of(ctx.session, line.id)
    gaps = gaps_of(line.title, line.closes_at, questions, ctx.now)
    view = BuildPage(
        survey=line,
        form=form,
        asked=asked or KindForm(ctx._),
        pages=pages_of(questions),
        questions=questions,
        kinds=tuple((str(key), ctx._(label)) for key, label in KINDS.items()),
        labels={str(key): ctx._(label) for key, label in KINDS.items()},
        gaps=tuple((ctx._(gap.says, **dict(gap.values)), gap.question_id) for gap in gaps),
        askable=may_question(ctx.actor, line.process_id, line.state, line.frozen),
        moves=tuple(
            (str(to), ctx._(MOVES[to])) for to in MOVES if may_turn(ctx.actor, line.process_id, line.state, to)
        ),
    )
    return page(ctx, "surveys/edit.html", view, status=status)


def _form(ctx: Context, line: Line, each: Question, form: QuestionForm, status: int = 200) -> Response:
    view = QuestionPage(line, each, form, OF_KIND[each.kind], ctx._(KINDS[each.kind]))
    return page(ctx, "surveys/question.html", view, status=status)


_ONE = "/surveys/{slug}/questions/{id:int}"
ROUTES = (
    get("/surveys/new", new),
    post("/surveys/new", create, limit="build_survey"),
    get("/surveys/{slug}/edit", edit),
    post("/surveys/{slug}/edit", send, limit="build_survey"),
    post("/surveys/{slug}/draft", save, limit="autosave"),
    get("/surveys/{slug}/preview", preview),
    get("/surveys/{slug}/state", ask_turn),
    post("/surveys/{slug}/state", turn),
    post("/surveys/{slug}/questions", add, limit="build_survey"),
    get(_ONE, question),
    post(_ONE, change, limit="build_survey"),
    delete(_ONE, remove, limit="build_survey"),
    post(f"{_ONE}/draft", keep, limit="autosave"),
    post(f"{_ONE}/position", move, limit="build_survey"),
    post(f"{_ONE}/copy", copy, limit="build_survey"),
)
