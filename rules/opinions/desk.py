"""The secretariat's desk: the public comments, and the groups of one of them, what waits for a response first."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from participation.component import MenuItem
from participation.policy import N_, ensure
from participation.web import Context, NotFound, Response, get, page
from participation.web.paging import Pager, make_pager, read_paging
from rules.opinions import policy
from rules.opinions.cases import Case, all_cases, case_by_id
from rules.opinions.groups import Group, groups_of, unanswered
from rules.opinions.labels import KINDS, OUTCOMES, STANCES
from rules.opinions.table import known_headings

SHOW = {"all": N_("All"), "waiting": N_("Without a response"), "answered": N_("With a response")}
PER_PAGE = 50


@dataclass(frozen=True)
class DeskPage:
    cases: tuple[tuple[Case, str, int], ...]  # with its title and how many opinions wait


@dataclass(frozen=True)
class CasePage:
    case: Case
    title: str
    groups: tuple[Group, ...]
    pager: Pager
    counts: dict[str, int]  # opinions, rows, waiting rows
    chosen: dict[str, str]
    shows: list[tuple[str, str]]
    sections: list[tuple[str, str]]
    stances: list[tuple[str, str]]
    kinds: list[tuple[str, str]]
    headings: dict[str, str]
    outcomes: dict[str, str]
    table_public: bool
    may_work: bool


def index(ctx: Context) -> Response:
    ensure(policy.may_watch(ctx.actor))
    cases = all_cases(ctx.session)
    waiting = unanswered(ctx.session, [case.id for case in cases])
    lines = tuple((case, case.title.to(ctx.locale), waiting.get(case.id, 0)) for case in cases)
    return page(ctx, "rules/opinions/desk.html", DeskPage(lines))


def show(ctx: Context) -> Response:
    """Filters: `show`, `section` (whole: "-"), `stance`, `kind`; what waits stands first."""
    ensure(policy.may_watch(ctx.actor))
    case = case_by_id(ctx.session, ctx.path["id"])
    if case is None:
        raise NotFound
    chosen = {name: ctx.query.get(name, "") for name in ("show", "section", "stance", "kind")}
    groups = groups_of(ctx.session, case.id)
    fitting = [group for group in groups if _fits(group, chosen)]
    fitting.sort(key=lambda group: (group.answer is not None, group.id))
    paging = read_paging(ctx.query, per_page=PER_PAGE)
    names = {key: heading.to(ctx.locale) for key, heading in known_headings(ctx.session, case).items()}
    view = CasePage(
        case=case,
        title=case.title.to(ctx.locale),
        groups=tuple(fitting[paging.offset : paging.offset + paging.per_page]),
        pager=make_pager(paging, len(fitting)),
        counts=_counts(groups),
        chosen=chosen,
        shows=[(key, ctx._(label)) for key, label in SHOW.items()],
        sections=[("-", ctx._(N_("The whole text"))), *names.items()],
        stances=[(key, ctx._(label)) for key, label in STANCES.items()],
        kinds=[(key, ctx._(label)) for key, label in KINDS.items()],
        headings=names,
        outcomes={key: ctx._(label) for key, label in OUTCOMES.items()},
        table_public=case.table_public(ctx.now),
        may_work=bool(policy.may_work(ctx.actor)),
    )
    return page(ctx, "rules/opinions/case.html", view)


def _fits(group: Group, chosen: dict[str, str]) -> bool:
    section = "" if chosen["section"] == "-" else chosen["section"]
    wanted = {"waiting": group.answer is None, "answered": group.answer is not None}.get(chosen["show"], True)
    return (
        wanted
        and (not chosen["section"] or section in group.sections)
        and (not chosen["stance"] or chosen["stance"] in {line.stance for line in group.lines})
        and (not chosen["kind"] or chosen["kind"] in {line.kind for line in group.lines})
    )


def _counts(groups: tuple[Group, ...]) -> dict[str, int]:
    return {
        "opinions": sum(len(group.lines) for group in groups),
        "rows": len(groups),
        "waiting": sum(group.answer is None for group in groups),
    }


def waiting_opinions(session: Session, now: datetime) -> list[tuple[str, int, int, str]]:
    """For the secretariat's overview: opinions that wait after the close, and the days since the first such close."""
    ended = [case for case in all_cases(session) if case.ended(now)]
    waiting = unanswered(session, [case.id for case in ended])
    oldest = min((case.closes_at for case in ended if waiting.get(case.id)), default=now)
    return [(N_("Opinions without a response"), sum(waiting.values()), (now - oldest).days, "/secretariat/opinions")]


MENU = (
    MenuItem(
        "desk-opinions",
        N_("Opinions"),
        "/secretariat/opinions",
        order=25,
        place="desk",
        roles=("secretariat", "auditor"),
    ),
)
ROUTES = (
    get("/secretariat/opinions", index),
    get("/secretariat/opinions/{id:int}", show),
)
