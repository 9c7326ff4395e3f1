"""Applying to a workshop, with an account and by a mailed link; changing, withdrawing; who reads what; forgetting."""
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from participation.consents import actions as consents
from participation.consents.models import Way
from participation.mail.models import Mail
from participation.notifications.following import follow
from participation.policy import ANONYMOUS, Refused
from participation.subjects import Subject
from tests.support.application import SECRET
from tests.support.client import BASE_URL, Client
from tests.support.databases import on_sqlite
from tests.workshops.scene import PURPOSE, Scene
from workshops.calls.actions import Said, apply
from workshops.calls.links import Links
from workshops.members import add_member
from workshops.models import State, Workshop, WorkshopApplication, WorkshopMember

LINKS = Links(SECRET.encode(), BASE_URL)
EMAIL = "hana@example.test"
FORM = {"name": "Hana", "q.age": "young", "agree": "1"}


def rows(scene: Scene) -> list[WorkshopApplication]:
    query = select(WorkshopApplication).order_by(WorkshopApplication.id)
    return scene.ask(lambda session: list(session.scalars(query)))


def mailed(scene: Scene, email: str = EMAIL) -> list[str]:
    """The personal addresses that were mailed, without the host."""
    texts = scene.ask(lambda session: list(session.scalars(select(Mail.text).where(Mail.recipient == email))))
    return [found[0] for text in texts if (found := re.search(r"/workshops/\S+/application/\S+", text))]


def applied(scene: Scene, row: Workshop, who: Any, answer: str = "young", **more: Any) -> WorkshopApplication:
    said = Said(name=who.name or "Hana", answers={"age": answer}, agreed=1, **more)
    return scene.do(apply, who, row.id, said, links=LINKS)


def test_a_stranger_applies_by_a_mailed_link_changes_and_withdraws(scene: Scene, client: Client) -> None:
    row = scene.workshop()
    wrong = client.post(f"/workshops/{row.slug}/apply", {"name": "Hana", "email": "hana"})
    assert (wrong.status, rows(scene)) == (422, [])
    sent = client.submit(wrong, {**FORM, "email": EMAIL, "needs": "ramp"}, form="apply")
    assert sent.location == f"/workshops/{row.slug}/applied"
    link, = mailed(scene)
    assert [each.email_confirmed_at for each in rows(scene)] == [None]
    client.submit(client.open(link), button="応募を確定する")
    assert [each.email_confirmed_at for each in rows(scene)] == [scene.clock()]
    client.submit(client.open(f"{link}/edit"), {"name": "Hanako", "q.age": "old", "needs": ""}, form=link)
    assert [(each.name, each.answers, each.needs) for each in rows(scene)] == [("Hanako", {"age": "old"}, "")]
    client.submit(client.open(f"{link}/withdraw"), form=link)
    assert (rows(scene), client.get(link).status) == ([], 404)


def test_nobody_learns_whether_an_address_has_applied_and_nobody_else_changes_it(scene: Scene, client: Client) -> None:
    row = scene.workshop()
    applied(scene, row, ANONYMOUS, email=EMAIL)
    client.submit(client.open(mailed(scene)[0]), button="応募を確定する")
    again = client.post(f"/workshops/{row.slug}/apply", {**FORM, "name": "Somebody", "email": EMAIL})
    assert again.location == f"/workshops/{row.slug}/applied"
    assert [each.name for each in rows(scene)] == ["Hana"]
    assert len(set(mailed(scene))) == 1


def test_a_link_that_was_changed_opens_nothing(scene: Scene, client: Client) -> None:
    one, two = scene.workshop(), scene.workshop()
    applied(scene, one, ANONYMOUS, email=EMAIL)
    link = mailed(scene)[0]
    for changed in (link[:-1] + ("0" if link[-1] != "0" else "1"), link.replace(one.slug, two.slug), link + "0"):
        assert client.get(changed).status == 404


