"""The form of a ballot, a step at a time for the desk, all at once for the API; and how its values become columns."""

from collections.abc import Mapping
from typing import Any

from participation.db import Localized
from participation.policy import N_
from participation.web.drafting import draft_of
from participation.web.fields import Choice, Choices, Flag, Integer, Moment, Text
from participation.web.forms import Form
from proposals.ballots.labels import METHODS, NEEDS, STATES, VOTES
from proposals.ballots.models import BUDGETED, Method, State

REACHED = (State.OPEN, State.CLOSED, State.PUBLISHED, State.CALLED_OFF)
MOST = 10**12  # yen
WORDS: dict[str, Any] = {"max": 5_000, "lines": True}


class QuestionForm(Form):
    title_ja = Text(N_("Title (Japanese)"), min=2, max=120)
    title_en = Text(N_("Title (English)"), max=120, required=False)
    description_ja = Text(N_("What is voted on (Japanese)"), **WORDS, required=False)
    description_en = Text(N_("What is voted on (English)"), **WORDS, required=False)
    pledge_ja = Text(
        N_("How the result will be used (Japanese)"),
        max=2_000,
        lines=True,
        hint=N_("Say what the city is bound to, or that it is advice, and who decides until when."),
    )
    pledge_en = Text(N_("How the result will be used (English)"), max=2_000, lines=True, required=False)


class MethodForm(Form):
    method = Choice(N_("Method"), [(str(key), label) for key, label in METHODS.items()])
    seats = Integer(N_("How many can win"), min=1, max=100, required=False)
    budget = Integer(N_("Budget in yen"), min=1, max=MOST, required=False)
    vote = Choice(N_("How people vote on a budget"), list(VOTES.items()), required=False)
    completion = Choice(
        N_("If money is left after equal shares"),
        [("none", N_("It is not spent by this ballot")), ("greedy", N_("It goes to what has most votes"))],
        required=False,
    )
    min_choices = Integer(N_("Choose at least"), min=0, max=1_000, required=False)
    max_choices = Integer(
        N_("Choose at most"), min=0, max=1_000, required=False, hint=N_("Empty: as many as one likes.")
    )
    max_cost = Integer(N_("What one person chooses may cost in yen"), min=0, max=MOST, required=False)
    points = Integer(N_("Points for each person"), min=0, max=1_000_000, required=False)
    lowest = Integer(N_("Lowest score"), min=-100, max=100, required=False)
    highest = Integer(N_("Highest score"), min=-100, max=100, required=False)


class PeopleForm(Form):
    needs = Choices(
        N_("Who may vote"),
        list(NEEDS.items()),
        required=False,
        hint=N_("All of these. With none, everybody with an account votes: fit for opinions, not for decisions."),
    )
    areas = Choices(N_("Living areas"), required=False, hint=N_("None means the whole city."))
    quorum = Integer(N_("Least turnout for a valid result"), min=0, max=10_000_000, required=False)
    quorum_kind = Choice(
        N_("Counted in"),
        [("people", N_("people")), ("percent", N_("percent of those who may vote"))],
        required=False,
    )

    def check(self) -> None:
        if self.values.get("quorum_kind") == "percent" and (self.values.get("quorum") or 0) > 100:
            self.fail("quorum", N_("There is no more than 100 percent."))


class TimesForm(Form):
    opens_at = Moment(N_("Voting begins"))
    closes_at = Moment(N_("Voting ends"))
    hidden = Flag(N_("Hidden until the close"), hint=N_("Nobody sees a count before the end, the city neither."))
    secret = Flag(
        N_("Secret"),
        hint=N_("Who voted and what was voted are kept apart, for good from the close on. Needs hidden."),
    )
    self_publishing = Flag(N_("Publish the result by itself as soon as it is counted"))

    def check(self) -> None:
        if self.values.get("secret") and self.values.get("hidden") is False:
            self.fail("hidden", N_("A secret ballot is always hidden until the close."))
        opens, closes = self.values.get("opens_at"), self.values.get("closes_at")
        if opens and closes and closes <= opens:
            self.fail("closes_at", N_("Voting must end later than it begins."))


class BallotForm(QuestionForm, MethodForm, PeopleForm, TimesForm):
    """All steps at once, for the API."""

    fields = {  # noqa: RUF012 - declared by the steps
        name: field
        for form in (QuestionForm, MethodForm, PeopleForm, TimesForm)
        for name, field in form.fields.items()
    }

    def check(self) -> None:
        PeopleForm.check(self)
        TimesForm.check(self)


class OptionForm(Form):
    title_ja = Text(N_("Title (Japanese)"), min=1, max=120)
    title_en = Text(N_("Title (English)"), max=120, required=False)
    summary_ja = Text(N_("In short (Japanese)"), max=1_000, lines=True, required=False)
    summary_en = Text(N_("In short (English)"), max=1_000, lines=True, required=False)
    cost = Integer(N_("Cost in yen"), min=0, max=MOST, required=False)
    area = Choice(N_("Living area"), required=False)


