"""The board: everybody whom rules bind, by every article that binds them. A fixed number of queries, however many there
are: those of the articles and of the subjects, and those of each check."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from participation.component import Registry
from participation.db import Localized
from participation.spaces.models import Site
from rules.checks.articles import Article, articles_in_force
from rules.checks.judging import judge
from rules.checks.library import checks_of
from rules.checks.port import LABELS, SUBJECTS, Finding, RuleSubject, State, SubjectKind

CITY = "city"  # the address of the city among the subjects
MOODS = {State.KEPT: "good", State.DUE: "wait", State.BROKEN: "bad", State.NOT_APPLICABLE: "", State.NO_DATA: ""}
SYMBOLS = {
    State.KEPT: "\u2713",
    State.DUE: "\u25d4",
    State.BROKEN: "\u2715",
    State.NOT_APPLICABLE: "\u2013",
    State.NO_DATA: "\u2026",
}


@dataclass(frozen=True)
class Cell:
    """What was found of one subject by one article."""

    article: Article
    subject: RuleSubject
    finding: Finding

    @property
    def state(self) -> State:
        return self.finding.state

    @property
    def label(self) -> str:
        return LABELS[self.state]

    @property
    def mood(self) -> str:
        return MOODS[self.state]

    @property
    def symbol(self) -> str:
        return SYMBOLS[self.state]

    @property
    def path(self) -> str:
        article = self.article
        return f"/rules/board/{article.rule}/{article.key}/{self.subject.kind}/{self.subject.slug}"


@dataclass(frozen=True)
class Line:
    subject: RuleSubject
    cells: tuple[Cell, ...]  # in the order of the articles

    @property
    def trouble(self) -> tuple[int, int]:
        """How much is broken, then how much is due."""
        states = [cell.state for cell in self.cells]
        return states.count(State.BROKEN), states.count(State.DUE)


@dataclass(frozen=True)
class Board:
    articles: tuple[Article, ...]
    lines: tuple[Line, ...]

    @property
    def counts(self) -> Mapping[State, int]:
        return Counter(cell.state for line in self.lines for cell in line.cells)


def board(session: Session, registry: Registry, kind: SubjectKind, at: datetime, rule: str = "") -> Board:
    """All subjects of a kind by the articles (of one rule, or of all) that bind them, by name."""
    articles = [each for each in articles_in_force(session, at, rule) if each.kind == kind]
    subjects = subjects_of(session, registry, kind, at) if articles else []
    return board_of(session, registry, articles, subjects, at)


def board_of(
    session: Session, registry: Registry, articles: Sequence[Article], subjects: Sequence[RuleSubject], at: datetime
) -> Board:
    """The same for chosen articles and subjects."""
    known = checks_of(registry)
    answers = [judge(session, article, subjects, known, at) for article in articles] if subjects else []
    pairs = list(zip(articles, answers, strict=False))
    lines = (
        Line(subject, tuple(Cell(article, subject, said[subject.id]) for article, said in pairs))
        for subject in subjects
    )
    return Board(tuple(articles), tuple(sorted(lines, key=lambda line: line.subject.name.to("ja"))))


def subjects_of(session: Session, registry: Registry, kind: SubjectKind, at: datetime) -> list[RuleSubject]:
    """Those of a kind, whether a rule binds them or not."""
    if kind == SubjectKind.CITY:
        return [city(session)]
    return [each for hook in registry.hooks(SUBJECTS) for each in hook(session, at) if each.kind == kind]


def city(session: Session) -> RuleSubject:
    """Everybody together."""
    site = session.get(Site, 1)
    name = Localized(site.name) if site is not None else Localized()
    return RuleSubject(kind=SubjectKind.CITY, id=0, slug=CITY, name=name, path="/", party="city")