def test_an_account_applies_once_takes_its_stranger_along_and_withdraws_with_its_consent(
    scene: Scene, client: Client, deliver: Callable[[], int]
) -> None:
    row, person = scene.workshop(), scene.person("Hana", email=EMAIL)
    applied(scene, row, ANONYMOUS, email=EMAIL)
    client.sign_in(person)
    for answer in ("young", "old"):
        if answer == "old":
            applied(scene, row, person, "old")
        else:
            client.post(f"/workshops/{row.slug}/apply", FORM)
    assert [(each.account_id, each.email, each.answers) for each in rows(scene)] == [(person.id, EMAIL, {"age": "old"})]
    assert client.open(f"/workshops/{row.slug}/application").heading == "あなたの応募"
    assert "応募済み" in client.open(f"/workshops/{row.slug}").text
    scene.do(consents.withdraw, person, PURPOSE, way=Way.PAGE)
    deliver()
    assert rows(scene) == []


def test_what_an_account_proves_is_not_asked_again(scene: Scene, client: Client) -> None:
    row = scene.workshop(any_of=["resident", "worker"], min_age=18)
    asked = {"belongs", "old_enough"}
    proved = client.sign_in(scene.person(verifications=("resident", "adult"))).open(f"/workshops/{row.slug}/apply")
    assert proved.form("/apply").names() & asked == set()
    page = client.sign_out().open(f"/workshops/{row.slug}/apply")
    refused = client.submit(page, {**FORM, "email": EMAIL}, form="apply")
    assert refused.status == 422
    client.submit(refused, {**FORM, "email": EMAIL, "belongs": "worker", "old_enough": "1"}, form="apply")
    assert [each.declared for each in rows(scene)] == [["worker", "old_enough"]]


@pytest.mark.parametrize("state", [State.PLANNED, State.DRAWING, State.CALLED_OFF])
def test_only_an_open_call_takes_applications(scene: Scene, state: State) -> None:
    row = scene.workshop(state)
    with pytest.raises(Refused):
        applied(scene, row, scene.person())


def test_after_the_close_the_number_stays_in_the_pool_and_what_is_personal_goes(scene: Scene, client: Client) -> None:
    row, person = scene.workshop(), scene.person("Hana")
    applied(scene, row, person, needs="ramp")
    scene.move(row, State.DRAWING, scene.desk, "because")
    link = client.sign_in(person).get(f"/workshops/{row.slug}/application").location
    assert client.get(f"{link}/edit").status == 409
    client.submit(client.open(f"{link}/withdraw"), form=link)
    kept, = rows(scene)
    assert (kept.name, kept.email, kept.needs, kept.withdrawn_at) == ("", None, "", scene.clock())
    assert kept.answers == {"age": "young"}


def test_an_applicants_answers_are_read_by_organisers_and_auditors_alone(scene: Scene, client: Client) -> None:
    row = scene.workshop()
    applied(scene, row, scene.person("Secret Name"), needs="ramp")
    readers = {"citizen": (), "administrator": ("administrator",), "auditor": ("auditor",),
               "secretariat": ("secretariat",), "facilitator": (("facilitator", "workshop", row.id),),
               "other": (("facilitator", "workshop", row.id + 1),)}
    paths = (f"/workshops/{row.slug}/desk/applicants", f"/workshops/{row.slug}/desk/applicants.csv")
    seen = {name for name, roles in readers.items() for path in paths
            if "Secret Name" in client.sign_in(scene.person(roles=roles)).get(path).html}
    assert seen == {"auditor", "secretariat", "facilitator"}
    for name, roles in readers.items():
        token = client.people.token(scene.person(roles=roles))
        found = client.sign_out().api("GET", f"/workshops/{row.slug}/applications", token=token)
        assert ("Secret Name" in found.html) == (name in seen)
    for path in (f"/workshops/{row.slug}", "/workshops", f"/api/v1/workshops/{row.slug}"):
        assert "Secret Name" not in client.get(path).html


def test_the_list_counts_answers_against_places_and_filters(scene: Scene, client: Client) -> None:
    row = scene.workshop(quotas=[("young", 1, 2), ("old", 2, 3)])
    for name, answer in (("Aoi", "young"), ("Ren", "young"), ("Yui", "old")):
        applied(scene, row, scene.person(name), answer)
    page = client.sign_in(scene.desk).open(f"/workshops/{row.slug}/desk/applicants?answer=age.old")
    assert "あと1人" in page.text
    assert ("Yui" in page.text, "Aoi" in page.text) == (True, False)


