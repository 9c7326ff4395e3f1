"""What a page is made of: its tags with their attributes, as a browser would read them."""
from html.parser import HTMLParser

from tests.security.payloads import MARK

ADDRESSES = {"href", "src", "action", "formaction", "hx-get", "hx-post", "hx-put", "hx-delete", "hx-patch",
    "xlink:href"}
FORBIDDEN = {"iframe", "object", "embed", "base", "marquee", "math", "style"}
REFRESH = [("http-equiv", "refresh"), ("content", "10")]  # the projector's, where there is no script
SAFE_SCHEMES = ("http://", "https://", "mailto:", "/", "#", "?", "data:image/svg", "data:image/png")


class Shape(HTMLParser):
    """Finds what no text of a person may become."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.scripts: list[str] = []
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if tag in FORBIDDEN or MARK in tag:
            self.wrong.append(f"<{tag}>")
        if tag == "meta" and "http-equiv" in names and attrs != REFRESH:
            self.wrong.append("<meta http-equiv>")
        if len(names) != len(set(names)):
            self.wrong.append(f"<{tag}> has an attribute twice: {names}")
        for name, value in attrs:
            if name.startswith("on") or name == "style" or MARK in name or name in ("hx-on", "hx-vals", "data-hx-post"):
                self.wrong.append(f"<{tag} {name}={value!r}>")
            if name in ADDRESSES and value and not value.strip().lower().startswith(SAFE_SCHEMES):
                self.wrong.append(f"<{tag} {name}={value!r}>")
            if MARK in (value or "") and name in ("id", "class", "hx-target", "hx-trigger", "hx-swap", "src",
                "formaction"):
                self.wrong.append(f"<{tag} {name}={value!r}>")
        if tag == "script" and "src" not in names and ("type", "application/json") not in attrs:
            self.wrong.append("<script> without an address")


def wrong_in(html: str) -> list[str]:
    """Every tag or attribute of the page that only a payload can have brought."""
    shape = Shape()
    shape.feed(html)
    shape.close()
    return shape.wrong


def tags_of(html: str) -> list[tuple[str, tuple[str, ...]]]:
    """The tags in order, each with the names of its attributes."""
    found: list[tuple[str, tuple[str, ...]]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, tuple(name for name, _ in attrs)))

    Reader(convert_charrefs=True).feed(html)
    return found
