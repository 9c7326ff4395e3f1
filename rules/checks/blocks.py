"""Parts of other pages: how a rule is kept, and how an organisation keeps its rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from participation.web import Context
from rules.checks.articles import articles_in_force
from rules.checks.port import State, SubjectKind
from rules.checks.queries import Cell, board_of, subjects_of
from rules.documents.models import Stage
from rules.documents.port import Block
from rules.documents.reading import VersionPage


@dataclass(frozen=True)
class KeptBlock:
    """How often each state was found; `url` is the board of these."""

    url: str
    counts: tuple[tuple[Cell, int], ...]  # an example of each state with its number


def of_rule(ctx: Context, version: VersionPage) -> Iterable[Block]:
    """Beside the text of a rule in force: what was found of those whom it binds."""
    if not version.rule or version.line.stage != Stage.IN_FORCE:
        return ()
    cells: list[Cell] = []
    articles = articles_in_force(ctx.session, ctx.now, version.slug)
    registry = ctx.services.registry
    for kind in {each.kind for each in articles}:
        subjects = subjects_of(ctx.session, registry, kind, ctx.now)
        found = board_of(ctx.session, registry, [each for each in articles if each.kind == kind], subjects, ctx.now)
        cells += [cell for line in found.lines for cell in line.cells]
    kind = SubjectKind(version.applies_to or SubjectKind.ORGANISATION)
    view = KeptBlock(f"/rules/board?kind={kind}&rule={version.slug}", _counted(cells))
    return (Block("rules/checks/_kept.html", view, place="side", order=8),)


def of_organisation(ctx: Context, subject: Any) -> tuple[Cell, ...] | None:
    """On the page of an organisation: each article that binds it. Nothing while none does."""
    if subject.kind != "organisation" or not subject.visible:
        return None
    registry, kind = ctx.services.registry, SubjectKind.ORGANISATION
    mine = [each for each in subjects_of(ctx.session, registry, kind, ctx.now) if each.id == subject.id]
    articles = [each for each in articles_in_force(ctx.session, ctx.now) if each.kind == kind]
    if not mine or mine[0].exempt is not None or not articles:
        return None
    return board_of(ctx.session, registry, articles, mine, ctx.now).lines[0].cells


def _counted(cells: list[Cell]) -> tuple[tuple[Cell, int], ...]:
    examples = {cell.state: cell for cell in cells}
    return tuple(
        (examples[state], sum(cell.state == state for cell in cells)) for state in State if state in examples
    )
