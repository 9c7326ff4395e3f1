"""A choice as it was sent, read by the rules of the count (`counting/choices.py`), refused in plain words, and brought
into its one canonical text: the same choice is always the same text."""

from collections.abc import Mapping
from typing import Any

from participation.events import canonical
from participation.policy import N_
from proposals.ballots.counting import BadChoice, Option, Rules, check_choice
from proposals.ballots.counting.choices import shape
from proposals.ballots.problems import Problem, Wrong

FIELD = "choice"
WORDS = {
    "shape": N_("This choice cannot be read. Please choose on the page of the ballot."),
    "unknown": N_("This is not one of the options: %(option)s"),
    "twice": N_("You chose the same option twice: %(option)s"),
    "points": N_("This number is too large."),
    "too_few": N_("Please choose at least %(limit)s."),
    "too_many": N_("You chose too many. In this ballot you can choose up to %(limit)s."),
    "too_dear": N_("What you chose costs more than %(limit)s yen. Please leave something out."),
    "scale": N_("Please choose a whole number from %(lowest)s to %(highest)s."),
    "too_many_points": N_("You gave more than the %(limit)s points that you have."),
    "empty": N_("Please choose something."),
}
AT_THE_OPTION = ("points", "scale")  # the others are said of the whole choice


def read_choice(method: str, rules: Mapping[str, Any], costs: Mapping[str, int], raw: Any) -> str:
    """The canonical text of a choice.

    Raises:
        Wrong: which rule it breaks, at the field `choice` or at the option's key.
    """
    known = Rules.from_json({**rules, "method": method, "seed": "", "tie_break": []})
    try:
        check_choice(raw, [Option(key, cost) for key, cost in costs.items()], known)
    except BadChoice as bad:
        raise Wrong(_in_words(bad)) from None
    if not raw:
        raise Wrong(Problem(FIELD, WORDS["empty"]))
    return canonical(_sorted(raw, known))


def _sorted(raw: Any, rules: Rules) -> Any:
    kind = shape(rules)
    if kind == "ranks":
        return [sorted(rank) for rank in raw if rank]
    if kind == "list" and rules.vote != "ordinal":
        return sorted(raw)
    return raw


def _in_words(bad: BadChoice) -> Problem:
    values: dict[str, Any] = {"option": bad.option[:40], "limit": bad.limit}
    if bad.code == "scale":
        values = {"lowest": bad.limit[0], "highest": bad.limit[1]}
    elif bad.code == "too_dear":
        values["limit"] = f"{bad.limit:,}"
    field = bad.option if bad.code in AT_THE_OPTION else FIELD
    return Problem(field, WORDS[bad.code], values)