class ReasonForm(Form):
    reason = Text(N_("Reason"), min=4, max=2_000, lines=True, hint=N_("Everybody will read it."))




class PostponeForm(ReasonForm):
    fields = {  # noqa: RUF012 - the moment stands first
        "closes_at": Moment(N_("New close"), hint=N_("Later than the one announced.")),
        **ReasonForm.fields,
    }


class MoveForm(Form):
    """A step of a ballot over the API; `reason` for calling it off, and for closing before its time."""

    to = Choice(N_("State"), [(str(state), STATES[state]) for state in REACHED])
    reason = Text(N_("Reason"), max=2_000, lines=True, required=False)


STEPS: dict[str, tuple[str, type[Form]]] = {
    "question": (N_("What is voted on"), QuestionForm),
    "method": (N_("How it is counted"), MethodForm),
    "people": (N_("Who may vote"), PeopleForm),
    "times": (N_("When, and who sees what"), TimesForm),
}
STEP_OF = {name: step for step, (_, form) in STEPS.items() for name in form.fields}
NEEDED = N_("%(label)s (needed before you submit it)")
DRAFTS = {step: draft_of(form, NEEDED, "title_ja", "method") for step, (_, form) in STEPS.items()}
Patched = draft_of(BallotForm, NEEDED)
TEXTS = ("title", "description", "pledge")
LIMITS = ("min_choices", "max_choices")
RULES_OF: dict[str, tuple[str, ...]] = {
    Method.YES_NO: (),
    Method.APPROVAL: ("seats", *LIMITS),
    Method.SCORE: ("seats", "lowest", "highest"),
    Method.RUNOFF: LIMITS,
    Method.STV: ("seats", *LIMITS),
    Method.SCHULZE: LIMITS,
    Method.GREEDY: ("budget", "vote", "max_cost", "points", "lowest", "highest", *LIMITS),
    Method.EQUAL_SHARES: ("budget", "vote", "completion", "max_cost", "points", "lowest", "highest", *LIMITS),
}
RULES = tuple(dict.fromkeys(name for names in RULES_OF.values() for name in names))
HIGHEST, POINTS = 5, 10  # where nothing else was said
PLAIN = ("opens_at", "closes_at", "hidden", "secret", "self_publishing", "needs")


def to_columns(
    values: Mapping[str, Any], areas: Mapping[str, int], method: str, rules: Mapping[str, Any]
) -> dict[str, Any]:
    """By the names of the columns; what was not sent is left out. `method` and `rules` are those that stand there."""
    stored: dict[str, Any] = {name: values[name] for name in PLAIN if name in values}
    for name in TEXTS:
        if f"{name}_ja" in values or f"{name}_en" in values:
            stored[name] = {locale: values.get(f"{name}_{locale}") or "" for locale in ("ja", "en")}
    if "areas" in values:
        stored["areas"] = [areas[key] for key in values["areas"]]
    if "quorum" in values:
        stored["quorum"] = values["quorum"] or 0
    if "quorum_kind" in values:
        stored["quorum_kind"] = values["quorum_kind"] or "people"
    if "method" in values or set(RULES) & set(values):
        stored["method"] = values.get("method") or method
        stored["rules"] = _rules(stored["method"], {**rules, **{n: values[n] for n in RULES if n in values}})
    return stored


def _rules(method: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Those that the method knows, with what is usual where nothing was said."""
    rules = {name: given[name] for name in RULES_OF[method] if given.get(name) not in (None, "")}
    scored = method == Method.SCORE or rules.get("vote") == "scoring"
    if not scored:
        rules.pop("lowest", None)
        rules.pop("highest", None)
    elif rules.get("lowest", 0) >= rules.get("highest", 0):
        rules["highest"] = rules.get("lowest", 0) + HIGHEST
    if method in BUDGETED and rules.get("vote") == "cumulative":
        rules.setdefault("points", POINTS)
    else:
        rules.pop("points", None)
    return rules


def from_columns(ballot: Any, areas: Mapping[int, str], chosen: list[int]) -> dict[str, Any]:
    """The values of the whole form as they are stored; `areas`: keys by id."""
    texts = {f"{name}_{locale}": getattr(ballot, name).get(locale, "") for name in TEXTS for locale in ("ja", "en")}
    plain = {name: getattr(ballot, name) for name in (*PLAIN, "method", "quorum", "quorum_kind")}
    return {**texts, **plain, **ballot.rules, "areas": [areas[each] for each in chosen]}


def option_values(values: Mapping[str, Any], areas: Mapping[str, int]) -> dict[str, Any]:
    """What `OptionValues` takes."""
    return {
        "title": Localized({locale: values[f"title_{locale}"] for locale in ("ja", "en") if values[f"title_{locale}"]}),
        "summary": Localized(
            {locale: values[f"summary_{locale}"] for locale in ("ja", "en") if values[f"summary_{locale}"]}
        ),
        "cost": values["cost"] or 0,
        "area_id": areas.get(values["area"] or ""),
    }
