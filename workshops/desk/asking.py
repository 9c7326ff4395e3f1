"""What the application asks, and for whom places are kept."""

from dataclasses import dataclass

from participation.policy import Verdict
from participation.web import Context, NotFound, Response, delete, fragment, get, page, post, put, redirect
from participation.web.forms import Form
from workshops import actions
from workshops.desk.reading import desk_of, organised
from workshops.forms import QuestionForm, both, quota_form
from workshops.models import WorkshopQuestion
from workshops.policy import may_change_rules
from workshops.problems import Wrong
from workshops.queries import WholeWorkshop
from workshops.readiness import impossible
from workshops.ready_made import READY, ready_made
from workshops.typed import Part, keep_typed, waiting


@dataclass(frozen=True)
class Asked:
    """A question as the desk shows it: (key, label) of each answer."""

    question: WorkshopQuestion
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class QuestionsPage:
    whole: WholeWorkshop
    asked: tuple[Asked, ...]
    ready: tuple[tuple[str, str], ...]  # not asked yet
    quotas: Form
    own: Form
    form: Form | None  # the one that was refused
    waiting: frozenset[Part]  # forms that show words which are not saved yet
    rules: Verdict
    warnings: tuple[str, ...]


def show(ctx: Context) -> Response:
    return _page(ctx, desk_of(ctx))


def offer(ctx: Context) -> Response:
    """Ask one of the usual questions."""
    whole, key = organised(ctx), str(ctx.form.get("key", ""))
    if key not in READY:
        raise NotFound
    try:
        actions.set_question(
            ctx.session, ctx.actor, whole.workshop.id, key, *ready_made(ctx.session, key), now=ctx.now
        )
    except Wrong as wrong:
        raise wrong.said(ctx._) from None
    return redirect(ctx, f"{whole.path}/desk/questions")


def ask(ctx: Context) -> Response:
    """Ask a question of one's own."""
    whole, form = organised(ctx), QuestionForm.read(ctx.form, ctx._)
    if form.ok:
        label, why = (both(form.values[f"{name}_ja"], form.values[f"{name}_en"]) for name in ("label", "why"))
        said = (form.values["key"], label, why, form.choices_typed())
        try:
            actions.set_question(ctx.session, ctx.actor, whole.workshop.id, *said, now=ctx.now)
        except Wrong as wrong:
            form.errors.update(wrong.said(ctx._).errors)
    if not form.ok:
        return _page(ctx, whole, own=form, status=422)
    keep_typed(ctx.session, ctx.actor, whole.workshop.id, Part.QUESTION, None)
    return redirect(ctx, f"{whole.path}/desk/questions")


def drop(ctx: Context) -> Response:
    whole = organised(ctx)
    actions.drop_question(ctx.session, ctx.actor, whole.workshop.id, ctx.path["key"], now=ctx.now)
    return redirect(ctx, f"{whole.path}/desk/questions")


def keep(ctx: Context) -> Response:
    """The quotas anew."""
    whole = organised(ctx)
    form = quota_form(whole.questions).read(ctx.form, ctx._)
    if not form.ok:
        return _page(ctx, whole, quotas=form, status=422)
    kept = form.quotas(whole.workshop.capacity)  # type: ignore[attr-defined]  # made by quota_form
    actions.set_quotas(ctx.session, ctx.actor, whole.workshop.id, kept, now=ctx.now)
    keep_typed(ctx.session, ctx.actor, whole.workshop.id, Part.QUOTAS, None)
    ctx.say("ok", ctx._("The quotas are kept."))
    return redirect(ctx, f"{whole.path}/desk/questions")


def autosave_question(ctx: Context) -> Response:
    return _autosave(ctx, organised(ctx), Part.QUESTION, QuestionForm.read(ctx.form, ctx._))


def autosave_quotas(ctx: Context) -> Response:
    whole = organised(ctx)
    return _autosave(ctx, whole, Part.QUOTAS, quota_form(whole.questions).read(ctx.form, ctx._))


def _autosave(ctx: Context, whole: WholeWorkshop, part: Part, form: Form) -> Response:
    """What is typed waits here, whatever it is."""
    keep_typed(ctx.session, ctx.actor, whole.workshop.id, part, form)
    return fragment(ctx, "workshops/_saved.html", None)


def _page(
    ctx: Context, whole: WholeWorkshop, *, quotas: Form | None = None, own: Form | None = None, status: int = 200
) -> Response:
    there = {question.key for question in whole.questions}
    problems = impossible(whole.workshop.capacity, whole.questions, whole.quotas) if whole.workshop.capacity else ()
    view = QuestionsPage(
        whole=whole,
        asked=tuple(Asked(each, _options(ctx, each)) for each in whole.questions),
        ready=tuple((key, ctx._(label)) for key, (label, _, _) in READY.items() if key not in there),
        quotas=quotas or _filled(ctx, whole),
        own=own or QuestionForm.filled(waiting(whole.workshop, Part.QUESTION), ctx._),
        form=quotas or own,
        waiting=frozenset(part for part in Part if waiting(whole.workshop, part)),
        rules=may_change_rules(ctx.actor, whole.workshop),
        warnings=tuple(ctx._(each.message, **each.values) for each in problems),
    )
    return page(ctx, "workshops/questions.html", view, status=status)


def _options(ctx: Context, question: WorkshopQuestion) -> tuple[tuple[str, str], ...]:
    return tuple(answers(question, ctx.locale).items())


def answers(question: WorkshopQuestion, locale: str) -> dict[str, str]:
    """What can be answered, in the reader's language."""
    words = {str(option["key"]): option["label"] for option in question.options}
    return {key: both(**text).to(locale) if isinstance(text, dict) else key for key, text in words.items()}


def _filled(ctx: Context, whole: WholeWorkshop) -> Form:
    values: dict[str, int] = {}
    for quota in whole.quotas:
        name = f"{quota.feature}.{quota.value}"
        values |= {f"min.{name}": quota.minimum, f"max.{name}": quota.maximum}
    return quota_form(whole.questions).filled({**values, **waiting(whole.workshop, Part.QUOTAS)}, ctx._)


QUESTIONS = "/workshops/{slug}/desk/questions"
ROUTES = (
    get(QUESTIONS, show),
    post(QUESTIONS + "/ready", offer, limit="workshop_desk"),
    post(QUESTIONS, ask, limit="workshop_desk"),
    post(QUESTIONS + "/draft", autosave_question, limit="workshop_autosave"),
    delete(QUESTIONS + "/{key}", drop, limit="workshop_desk"),
    put("/workshops/{slug}/desk/quotas", keep, limit="workshop_desk"),
    post("/workshops/{slug}/desk/quotas/draft", autosave_quotas, limit="workshop_autosave"),
)
