"""On a person's own page: the pilots of the organisations that they represent, with what they have to do."""

from dataclasses import dataclass
from datetime import date

from consortium.pilots.models import Pilot, PilotState
from consortium.pilots.queries import Line, lines_of
from consortium.pilots.reading import today
from participation.organisations.models import MandateRole
from participation.organisations.policy import SCOPE
from participation.web import Context

OVER = (PilotState.RELEASED, PilotState.ENDED)


@dataclass(frozen=True)
class Mine:
    lines: tuple[Line, ...]
    today: date


def own_pilots(ctx: Context) -> Mine | None:
    """Those that are not over. No query for whoever represents nobody."""
    leads = [scope for role, kind, scope in ctx.actor.roles if (role, kind) == (MandateRole.REPRESENTATIVE, SCOPE)]
    if not leads:
        return None
    lines = lines_of(ctx.session, Pilot.organisation_id.in_(leads), Pilot.state.not_in(OVER))
    return Mine(tuple(reversed(lines)), today(ctx))
