"""What the secretariat types about documents, each text in both languages."""

import json
import re
from collections.abc import Mapping
from typing import Any

from participation.policy import N_
from participation.web.fields import UNSTORABLE, Choice, Day, Text, Upload
from participation.web.forms import Form
from rules.documents.models import AppliesTo, Kind, Stage
from rules.documents.stages import KINDS, LABELS

SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?")
RESERVED = ("new", "by-id", "board")  # addresses of ours beside those of documents
LONGEST = 20_000
LARGEST = 1_000_000
MARKDOWN = N_("A blank line makes a paragraph, a line that starts with - a list, **two stars** make words bold.")
LANGUAGES = (("ja", N_("Japanese")), ("en", N_("English")))


def both(values: Mapping[str, Any], name: str) -> dict[str, str]:
    """The text in both languages from its two fields."""
    return {locale: values[f"{name}_{locale}"] for locale in ("ja", "en") if values[f"{name}_{locale}"]}


def apart(name: str, text: Mapping[str, str] | None) -> dict[str, str]:
    return {f"{name}_{locale}": (text or {}).get(locale, "") for locale in ("ja", "en")}


class DocumentForm(Form):
    kind = Choice(N_("Kind of document"), [(kind, label) for kind, label in KINDS.items()])
    title_ja = Text(N_("Title (Japanese)"), min=2, max=200)
    title_en = Text(N_("Title (English)"), max=200, required=False)
    slug = Text(N_("Address"), max=60, hint=N_("The last part of its address: small letters, digits, hyphens."))
    applies_to = Choice(
        N_("Whom a rule binds"),
        [(AppliesTo.ORGANISATION, N_("Member organisations")), (AppliesTo.SERVICE, N_("Services"))],
        required=False,
        hint=N_("For rules only."),
    )

    process = Choice(N_("The process that this belongs to"), required=False)

    def check(self) -> None:
        if not SLUG.fullmatch(self.values["slug"]) or self.values["slug"] in RESERVED:
            self.fail("slug", N_("Please use small letters, digits and hyphens, such as vision-2030."))
        if (self.values["kind"] == Kind.RULE) != bool(self.values["applies_to"]):
            self.fail("applies_to", N_("A rule says whom it binds; other documents bind nobody."))


class AboutForm(Form):
    """What stands above the sections of a version."""

    title_ja = Text(N_("Title (Japanese)"), min=2, max=200)
    title_en = Text(N_("Title (English)"), max=200, required=False)
    note_ja = Text(
        N_("What changed, and why (Japanese)"),
        max=4_000,
        lines=True,
        required=False,
        hint=N_("Shown with the version."),
    )
    note_en = Text(N_("What changed, and why (English)"), max=4_000, lines=True, required=False)


class HeadingForm(Form):
    """A section to be added."""

    heading_ja = Text(N_("Heading of the new section"), max=200)


class DraftForm(Form):
    """What autosaving takes: nearly anything."""

    heading_ja = Text(N_("Heading (Japanese)"), max=200, required=False)
    heading_en = Text(N_("Heading (English)"), max=200, required=False)
    body_ja = Text(N_("Text (Japanese)"), max=LONGEST, lines=True, required=False, hint=MARKDOWN)
    body_en = Text(N_("Text (English)"), max=LONGEST, lines=True, required=False)


class SectionForm(DraftForm):
    heading_ja = Text(N_("Heading (Japanese)"), max=200)
    kept_by = Text(
        N_("How its keeping is seen"),
        max=1_000,
        required=False,
        hint=N_("For articles of a rule: the check's name and its values as a JSON object, or nothing."),
    )

    def check_value(self) -> dict[str, Any] | None:
        """The check as an object; an unusable one becomes an error of its field."""
        text = self.values.get("kept_by", "")
        try:
            value = json.loads(text) if text else None
        except ValueError:
            value = ""
        if value is not None and not (isinstance(value, dict) and value and all(map(_plain, value.values()))):
            self.fail("kept_by", N_('Please write an object such as {"kind": "self_report", "per": "year"}.'))
            return None
        return value


def _plain(value: Any) -> bool:
    """A word, a flag or a number of ordinary size: what a check may hold, and what every JSON library writes alike."""
    if isinstance(value, str):
        return not UNSTORABLE.search(value)
    return isinstance(value, int | float) and abs(value) < LARGEST and (value == 0 or abs(value) > 1 / LARGEST)


class ImportForm(Form):
    file = Upload(
        N_("File"),
        required=True,
        accept=".md,.markdown,.txt,.docx",
        hint=N_("Markdown (.md, .txt) or Word (.docx), up to 10 MB. Each heading begins a section."),
    )
    language = Choice(N_("Language of the file"), LANGUAGES)
    how = Choice(
        N_("What to do with the sections that are there"),
        [
            ("replace", N_("The file is the whole text; a section with the same heading stays the same section")),
            ("append", N_("Add the sections of the file at the end")),
        ],
    )


class PublicationForm(Form):
    stage = Choice(N_("Published as"), [(stage, LABELS[stage]) for stage in Stage])


class RulePublicationForm(Form):
    in_force_from = Day(N_("In force from"), hint=N_("From the beginning of this day in Japan."))
