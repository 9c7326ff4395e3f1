"""What other packages may say about a document: hooks of their manifests, by these names.

`document_stage`    StageGuard: refuse a publication or an adoption, with the reason.
`version_blocks`    VersionBlocks: parts of a version's page, in its main column or beside it.
`section_blocks`    SectionBlocks: a part below sections of a version's page, by the section's key; one call for all.
`comparison_blocks` ComparisonBlocks: a part below sections of a comparison, by key (why something changed).
`article_check`     ArticleCheck: the key of what is wrong in the words by which the keeping of an article is seen.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from participation.component import Registry
from participation.policy import ALLOWED, Verdict
from rules.documents.models import Kind, Stage

if TYPE_CHECKING:
    from participation.web import Context
    from rules.documents.reading import VersionPage

GUARD, VERSION, SECTION, COMPARISON = "document_stage", "version_blocks", "section_blocks", "comparison_blocks"
CHECK = "article_check"


@dataclass(frozen=True, kw_only=True)
class StageChange:
    """A step that is about to be made. `version_id` is what is published, or what is adopted as it stands."""

    document_id: int
    kind: Kind
    version_id: int
    number: int
    last: Stage | None  # of the newest published version; None: nothing was published yet
    to: Stage


@dataclass(frozen=True)
class Block:
    """A template, which is given `view` as `block`; `place` is main or side."""

    template: str
    view: Any
    place: str = "main"
    order: int = 50


StageGuard = Callable[[Session, StageChange, datetime], Verdict]
VersionBlocks = Callable[["Context", "VersionPage"], Iterable[Block]]
SectionBlocks = Callable[["Context", "VersionPage"], Mapping[str, Block]]
ComparisonBlocks = Callable[["Context", "VersionPage", "VersionPage"], Mapping[str, Block]]

ArticleCheck = Callable[[Registry, Mapping[str, Any]], str]  # empty: nothing is wrong


def wrong_in_check(registry: Registry, check: Mapping[str, Any]) -> str:
    """The key of a value that no check could use, or nothing."""
    return next((key for hook in registry.hooks(CHECK) if (key := hook(registry, check))), "")


def may_step(session: Session, registry: Registry, change: StageChange, now: datetime) -> Verdict:
    """What the guards of other packages say; the first refusal wins."""
    for guard in registry.hooks(GUARD):
        verdict: Verdict = guard(session, change, now)
        if not verdict:
            return verdict
    return ALLOWED


@dataclass(frozen=True)
class Blocks:
    """The parts of a version's page that other packages bring."""

    main: tuple[Block, ...] = ()
    side: tuple[Block, ...] = ()
    by_section: Mapping[str, tuple[Block, ...]] = field(default_factory=dict)


def blocks_of(ctx: "Context", version: "VersionPage") -> Blocks:
    """One call of each hook, however many sections there are."""
    registry = ctx.services.registry
    found = [block for hook in registry.hooks(VERSION) for block in hook(ctx, version)]
    found.sort(key=lambda block: block.order)
    return Blocks(
        main=tuple(block for block in found if block.place == "main"),
        side=tuple(block for block in found if block.place == "side"),
        by_section=_by_key(hook(ctx, version) for hook in registry.hooks(SECTION)),
    )


def comparison_blocks(ctx: "Context", old: "VersionPage", new: "VersionPage") -> Mapping[str, tuple[Block, ...]]:
    """By key of a section."""
    return _by_key(hook(ctx, old, new) for hook in ctx.services.registry.hooks(COMPARISON))


def _by_key(answers: Iterable[Mapping[str, Block]]) -> dict[str, tuple[Block, ...]]:
    merged: dict[str, tuple[Block, ...]] = {}
    for answer in answers:
        for key, block in answer.items():
            merged[key] = (*merged.get(key, ()), block)
    return merged
