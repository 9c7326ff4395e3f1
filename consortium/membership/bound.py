"""The organisations as those whom rules bind (hook of rules/checks)."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from consortium.membership.queries import MemberView, members
from consortium.membership.standing import Standing
from participation.policy import N_
from participation.web.i18n import ZONE
from rules.checks.port import RuleSubject, Sentence, SubjectKind, sentence

NOT_YET = N_("It is not a member yet, so the rules do not bind it.")
GONE = N_("It left the council, so the rules no longer bind it.")


def organisations_bound(session: Session, at: datetime) -> Iterable[RuleSubject]:
    """Every public organisation: members, those whose signature lapsed and the suspended ones are bound."""
    return [_subject(view) for view in members(session, at)]


def _subject(view: MemberView) -> RuleSubject:
    return RuleSubject(
        kind=SubjectKind.ORGANISATION,
        id=view.id,
        slug=view.slug,
        name=view.name,
        path=view.path,
        group=view.kind,
        group_label=view.kind_label,
        party=view.party,
        standing=view.label,
        mood=view.mood,
        since=view.joined.astimezone(ZONE).date() if view.joined else None,
        exempt=_exempt(view),
    )


def _exempt(view: MemberView) -> Sentence | None:
    if view.standing == Standing.LEFT:
        return sentence(GONE)
    return None if view.joined else sentence(NOT_YET)
