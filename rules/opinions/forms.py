"""What people and the secretariat fill in."""

from datetime import datetime
from typing import Any

from participation.policy import N_
from participation.web.fields import Choice, Choices, Day, Flag, Moment, Text
from participation.web.forms import Form
from rules.opinions.labels import OUTCOMES, STANCES
from rules.opinions.policy import long_enough

LONGEST = 4_000
PERSONAL = ("name", "address", "organisation")
NICKNAME = N_("Empty: your voice stands without a name. The name of your account is never shown.")
REASON = N_("Needed for less than 30 days; everybody reads it.")
CONTACT = N_("Division, telephone, postal address: where letters on paper go.")


class OpinionForm(Form):
    """`section` empty: on the whole. Only a formal opinion has name and address."""

    section = Choice(N_("Section"), required=False)
    body = Text(N_("Your opinion"), max=LONGEST, lines=True)
    stance = Choice(N_("Your stance"), list(STANCES.items()), required=False)
    formal = Flag(N_("Send it as a formal opinion (public comment)"))
    nickname = Text(N_("Nickname, which everybody sees"), max=40, required=False, hint=NICKNAME)
    name = Text(N_("Name"), max=120, required=False)
    address = Text(N_("Postal address"), max=300, required=False)
    organisation = Text(N_("Organisation, if you write for one"), max=200, required=False)

    def check(self) -> None:
        for field, message in (
            ("name", N_("A formal opinion needs a name. It is never published.")),
            ("address", N_("A formal opinion needs an address. It is never published.")),
        ):
            if self.values["formal"] and not self.values[field]:
                self.fail(field, message)


class PaperForm(OpinionForm):
    """A letter, entered by the secretariat."""

    received_on = Day(N_("Received on"))


class PublicCommentForm(Form):
    opens_at = Moment(N_("Opens"))
    closes_at = Moment(N_("Closes"))
    reason_ja = Text(N_("Reason for less than 30 days (Japanese)"), max=1000, lines=True, required=False, hint=REASON)
    reason_en = Text(N_("Reason for less than 30 days (English)"), max=1000, lines=True, required=False)
    contact_ja = Text(N_("Contact (Japanese)"), max=500, lines=True, hint=CONTACT)
    contact_en = Text(N_("Contact (English)"), max=500, lines=True, required=False)

    def expect_time(self, now: datetime) -> None:
        """From now on at the earliest, and long enough."""
        if not self.ok:
            return
        opens_at, closes_at = max(self.values["opens_at"], now), self.values["closes_at"]
        verdict = long_enough(opens_at, closes_at, self.values["reason_ja"])
        if not verdict:
            self.fail("closes_at" if closes_at <= opens_at else "reason_ja", verdict.reason)

    def texts(self, name: str) -> dict[str, str]:
        return {locale: self.values[f"{name}_{locale}"] for locale in ("ja", "en") if self.values[f"{name}_{locale}"]}


class ResponseForm(Form):
    """One response for a group. `title` is what the group shares; an opinion alone needs none."""

    title = Text(N_("What these opinions share"), max=200, required=False)
    outcome = Choice(N_("What becomes of it"), list(OUTCOMES.items()))
    view_ja = Text(N_("The city's view (Japanese)"), max=5_000, lines=True)
    view_en = Text(N_("The city's view (English)"), max=5_000, lines=True, required=False)
    sections = Choices(N_("Sections that change"), required=False)

    def check(self) -> None:
        if self.values["outcome"] == "will_change" and not self.values["sections"]:
            self.fail("sections", N_("Please say which sections change."))

    def view(self) -> dict[str, Any]:
        return {locale: self.values[f"view_{locale}"] for locale in ("ja", "en") if self.values[f"view_{locale}"]}


class WordingForm(Form):
    wording = Text(
        N_("Public wording"),
        max=LONGEST,
        lines=True,
        required=False,
        hint=N_("Only where the words sent would tell who wrote them. Empty: the table shows the words as sent."),
    )
