"""The page on which two versions are compared."""

from dataclasses import dataclass

from participation.web import Context, Response, get, page
from rules.documents.comparison import Parts, SectionChange, Summary, compare_sections, compared, summary
from rules.documents.pages import read
from rules.documents.port import comparison_blocks
from rules.documents.reading import VersionPage


@dataclass(frozen=True, kw_only=True)
class ComparisonPage:
    old: VersionPage
    new: VersionPage
    title: Parts
    changes: tuple[SectionChange, ...]
    summary: Summary


def compare(ctx: Context) -> Response:
    """Any two versions; without numbers the newest that this reader may see, with the one before it."""
    newest = read(ctx)
    numbers = sorted(line.number for line in newest.versions)
    new = _number(ctx, "to", numbers[-1])
    old = _number(ctx, "from", max((number for number in numbers if number < new), default=new))
    before, after = (newest if number == newest.number else read(ctx, number) for number in (old, new))
    view = compare_versions(before, after)
    return page(ctx, "rules/documents/compare.html", view, parts=comparison_blocks(ctx, before, after))


def compare_versions(old: VersionPage, new: VersionPage) -> ComparisonPage:
    """What the page shows of two versions."""
    changes = compare_sections(old.sections, new.sections)
    return ComparisonPage(
        old=old, new=new, title=compared(old.title.text, new.title.text), changes=changes, summary=summary(changes)
    )


def _number(ctx: Context, name: str, default: int) -> int:
    """A number of the address; what cannot be one falls back instead of failing."""
    text = ctx.query.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else default


ROUTES = (get("/documents/{slug}/compare", compare, cached=True),)
