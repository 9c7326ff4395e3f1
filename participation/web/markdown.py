"""Citizens' Markdown to safe HTML: markdown-it without raw HTML, then an allow-list. Sources are stored, HTML never."""

import re
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

TAGS = set(
    "p br hr h2 h3 h4 h5 ul ol li blockquote pre code em strong del sub sup a img table thead tbody tr th td".split()
)
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "width", "height"},
    "th": {"scope"},
    "td": {"colspan", "rowspan"},
    "ol": {"start"},
}
DROPPED = set("script style iframe object embed svg math template noscript textarea title form".split())
MAX_SOURCE = 50_000  # characters

_parser = MarkdownIt("commonmark", {"html": False, "linkify": False, "breaks": True}).enable(["table", "strikethrough"])


@lru_cache(maxsize=4096)
def render_markdown(source: str) -> Markup:
    """Safe HTML of a Markdown text; headings start at h2, pictures come from our own uploads only."""
    html = _parser.render(source[:MAX_SOURCE])
    html = html.replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_filter,
        url_schemes={"http", "https", "mailto"},
        clean_content_tags=DROPPED,
        link_rel="nofollow noopener noreferrer ugc",
    )
    return Markup(clean)  # noqa: S704 - the one place, behind the allow-list


def _filter(tag: str, attribute: str, value: str) -> str | None:
    if tag == "img" and attribute == "src" and not re.fullmatch(r"/media/[0-9a-z/._-]+", value):
        return None
    return value


@lru_cache(maxsize=8192)
def excerpt(source: str, length: int = 120) -> str:
    """The first `length` characters of a Markdown text as plain words."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", source[: length * 4])
    text = " ".join(re.sub(r"[#>*_`~|]+", " ", text).split())
    return text if len(text) <= length else text[:length].rstrip() + "…"
