"""The organisers' page of a draw: what comes next, why it does not work, who is invited, who is waiting."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from participation.policy import N_, Verdict, ensure
from participation.web import Context, Response, get, page, post, put, redirect
from participation.web.forms import Form
from workshops.models import WorkshopApplication
from workshops.panels import actions
from workshops.panels.files import Bounds
from workshops.panels.forms import AnswerForm, SourceForm, ValueForm, ease_form, eased
from workshops.panels.inviting import answer
from workshops.panels.mailing import office_of
from workshops.panels.models import TRANSITIONS, Answer, WorkshopInvitation
from workshops.panels.policy import may_answer_for, may_ease, may_enter_value, may_name_source
from workshops.panels.queries import DrawView, Held, bounds_in, draw_view, held_draw
from workshops.panels.waiting import Waiting, waiting_in
from workshops.policy import may_organise, may_read_desk
from workshops.problems import Wrong

STATES = {
    Answer.INVITED: N_("No answer yet"),
    Answer.ACCEPTED: N_("Comes"),
    Answer.DECLINED: N_("Does not come"),
    Answer.EXPIRED: N_("Did not answer"),
    Answer.WITHDRAWN: N_("Gave the place back"),
}
ACTS = {
    Answer.ACCEPTED: N_("Comes"),
    Answer.DECLINED: N_("Does not come"),
    Answer.WITHDRAWN: N_("Gives the place back"),
}


@dataclass(frozen=True)
class Invited:
    """An invitation; name and address are empty once the application was deleted."""

    row: WorkshopInvitation
    name: str
    email: str
    needs: str
    state: str  # message id
    acts: tuple[tuple[str, str], ...]  # (answer, message id) that can be noted down


@dataclass(frozen=True)
class Miss:
    """A quota in the way, in words; a row without a question: nobody applied."""

    question: str
    answer: str
    least: int
    most: int
    less: int
    more: int
    there: int


@dataclass(frozen=True)
class DeskPage:
    draw: DrawView
    misses: tuple[Miss, ...]
    invited: tuple[Invited, ...]
    waiting: tuple[Waiting, ...]
    taken: int
    may_organise: bool
    may_source: Verdict
    may_value: Verdict
    may_ease: Verdict
    source_form: Form
    value_form: Form
    ease_form: Form
    form: Form | None  # the one that was refused


def show(ctx: Context) -> Response:
    return page(ctx, "workshops/panels/desk.html", _view(ctx, _held(ctx)))


def name_source(ctx: Context) -> Response:
    held = _held(ctx)
    ensure(may_name_source(ctx.actor, held.workshop, held.draw))
    form = SourceForm.read(ctx.form, ctx._)
    if not form.ok:
        return _again(ctx, held, form)
    said = {"ja": form.values["source_ja"], "en": form.values["source_en"]}
    actions.name_source(ctx.session, ctx.actor, held.workshop.id, said, now=ctx.now)
    ctx.say("ok", ctx._(N_("The source is announced.")))
    return _back(ctx, held)


def enter_value(ctx: Context) -> Response:
    held = _held(ctx)
    ensure(may_enter_value(ctx.actor, held.workshop, held.draw))
    form = ValueForm.read(ctx.form, ctx._)
    if not form.ok:
        return _again(ctx, held, form)
    said = form.values
    actions.enter_value(
        ctx.session, ctx.actor, held.workshop.id, said["value"], said["url"], answer_days=said["answer_days"],
        now=ctx.now,
    )  # fmt: skip
    ctx.say("ok", ctx._(N_("The seed is complete. The draw runs now; the page shows it in a moment.")))
    return _back(ctx, held)


def ease(ctx: Context) -> Response:
    held = _held(ctx)
    ensure(may_ease(ctx.actor, held.workshop, held.draw))
    bounds, kind = _ease(ctx, held)
    form = kind.read(ctx.form, ctx._)
    if form.ok:
        try:
            actions.ease_quotas(
                ctx.session, ctx.actor, held.workshop.id, eased(bounds, form.values), form.values["seats"],
                form.values["reason"], now=ctx.now,
            )  # fmt: skip
        except Wrong as wrong:
            for each in wrong.problems:
                form.fail(_field(each.field, bounds), each.message, **each.values)
    if not form.ok:
        return _again(ctx, held, form)
    ctx.say("ok", ctx._(N_("The quotas are changed and are being checked anew.")))
    return _back(ctx, held)


def note_answer(ctx: Context) -> Response:
    """What somebody said by telephone."""
    held = _held(ctx)
    ensure(may_answer_for(ctx.actor, held.workshop))
    form = AnswerForm.read(ctx.form, ctx._)
    if not form.ok:
        return _again(ctx, held, form)
    to, number = Answer(form.values["answer"]), ctx.path["number"]
    answer(ctx.session, office_of(ctx.services), ctx.actor, held.workshop.id, number, to, now=ctx.now)
    ctx.say("ok", ctx._(N_("The answer is noted.")))
    return _back(ctx, held)


def _held(ctx: Context) -> Held:
    held = held_draw(ctx.session, ctx.actor, ctx.path["slug"])
    ensure(may_read_desk(ctx.actor, held.workshop))
    return held


def _back(ctx: Context, held: Held) -> Response:
    return redirect(ctx, f"/workshops/{held.workshop.slug}/desk/draw")


def _again(ctx: Context, held: Held, form: Form) -> Response:
    return page(ctx, "workshops/panels/desk.html", _view(ctx, held, form), status=422)


def _field(name: str, bounds: list[Bounds]) -> str:
    """The field of the page that a problem of the action belongs to."""
    places = {f"{each.feature}.{each.value}": f"least_{place}" for place, each in enumerate(bounds)}
    return places.get(name, name)


def _ease(ctx: Context, held: Held) -> tuple[list[Bounds], Any]:
    view = draw_view(ctx.session, ctx.actor, held, ctx.locale, number="", may_desk=True)
    bounds = bounds_in(ctx.session, held)
    return bounds, ease_form(bounds, [f"{row.question}: {row.answer}" for row in view.quotas])


def _view(ctx: Context, held: Held, refused: Form | None = None) -> DeskPage:
    actor, workshop, draw = ctx.actor, held.workshop, held.draw
    view = draw_view(ctx.session, actor, held, ctx.locale, number="", may_desk=True)
    invited = invited_to(ctx, held)
    bounds = bounds_in(ctx.session, held)
    kind = ease_form(bounds, [f"{row.question}: {row.answer}" for row in view.quotas])
    least = {f"least_{place}": each.minimum for place, each in enumerate(bounds)}
    most = {f"most_{place}": each.maximum for place, each in enumerate(bounds)}
    source = {"source_ja": draw.source.get("ja", ""), "source_en": draw.source.get("en", "")}
    forms = {
        SourceForm: SourceForm.filled(source, ctx._),
        ValueForm: ValueForm.filled({"answer_days": draw.answer_days}, ctx._),
        kind: kind.filled({**least, **most, "seats": draw.seats, "reason": ""}, ctx._),
    }
    for each in forms:
        if refused is not None and refused.fields.keys() == each.fields.keys():
            forms[each] = refused
    return DeskPage(
        draw=view,
        misses=_misses(view, draw.problem or []),
        invited=invited,
        waiting=waiting_in(ctx.session, held, ctx.locale) if draw.drawn_at else (),
        taken=sum(each.row.state == Answer.ACCEPTED for each in invited),
        may_organise=bool(may_organise(actor, workshop)),
        may_source=may_name_source(actor, workshop, draw),
        may_value=may_enter_value(actor, workshop, draw),
        may_ease=may_ease(actor, workshop, draw),
        source_form=forms[SourceForm],
        value_form=forms[ValueForm],
        ease_form=forms[kind],
        form=refused,
    )


def _misses(view: DrawView, problem: list[dict[str, Any]]) -> tuple[Miss, ...]:
    words = {(row.feature, row.value): row for row in view.quotas}
    found = []
    for each in problem:
        row = words.get((each["feature"], each["value"]))
        question, said = (row.question, row.answer) if row else ("", "")
        found.append(
            Miss(question, said, each["min"], each["max"], each["less"], each["more"], each["there"])
        )  # fmt: skip
    return tuple(found)


def invited_to(ctx: Context, held: Held) -> tuple[Invited, ...]:
    """Everybody who was offered a seat, in the order of the rounds."""
    rows = ctx.session.execute(
        select(WorkshopInvitation, WorkshopApplication)
        .outerjoin(WorkshopApplication, WorkshopApplication.id == WorkshopInvitation.application_id)
        .where(WorkshopInvitation.workshop_id == held.workshop.id)
        .order_by(WorkshopInvitation.round, WorkshopInvitation.number)
    )
    organises = bool(may_answer_for(ctx.actor, held.workshop))
    return tuple(
        Invited(
            row=row,
            name=who.name if who else "",
            email=who.email if who else "",
            needs=who.needs if who else "",
            state=STATES[Answer(row.state)],
            acts=_acts(Answer(row.state)) if organises and who else (),
        )
        for row, who in rows
    )


def _acts(state: Answer) -> tuple[tuple[str, str], ...]:
    giving_back = Answer.WITHDRAWN if state == Answer.INVITED else None  # who was only invited declines
    return tuple((to, said) for to, said in ACTS.items() if to in TRANSITIONS[state] and to != giving_back)


ROUTES = (
    get("/workshops/{slug}/desk/draw", show),
    put("/workshops/{slug}/desk/draw/source", name_source),
    post("/workshops/{slug}/desk/draw/value", enter_value),
    put("/workshops/{slug}/desk/draw/quotas", ease),
    put("/workshops/{slug}/desk/invitations/{number}", note_answer),
)
