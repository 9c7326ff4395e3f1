"""The desk's form that answers the proposals in a ballot; what a proposal's or pilot's page says of ballots."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from participation.policy import N_, ensure
from participation.subjects import Subject
from participation.web import Context, NotFound, Response, get, page, post, redirect
from participation.web.fields import Choices, Day, Text
from participation.web.forms import Form
from participation.web.i18n import ZONE
from proposals.ballots.cases import Case, case_by_slug
from proposals.ballots.models import Ballot, BallotOption, BallotResult, State
from proposals.ballots.results.answering import Stood, answer_by_ballot, may_answer_by_ballot, stood_in, won_in
from proposals.models import State as ProposalState

SHOWN = (State.OPEN, State.CLOSED, State.PUBLISHED)


class AnswersForm(Form):
    accepted = Choices(N_("Accept these proposals"), required=False)
    reasons_accepted = Text(N_("Reasons for accepting"), min=10, max=10_000, lines=True, required=False)
    rejected = Choices(N_("Reject these proposals"), required=False)
    reasons_rejected = Text(N_("Reasons for rejecting"), min=10, max=10_000, lines=True, required=False)
    department = Text(N_("Department"), max=120)
    next_report_on = Day(N_("Next report by"), required=False)

    def check(self) -> None:
        """What is decided needs reasons, what is accepted a day of the next report; nothing is decided twice."""
        if set(self.values["accepted"]) & set(self.values["rejected"]):
            self.fail("rejected", N_("A proposal cannot be accepted and rejected at once."))
        if not self.values["accepted"] and not self.values["rejected"]:
            self.fail("accepted", N_("Please choose at least one proposal."))
        for decision in ("accepted", "rejected"):
            if self.values[decision] and not self.values[f"reasons_{decision}"]:
                self.fail(f"reasons_{decision}", N_("Please give the reasons."))
        if self.values["accepted"] and self.values["next_report_on"] is None:
            self.fail("next_report_on", N_("Please say when you will report next."))


@dataclass(frozen=True)
class AnswersPage:
    slug: str
    title: str
    stood: tuple[Stood, ...]
    form: AnswersForm


def ask(ctx: Context) -> Response:
    """What won is proposed for accepting; about the rest the desk decides."""
    ballot, stood = _read(ctx)
    title = ballot.title.to(ctx.locale)
    url = f"{ctx.settings.base_url}/ballots/{ballot.slug}"
    values = {
        "accepted": [str(one.id) for one in stood if one.won and one.open],
        "reasons_accepted": ctx._(
            N_("It was chosen in the ballot “%(title)s”. The city will carry it out. The result: %(url)s"),
            title=title, url=url),
        "reasons_rejected": ctx._(
            N_("It was not chosen in the ballot “%(title)s”. The result: %(url)s"), title=title, url=url),
    }  # fmt: skip
    form = AnswersForm.filled(values, ctx._, choices=_choices(stood))
    return page(ctx, "proposals/ballots/answers.html", AnswersPage(ballot.slug, title, stood, form))


def publish(ctx: Context) -> Response:
    ballot, stood = _read(ctx)
    form = AnswersForm.read(ctx.form, ctx._, choices=_choices(stood))
    promised = form.values.get("next_report_on")
    if promised is not None and promised < ctx.now.astimezone(ZONE).date():
        form.fail("next_report_on", N_("Please choose a day that has not passed."))
    if not form.ok:
        shown = AnswersPage(ballot.slug, ballot.title.to(ctx.locale), stood, form)
        return page(ctx, "proposals/ballots/answers.html", shown, status=422)
    given = answer_by_ballot(
        ctx.session, ctx.actor, ballot.id,
        accepted=[int(one) for one in form.values["accepted"]], rejected=[int(one) for one in form.values["rejected"]],
        reasons={str(ProposalState.ACCEPTED): form.values["reasons_accepted"],
                 str(ProposalState.REJECTED): form.values["reasons_rejected"]},
        more={"department": form.values["department"], "next_report_on": promised}, now=ctx.now, locale=ctx.locale,
    )  # fmt: skip
    ctx.say("ok", ctx._(N_("Answered: %(count)s. The authors and everybody who supports or follows are told."),
                        count=given))  # fmt: skip
    return redirect(ctx, f"/ballots/{ballot.slug}")


def _read(ctx: Context) -> tuple[Ballot, tuple[Stood, ...]]:
    case: Case = case_by_slug(ctx.session, ctx.path["slug"], ctx.now)
    ensure(may_answer_by_ballot(ctx.actor, case))
    ballot = ctx.session.get(Ballot, case.id)
    if ballot is None:
        raise NotFound
    return ballot, stood_in(ctx.session, case.id)


def _choices(stood: tuple[Stood, ...]) -> dict[str, list[tuple[str, str]]]:
    """What can be decided of each proposal now."""
    return {
        str(decision): [(str(one.id), one.title) for one in stood if decision in one.can]
        for decision in (ProposalState.ACCEPTED, ProposalState.REJECTED)
    }


@dataclass(frozen=True)
class StoodIn:
    """`won`: yes, no, or None while there is no published result."""

    slug: str
    title: str
    won: bool | None


def stood_block(ctx: Context, subject: Any) -> tuple[StoodIn, ...] | None:
    """The ballots in which a proposal or pilot stands or stood; None where there are none. One query."""
    if not isinstance(getattr(subject, "id", None), int) or getattr(subject, "kind", "") == "ballot":
        return None
    return ctx.recall(("stood", subject.id, ctx.locale), lambda: _stood_in(ctx, subject.id)) or None


def _stood_in(ctx: Context, subject_id: int) -> tuple[StoodIn, ...]:
    rows = ctx.session.execute(
        select(Ballot, BallotOption.key, BallotResult)
        .join(BallotOption, BallotOption.ballot_id == Ballot.id)
        .join(Subject, Subject.id == Ballot.id)
        .outerjoin(BallotResult, BallotResult.ballot_id == Ballot.id)
        .where(BallotOption.source_id == subject_id, Ballot.state.in_(SHOWN))
        .where(Subject.published_at.is_not(None), Subject.hidden_at.is_(None))
        .order_by(Ballot.id.desc())
    ).all()
    return tuple(_stood(ctx, *row) for row in rows)


def _stood(ctx: Context, ballot: Ballot, key: str, result: BallotResult | None) -> StoodIn:
    told = result is not None and ballot.state == State.PUBLISHED
    return StoodIn(ballot.slug, ballot.title.to(ctx.locale), key in won_in(result) if told else None)


ROUTES = (get("/ballots/{slug}/answers", ask), post("/ballots/{slug}/answers", publish))
