"""Who may do what with an opinion map and its statements."""

from dataclasses import dataclass

from participation.policy import ALLOWED, N_, Actor, Verdict, has_role, phase_allows, require, takes_part
from participation.states import may_move
from proposals.opinion_maps.labels import NEEDS
from proposals.opinion_maps.models import STATEMENT_TRANSITIONS, TRANSITIONS, MapState, StatementState

READING = ("secretariat", "administrator", "auditor")


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What the rules need to know of a map; `features` are what its process opens now, `over` that its time is."""

    id: int
    state: MapState
    over: bool
    hidden: bool
    needs: tuple[str, ...]
    takes_statements: bool
    moderated: bool
    features: frozenset[str]


def may_keep(actor: Actor) -> Verdict:
    """Make, change, open and close maps, decide on statements, bring in files."""
    return has_role(actor, "secretariat")


def may_look(actor: Actor) -> Verdict:
    """At the desk: who keeps maps, and who reads everything and changes nothing there."""
    return has_role(actor, *READING)


def may_read(actor: Actor, standing: Standing) -> Verdict:
    if standing.state != MapState.DRAFT and not standing.hidden:
        return ALLOWED
    return has_role(actor, *READING)


def may_vote(actor: Actor, standing: Standing) -> Verdict:
    # What is closed is closed for everybody: nobody is sent to sign in first only to learn that.
    return (
        require(
            standing.state == MapState.OPEN and not standing.over and not standing.hidden,
            N_("This opinion map takes no votes now."),
            kind="closed",
        )
        & phase_allows(standing.features, "opinion_map")
        & takes_part(actor)
        & _has_what_it_needs(actor, standing)
    )


def _has_what_it_needs(actor: Actor, standing: Standing) -> Verdict:
    missing = tuple(NEEDS[kind] for kind in standing.needs if kind not in actor.verifications)
    if not missing:
        return ALLOWED
    return Verdict(
        "forbidden",
        N_("Only those take part of whom it is confirmed: %(missing)s."),
        (("missing", missing),),
        remedy="/me/verification",
    )


def may_add_statement(actor: Actor, standing: Standing) -> Verdict:
    """The secretariat adds statements to a draft too."""
    if may_keep(actor):
        return require(not standing.over, N_("This opinion map is closed."), kind="closed")
    return require(
        standing.takes_statements, N_("Statements of this opinion map come from the secretariat."), kind="closed"
    ) & may_vote(actor, standing)


def may_decide(actor: Actor, state: StatementState, to: StatementState) -> Verdict:
    return may_keep(actor) & may_move(STATEMENT_TRANSITIONS, state, to)


def may_move_map(actor: Actor, state: MapState, to: MapState, statements: int) -> Verdict:
    """`statements` are those that are accepted."""
    return (
        may_keep(actor)
        & may_move(TRANSITIONS, state, to)
        & require(
            to != MapState.OPEN or statements >= FEWEST_STATEMENTS,
            N_("Please add at least %(fewest)s statements first."),
            fewest=FEWEST_STATEMENTS,
        )
    )


def may_export(actor: Actor, standing: Standing) -> Verdict:
    """Everybody, once nothing changes any more: two files of a map that goes on would show who came in between."""
    return may_read(actor, standing) & require(
        standing.state == MapState.CLOSED, N_("The votes can be downloaded when the opinion map is closed."), "closed"
    )


FEWEST_STATEMENTS = 3
