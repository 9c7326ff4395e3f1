"""The forms of yearly reports."""

import re

from participation.policy import N_
from participation.web.fields import Text
from participation.web.forms import Form

MOST_LINKS = 5
LINK = re.compile(r"https?://[^\s/?#]+\.[^\s]{2,280}")


WRONG_LINKS = N_("Please write up to five addresses such as https://example.jp/report, one on a line.")


class ReportForm(Form):
    text = Text(
        N_("What you did, and what came of it"),
        min=20,
        max=4_000,
        lines=True,
        hint=N_("For the whole fiscal year, in plain words. Everybody can read it once it is accepted."),
    )
    links = Text(
        N_("Where it can be seen"),
        max=1_500,
        lines=True,
        required=False,
        hint=N_("Up to five addresses that begin with https://, one on each line."),
    )

    def check(self) -> None:
        lines = self.links_value()
        if len(lines) > MOST_LINKS or not all(LINK.fullmatch(line) for line in lines):
            self.fail("links", WRONG_LINKS)

    def links_value(self) -> list[str]:
        return [line.strip() for line in self.values["links"].splitlines() if line.strip()]


class ReviewForm(Form):
    reason = Text(
        N_("What is to be corrected, or a word of thanks"),
        max=2_000,
        lines=True,
        required=False,
        hint=N_("The organisation reads it. A report is returned with the reason."),
    )
