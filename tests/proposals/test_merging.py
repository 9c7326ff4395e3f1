"""Merging: supports move without doubling, counters stay exact, the old address leads on, the old words stay."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from participation.events import Event
from participation.notifications.following import follow, followers, unfollow
from participation.policy import ANONYMOUS, Actor, Refused
from participation.subjects import Subject
from participation.web import Conflict, NotFound
from proposals.merging.actions import merge
from proposals.merging.policy import may_merge
from proposals.models import Proposal, State, Support
from proposals.queries import standing
from proposals.supporting.actions import support, withdraw_support
from proposals.supporting.queries import counter_mismatches, support_case
from tests.proposals.doors import Doors
from tests.proposals.scene import Scene
from tests.support.application import People
from tests.support.client import Client
from tests.support.databases import on_sqlite

WHY = "Both ask for seats at bus stops."


@pytest.fixture
def desk(person: People) -> Actor:
    return person("Desk", roles=("secretariat",))


def supporters(scene: Scene, proposal: int) -> set[int]:
    return scene.ask(lambda s: set(s.scalars(select(Support.account_id).where(Support.proposal_id == proposal))))


def test_supports_move_and_nobody_counts_twice(scene: Scene, person: People, desk: Actor) -> None:
    process = scene.process(cap=2)
    old, new = scene.proposal(process=process), scene.proposal(process=process)
    first, both, second = person(), person(), person()
    for actor, proposal in ((first, old), (both, old), (both, new), (second, new)):
        scene.do(support, actor, proposal)
    assert scene.do(merge, desk, old, new, reason=WHY) == 3
    assert (supporters(scene, old), supporters(scene, new)) == (set(), {first.id, both.id, second.id})
    assert scene.ask(counter_mismatches) == []
    other = scene.proposal(process=process)
    assert scene.ask(support_case, both, other, scene.clock()).left == 1
    row = scene.ask(lambda s: s.execute(select(Proposal.state, Proposal.merged_into_id, Proposal.supports_count)
                                        .where(Proposal.id == old)).one())
    assert tuple(row) == ("merged", new, 0)
    event = scene.ask(lambda s: s.execute(select(Event.body, Event.leaf_hash).order_by(Event.id.desc())).first())
    assert (event.body, event.leaf_hash is not None) == (
        f'{{"into_id":{new},"proposal_id":{old},"supports":3}}', True)


def test_followers_move_and_who_had_stopped_stays_away(scene: Scene, person: People, desk: Actor) -> None:
    old, new = scene.proposal(), scene.proposal()
    only_old, both, stopped = person(), person(), person()

    def begin(session, *, now) -> None:
        for actor, proposal in ((only_old, old), (both, old), (both, new), (stopped, old)):
            follow(session, actor, session.get(Subject, proposal), now=now)
        unfollow(session, stopped, session.get(Subject, new), now=now)

    scene.do(begin)
    scene.do(merge, desk, old, new, reason=WHY)
    assert scene.ask(lambda s: set(s.scalars(followers(new)))) == {only_old.id, both.id}
    counters = scene.ask(lambda s: [s.get(Subject, proposal).followers_count for proposal in (old, new)])
    assert counters == [0, 2]


def test_who_may_merge_what(scene: Scene, person: People, desk: Actor) -> None:
    author, process = person(), scene.process()
    cases = {state: scene.ask(standing, scene.proposal(author, state=state, process=process), scene.clock())
             for state in State if state != State.MERGED}
    target = scene.ask(standing, scene.proposal(process=process), scene.clock())
    for role, actor in {"": person(), "administrator": person(roles=("administrator",)), "author": author}.items():
        assert (role, may_merge(actor, cases[State.PUBLISHED], target).kind) == (role, "forbidden")
    assert may_merge(ANONYMOUS, cases[State.PUBLISHED], target).kind == "sign_in"
    assert {state for state, case in cases.items() if may_merge(desk, case, target)} == {
        State.PUBLISHED, State.UNDER_REVIEW}
    assert {state for state, case in cases.items() if may_merge(desk, target, case)} == set(cases) - {
        State.DRAFT, State.WITHDRAWN}
    elsewhere = scene.ask(standing, scene.proposal(process=scene.process()), scene.clock())
    assert (bool(may_merge(desk, target, elsewhere)), bool(may_merge(desk, target, target))) == (False, False)


def test_what_is_hidden_merged_or_missing_is_no_target(scene: Scene, desk: Actor) -> None:
    old, hidden, merged, new = (scene.proposal() for _ in range(4))
    scene.set(Subject, hidden, hidden_at=scene.clock())
    scene.do(merge, desk, merged, new, reason=WHY)
    for target, problem in ((hidden, Refused), (merged, Refused), (10**6, NotFound),
                            (scene.proposal(state=State.DRAFT), NotFound)):
        with pytest.raises(problem):
            scene.do(merge, desk, old, target, reason=WHY)


def test_a_merge_amid_a_crowd_leaves_no_support_behind(scene: Scene, person: People, desk: Actor) -> None:
    process, people = scene.process(cap=1), [person() for _ in range(40)]
    old, new = scene.proposal(process=process), scene.proposal(process=process)

    def change_mind(actor: Actor) -> str:
        try:
            scene.do(support, actor, old)
            scene.do(withdraw_support, actor, old)
            scene.do(support, actor, old)
        except (Refused, Conflict) as error:
            return type(error).__name__
        return "yes"

    with ThreadPoolExecutor(12) as pool:
        answers = [pool.submit(change_mind, actor) for actor in people[:20]]
        merged = pool.submit(scene.do, merge, desk, old, new, reason=WHY)
        answers += [pool.submit(change_mind, actor) for actor in people[20:]]
        told = [answer.result() for answer in answers]
        merged.result()
    assert supporters(scene, old) == set() and scene.ask(counter_mismatches) == []
    assert len(supporters(scene, new)) >= told.count("yes")


@on_sqlite
def test_the_desk_merges_in_two_steps_and_the_old_address_leads_on(
        scene: Scene, client: Client, person: People, desk: Actor) -> None:
    process = scene.process()
    old = scene.proposal(process=process, title="Benches at stops")
    new = scene.proposal(process=process, title="A seat at every stop")
    hanako = person()
    for proposal in (old, new):
        scene.do(support, hanako, proposal)
    page = client.sign_in(desk).open(f"/proposals/{old}/merge")
    wrong = client.submit(page, {"into": "the other one", "reason": WHY}, form=f"/proposals/{old}/merge")
    assert (wrong.status, WHY in wrong.html, 'id="into-error"' in wrong.html) == (422, True, True)
    seen = client.submit(page, {"into": f"https://sanpo.test/proposals/{new}", "reason": WHY}, button="確かめる")
    assert "賛同 1件(" in seen.text and scene.ask(counter_mismatches) == []
    done = client.submit(seen, form=f"/proposals/{old}/merge", button="統合する")
    assert (done.status, done.location) == (303, f"/proposals/{new}")
    assert client.sign_out().get(f"/proposals/{old}").location == f"/proposals/{new}?merged={old}"
    assert f'/proposals/{old}?own=1' in client.open(f"/proposals/{new}").html
    assert "Benches at stops" in client.open(f"/proposals/{old}?own=1").text


@on_sqlite
def test_page_and_api_refuse_alike(scene: Scene, doors: Doors, person: People, desk: Actor) -> None:
    old, new = scene.proposal(), scene.proposal()
    body = {"into": new, "reason": WHY}
    for actor, api, form in ((None, 401, 401), (person(), 403, 403), (person(roles=("auditor",)), 403, 403)):
        assert doors.api(actor, "POST", f"/proposals/{old}/merge", body).status == api
        assert doors.form(actor, "POST", f"/proposals/{old}/merge", {**body, "do": "merge"}).status == form
    for into, api in ((old, 409), (10**6, 404), ("x", 422)):
        assert doors.api(desk, "POST", f"/proposals/{old}/merge", {**body, "into": into}).status == api
        assert doors.form(desk, "POST", f"/proposals/{old}/merge", {**body, "into": into, "do": "merge"}).status == 422
    assert doors.api(desk, "POST", f"/proposals/{old}/merge", body).json() == {
        "merged_into": {"id": new, "url": f"https://sanpo.test/proposals/{new}", "supports_count": 0}}
