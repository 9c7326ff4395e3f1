"""From an article and those whom it binds to what is found of each of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from participation.policy import N_
from rules.checks.articles import Article
from rules.checks.library import Asked, Check, How, read_asked
from rules.checks.parameters import WrongParameter
from rules.checks.port import Finding, RuleSubject, Sentence, State, found
from rules.checks.reporting.findings import report_findings

NO_CHECK = N_("The article does not say how its keeping is seen.")
UNKNOWN = N_("The check “%(name)s” comes with a later version of this platform.")
WRONG = N_("The values of this check cannot be used, so nothing is checked (%(key)s).")
NO_RECORDS = N_("There are no records yet by which this could be seen.")
NOT_FOR = N_("The check “%(name)s” is not made for this.")


def judge(
    session: Session, article: Article, subjects: Sequence[RuleSubject], known: Mapping[str, Check], at: datetime
) -> dict[int, Finding]:
    """A finding for each subject. Who has no records is never said to keep an article: where the check says nothing,
    there is no data."""
    answers = {each.id: _exempt(each.exempt) for each in subjects if each.exempt is not None}
    bound = [each for each in subjects if each.exempt is None]
    if bound:
        said = _said(session, article, bound, known, at)
        answers |= {each.id: said.get(each.id) or found(State.NO_DATA, NO_RECORDS) for each in bound}
    return answers


def asked_of(article: Article, known: Mapping[str, Check]) -> Asked | Finding:
    """What the article asks for, or why that cannot be said."""
    if not article.check:
        return found(State.NO_DATA, NO_CHECK)
    try:
        asked = read_asked(article.check, known)
    except WrongParameter as error:
        return found(State.NO_DATA, WRONG, key=error.key)
    if asked.how == How.COMPUTED and asked.check is None:
        return found(State.NO_DATA, UNKNOWN, name=asked.name)
    if asked.check is not None and article.kind not in asked.check.kinds:
        return found(State.NO_DATA, NOT_FOR, name=asked.name)
    return asked


def _said(
    session: Session, article: Article, bound: Sequence[RuleSubject], known: Mapping[str, Check], at: datetime
) -> Mapping[int, Finding]:
    asked = asked_of(article, known)
    if isinstance(asked, Finding):
        return {each.id: asked for each in bound}
    if asked.check is None:
        return report_findings(session, article, bound, at)
    return asked.check.find(session, bound, asked.parameters, at)


def _exempt(why: Sentence) -> Finding:
    return Finding(State.NOT_APPLICABLE, why)
