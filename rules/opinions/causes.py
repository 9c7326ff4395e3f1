"""Why a section changed: the opinions that caused it, below the section on the page that compares two versions."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from participation.web import Context
from rules.documents.port import Block
from rules.opinions.cases import Case, cases_of
from rules.opinions.groups import Group, as_shown, groups_of
from rules.opinions.models import Outcome

if TYPE_CHECKING:
    from rules.documents.port import VersionPage


@dataclass(frozen=True)
class Cause:
    words: str
    count: int  # opinions
    view: str  # of the city
    url: str  # of the row


def comparison_blocks(ctx: Context, old: "VersionPage", new: "VersionPage") -> dict[str, Block]:
    """Of all public comments on the versions from the older one up to the one before the newer."""
    between = [case for case in cases_of(ctx.session, new.id)
               if old.number <= case.number < new.number and case.table_public(ctx.now)]  # fmt: skip
    causes: dict[str, list[Cause]] = {}
    for case in between:
        for group in groups_of(ctx.session, case.id):
            if group.answer is not None and group.answer.outcome == Outcome.WILL_CHANGE:
                cause = _cause(case, group, ctx.locale)
                for key in group.answer.sections:
                    causes.setdefault(key, []).append(cause)
    return {key: Block("rules/opinions/_causes.html", tuple(found)) for key, found in causes.items()}


def _cause(case: Case, group: Group, locale: str) -> Cause:
    view = group.answer.view.to(locale) if group.answer else ""
    return Cause(as_shown(group, locale).words, len(group.lines), view, f"{case.path}/responses#row-{group.id}")
