"""The way of a pilot: each state x step x person, and each guard with its reason."""
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from consortium.groups.models import GroupRole
from consortium.pilots import actions
from consortium.pilots.models import PilotState
from participation.organisations.actions import appoint
from participation.organisations.models import MandateRole
from participation.policy import Refused
from tests.consents.scene import Centre
from tests.groups.scene import Gathering
from tests.pilots.scene import S, Trial
from tests.proposals.doors import Doors
from tests.support.databases import on_sqlite

POSITION = [{"category": "position", "reason": "車を呼ぶため", "purpose_key": "cart-position"}]


def refusal(work: Callable[..., Any], *arguments: Any, **named: Any) -> str:
    with pytest.raises(Refused) as refused:
        work(*arguments, **named)
    return refused.value.verdict.reason


def test_a_pilot_goes_from_a_draft_to_a_service_that_carries_everything_over(trial: Trial) -> None:
    pilot = trial.pilot(S.RELEASED)
    assert (pilot.state, pilot.service_id is not None) == (S.RELEASED, True)


@on_sqlite
def test_each_guard_refuses_with_its_own_reason(trial: Trial) -> None:
    move = lambda row, to, who=trial.person, **more: trial.do(actions.move_pilot, who, row.id, to, **more)
    unsigned, nobody = trial.catalogue.member(signs=False)
    assert "signature" in refusal(move, trial.pilot(lead=unsigned, by=nobody), S.SUBMITTED, nobody)
    assert "still missing" in refusal(move, trial.pilot(summary=""), S.SUBMITTED)
    assert "period was over" in refusal(
        move, trial.pilot(starts_on=trial.today - timedelta(9), ends_on=trial.today - timedelta(1)), S.SUBMITTED)
    assert "say why" in refusal(move, trial.pilot(S.SUBMITTED), S.RETURNED, trial.desk, reason=" ")
    assert "consent purpose" in refusal(move, trial.pilot(S.SUBMITTED, data=POSITION), S.APPROVED, trial.desk)
    early = trial.pilot(S.APPROVED, starts_on=trial.today + timedelta(3))
    assert "started from" in refusal(move, early, S.RUNNING)
    assert "evaluation report" in refusal(move, trial.pilot(S.EVALUATING), S.ENDED, trial.desk)
    open_gate = trial.pilot(S.EVALUATING, support_contact="")
    trial.evaluate(open_gate.id)
    assert "goes into operation" in refusal(move, open_gate, S.RELEASED, trial.desk)
    centre = Centre(trial.council)
    covered = trial.pilot(S.SUBMITTED, data=POSITION)
    centre.purpose("cart-position", categories=["position"])
    move(covered, S.APPROVED, trial.desk)
    assert trial.again(covered.id).state == PilotState.APPROVED


ROLES = ("nobody", "citizen", "other member", "lead", "group lead", "secretariat", "own secretary", "auditor")
INSIDE = {"lead", "group lead", "secretariat", "own secretary", "auditor"}  # may read what is not public
LEADS, REVIEWS = {"lead", "own secretary"}, {"group lead", "secretariat"}
MAY = {S.SUBMITTED: LEADS, S.APPROVED: REVIEWS, S.RETURNED: REVIEWS, S.RUNNING: LEADS | REVIEWS,
       S.EVALUATING: LEADS | REVIEWS, S.RELEASED: REVIEWS, S.ENDED: REVIEWS}
ARROWS = {(S.DRAFT, S.SUBMITTED), (S.SUBMITTED, S.APPROVED), (S.SUBMITTED, S.RETURNED), (S.RETURNED, S.SUBMITTED),
          (S.APPROVED, S.RUNNING), (S.RUNNING, S.EVALUATING), (S.EVALUATING, S.RELEASED), (S.EVALUATING, S.ENDED)}
PUBLIC = {S.APPROVED, S.RUNNING, S.EVALUATING, S.RELEASED, S.ENDED}


def expected(state: PilotState, to: PilotState, role: str) -> int:
    """What the table says, as the API answers it; the person who is both secretary and lead has not read the rule."""
    if state not in PUBLIC and role not in INSIDE:
        return 404
    if role == "nobody":
        return 401
    if role not in MAY[to]:
        return 403
    if (state, to) not in ARROWS:
        return 409
    return 403 if (role, to) == ("own secretary", S.SUBMITTED) else 200


@on_sqlite
@pytest.mark.parametrize("state", list(PilotState))
def test_each_step_is_open_to_the_same_people_by_page_and_api(
        trial: Trial, gathering: Gathering, doors: Doors, state: PilotState) -> None:
    group = gathering.group()
    both = trial.catalogue.person("Both", roles=("secretariat",))
    trial.do(appoint, trial.desk, trial.lead.id, both.id, MandateRole.REPRESENTATIVE)
    who = {"nobody": None, "citizen": trial.catalogue.person(), "other member": trial.catalogue.member()[1],
           "lead": trial.person, "group lead": gathering.join(group, GroupRole.CHAIR), "secretariat": trial.desk,
           "own secretary": trial.council.again(both), "auditor": trial.catalogue.person(roles=("auditor",))}

    def fresh() -> str:
        pilot = trial.pilot(state, working_group_id=group.line.id)
        if state == S.EVALUATING:
            trial.evaluate(pilot.id)
        return f"/pilots/{pilot.id}/transitions"
    path = fresh()
    for to in MAY:
        for role in ROLES if (state, to) in ARROWS else ("lead", "secretariat", "auditor"):
            wanted, body = expected(state, to, role), {"to": to, "reason": "because"}
            by_api = doors.api(who[role], "POST", path, body).status
            path = fresh() if by_api == 200 else path
            by_page = doors.form(who[role], "POST", path, body).status
            path = fresh() if by_page == 303 else path
            assert (by_api, by_page) == (wanted, {200: 303}.get(wanted, wanted)), (to, role)