def test_applications_are_gone_in_time_and_members_stay(
    scene: Scene, clock: Any, deliver: Callable[[], int]
) -> None:
    row = scene.workshop(State.RECRUITING, retention_days=10)
    kept = applied(scene, row, scene.person("Hana"))
    applied(scene, row, ANONYMOUS, email=EMAIL)
    scene.do(add_member, None, row.id, name="Hana", application_id=kept.id)
    clock.advance(hours=49)
    deliver()
    assert [each.name for each in rows(scene)] == ["Hana"]  # who never confirmed is forgotten
    clock.advance(days=36)
    deliver()
    assert len(rows(scene)) == 1
    clock.advance(days=1)
    deliver()
    members = scene.ask(lambda session: list(session.scalars(select(WorkshopMember))))
    assert (rows(scene), [(each.name, each.application_id) for each in members]) == ([], [("Hana", None)])


def test_people_without_an_account_are_mailed_once_why_it_was_called_off(
    scene: Scene, client: Client, deliver: Callable[[], int]
) -> None:
    row = scene.workshop()
    applied(scene, row, ANONYMOUS, email=EMAIL, locale="en")
    client.submit(client.open(mailed(scene)[0]), button="応募を確定する")
    scene.move(row, State.CALLED_OFF, scene.desk, "The hall has burnt down.")
    deliver()
    deliver()
    told = select(Mail.subject).where(Mail.recipient == EMAIL, Mail.template == "workshops/calls/mail/changed")
    assert scene.ask(lambda session: list(session.scalars(told))) == ["Called off: The park at night"]


@on_sqlite
def test_a_call_is_found_from_home_and_its_process_and_told_to_those_who_follow_it(
    scene: Scene, client: Client, deliver: Callable[[], int]
) -> None:
    follower = scene.person()
    process = scene.ask(lambda session: session.get_one(Subject, scene.process_id))
    scene.do(follow, follower, process)
    row = scene.workshop()
    deliver()
    for page in ("/", "/processes/vision", "/workshops"):
        assert f'href="/workshops/{row.slug}"' in client.open(page).html
    assert "夜の公園" in client.sign_in(follower).open("/me/notices").text


def test_the_call_ends_by_itself_at_its_time(scene: Scene, clock: Any, deliver: Callable[[], int]) -> None:
    row = scene.workshop()
    clock.advance(days=7)
    deliver()
    assert scene.ask(lambda session: session.get_one(Workshop, row.id).state) == State.DRAWING


def test_the_api_plans_announces_and_takes_applications(scene: Scene, client: Client) -> None:
    token = client.people.token(scene.desk)
    now = scene.clock()
    body = {"slug": "night", "process": "vision", "title_ja": "夜の公園", "question_ja": "どうすれば?", "venue_ja": "広場",
            "capacity": 3, "purpose": PURPOSE, "retention_days": 90,
            **{name: (now + timedelta(days=days)).isoformat() for name, days in (
                ("starts_at", 9), ("ends_at", 10), ("call_opens_at", 0), ("call_closes_at", 5))}}
    made = client.api("POST", "/workshops", body, token=token)
    assert (made.status, made.json().get("errors")) == (201, None)
    moved = client.api("POST", "/workshops/night/transitions", {"to": "recruiting"}, token=token)
    assert (moved.json()["state"], moved.json()["may_apply"]) == ("recruiting", True)
    person = scene.person("Hana")
    made = client.api("POST", "/workshops/night/applications", {"name": "Hana", "agree": True, "agreed": 1},
                      token=client.people.token(person))
    assert (made.status, made.json()["state"]) == (201, "applied")
    frozen = client.api("PATCH", "/workshops/night", {"capacity": 9}, token=token)
    assert frozen.status == 409
    assert client.api("PATCH", "/workshops/night", {"fee": 500}, token=token).json()["fee"] == 500
    listed = client.api("GET", "/workshops?state=open")
    assert [each["slug"] for each in listed.json()["items"]] == ["night"]
