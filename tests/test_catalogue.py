"""Every text that the product can show has one complete Japanese translation, in some locales/ja/*.po."""
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po

from tests.support.source import PACKAGES, ROOT

KEYWORDS = {"_": None, "gettext": None, "N_": None, "ngettext": (1, 2), "N_plural": (1, 2), "pgettext": ((1, "c"), 2)}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}|%[sd]")


@dataclass(frozen=True)
class Used:
    where: str
    text: str
    plural: str | None = None


@cache
def used_messages() -> tuple[Used, ...]:
    """Every message id in code and templates, with the first place that says it."""
    found: dict[tuple[str, str | None], Used] = {}
    sources = [("python", path) for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    sources += [("jinja2.ext:babel_extract", path) for path in sorted((ROOT / "templates").rglob("*.*"))]
    for method, path in sources:
        with path.open("rb") as file:
            for line, said, _comments, _context in extract(method, file, KEYWORDS, options={"encoding": "utf-8"}):
                text, plural = (said[0], said[1]) if isinstance(said, tuple) else (said, None)
                where = f"{path.relative_to(ROOT).as_posix()}:{line}"
                if text:
                    found.setdefault((text, plural), Used(where, text, plural))
    return tuple(found.values())


@cache
def translations() -> dict[str, list[tuple[str, Message]]]:
    """Message id -> the catalogues that translate it."""
    found = defaultdict(list)
    for path in sorted((ROOT / "locales" / "ja").glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale="ja", abort_invalid=True):
                if message.id:
                    text = message.id[0] if isinstance(message.id, tuple) else message.id
                    found[text].append((path.name, message))
    return found


def report(findings: list[str]) -> None:
    if findings:
        pytest.fail("\n".join(sorted(findings)), pytrace=False)


def strings(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, tuple | list) else [message.string]


def test_every_message_has_a_japanese_translation() -> None:
    report([f"{used.where}: {used.text!r} is in no locales/ja/*.po" for used in used_messages()
            if used.text not in translations()])


def test_every_plural_is_translated_as_a_plural() -> None:
    report([f"{used.where}: {used.text!r} / {used.plural!r} is not a plural in {name}"
            for used in used_messages() if used.plural is not None
            for name, message in translations().get(used.text, []) if not isinstance(message.id, tuple)])


def test_no_translation_is_empty_or_fuzzy() -> None:
    report([f"{name}: {text!r} is {'fuzzy' if message.fuzzy else 'empty'}"
            for text, found in translations().items() for name, message in found
            if message.fuzzy or not all(strings(message))])


def test_translations_keep_the_placeholders() -> None:
    def placeholders(text: str) -> set[str]:
        return {match[0] for match in PLACEHOLDER.finditer(text)}

    findings = []
    for text, found in translations().items():
        for name, message in found:
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            allowed = set().union(*(placeholders(part) for part in ids))
            needed = placeholders(ids[-1]) if len(ids) > 1 else allowed
            findings += [f"{name}: {text!r} has {sorted(placeholders(string))}, not {sorted(needed)}"
                         for string in strings(message) if string and placeholders(string) != needed]
    report(findings)


def test_a_message_is_translated_in_one_way_only() -> None:
    report([f"{text!r} differs between {', '.join(name for name, _ in found)}"
            for text, found in translations().items()
            if len({(tuple(strings(message)), message.context) for _, message in found}) > 1
            and len({message.context for _, message in found}) == 1])
