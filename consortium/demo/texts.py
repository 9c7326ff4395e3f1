"""Small changes of a text, as the data tell them: `title`, `add` (a paragraph or list item), `replace: [old, new]`."""

from collections.abc import Mapping
from typing import Any


def changed(title: str, body: str, change: Mapping[str, Any]) -> tuple[str, str]:
    """Title and body after the change.

    Raises:
        ValueError: the text to replace is not in the body.
    """
    if "replace" in change:
        old, new = change["replace"]
        if old not in body:
            raise ValueError(f"{old!r} is not in {title!r}")
        body = body.replace(old, new)
    if "add" in change:
        gap = "\n" if change["add"].startswith("- ") else "\n\n"
        body = body.rstrip() + gap + change["add"]
    return change.get("title", title), body
