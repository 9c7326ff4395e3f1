"""Beginning a pilot: for one's own organisation, and as the lead of a group for an organisation that belongs to it."""
from collections.abc import Callable

from sqlalchemy import select

from consortium.groups.actions import Joining, join_group
from consortium.groups.models import GroupRole
from consortium.pilots.models import Pilot
from tests.groups.scene import BEGAN, Gathering
from tests.pilots.scene import Trial
from tests.proposals.doors import Doors
from tests.support.client import Client
from tests.support.databases import on_sqlite


@on_sqlite
def test_a_lead_begins_one_for_a_member_of_the_group_which_is_told_and_goes_on(
        trial: Trial, client: Client, doors: Doors, deliver: Callable[[], int]) -> None:
    gathering = Gathering(trial.council)
    group = gathering.group()
    lead = gathering.join(group, GroupRole.CHAIR)
    client.sign_in(lead)
    assert client.get("/pilots/new").status == 403, "none of the group's organisations could lead it"
    entry = Joining(role=GroupRole.MEMBER, joined_on=BEGAN, organisation_id=trial.lead.id)
    trial.do(join_group, trial.desk, group.line.id, entry)
    assert f'href="/pilots/new?group={group.line.slug}"' in client.open(group.line.path).html
    form = client.open(f"/pilots/new?group={group.line.slug}")
    said = {"title": "坂の送迎カート", "organisation": trial.lead.slug}
    stray = client.submit(form, {**said, "group": ""}, form="/pilots/new")
    assert stray.status == 422 and 'href="#group"' in stray.html
    assert [each["field"] for each in doors.api(lead, "POST", "/pilots", said).json()["errors"]] == ["group"]
    begun = client.submit(stray, {"group": group.line.slug}, form="/pilots/new")
    row = trial.ask(lambda s: s.scalars(select(Pilot)).one())
    assert (begun.location, row.working_group_id, row.organisation_id) == (
        f"/pilots/{row.id}", group.line.id, trial.lead.id)
    assert client.get(begun.location).status == 200 and client.get(f"/pilots/{row.id}/edit/idea").status == 403
    deliver()
    own = client.another().sign_in(trial.person)
    assert "坂の送迎カート" in own.open("/me/notices").text and own.get(f"/pilots/{row.id}/edit/idea").status == 200
    assert doors.api(lead, "POST", "/pilots", {**said, "group": group.line.slug}).status == 201
