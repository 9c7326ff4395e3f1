"""Working groups: who may do what while one is at work and when it has ended; its people; the list."""
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from consortium.groups.actions import Joining, join_group, leave_group
from consortium.groups.models import GroupKind, GroupRole
from consortium.groups.policy import may_lead_group
from consortium.groups.queries import group_choices, groups
from participation.accounts.models import RoleGrant
from participation.comments.actions import write_comment
from participation.db import Localized
from participation.policy import Actor
from participation.subjects import Subject
from participation.web.errors import Conflict
from tests.groups.scene import BEGAN, Gathering
from tests.proposals.doors import Doors
from tests.support.client import Client
from tests.support.databases import on_sqlite

FIELDS = {"kind": "theme", "name_ja": "防災WG", "name_en": "Disaster", "summary_ja": "地震に備えます。",
          "charter_ja": "# 目的", "since": "2026-05-01"}
NAMED = {"role": "member", "name": "灘 花", "post_ja": "医学部教授", "joined_on": "2026-05-02"}
# who -> what comes of: setting up, changing, entering a member, naming the chair, ending / of an ended group the same
MAY = {
    None: ((401,) * 5, (401,) * 5), "citizen": ((403,) * 5, (403,) * 5),
    "member": ((403,) * 5, (403,) * 5), "adviser": ((403,) * 5, (403,) * 5),
    "lead": ((403, 303, 303, 422, 403), (403, 409, 409, 409, 403)),
    "lead of another": ((403,) * 5, (403,) * 5),
    "secretariat": ((303, 303, 303, 303, 303), (303, 409, 409, 409, 409)),
    "auditor": ((403,) * 5, (403,) * 5)}


@on_sqlite
@pytest.mark.parametrize("ended", [False, True], ids=["at work", "ended"])
def test_each_role_does_what_the_table_says(gathering: Gathering, doors: Doors, ended: bool) -> None:
    other = gathering.join(gathering.group(), GroupRole.CHAIR)
    fixed = {None: None, "citizen": gathering.person(), "lead of another": other, "secretariat": gathering.desk,
             "auditor": gathering.person(roles=("auditor",))}
    for role, wanted in MAY.items():
        group = gathering.group()
        roles = {"member": GroupRole.MEMBER, "adviser": GroupRole.ADVISER, "lead": GroupRole.CHAIR}
        actor = gathering.join(group, roles[role]) if role in roles else fixed[role]
        path = group.line.path
        end = {"to": "ended", "day": "2026-06-01", "reason": "The work is done."}
        if ended:
            assert doors.form(gathering.desk, "POST", f"{path}/state", end).status == 303
        answers = (
            doors.form(actor, "POST", "/working-groups", FIELDS),
            doors.form(actor, "PATCH", path, {**FIELDS, "name_ja": f"改名 {role}"}),
            doors.form(actor, "POST", f"{path}/members", NAMED),
            doors.form(actor, "POST", f"{path}/members", {**NAMED, "role": "chair", "name": "須磨 海"}),
            doors.form(actor, "POST", f"{path}/state", end))
        assert tuple(answer.status for answer in answers) == wanted[ended], role
        by_api = doors.api(actor, "POST", "/working-groups", FIELDS).status
        assert by_api == {303: 201}.get(wanted[ended][0], wanted[ended][0]), role


@on_sqlite
def test_people_join_and_leave_with_their_days_and_their_role(gathering: Gathering, doors: Doors) -> None:
    group = gathering.group()
    lead, member = gathering.join(group, GroupRole.CHAIR), gathering.join(group)
    number = group.line.id
    assert (bool(may_lead_group(lead, number)), bool(may_lead_group(member, number))) == (True, False)
    with pytest.raises(Conflict):
        gathering.council.do(join_group, gathering.desk, number, Joining(
            role=GroupRole.ADVISER, account_id=member.id, joined_on=BEGAN))
    row = next(each for each in gathering.again(group.line.slug).line.members if each.account_id == member.id)
    early = doors.form(lead, "DELETE", f"{group.line.path}/members/{row.id}", {"left_on": "2026-03-01"})
    assert (early.status, "入った日より前" in early.text) == (422, True)
    gathering.council.do(leave_group, lead, number, row.id, date(2026, 5, 31))
    line = gathering.again(group.line.slug).line
    assert [(each.role, each.left_on) for each in line.former] == [("member", date(2026, 5, 31))]
    with gathering.db.read() as session:
        left = session.query(RoleGrant).filter_by(account_id=member.id, scope_kind="working_group").count()
    assert left == 0
    page = doors.client.another(language="en").open(group.line.path)
    assert ("Who belonged to it before" in page.text, "We meet monthly." in page.text) == (True, True)


@on_sqlite
def test_a_lead_enters_people_of_member_organisations_only_and_cannot_try_addresses(
        gathering: Gathering, doors: Doors) -> None:
    group = gathering.group()
    lead, stranger, colleague = gathering.join(group, GroupRole.CHAIR), gathering.person(), gathering.person("Founder")
    firm = gathering.council.organisation(colleague)
    of_firm = Joining(role=GroupRole.MEMBER, organisation_id=firm.id, joined_on=BEGAN)
    gathering.council.do(join_group, lead, group.line.id, of_firm)

    def enter(actor: Actor, whom: Actor) -> int:
        values = {"role": "member", "email": whom.email, "organisation": firm.slug, "joined_on": "2026-05-02"}
        return doors.form(actor, "POST", f"{group.line.path}/members", values).status
    unknown = Actor(email="nobody@example.test")
    assert (enter(lead, stranger), enter(lead, unknown), enter(lead, colleague)) == (422, 422, 303)
    assert enter(gathering.desk, stranger) == 303


@on_sqlite
def test_the_list_filters_and_is_the_same_in_the_api(gathering: Gathering, client: Client) -> None:
    gathering.group()
    gathering.group(kind=GroupKind.STEERING, name=Localized(ja="企画・運営委員会", en="Steering"))
    gathering.group(ended=True, name=Localized(ja="地図WG", en="Maps"))
    english = client.another(language="en")
    for query, names in (("", ["Steering", "Health", "Maps"]), ("?kind=steering", ["Steering"]),
                         ("?state=ended", ["Maps"]), ("?q=walk+steering", ["Steering"]), ("?kind=nonsense", [])):
        listed = client.api("GET", f"/working-groups{query}").json()["items"]
        page = english.open(f"/working-groups{query}")
        assert [each["names"]["en"] for each in listed] == names, query
        known = [text for text, _ in page.links if text in ("Steering", "Health", "Maps")]
        assert known == names, query
    assert [choice.name["en"] for choice in gathering.council.ask(group_choices)] == ["Health", "Steering"]


def test_a_group_takes_comments_and_costs_the_same_few_questions(
        gathering: Gathering, client: Client, count_queries: Callable[[Any], Any]) -> None:
    def questions() -> int:
        with gathering.db.read() as session, count_queries(session) as count:
            groups(session)
        return count.total
    group = gathering.group()
    few = questions()
    for _ in range(5):
        gathering.join(gathering.group(), GroupRole.CHAIR)
    assert (few, questions()) == (2, 2)
    registry = client.people._services.registry
    comment = gathering.db.write(lambda s: write_comment(
        s, gathering.desk, s.get_one(Subject, group.line.id), body="よい会です。", alignment=None, parent_id=None,
        registry=registry, now=gathering.clock()).id)
    assert comment > 0
