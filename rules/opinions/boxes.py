"""The box for opinions on a version's page and on each of its sections."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from participation.policy import Verdict
from participation.web import Context
from rules.documents.models import Kind
from rules.documents.port import Block
from rules.opinions import policy
from rules.opinions.cases import Case, case_of_version, cases_of
from rules.opinions.forms import OpinionForm
from rules.opinions.groups import unanswered
from rules.opinions.models import WHOLE, OpinionDraft
from rules.opinions.queries import counts_by_section, drafts_of
from rules.opinions.times.policy import may_correct, may_extend
from rules.opinions.times.queries import ChangeView, changes_of
from rules.opinions.voices.queries import Heard, voices_at_sections

if TYPE_CHECKING:
    from rules.documents.port import VersionPage

MOST_BOXES = 40  # sections of a page that carry a form of their own; more of them carry a link to it
Headings = Mapping[str, str]  # of sections by key, in the reader's language


@dataclass(frozen=True)
class Box:
    """One form, with what was typed. `prefix` keeps the ids of several on a page apart."""

    case: Case
    section: str
    form: OpinionForm
    saved_at: datetime | None
    prefix: str
    choose: bool = False  # whether the section is chosen in the form itself

    @property
    def action(self) -> str:
        return f"{self.case.path}/opinions"


@dataclass(frozen=True)
class Standing:
    """What stands above the text: whether opinions are asked, until when, by whom."""

    case: Case | None
    open: Verdict
    count: int
    table_public: bool
    box: Box | None
    may_call: bool
    may_watch: bool
    reason: str
    contact: str
    path: str
    waiting: int  # opinions without a response, where the reader works with them
    changes: tuple[ChangeView, ...]  # of the announced times
    may_extend: bool
    may_correct: bool
    earlier: tuple[Case, ...]  # on earlier versions, whose tables are public
    heard: Heard | None = None  # light voices on the whole
    voices: int = 0  # on all sections


@dataclass(frozen=True)
class SectionBox:
    key: str
    count: int
    box: Box | None  # None: too many for one page, or it is closed
    open: bool  # whether the box stands open, since there is a draft in it
    path: str  # of the box on a page of its own; empty: it is closed
    heard: Heard | None
    all_voices: str  # the address of all of the section


def form_of(ctx: Context, sections: Headings, values: Mapping[str, Any]) -> OpinionForm:
    return OpinionForm.filled(values, ctx._, choices={"section": list(sections.items())})


def make_box(ctx: Context, case: Case, section: str, sections: Headings, draft: OpinionDraft | None) -> Box:
    values = {**(draft.fields if draft else {}), "section": section}
    prefix = f"{section or 'whole'}-opinion-"
    return Box(case, section, form_of(ctx, sections, values), draft.saved_at if draft else None, prefix)


def version_blocks(ctx: Context, version: "VersionPage") -> list[Block]:
    """For visions and plans that are published: the state of the public comment, with the box for the whole text."""
    if version.kind == Kind.RULE or not version.published:
        return []
    cases = cases_of(ctx.session, version.id)
    case = next((each for each in cases if each.version_id == version.version_id), None)
    earlier = tuple(each for each in cases if each.number < version.number and each.table_public(ctx.now))
    call, watch = bool(policy.may_work(ctx.actor)), bool(policy.may_watch(ctx.actor))
    if case is None:
        if not call and not earlier:
            return []
        path, no = version.line.path, Verdict("closed")
        nothing = Standing(None, no, 0, False, None, call, watch, "", "", path, 0, (), False, False, earlier)
        return [Block("rules/opinions/_standing.html", nothing, order=10)]
    sections, is_open = _sections(version), policy.is_open(case, ctx.now)
    heard = _heard(ctx, case)
    draft = drafts_of(ctx.session, ctx.actor, case.id).get(WHOLE) if is_open else None
    view = Standing(
        case=case,
        open=is_open,
        count=sum(counts_by_section(ctx.session, case.id).values()),
        table_public=case.table_public(ctx.now),
        box=make_box(ctx, case, WHOLE, sections, draft) if is_open else None,
        may_call=call and case.called_off,
        may_watch=watch,
        reason=case.reason.to(ctx.locale),
        contact=case.contact.to(ctx.locale),
        path=case.path,
        waiting=unanswered(ctx.session, [case.id]).get(case.id, 0) if watch else 0,
        changes=changes_of(ctx.session, case.id, ctx.locale) if case.sequence else (),
        may_extend=bool(may_extend(ctx.actor, case, ctx.now)),
        may_correct=bool(may_correct(ctx.actor, case, ctx.now)),
        earlier=earlier,
        heard=heard.get(WHOLE),
        voices=sum(each.count for each in heard.values()),
    )
    return [Block("rules/opinions/_standing.html", view, order=10)]


def section_blocks(ctx: Context, version: "VersionPage") -> dict[str, Block]:
    """Below each section: the light voices on it, and while opinions are asked how many there are, and the box."""
    case = case_of_version(ctx.session, version.version_id)
    if case is None:
        return {}
    is_open, heard = bool(policy.is_open(case, ctx.now)), _heard(ctx, case)
    sections = {key: text for key, text in _sections(version).items() if is_open or key in heard}
    counts = counts_by_section(ctx.session, case.id) if is_open else {}
    drafts = drafts_of(ctx.session, ctx.actor, case.id) if is_open else {}
    forms = is_open and len(sections) <= MOST_BOXES
    return {
        key: Block(
            "rules/opinions/_section.html",
            SectionBox(
                key=key,
                count=counts.get(key, 0),
                box=make_box(ctx, case, key, sections, drafts.get(key)) if forms else None,
                open=key in drafts,
                path=f"{case.path}/opinions/new?section={key}" if is_open else "",
                heard=heard.get(key),
                all_voices=f"{case.path}/voices?section={key}",
            ),
        )
        for key in sections
    }


def _heard(ctx: Context, case: Case) -> dict[str, Heard]:
    """Asked twice by one page, read once."""

    def make() -> dict[str, Heard]:
        return voices_at_sections(ctx.session, ctx.actor, case.id, is_open=case.is_open(ctx.now))

    return ctx.recall(("voices", case.id, ctx.actor.id), make)


def _sections(version: "VersionPage") -> dict[str, str]:
    return {section.key: section.heading.text for section in version.sections}
