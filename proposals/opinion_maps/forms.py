"""What is typed of opinion maps and their statements."""

import re
from collections.abc import Mapping
from typing import Any

from participation.db import Localized
from participation.policy import N_
from participation.web.fields import Choice, Choices, Flag, Moment, Text
from participation.web.forms import Form
from proposals.opinion_maps.actions import Description
from proposals.opinion_maps.labels import MOVES, NEEDS, VOTES
from proposals.opinion_maps.models import LONGEST, StatementState

SHORTEST = 5
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class VoteForm(Form):
    vote = Choice(N_("Your opinion"), [(word, word) for word in VOTES])


class StatementForm(Form):
    text = Text(
        N_("Your statement"), min=SHORTEST, max=LONGEST,
        hint=N_("One thought that others can agree or disagree with, in one sentence."),
    )  # fmt: skip


class SeedForm(Form):
    text_ja = Text(N_("Statement (Japanese)"), min=SHORTEST, max=LONGEST)
    text_en = Text(N_("Statement (English)"), min=SHORTEST, max=LONGEST, required=False)


class MoveForm(Form):
    to = Choice(N_("State"), [(str(to), label) for to, label in MOVES.items()])


class DecisionForm(Form):
    to = Choice(
        N_("Decision"), [(StatementState.ACCEPTED, N_("Accept it")), (StatementState.DECLINED, N_("Decline it"))]
    )
    reason = Text(N_("Why it is declined"), max=500, lines=True, required=False, hint=N_("Its author reads it."))

    def check(self) -> None:
        if self.values["to"] == StatementState.DECLINED and not self.values["reason"]:
            self.fail("reason", N_("Please say why."))


class MapForm(Form):
    process = Choice(N_("Process"))
    question_ja = Text(N_("Question (Japanese)"), min=5, max=200)
    question_en = Text(N_("Question (English)"), max=200, required=False)
    intro_ja = Text(N_("What it is about (Japanese)"), max=2_000, lines=True, required=False)
    intro_en = Text(N_("What it is about (English)"), max=2_000, lines=True, required=False)
    opens_at = Moment(
        N_("Opens at"), required=False, hint=N_("It opens by itself then. Without a moment you open it by hand.")
    )
    closes_at = Moment(N_("Closes at"), required=False)
    needs = Choices(
        N_("Only people of whom it is confirmed that one"), list(NEEDS.items()), required=False,
        hint=N_("Without a tick everybody who is signed in takes part."),
    )  # fmt: skip
    takes_statements = Flag(N_("Participants may add statements"))
    moderated = Flag(N_("The secretariat looks at these before others vote on them"))

    def check(self) -> None:
        opens, closes = self.values["opens_at"], self.values["closes_at"]
        if opens and closes and closes <= opens:
            self.fail("closes_at", N_("The end has to come after the beginning."))

    def said(self, processes: Mapping[str, int]) -> Description:
        """The values as actions take them.

        Raises:
            Invalid: something is wrong.
        """
        values = self.ensure()
        kept = ("opens_at", "closes_at", "needs", "takes_statements", "moderated")
        return Description(
            question=localized(values, "question"),
            intro=localized(values, "intro"),
            process_id=processes[values["process"]],
            **{name: values[name] for name in kept},
        )


class NewMapForm(MapForm):
    slug = Text(N_("Short name for the address"), min=2, max=60, hint=N_("Small letters, digits and hyphens."))

    def check(self) -> None:
        super().check()
        check_name(self)


def check_name(form: Form) -> None:
    """The last part of an address, which must not be one of our own pages."""
    if not SLUG.fullmatch(form.values["slug"]):
        form.fail("slug", N_("Please use small letters, digits and single hyphens."))
    if form.values["slug"] in RESERVED:
        form.fail("slug", TAKEN)


TAKEN = N_("This name is taken.")
RESERVED = ("new", "import", "by-id", "statements")


def localized(values: Mapping[str, Any], name: str) -> Localized:
    return Localized({tongue: text for tongue in ("ja", "en") if (text := values[f"{name}_{tongue}"])})
