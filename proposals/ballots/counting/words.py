"""The steps of a count in plain words, for the page and for the command alike; the messages are translated."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from participation.policy import N_
from proposals.ballots.counting.exact import Number, exact, read_number

Say = Callable[[str], str]

MESSAGES = {
    "majority": N_(
        "%(valid)s valid votes: %(counts)s. Yes needs more than half of the valid votes; abstentions count for the "
        "turnout only."
    ),
    "highest": N_("The sums are: %(counts)s. Places to be won: %(seats)s."),
    "out": N_(
        "Round %(round)s: %(counts)s. Nobody has more than half of the %(valid)s votes that still count. "
        "%(option)s has the fewest and leaves."
    ),
    "moved": N_(
        "The ballots of %(option)s go to their next option: %(gains)s. Ballots without a further option: %(spent)s."
    ),
    "won": N_("Round %(round)s: %(counts)s. %(option)s has more than half of the %(valid)s votes that still count."),
    "quota": N_(
        "%(valid)s valid ballots for places: %(seats)s. Whoever has %(quota)s votes is sure of a place. "
        "First choices: %(counts)s."
    ),
    "elected": N_("Elected with the quota of %(quota)s or more: %(counts)s."),
    "last_seats": N_("As many are left as there are places, so they are elected too: %(counts)s."),
    "surplus": N_(
        "%(option)s has %(surplus)s more than the quota. All its ballots pass on an equal part of that to their next "
        "option: %(gains)s. Without a further option, or lost in rounding to five decimals: %(spent)s."
    ),
    "excluded": N_(
        "%(option)s has the fewest votes, %(votes)s, and leaves. Its ballots go to their next option with the worth "
        "they have: %(gains)s. Without a further option, or lost in rounding to five decimals: %(spent)s."
    ),
    "stage": N_("The votes now: %(counts)s."),
    "pair": N_("%(option)s or %(last)s? %(for)s put the first one higher, %(against)s the second."),
    "path": N_(
        "%(option)s stands before %(last)s through a chain of comparisons: %(chain)s. The weakest of them has "
        "%(strength)s votes; the strongest chain back has %(back)s."
    ),
    "ranked": N_("This gives the order: %(options)s. Places to be won: %(seats)s."),
    "fits": N_("%(option)s: %(points)s points, costs %(cost)s. It is funded; %(left)s are left."),
    "too_dear": N_(
        "%(option)s: %(points)s points, costs %(cost)s. Only %(left)s are left, %(missing)s too few. It is not funded."
    ),
    "too_few_points": N_("%(option)s: %(points)s points, where at least %(least)s are needed. It is not funded."),
    "after_stop": N_(
        "%(option)s: %(points)s points, costs %(cost)s. By the rules the count ended with the first option that did "
        "not fit. It is not funded."
    ),
    "shares": N_(
        "The budget of %(budget)s is shared equally among %(voters)s voters: %(first)s each. Because some of it could "
        "not be spent together, the shares were counted with more and more, as long as the cost stayed within the "
        "budget: in the end with %(share)s each."
    ),
    "same_shares": N_("The budget of %(budget)s is shared equally among %(voters)s voters: %(share)s each."),
    "bought": N_(
        "%(option)s costs %(cost)s. Its supporters, %(supporters)s in all, pay together: %(pays)s each."
    ),
    "bought_by_points": N_(
        "%(option)s costs %(cost)s. Its supporters, %(supporters)s in all with %(points)s points, pay together: "
        "%(pays)s for each point."
    ),
    "not_bought": N_(
        "%(option)s: %(points)s points, costs %(cost)s. Its supporters have not that much left. It is not funded."
    ),
    "completion": N_("What the shares left over, %(left)s, goes to the options with the most points that fit:"),
}
SHORT = N_("%(said)s %(short)s of them had less than that left and paid all they had.")
NOBODY = N_("nobody")
AND = N_(", ")
PART = N_("%(option)s %(count)s")
TIE = N_("Equal were: %(options)s. The published order of the options decided for %(taken)s.")


def tell(step: Mapping[str, Any], titles: Mapping[str, str], say: Say) -> str:
    """One step, as `Step.to_json` gives it, in a sentence or two; `titles` names the options, `say` translates."""
    kind, options = step["kind"], list(step["options"])
    numbers = {name: read_number(value) for name, value in step["numbers"].items()}
    if kind == "shares" and numbers["first"] == numbers["share"]:
        kind = "same_shares"
    if kind == "bought" and numbers["points"] != numbers["supporters"]:
        kind = "bought_by_points"
    named = [titles.get(one) or one for one in options]
    counted = listed(step["counts"], titles, say)
    words = {name: shown(value) for name, value in numbers.items()}
    words |= {"options": say(AND).join(named), "chain": " → ".join(named), "counts": counted, "gains": counted}
    words |= {"option": named[0] if named else "", "last": named[-1] if named else ""}
    said = say(MESSAGES[kind]) % words
    return say(SHORT) % {"said": said, "short": words["short"]} if numbers.get("short") else said


def tell_tie(tie: Mapping[str, Any], titles: Mapping[str, str], say: Say) -> str:
    """Which options stood equal and which the published order took; of those who leave it takes the last."""
    named: Sequence[str] = [titles.get(one) or one for one in tie["options"]]
    return say(TIE) % {"options": say(AND).join(named), "taken": titles.get(tie["taken"]) or tie["taken"]}


def listed(counts: Mapping[str, Any], titles: Mapping[str, str], say: Say) -> str:
    """Options with their numbers, as one enumeration, the most first."""
    numbers = {one: read_number(count) for one, count in counts.items()}
    ordered = sorted(numbers, key=lambda one: (-numbers[one], one))  # JSON keeps no order of its own
    parts = [say(PART) % {"option": titles.get(one) or one, "count": shown(numbers[one])} for one in ordered]
    return say(AND).join(parts) or say(NOBODY)


def shown(value: Number) -> str:
    """A number for reading: up to five decimals where they are all of it, else two after a sign for about."""
    value = exact(value)
    if isinstance(value, int):
        return f"{value:,}"
    if (value * 100_000).denominator == 1:
        return _decimals(value, 5).rstrip("0")
    return f"≈{_decimals(value, 2)}"


def _decimals(value: Fraction, places: int) -> str:
    whole, rest = divmod(abs(round(value * 10**places)), 10**places)
    return f"{'-' if value < 0 else ''}{whole:,}.{rest:0{places}d}"
