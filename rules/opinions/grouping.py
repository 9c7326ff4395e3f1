"""One group at the desk: its opinions, those that say something similar, and the form for the city's response."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from participation.policy import N_, ensure
from participation.web import Context, NotFound, Response, get, page, post, put, redirect
from rules.opinions import answering, policy
from rules.opinions.cases import Case, case_by_id
from rules.opinions.forms import ResponseForm, WordingForm
from rules.opinions.groups import Answer, Group, groups_of, history_of
from rules.opinions.labels import KINDS, OUTCOMES, SOURCES, STANCES
from rules.opinions.likeness import alike
from rules.opinions.models import Kind, Opinion, OpinionGroup, Outcome, Source
from rules.opinions.queries import Person, person_of
from rules.opinions.table import known_headings

MOST_OTHERS = 200


@dataclass(frozen=True)
class Sent:
    """An opinion as the desk sees it; the person for the secretariat only."""

    id: int
    receipt: str
    body: str
    wording: str
    locale: str
    section: str
    labels: tuple[str, ...]  # message ids
    person: Person | None
    form: WordingForm


@dataclass(frozen=True)
class GroupPage:
    case: Case
    title: str
    group: Group
    sent: tuple[Sent, ...]
    alike: tuple[Group, ...]
    others: tuple[Group, ...]
    history: tuple[Answer, ...]
    form: ResponseForm
    headings: dict[str, str]
    outcomes: dict[str, str]
    may_work: bool
    may_arrange: bool
    next_id: int | None  # the next group without a response

    @property
    def path(self) -> str:
        return f"/secretariat/opinion-groups/{self.group.id}"


def show(ctx: Context) -> Response:
    return _page(ctx, None)


def answer(ctx: Context) -> Response:
    """The response, then the next group that waits."""
    ensure(policy.may_work(ctx.actor))
    case, _groups, _group = read_group(ctx)
    form = ResponseForm.read(ctx.form, ctx._, choices=choices_of(ctx, case))
    if not form.ok:
        return _page(ctx, form, 422)
    give(ctx, form)
    ctx.say("ok", ctx._(N_("The response is written. It is published with the next version.")))
    waiting = [group for group in groups_of(ctx.session, case.id) if group.answer is None]
    return redirect(ctx, f"/secretariat/opinion-groups/{waiting[0].id}" if waiting else case.desk)


def give(ctx: Context, form: ResponseForm) -> int:
    """Write what the form holds as the group's next response; returns its number."""
    values = form.values
    return answering.respond(
        ctx.session,
        ctx.actor,
        ctx.path["id"],
        outcome=Outcome(values["outcome"]),
        view=form.view(),
        sections=values["sections"],
        title=values["title"],
        now=ctx.now,
    )


def join(ctx: Context) -> Response:
    numbers = [int(text) for text in ctx.form.getlist("group") if isinstance(text, str) and _is_number(text)]
    moved = answering.join_groups(ctx.session, ctx.actor, ctx.path["id"], numbers, now=ctx.now)
    told = N_("They are one group now.") if moved else N_("Nothing was chosen that can be put together.")
    ctx.say("ok" if moved else "info", ctx._(told))
    return redirect(ctx, f"/secretariat/opinion-groups/{ctx.path['id']}")


def take_out(ctx: Context) -> Response:
    text = str(ctx.form.get("opinion", ""))
    if not _is_number(text):
        raise NotFound
    answering.take_out(ctx.session, ctx.actor, ctx.path["id"], int(text), now=ctx.now)
    ctx.say("ok", ctx._(N_("The opinion stands alone again.")))
    return redirect(ctx, f"/secretariat/opinion-groups/{ctx.path['id']}")


