"""The roadmap: a picture in proportion to time, the same steps as a table, and the form behind it."""
from datetime import date

import pytest

from consortium.groups.actions import write_step
from consortium.groups.drawing import LEFT, WIDTH, following, lines_of_time, picture
from consortium.groups.models import GroupRole, RoadmapStep, StepState
from participation.db import Localized
from tests.groups.scene import Gathering
from tests.proposals.doors import Doors
from tests.support.databases import on_sqlite


def step(first: date, last: date | None = None) -> RoadmapStep:
    return RoadmapStep(title=Localized({"ja": "調査"}), starts_on=first, ends_on=last, state=StepState.PLANNED)


def test_a_picture_reaches_from_the_first_quarter_to_the_last_in_proportion_to_days() -> None:
    drawn = picture([step(date(2026, 4, 1), date(2026, 9, 30)), step(date(2027, 3, 31))], date(2026, 10, 1))
    assert drawn is not None
    assert (drawn.first, drawn.last) == (date(2026, 4, 1), date(2027, 4, 1))
    assert (drawn.bars[0].x, drawn.bars[1].milestone) == (LEFT, True)
    assert drawn.today_x == round(LEFT + (WIDTH - 2 * LEFT) * 183 / 365, 1)
    assert [tick.day.isoformat() for tick in drawn.ticks] == ["2026-04-01", "2026-07-01", "2026-10-01", "2027-01-01"]


@pytest.mark.parametrize(("first", "quarters", "shown"), [(date(2021, 4, 1), 4, 4), (date(2021, 4, 1), 20, 5)])
def test_lines_of_time_stand_apart(first: date, quarters: int, shown: int) -> None:
    last = first
    for _ in range(quarters):
        last = following(last)
    assert len(lines_of_time(first, last)) == shown


@on_sqlite
def test_the_lead_changes_steps_and_everybody_sees_them_twice(gathering: Gathering, doors: Doors) -> None:
    group, wrong = gathering.group(), {"title_ja": "調査", "starts_on": "2026-06-02", "ends_on": "2026-06-01",
                                       "state": "planned"}
    lead, path = gathering.join(group, GroupRole.CHAIR), f"{group.line.path}/roadmap"
    refused = doors.form(lead, "POST", path, wrong)
    assert (refused.status, refused.form(path).value("title_ja")) == (422, "調査")
    assert doors.form(lead, "POST", path, {**wrong, "ends_on": "", "title_en": "Enquiry"}).status == 303
    number = gathering.db.write(lambda s: write_step(
        s, lead, group.line.id, None, Localized({"ja": "実験", "en": "Trial"}), date(2026, 7, 1), date(2026, 12, 1),
        StepState.RUNNING, now=gathering.clock()).id)
    shown = doors.client.another(language="en").open(group.line.path)
    assert (shown.text.count("Enquiry"), shown.text.count("Trial"), shown.html.count("<rect")) == (2, 2, 1)
    assert doors.form(lead, "PATCH", f"{path}/{number}", {**wrong, "ends_on": "", "title_ja": "中止"}).status == 303
    assert doors.form(lead, "DELETE", f"{path}/{number}").status == 303
    assert doors.form(lead, "DELETE", f"{path}/{number}").status == 404
