"""What an organisation's people have to do: the first thing that a member sees."""

from dataclasses import dataclass
from datetime import datetime

from consortium.membership.models import Stage
from consortium.membership.pages import found
from consortium.membership.queries import PARTICIPATION, MemberView, history_of
from participation.organisations.models import MandateRole, Organisation
from participation.organisations.policy import LABELS, acts_for, may_act_for, may_change_organisation
from participation.organisations.queries import PersonView, people_of
from participation.policy import N_, Verdict, ensure
from participation.web import Context, Response, get, page
from rules.documents.reading import Words, words
from rules.checks.reporting.queries import asked_of_everybody
from rules.signing.cases import SigningCase, signing_case
from rules.signing.queries import PersonStanding, book_of, person_standing, rules_for_organisations
from rules.signing.validity import Agreed, Agreement


@dataclass(frozen=True)
class Task:
    """`title` and `button` are message ids; `about` is a text of the institution or of the secretariat."""

    title: str
    about: str
    path: str
    button: str
    until: datetime | None = None


@dataclass(frozen=True)
class RuleLine:
    slug: str
    title: Words
    number: int
    done: int
    all: int
    agreement: Agreement
    code: str


@dataclass(frozen=True)
class Dashboard:
    member: MemberView
    tasks: tuple[Task, ...]
    rules: tuple[RuleLine, ...]
    people: tuple[PersonView, ...]
    roles: dict[str, str]
    mine: PersonStanding
    changeable: Verdict  # what the organisation says of itself


def show(ctx: Context) -> Response:
    view = found(ctx)
    ensure(may_act_for(ctx.actor, view.id))
    people = people_of(ctx.session, view.id)
    pairs = _cases(ctx, view)
    mine = person_standing(ctx.session, ctx.actor.id or 0, view.id, PARTICIPATION, ctx.now)
    shown = Dashboard(
        view,
        (*_of_membership(ctx, view, people), *_of_rules(ctx, view, pairs, mine), *_of_reports(ctx, view)),
        tuple(_line(ctx, case, held) for case, held in pairs),
        people,
        {str(role): ctx._(label) for role, label in LABELS.items()},
        mine,
        may_change_organisation(ctx.actor, view.id),
    )
    return page(ctx, "consortium/dashboard.html", shown)


def _cases(ctx: Context, view: MemberView) -> list[tuple[SigningCase, Agreement]]:
    organisation = ctx.session.get_one(Organisation, view.id)
    found = []
    for rule in rules_for_organisations(ctx.session):
        case = signing_case(ctx.session, ctx.actor, rule.slug, organisation, ctx.services.registry, ctx.now)
        if case is not None:
            found.append((case, book_of(ctx.session, rule.slug).agreement(view.id, ctx.now)))
    return found


def _of_membership(ctx: Context, view: MemberView, people: tuple[PersonView, ...]) -> list[Task]:
    tasks = []
    if view.stage == Stage.RETURNED:
        asked = history_of(ctx.session, view.id)[0].reason
        tasks.append(Task(N_("The secretariat asks"), asked, f"{view.path}/apply", N_("Answer")))
    if view.stage == Stage.APPROVED and all(each.role != MandateRole.SIGNATORY for each in people):
        about = ctx._("Nobody can sign for the organisation yet.")
        tasks.append(Task(N_("Name a signatory"), about, f"{view.path}/people", N_("Invite")))
    if not view.description and may_change_organisation(ctx.actor, view.id):
        about = ctx._("Citizens read on your page what your organisation does.")
        tasks.append(Task(N_("Introduce your organisation"), about, f"{view.path}/profile", N_("Write")))
    return tasks


def _of_rules(
    ctx: Context, view: MemberView, pairs: list[tuple[SigningCase, Agreement]], mine: PersonStanding
) -> list[Task]:
    if view.stage not in (Stage.APPROVED, Stage.SUSPENDED):
        return []
    tasks = []
    for case, held in pairs:
        path = f"{view.path}/rules/{case.document.slug}"
        title, count = case.version.title.to(ctx.locale), len(case.pending)
        about = ctx._("%(title)s, version %(n)s: %(count)s articles to confirm", title=title, n=case.version.number,
                      count=count)  # fmt: skip
        if held.state != Agreed.CURRENT:
            until = held.until if held.state == Agreed.DUE else None
            tasks.append(Task(N_("Read and sign"), about, path, N_("Go on"), until))
        elif case.document.slug == PARTICIPATION and mine.missing:
            tasks.append(Task(N_("Read what your organisation has signed"), about, path, N_("Go on")))
    return tasks


def _of_reports(ctx: Context, view: MemberView) -> list[Task]:
    if not acts_for(ctx.actor, view.id, MandateRole.REPRESENTATIVE):
        return []
    tasks = []
    for asked in asked_of_everybody(ctx.session, ctx.services.registry, ctx.now, view.id):
        if asked.open:
            heading, year = asked.article.heading.to(ctx.locale), asked.year.number
            about = ctx._("Report for fiscal year %(year)s: %(heading)s", year=year, heading=heading)
            tasks.append(Task(N_("Hand in the yearly report"), about, asked.path, N_("Write"), asked.progress.due))
    return tasks


def _line(ctx: Context, case: SigningCase, held: Agreement) -> RuleLine:
    done, code = len(case.keys) - len(case.pending), case.signature.code if case.signature else ""
    title = words(case.version.title, ctx.locale)
    return RuleLine(case.document.slug, title, case.version.number, done, len(case.keys), held, code)


ROUTES = (get("/organisations/{slug}/dashboard", show),)
