"""What is typed of challenges, of the sheets that answer them, and of a match."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from consortium.challenges.actions import EARLIER, Description
from consortium.challenges.labels import COSTS, MOVES
from consortium.challenges.models import ChallengeState
from participation.db import Localized
from participation.policy import N_
from participation.spaces.queries import Places
from participation.web.drafting import draft_of
from participation.web.fields import Choice, Choices, Day, Email, Flag, Text, clean
from participation.web.forms import Form

LONGEST = 4_000


class PostedForm(Form):
    """What everybody reads of a challenge."""

    title_ja = Text(N_("Title (Japanese)"), min=5, max=120)
    title_en = Text(N_("Title (English)"), max=120, required=False)
    background_ja = Text(N_("Background (Japanese)"), min=20, max=LONGEST, lines=True)
    background_en = Text(N_("Background (English)"), max=LONGEST, lines=True, required=False)
    wanted_ja = Text(N_("What is wanted (Japanese)"), min=10, max=LONGEST, lines=True)
    wanted_en = Text(N_("What is wanted (English)"), max=LONGEST, lines=True, required=False)
    category = Choice(N_("Field"), required=False)
    area = Choice(N_("Living area"), required=False)
    closes_on = Day(N_("Last day for solution sheets"), hint=N_("Members can answer until the end of this day."))

    def fit(self, today: date) -> None:
        """What depends on the day."""
        if self.ok and self.values["closes_on"] <= today:
            self.fail("closes_on", N_("Please give members at least one day."))
        if self.ok and self.choices.get("category") and not self.values["category"]:
            self.fail("category", N_("Please choose a field."))

    def said(self, places: Places, posters: Mapping[str, int]) -> Description:
        """The values as actions take them.

        Raises:
            Invalid: something is wrong.
        """
        values = self.ensure()
        return Description(
            **{name: _localized(values, name) for name in ("title", "background", "wanted")},
            organisation_id=posters.get(values.get("poster") or ""),
            category_id={each.key: each.id for each in places.categories}.get(values["category"]),
            area_id={each.key: each.id for each in places.areas}.get(values["area"]),
            closes_on=values["closes_on"],
        )


class ChallengeForm(PostedForm):
    poster = Choice(N_("Who posts it"), required=False)


class ChangeForm(PostedForm):
    """What was posted; who posts it stays."""

    reason = Text(N_("What you changed, and why"), min=5, max=1_000, lines=True, hint=N_("Everybody reads it."))

    def keep_day(self, last: date | None) -> None:
        if self.ok and last is not None and self.values["closes_on"] < last:
            self.fail("closes_on", EARLIER)


DraftForm = draft_of(ChallengeForm, N_("%(label)s (needed before you post it)"))


class SheetForm(Form):
    offer = Text(
        N_("What you offer"), min=20, max=LONGEST, lines=True, hint=N_("The solution, and how it works in this place.")
    )
    experience = Text(N_("Where you did it before"), max=LONGEST, lines=True, required=False)
    cost = Choice(N_("What it would cost"), [(str(key), label) for key, label in COSTS.items()])
    needs = Text(
        N_("What you need from the city and others"), max=LONGEST, lines=True, required=False,
        hint=N_("Places, data, people, permissions."),
    )  # fmt: skip
    public = Flag(N_("Everybody may read this sheet after the deadline"))


class MatchForm(Form):
    sheets = Choices(N_("Which sheets are chosen"))
    lead = Choice(N_("Who leads the pilot"))

    def check(self) -> None:
        if self.values["lead"] not in self.values["sheets"]:
            self.fail("lead", N_("Please choose who leads the pilot among the chosen ones."))


class MoveForm(Form):
    to = Choice(N_("State"), [(str(key), label) for key, label in MOVES.items()])
    reason = Text(N_("Why"), max=1_000, lines=True, required=False, hint=N_("Everybody reads it."))

    def check(self) -> None:
        if self.values["to"] == ChallengeState.WITHDRAWN and not self.values["reason"]:
            self.fail("reason", N_("Please say why."))


class CoordinatorForm(Form):
    email = Email(N_("E-mail address"), hint=N_("Of somebody who has an account here."))


def typed(form: Form) -> dict[str, str]:
    """What was typed so far, to be kept as it is."""
    return {name: clean(text)[:LONGEST] for name, text in form.raw.items() if isinstance(text, str) and clean(text)}


def _localized(values: Mapping[str, Any], name: str) -> Localized:
    return Localized({tongue: text for tongue in ("ja", "en") if (text := values[f"{name}_{tongue}"])})
