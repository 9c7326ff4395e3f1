"""Who may draft, read, change, annotate and report on a pilot; its steps have their own rules (`guards.py`)."""

from collections.abc import Collection

from consortium.pilots.guards import LEAD_ONLY, OWN_PILOT, REVIEWERS_ONLY, Case, represents, reviews
from consortium.pilots.models import PilotState
from participation.organisations.policy import acts_for
from participation.policy import ALLOWED, N_, Actor, Verdict, has_role, require, takes_part

S = PilotState
OPEN = (S.DRAFT, S.RETURNED)  # its text can be changed
GIVEN_IN = N_("This pilot was submitted, so its text stays as it is.")
NOBODY = N_("Only representatives of member organisations, the secretariat and leads of working groups draft pilots.")
NOT_NOW = N_("This is not possible in the present state of the pilot.")


def may_draft(actor: Actor, organisation_id: int, *, leads_group: bool = False) -> Verdict:
    """For an organisation: its representatives; besides, whoever brings members together for a pilot."""
    helps = actor.has("secretariat") or actor.has("coordinator", "council") or leads_group
    return takes_part(actor) & require(
        helps or represents(actor, organisation_id),
        NOBODY,
        "forbidden",
    )


def may_edit(actor: Actor, case: Case) -> Verdict:
    """Its text, until it is submitted, and again when it was returned."""
    own = require(represents(actor, case.organisation_id), LEAD_ONLY, "forbidden")
    return takes_part(actor) & own & require(case.state in OPEN, GIVEN_IN)


def may_read(actor: Actor, case: Case, partners: Collection[int], *, visible: bool) -> Verdict:
    """Everybody, once it is approved. Before: its lead and partners, auditors, and those who review it."""
    inside = any(acts_for(actor, each) for each in (case.organisation_id, *partners))
    return ALLOWED if visible or inside or case.leads_group else has_role(actor, "secretariat", "auditor")


def may_look(actor: Actor, case: Case) -> Verdict:
    """At the review with its notes: the lead, those who review, auditors."""
    inside = acts_for(actor, case.organisation_id) or case.leads_group
    return ALLOWED if inside else has_role(actor, "secretariat", "auditor")


def may_annotate(actor: Actor, case: Case) -> Verdict:
    """Say something to its fields while it waits for the review."""
    return (
        takes_part(actor)
        & require(reviews(actor, case), REVIEWERS_ONLY, "forbidden")
        & require(not acts_for(actor, case.organisation_id), OWN_PILOT, "forbidden")
        & require(case.state == S.SUBMITTED, NOT_NOW)
    )


def may_report(actor: Actor, case: Case) -> Verdict:
    """On what was done so far: the lead, while it runs. A lapsed signature does not silence a running pilot."""
    own = require(represents(actor, case.organisation_id), LEAD_ONLY, "forbidden")
    return takes_part(actor) & own & require(case.state == S.RUNNING, NOT_NOW)


def may_evaluate(actor: Actor, case: Case) -> Verdict:
    """Hand in the evaluation, once: what it found is what the decision rests on."""
    own = require(represents(actor, case.organisation_id), LEAD_ONLY, "forbidden")
    once = require(not case.evaluated, N_("The evaluation was handed in already."))
    return takes_part(actor) & own & require(case.state == S.EVALUATING, NOT_NOW) & once


def may_settle(actor: Actor, case: Case) -> Verdict:
    """What the list for going into operation asks for: the lead, until it is decided what becomes of the pilot."""
    own = require(represents(actor, case.organisation_id), LEAD_ONLY, "forbidden")
    return takes_part(actor) & own & require(case.state in (S.APPROVED, S.RUNNING, S.EVALUATING), NOT_NOW)
