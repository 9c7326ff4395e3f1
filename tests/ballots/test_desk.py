"""The secretariat prepares a ballot on pages without a script: a step at a time, from proposals, opened, frozen."""

from typing import Any

from sqlalchemy import select

from proposals.ballots.actions import cast
from proposals.ballots.desk.picking import read_yen
from proposals.ballots.desk.reading import options_of
from proposals.ballots.models import Ballot, BallotOption, State
from proposals.models import Proposal
from participation.subjects import create_subject
from tests.ballots.scene import Scene

DESK = "/secretariat/ballots"
MAKE, SHOW = "選んだ提案を選択肢にする", "この条件で見る"


def propose(scene: Scene, title: str) -> int:
    def work(session: Any) -> int:
        now = scene.clock()
        subject = create_subject(session, "proposal", title=title, now=now, space_id=scene.process_id,
                                 author_id=scene.desk.id, published=True)
        session.add(Proposal(id=subject.id, process_id=scene.process_id, state="published", body="A seat for all.",
                             published_at=now, updated_at=now, version=1))
        return subject.id
    return scene.db.write(work)


def test_proposals_stay_ticked_while_one_searches_and_turns_the_pages(scene: Scene, client: Any) -> None:
    ballot = scene.draft("approval", options=())
    made = [propose(scene, f"Roof {number}") for number in range(21)]
    path = f"{DESK}/{ballot}/proposals"
    client.sign_in(scene.desk)
    second = client.submit(client.open(path), {"proposal": made[0]}, form="/proposals", button="2")
    assert [value for name, value in second.form("/proposals").fields if name == "proposal"] == [str(made[0])]
    third = client.submit(second, {"proposal": [made[0], made[20]]}, form="/proposals", button=SHOW)
    assert (f'value="{made[20]}" checked' in third.html, "21件" in third.text) == (True, True)
    none = client.submit(third, {"q": "tram", "state": "published"}, form="/proposals", button=SHOW)
    assert ("当てはまる提案はありません" in none.text, f'value="{made[20]}" checked' in none.html) == (True, True)
    assert client.submit(none, form="/proposals", button=MAKE).location == f"{DESK}/{ballot}/options"
    assert [row.source_id for row in scene.ask(lambda session: options_of(session, ballot))] == [made[0], made[20]]
    wrong = client.submit(client.open(path), {"proposal": 10**14}, form="/proposals", button=MAKE)
    assert (wrong.status, wrong.html.count('id="proposal-error"')) == (422, 1)


def the_ballot(scene: Scene) -> Ballot:
    return scene.ask(lambda session: session.scalars(select(Ballot)).one())


def test_a_ballot_is_prepared_opened_and_then_shown_as_frozen(scene: Scene, client: Any) -> None:
    proposal = propose(scene, "A roof")
    client.sign_in(scene.desk)
    begun = client.post(f"{DESK}/new", {"title_ja": "公園", "slug": "park", "process": f"process-{scene.process_id}"})
    edit = client.open(begun.location)
    path = f"{DESK}/{the_ballot(scene).id}"
    assert client.open(path).text.count("結果をどのように使うのか") == 1
    assert client.submit(edit, {"pledge_ja": "上位に決めます。"}, form="title_ja").location == f"{path}/edit/method"
    wrong = client.submit(client.open(f"{path}/edit/method"), {"method": "greedy", "budget": "much"}, form="method")
    assert (wrong.status, 'value="much"' in wrong.html) == (422, True)
    client.submit(client.open(f"{path}/edit/method"), {"method": "greedy", "budget": "１,０００"}, form="method")
    picked = client.submit(client.open(f"{path}/proposals"), {"proposal": proposal}, form="/proposals", button=MAKE)
    assert picked.location == f"{path}/options"
    client.submit(client.open(f"{path}/options"), {"title_ja": "花", "cost": "400"}, form="title_ja")
    one = client.open(f"{path}/options/p{proposal}")
    client.submit(one, {"cost": "700"}, form="title_ja")
    times = client.open(f"{path}/edit/times")
    client.submit(times, {"opens_at": "2026-06-01T12:00", "closes_at": "2026-06-08T12:00"}, form="opens_at")
    ask = client.open(f"{path}/state/open")
    assert client.submit(ask, form="/state/open").location == path
    stored = the_ballot(scene)
    assert (stored.state, stored.rules, stored.hidden, stored.secret) == (State.OPEN, {"budget": 1000}, True, True)
    rows = scene.ask(lambda session: session.execute(
        select(BallotOption.key, BallotOption.cost, BallotOption.source_id).order_by(BallotOption.key)).all())
    assert [tuple(row) for row in rows] == [("o1", 400, None), (f"p{proposal}", 700, proposal)]
    scene.do(cast, scene.person(), stored.id, ["o1"])
    frozen = client.open(f"{path}/edit/method")
    assert ("disabled" in frozen.html, "最初の票が投じられたため" in frozen.text) == (True, True)
    assert client.submit(frozen, {"method": "greedy"}, form="/edit/method").status == 409
    off = client.submit(client.open(f"{path}/state/called_off"), {"reason": ""}, form="reason")
    assert off.status == 422
    off = client.submit(client.open(f"{path}/state/called_off"), {"reason": "広場が売れました。"}, form="reason")
    assert (off.location, the_ballot(scene).end_reason) == (path, "広場が売れました。")


def test_a_draft_keeps_what_is_typed_right_or_wrong(scene: Scene, client: Any) -> None:
    ballot = scene.draft("approval")
    client.sign_in(scene.desk)
    page = client.open(f"{DESK}/{ballot}/edit/times")
    saved = client.submit(page, {"opens_at": "soon"}, form="opens_at")
    assert saved.status == 422
    again = client.open(f"{DESK}/{ballot}/edit/times")
    assert 'value="soon"' in again.html


def test_amounts_are_read_as_people_write_them() -> None:
    assert [read_yen(text) for text in ("約300万円", "3,000,000 yen", "１億円", "2.5万円 / 年", "未定", "円")] == [
        3_000_000, 3_000_000, 100_000_000, 25_000, 0, 0]
