"""What is typed of an improvement, of its steps, and to a voice."""

from collections.abc import Mapping

from consortium.backlog.actions import ItemText
from consortium.backlog.labels import HELPED, MOVES
from consortium.backlog.models import AnswerKind, ItemState
from participation.policy import N_
from participation.web.fields import Choice, Day, Integer, Text
from participation.web.forms import Form

MYSELF = "me"


class ItemForm(Form):
    title = Text(N_("What will be better"), min=4, max=120)
    body = Text(
        N_("In detail"), max=4_000, lines=True, required=False, hint=N_("In your own words; everybody reads it.")
    )
    owner = Choice(N_("Who looks after it"), required=False)
    target_on = Day(N_("By when"), required=False, hint=N_("Only a day that you mean to keep."))

    def said(self, owners: Mapping[str, int], account_id: int | None) -> ItemText:
        """The values as actions take them; `owners` are the organisations by their short names.

        Raises:
            Invalid: something is wrong.
        """
        values = self.ensure()
        return ItemText(
            title=values["title"],
            body=values["body"],
            organisation_id=owners.get(values["owner"]),
            account_id=account_id if values["owner"] == MYSELF else None,
            target_on=values["target_on"],
        )


class ChangeForm(ItemForm):
    reason = Text(N_("Why it is changed"), max=500, hint=N_("Stands in the history of the page."))


class MoveForm(Form):
    to = Choice(N_("State"), [(str(key), label) for key, label in MOVES.items()])
    reason = Text(N_("Why"), max=1_000, lines=True, required=False, hint=N_("Everybody reads it."))
    release_note = Text(
        N_("What is different from now on"),
        max=2_000,
        lines=True,
        required=False,
        hint=N_("It is sent to everybody whose voice it was: how it was, how it is now."),
    )

    @property
    def state(self) -> ItemState:
        return ItemState(self.values["to"])


class MergeForm(Form):
    into = Integer(N_("Number of the improvement that stays"), min=1, max=2**53)
    reason = Text(N_("Why both are the same"), min=3, max=500)


class AnswerForm(Form):
    kind = Choice(
        N_("How it is dealt with"),
        [
            ("open", N_("Make a new improvement of it")),
            ("join", N_("It belongs to an improvement that is there")),
            (str(AnswerKind.REPLY), N_("Answer it")),
            (str(AnswerKind.ASIDE), N_("Set it aside, with a reason")),
        ],
    )
    title = Text(N_("What will be better"), max=120, required=False)
    item = Integer(N_("Number of the improvement"), min=1, max=2**53, required=False)
    text = Text(N_("Answer or reason"), max=1_000, lines=True, required=False, hint=N_("Everybody reads it."))

    def check(self) -> None:
        kind = self.values["kind"]
        if kind == "open" and len(self.values["title"]) < 4:
            self.fail("title", N_("Please write at least %(min)s characters."), min=4)
        if kind == "join" and not self.values["item"]:
            self.fail("item", N_("Please choose an improvement."))
        if kind in list(AnswerKind) and not self.values["text"]:
            self.fail("text", N_("Please fill this in."))


class HelpedForm(Form):
    answer = Choice(N_("Did it really help?"), [(str(key), label) for key, label in HELPED.items()])
    words = Text(N_("In a few words, if you like"), max=500, lines=True, required=False)
