"""The way of a pilot: who may take each step, and what has to be there before. The one place that says so: page, API,
demo and tests ask `may_move_pilot`.

A guard is a question with its reason. The first refusal is what a person is told, so who asks comes first, then whether
there is such a step at all, then what is missing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from consortium.pilots.models import TRANSITIONS, PilotState
from consortium.services.policy import Acting, stands_well
from participation.organisations.models import MandateRole
from participation.organisations.policy import acts_for
from participation.policy import N_, Actor, Verdict, has_role, require, takes_part
from participation.states import may_move

LEAD_ONLY = N_("Only representatives of the organisation that leads this pilot can do this.")
REVIEWERS_ONLY = N_("Only the secretariat and those who lead the working group can do this.")
OWN_PILOT = N_("You act for the organisation that leads this pilot, so somebody else must decide.")
INCOMPLETE = N_("Some of what a pilot has to say is still missing: %(fields)s.")
NO_PURPOSE = N_("For each kind of personal data a published consent purpose must ask for it. Missing: %(kinds)s.")
TOO_EARLY = N_("It can be started from %(day)s, the first day of its period.")
TOO_LATE = N_("Its period was over on %(day)s.")
NOT_EVALUATED = N_("The evaluation report is missing. Without it, nobody can learn from the pilot.")
OPEN_GATE = N_("Before it goes into operation, the plan has to say: %(fields)s.")


@dataclass(frozen=True, kw_only=True)
class Case:
    """All that the guards look at, as it is at the time of asking."""

    id: int
    state: PilotState
    organisation_id: int  # leads it
    acting: tuple[Acting, ...] = ()  # the organisations that the person represents
    leads_group: bool = False  # whether the person leads its working group
    missing: tuple[str, ...] = ()  # what a submitted pilot has to say and this one does not, as labels
    open_gate: tuple[str, ...] = ()  # the same for a pilot that goes into operation
    uncovered: tuple[str, ...] = ()  # kinds of personal data that no published purpose asks for, as labels
    starts_on: date | None = None
    ends_on: date | None = None
    evaluated: bool = False


@dataclass(frozen=True)
class Asked:
    """What a person wants to do, and on which day."""

    actor: Actor
    case: Case
    reason: str
    today: date


Guard = Callable[[Asked], Verdict]


def by_lead(asked: Asked) -> Verdict:
    return require(represents(asked.actor, asked.case.organisation_id), LEAD_ONLY, "forbidden")


def by_reviewers(asked: Asked) -> Verdict:
    """Nobody decides about a pilot of an organisation that they act for."""
    actor, case = asked.actor, asked.case
    return require(reviews(actor, case), REVIEWERS_ONLY, "forbidden") & require(
        not acts_for(actor, case.organisation_id), OWN_PILOT, "forbidden"
    )


def by_lead_or_reviewers(asked: Asked) -> Verdict:
    return by_lead(asked) | require(reviews(asked.actor, asked.case), LEAD_ONLY, "forbidden")


def current_signatures(asked: Asked) -> Verdict:
    """The lead is a member now and the person has confirmed its rule. Asked of new pilots only: one that was approved
    is not cut off when a signature lapses."""
    own = [each for each in asked.case.acting if each.organisation_id == asked.case.organisation_id]
    return stands_well(own, LEAD_ONLY)


def complete(asked: Asked) -> Verdict:
    return require(not asked.case.missing, INCOMPLETE, fields=asked.case.missing)


def reason_given(asked: Asked) -> Verdict:
    return require(bool(asked.reason.strip()), N_("Please say why."))


def purposes_cover(asked: Asked) -> Verdict:
    return require(not asked.case.uncovered, NO_PURPOSE, kinds=asked.case.uncovered)


def not_over(asked: Asked) -> Verdict:
    last = asked.case.ends_on
    return require(last is None or asked.today <= last, TOO_LATE, day=last)


def begun(asked: Asked) -> Verdict:
    first = asked.case.starts_on
    return require(first is not None and asked.today >= first, TOO_EARLY, day=first)


def evaluated(asked: Asked) -> Verdict:
    return require(asked.case.evaluated, NOT_EVALUATED)


def gate_closed(asked: Asked) -> Verdict:
    """Nothing of the list for going into operation is open."""
    return require(not asked.case.open_gate, OPEN_GATE, fields=asked.case.open_gate)


@dataclass(frozen=True)
class Rule:
    who: Guard
    needs: tuple[Guard, ...] = ()


RULES: Mapping[PilotState, Rule] = {
    PilotState.SUBMITTED: Rule(by_lead, (current_signatures, complete, not_over)),
    PilotState.APPROVED: Rule(by_reviewers, (purposes_cover, not_over)),
    PilotState.RETURNED: Rule(by_reviewers, (reason_given,)),
    PilotState.RUNNING: Rule(by_lead_or_reviewers, (begun, not_over)),
    PilotState.EVALUATING: Rule(by_lead_or_reviewers),
    PilotState.RELEASED: Rule(by_reviewers, (evaluated, purposes_cover, gate_closed)),
    PilotState.ENDED: Rule(by_reviewers, (evaluated,)),
}


def may_move_pilot(actor: Actor, case: Case, to: PilotState, *, today: date, reason: str = "") -> Verdict:
    """Whether this person may take the pilot to that state on that day of the city."""
    rule, asked = RULES.get(to), Asked(actor, case, reason, today)
    verdict = takes_part(actor) & (rule.who(asked) if rule else may_move(TRANSITIONS, case.state, to))
    verdict &= may_move(TRANSITIONS, case.state, to)
    for guard in rule.needs if rule else ():
        if not verdict:
            break
        verdict = guard(asked)
    return verdict


def represents(actor: Actor, organisation_id: int) -> bool:
    return acts_for(actor, organisation_id, MandateRole.REPRESENTATIVE)


def reviews(actor: Actor, case: Case) -> bool:
    """The secretariat, and those who lead the working group."""
    return bool(has_role(actor, "secretariat")) or case.leads_group
