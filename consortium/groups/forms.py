"""What is typed of a working group and of those who join it."""

from collections.abc import Mapping
from typing import Any

from consortium.groups.actions import GroupDescription, Joining
from consortium.groups.labels import KINDS, MOVES, ROLES, STEPS
from consortium.groups.models import GroupKind, GroupRole, GroupState, WorkingGroup
from participation.db import Localized
from participation.policy import N_
from participation.web.fields import Choice, Day, Email, Text
from participation.web.forms import Form

FIRST_YEAR, LAST_YEAR = 2000, 2099  # of a roadmap
TEXTS = ("name", "summary", "charter")


class GroupForm(Form):
    kind = Choice(N_("Kind of group"), [(str(kind), label) for kind, label in KINDS.items()])
    name_ja = Text(N_("Name (Japanese)"), min=2, max=120)
    name_en = Text(N_("Name (English)"), max=120, required=False)
    category = Choice(N_("Field"), required=False)
    summary_ja = Text(N_("In one sentence (Japanese)"), min=5, max=200)
    summary_en = Text(N_("In one sentence (English)"), max=200, required=False)
    charter_ja = Text(
        N_("Charter (Japanese)"),
        max=20_000,
        lines=True,
        required=False,
        hint=N_("What the group is for, what it decides, how often it meets. Markdown."),
    )
    charter_en = Text(N_("Charter (English)"), max=20_000, lines=True, required=False)

    def said(self, fields: Mapping[str, int]) -> GroupDescription:
        """The values as actions take them; `fields` are the numbers of the categories by key.

        Raises:
            Invalid: something is wrong.
        """
        values = self.ensure()
        texts = {name: localized(values[f"{name}_ja"], values[f"{name}_en"]) for name in TEXTS}
        return GroupDescription(
            **texts, kind=GroupKind(values["kind"]), category_id=fields.get(values["category"] or "")
        )


class NewGroupForm(GroupForm):
    since = Day(N_("At work since"))


class JoinForm(Form):
    role = Choice(N_("Role"), [(str(role), label) for role, label in ROLES.items()])
    organisation = Choice(
        N_("Organisation"),
        required=False,
        hint=N_("Alone, the organisation joins; with a person, where they come from."),
    )
    email = Email(
        N_("E-mail address of a person with an account"),
        required=False,
        hint=N_("They are invited to meetings and can act in the group."),
    )
    name = Text(N_("Name of a person without an account"), max=120, required=False)
    post_ja = Text(N_("Post (Japanese)"), max=120, required=False, hint=N_("For instance: professor of medicine"))
    post_en = Text(N_("Post (English)"), max=120, required=False)
    joined_on = Day(N_("Since which day"))

    def check(self) -> None:
        values = self.values
        if not (values["organisation"] or values["email"] or values["name"]):
            self.fail("organisation", N_("Please choose an organisation or say who the person is."))
        if values["email"] and values["name"]:
            self.fail("name", N_("Please leave the name empty: it is that of the account."))

    def joining(self, account_id: int | None, organisations: Mapping[str, int]) -> Joining:
        values = self.ensure()
        return Joining(
            role=GroupRole(values["role"]),
            organisation_id=organisations.get(values["organisation"] or ""),
            account_id=account_id,
            name=values["name"],
            post=localized(values["post_ja"], values["post_en"]),
            joined_on=values["joined_on"],
        )


class LeaveForm(Form):
    left_on = Day(N_("Until which day"))


class MoveForm(Form):
    to = Choice(N_("State"), [(str(key), label) for key, label in MOVES.items()])
    day = Day(N_("From which day"))
    reason = Text(N_("Why"), min=2, max=1_000, lines=True, hint=N_("Everybody reads it."))


class StepForm(Form):
    title_ja = Text(N_("What (Japanese)"), min=2, max=80)
    title_en = Text(N_("What (English)"), max=80, required=False)
    starts_on = Day(N_("From which day"))
    ends_on = Day(N_("Until which day"), required=False, hint=N_("Without it, this is a milestone on one day."))
    state = Choice(N_("State"), [(str(state), label) for state, label in STEPS.items()])

    def check(self) -> None:
        first, last = self.values["starts_on"], self.values["ends_on"]
        if not FIRST_YEAR <= first.year <= LAST_YEAR or (last and last.year > LAST_YEAR):
            self.fail("starts_on", N_("Please write a year from %(min)s to %(max)s."), min=FIRST_YEAR, max=LAST_YEAR)
        if last and last < first:
            self.fail("ends_on", N_("The end must be after the beginning."))


def localized(ja: str, en: str) -> Localized:
    return Localized({key: text for key, text in (("ja", ja), ("en", en)) if text})


def stored(row: WorkingGroup, field: str) -> dict[str, Any]:
    """What stands in the form of a group that is here already."""
    texts = {f"{name}_{locale}": getattr(row, name).get(locale, "") for name in TEXTS for locale in ("ja", "en")}
    return {**texts, "kind": row.kind, "category": field}


def other_state(state: GroupState) -> GroupState:
    return GroupState.ENDED if state == GroupState.ACTIVE else GroupState.ACTIVE

