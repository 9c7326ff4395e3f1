"""Answers over the API."""

from typing import Any

from participation.policy import N_
from participation.web import Context, Invalid, Response, json_answer, post
from participation.web.describing import MOMENT, NUMBER, TEXT, Doc, maybe, record_of
from participation.web.i18n import ZONE
from proposals.answering.actions import ensure_answerable
from proposals.answering.forms import ApiAnswerForm
from proposals.answering.pages import give
from proposals.answering.queries import AnswerView, answers_to


def create(ctx: Context) -> Response:
    """`{state, reasons, department?, cost?, starts_on?, next_report_on?}` -> 201 with the answer."""
    ensure_answerable(ctx.session, ctx.actor, ctx.path["id"], ctx.now)
    form = ApiAnswerForm.read_json(ctx.json, ctx._)
    form.expect_future(ctx.now.astimezone(ZONE).date())
    if not form.ok:
        raise Invalid(form.errors, N_("Some of the entries cannot be used."))
    give(ctx, form)
    return json_answer(as_json(answers_to(ctx.session, ctx.path["id"])[0]), status=201)


def as_json(given: AnswerView) -> dict[str, Any]:
    """An answer as the API shows it, here and in a proposal."""
    return {
        "number": given.number,
        "state": given.state,
        "reasons": given.reasons,
        "department": given.department or None,
        "cost": given.cost or None,
        "starts_on": given.starts_on.isoformat() if given.starts_on else None,
        "next_report_on": given.next_report_on.isoformat() if given.next_report_on else None,
        "at": given.at.isoformat() if given.at else None,
    }


ANSWER = record_of(
    number=NUMBER,
    state=TEXT,
    reasons=TEXT,
    department=maybe(TEXT),
    cost=maybe(TEXT),
    starts_on=maybe(TEXT),
    next_report_on=maybe(TEXT),
    at=maybe(MOMENT),
)
DOC = Doc(ANSWER, ApiAnswerForm, status=201, signed_in=True)
ROUTES = (post("/api/v1/proposals/{id:int}/answer", create, api=True, doc=DOC),)