def reword(ctx: Context) -> Response:
    form, text = WordingForm.read(ctx.form, ctx._), str(ctx.form.get("opinion", ""))
    if not _is_number(text):
        raise NotFound
    if not form.ok:
        ensure(policy.may_work(ctx.actor))
        return _page(ctx, None, 422, {int(text): form})
    answering.reword(ctx.session, ctx.actor, ctx.path["id"], int(text), form.values["wording"], now=ctx.now)
    ctx.say("ok", ctx._(N_("The table shows these words now.")))
    return redirect(ctx, f"/secretariat/opinion-groups/{ctx.path['id']}")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 16


def read_group(ctx: Context) -> tuple[Case, tuple[Group, ...], Group]:
    """The public comment of the group in the address, all its groups, and the group.

    Raises:
        NotFound: there is none.
    """
    found = ctx.session.get(OpinionGroup, ctx.path["id"])
    case = case_by_id(ctx.session, found.public_comment_id) if found else None
    groups = groups_of(ctx.session, case.id) if case else ()
    group = next((each for each in groups if each.id == ctx.path["id"]), None)
    if case is None or group is None:
        raise NotFound
    return case, groups, group


def choices_of(ctx: Context, case: Case) -> dict[str, list[tuple[str, str]]]:
    return {"sections": [(key, heading.to(ctx.locale)) for key, heading in known_headings(ctx.session, case).items()]}


def _page(
    ctx: Context,
    form: ResponseForm | None,
    status: int = 200,
    wordings: Mapping[int, WordingForm] = MappingProxyType({}),
) -> Response:
    ensure(policy.may_watch(ctx.actor))
    case, groups, group = read_group(ctx)
    choices = choices_of(ctx, case)
    waiting = [each for each in groups if each.answer is None and each.id != group.id]
    similar = alike(group, waiting)
    work = bool(policy.may_work(ctx.actor))
    names = dict(choices["sections"])
    view = GroupPage(
        case=case,
        title=case.title.to(ctx.locale),
        group=group,
        sent=_sent(ctx, group, names, work, wordings),
        alike=similar,
        others=tuple(each for each in waiting if each not in similar)[:MOST_OTHERS],
        history=history_of(ctx.session, group.id),
        form=form or ResponseForm.filled(_values(group), ctx._, choices=choices),
        headings=names,
        outcomes={key: ctx._(label) for key, label in OUTCOMES.items()},
        may_work=work,
        may_arrange=bool(policy.may_arrange(ctx.actor, case, ctx.now)),
        next_id=waiting[0].id if waiting else None,
    )
    failed = next(iter(wordings.values()), None)  # marks the title of the page
    return page(ctx, "rules/opinions/group.html", view, status=status, form=failed)


def _values(group: Group) -> dict[str, Any]:
    if group.answer is None:
        return {"title": group.title}
    view = group.answer.view
    shown = {"view_ja": view.get("ja", ""), "view_en": view.get("en", ""), "sections": group.answer.sections}
    return {"title": group.title, "outcome": group.answer.outcome, **shown}


def _sent(
    ctx: Context, group: Group, names: dict[str, str], with_person: bool, wordings: Mapping[int, WordingForm]
) -> tuple[Sent, ...]:
    found = []
    for line in group.lines:
        row = ctx.session.get_one(Opinion, line.id)
        labels = (KINDS[Kind(line.kind)], SOURCES[Source(line.source)])
        stance = (STANCES[line.stance],) if line.stance else ()
        person = person_of(ctx.session, line.id) if with_person and line.kind == Kind.FORMAL else None
        found.append(
            Sent(
                line.id,
                row.receipt,
                row.body,
                row.wording,
                row.locale,
                names.get(line.section or "", ""),
                (*stance, *labels),
                person,
                wordings.get(line.id) or WordingForm.filled({"wording": row.wording}, ctx._),
            )
        )
    return tuple(found)


GROUP = "/secretariat/opinion-groups/{id:int}"
ROUTES = (
    get(GROUP, show),
    post(f"{GROUP}/responses", answer),
    post(f"{GROUP}/groups", join),
    post(f"{GROUP}/parts", take_out),
    put(f"{GROUP}/wording", reword),
)
