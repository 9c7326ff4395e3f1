"""What is typed of a record: the story, a lesson, a photo with its mark, the picture of a poster."""

from collections.abc import Mapping
from typing import Any

from participation.policy import N_
from participation.web.fields import Choice, Text, Upload
from participation.web.forms import Form
from workshops.records.actions import Mark
from workshops.records.labels import CONSENTS
from workshops.records.models import Consent

ACCEPT = "image/png,image/jpeg,image/webp"
SHOWS = N_("What it shows")
FOR_WHOM = N_("For people who cannot see it.")


class StoryForm(Form):
    story_ja = Text(
        N_("What happened on the day (Japanese)"),
        max=10_000,
        lines=True,
        required=False,
        hint=N_("Markdown. No names: whoever agreed is named with the teams by itself."),
    )
    story_en = Text(N_("What happened on the day (English)"), max=10_000, lines=True, required=False)


class LessonForm(Form):
    text_ja = Text(N_("What was learned (Japanese)"), min=4, max=500, lines=True)
    text_en = Text(N_("What was learned (English)"), max=500, lines=True, required=False)


class MarkForm(Form):
    alt = Text(SHOWS, min=4, max=300, hint=FOR_WHOM)
    caption = Text(N_("Words under it"), max=300, required=False)
    consent = Choice(
        N_("Consent of the people on it"),
        [(str(key), label) for key, label in CONSENTS.items() if key],
        required=False,
        hint=N_("Without a mark it is never public."),
    )
    said_by = Text(
        N_("Who asked them, and when"), max=200, required=False, hint=N_("Only the organisers and auditors read this.")
    )

    def check(self) -> None:
        if self.values["consent"] == Consent.EVERYBODY_AGREED and not self.values["said_by"]:
            self.fail("said_by", N_("Please say who asked the people on it."))

    def mark(self) -> Mark:
        """The values as actions take them.

        Raises:
            Invalid: something is wrong.
        """
        values = self.ensure()
        kept = {name: values[name] for name in ("alt", "caption", "said_by")}
        return Mark(**kept, consent=Consent(values["consent"] or ""))


class PhotoForm(MarkForm):
    picture = Upload(
        N_("Photo"),
        required=True,
        accept=ACCEPT,
        hint=N_("PNG, JPEG or WebP, up to 10 MB. Where and when it was taken is removed from it."),
    )


class PictureForm(Form):
    alt = Text(SHOWS, max=300, required=False, hint=FOR_WHOM)
    picture = Upload(
        N_("Picture"),
        accept=ACCEPT,
        hint=N_("PNG, JPEG or WebP, up to 10 MB. Where and when it was taken is removed from it."),
    )


def both(values: Mapping[str, Any], name: str) -> dict[str, str]:
    """The text by language from its two fields."""
    return {locale: values[f"{name}_{locale}"] for locale in ("ja", "en") if values[f"{name}_{locale}"]}
