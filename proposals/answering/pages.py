"""The answer on a proposal's page, all answers, and the form with its preview."""

from dataclasses import dataclass, replace
from typing import Any

from participation.component import SubjectBlock
from participation.policy import Verdict
from participation.web import Context, NotFound, Response, get, page, post, redirect
from participation.web.i18n import ZONE
from proposals.answering.actions import answer, begin_review, ensure_answerable
from proposals.answering.forms import AnswerForm, ApiAnswerForm
from proposals.answering.policy import answers_from, may_answer, may_begin_review
from proposals.answering.queries import AnswerView, answers_to
from proposals.labels import STATES
from proposals.merging.policy import may_begin_merge
from proposals.models import State
from proposals.policy import Standing, may_read
from proposals.reading import ProposalPage, proposal_page

MORE = ("department", "cost", "starts_on", "next_report_on")


@dataclass(frozen=True)
class AnswerBlock:
    """The region of a proposal's page: the newest answer, how many there were before, what the desk can do."""

    proposal_id: int
    answer: AnswerView | None
    earlier: int
    answerable: Verdict
    reviewable: Verdict
    mergeable: Verdict


@dataclass(frozen=True)
class AnswersPage:
    proposal: ProposalPage
    answers: tuple[AnswerView, ...]


@dataclass(frozen=True)
class AnswerPage:
    proposal: ProposalPage
    form: AnswerForm
    preview: AnswerView | None
    answers: tuple[AnswerView, ...]


def answer_block(ctx: Context, subject: Any) -> AnswerBlock | None:
    """Nothing where there is neither an answer nor anybody who may give one; one query if there is an answer."""
    if subject.kind != "proposal":
        return None
    block = AnswerBlock(
        subject.id,
        None,
        0,
        may_answer(ctx.actor, subject.standing),
        may_begin_review(ctx.actor, subject.standing),
        may_begin_merge(ctx.actor, subject.standing),
    )
    if not subject.answered:
        return block if block.answerable else None
    answers = answers_to(ctx.session, subject.id)
    return replace(block, answer=answers[0], earlier=len(answers) - 1)


def index(ctx: Context) -> Response:
    """Every answer that the city gave, the newest first."""
    view = _proposal(ctx)
    if not may_read(ctx.actor, view.standing):
        raise NotFound
    return page(ctx, "proposals/answers.html", AnswersPage(view, answers_to(ctx.session, view.id)))


def ask(ctx: Context) -> Response:
    """The empty form."""
    case = ensure_answerable(ctx.session, ctx.actor, ctx.path["id"], ctx.now)
    return _form_page(ctx, AnswerForm.filled({}, ctx._, choices=choices(ctx, case)))


def publish(ctx: Context) -> Response:
    """POST: show the preview, or publish; what is missing is asked for with everything typed still there."""
    case = ensure_answerable(ctx.session, ctx.actor, ctx.path["id"], ctx.now)
    form = AnswerForm.read(ctx.form, ctx._, choices=choices(ctx, case))
    form.expect_future(ctx.now.astimezone(ZONE).date())
    if not form.ok:
        return _form_page(ctx, form, status=422)
    if ctx.form.get("do") != "publish":
        return _form_page(ctx, form, preview=_as_view(form, ctx.locale))
    give(ctx, form)
    ctx.say("ok", ctx._("The answer is published. The authors and everybody who supports or follows are told."))
    return redirect(ctx, f"/proposals/{case.id}")


def review(ctx: Context) -> Response:
    begin_review(ctx.session, ctx.actor, ctx.path["id"], now=ctx.now)
    ctx.say("ok", ctx._("The proposal is under review now. Its text stays as it is from here on."))
    return redirect(ctx, f"/proposals/{ctx.path['id']}")


def give(ctx: Context, form: ApiAnswerForm) -> int:
    """The action with the values of a form that is in order."""
    return answer(
        ctx.session,
        ctx.actor,
        ctx.path["id"],
        state=State(form.values["state"]),
        reasons=form.values["reasons"],
        locale=ctx.locale,
        more={name: form.values[name] for name in MORE},
        now=ctx.now,
    )


def choices(ctx: Context, case: Standing) -> dict[str, list[tuple[str, str]]]:
    """Only what can be said now."""
    return {"state": [(str(state), ctx._(STATES[state])) for state in answers_from(case.state)]}


def _form_page(ctx: Context, form: AnswerForm, *, preview: AnswerView | None = None, status: int = 200) -> Response:
    view = _proposal(ctx)
    earlier = answers_to(ctx.session, view.id) if view.answered else ()
    return page(ctx, "proposals/answer.html", AnswerPage(view, form, preview, earlier), status=status)


def _as_view(form: AnswerForm, locale: str) -> AnswerView:
    given = {name: form.values[name] for name in ("state", "reasons", *MORE)}
    return AnswerView(number=0, locale=locale, at=None, **given)


def _proposal(ctx: Context) -> ProposalPage:
    view = proposal_page(ctx.session, ctx.actor, ctx.path["id"], ctx.now, ctx.locale)
    if view is None or not view.standing.published:
        raise NotFound
    return view


BLOCKS = (SubjectBlock("proposals/_answer.html", answer_block, place="main", order=10),)
ROUTES = (
    get("/proposals/{id:int}/answers", index, cached=True),
    get("/proposals/{id:int}/answer", ask),
    post("/proposals/{id:int}/answer", publish),
    post("/proposals/{id:int}/review", review),
)
