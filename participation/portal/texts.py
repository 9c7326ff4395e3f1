"""Pages of plain text: one Markdown file per page and language in `content/`, its title, its date, then the words."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from participation.web import Context, page
from participation.web.markdown import render_markdown

CONTENT = Path(__file__).parent / "content"
KEYS = ("about", "help", "privacy", "accessibility", "terms")


@dataclass(frozen=True)
class TextPage:
    title: str
    updated_on: date
    body: Markup
    locale: str  # the language of the text, which may be another than the reader's


@lru_cache
def read_text(key: str, locale: str) -> TextPage:
    """The page in `locale`, else in Japanese."""
    path = CONTENT / f"{key}.{locale}.md"
    found = locale if path.exists() else "ja"
    title, updated, body = (CONTENT / f"{key}.{found}.md").read_text(encoding="utf-8").split("\n", 2)
    return TextPage(title.removeprefix("# "), date.fromisoformat(updated), render_markdown(body), found)


def text_page(ctx: Context) -> Any:
    """The page that the last part of the address names."""
    return page(ctx, "portal/text.html", read_text(ctx.url_path.strip("/"), ctx.locale))
