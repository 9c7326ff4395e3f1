"""The way of a pilot: each state x step x person, and each guard with its reason."""
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from consortium.pilots import actions
from consortium.pilots.models import PilotState
from participation.policy import Refused
from tests.consents.scene import Centre
from tests.pilots.scene import S, Trial
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
