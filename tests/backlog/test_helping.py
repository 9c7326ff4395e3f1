"""Every step is told to the people behind the voices; four weeks after a release they are asked whether it helped."""
from typing import Any

from sqlalchemy import select

from consortium.backlog.models import Helped, HelpAnswer, ItemState
from consortium.backlog.spoken import count_waiting
from consortium.backlog.wanting import say_me_too
from participation.mail.models import Mail
from participation.notifications.models import Notice
from tests.backlog.scene import NOTE, Works
from tests.proposals.doors import Doors
from tests.support.databases import on_sqlite


def told(works: Works, kind: str) -> list[tuple[int, str]]:
    with works.db.read() as session:
        rows = session.execute(select(Notice.account_id, Notice.params).where(Notice.type == kind).order_by(Notice.id))
        return [(account, params.get("decision", "")) for account, params in rows]


def test_people_behind_voices_and_me_toos_hear_of_every_step_with_its_words(
        works: Works, doors: Doors, deliver: Any) -> None:
    speaker, fan, other = (works.catalogue.person() for _ in range(3))
    item = works.item(voices=[works.said(speaker).subject_id])
    works.do(lambda s: say_me_too(s, fan, item, now=works.clock()) and None)
    deliver()
    for to in (ItemState.TRIAGED, ItemState.PLANNED, ItemState.IN_PROGRESS, ItemState.RELEASED):
        works.clock.advance(days=1)
        works.move(item, to)
    deliver()
    steps = ["Your voice is being looked at", "What you asked for is planned",
             "The work on what you asked for has begun", "Your voice was reflected"]
    assert sorted(told(works, "backlog.moved")) == sorted(
        (who.id, step) for who in (speaker, fan) for step in steps)
    page = doors.client.sign_in(speaker).open("/me/notices").text
    assert "あなたの声が反映されました" in page
    assert "あなたの声が反映されました" not in doors.client.sign_in(other).open("/me/notices").text
    with works.db.read() as session:
        mails = session.scalars(select(Mail).where(Mail.recipient == speaker.email).order_by(Mail.id)).all()
    assert ("反映されました" in mails[-1].subject, NOTE in mails[-1].text) == (True, True)


def test_four_weeks_after_a_release_people_are_asked_once_in_one_click(
        works: Works, doors: Doors, deliver: Any) -> None:
    speaker = works.catalogue.person()
    item = works.item(ItemState.RELEASED, voices=[works.said(speaker).subject_id])
    works.clock.advance(days=27, hours=23)
    deliver()
    assert told(works, "backlog.help_asked") == []
    works.clock.advance(hours=2)
    deliver()
    works.clock.advance(days=30)
    deliver()
    assert told(works, "backlog.help_asked") == [(speaker.id, "")]
    path = f"/backlog/{item}/helped"
    with works.db.read() as session:
        newest = session.scalars(select(Notice).where(Notice.type == "backlog.help_asked")).one()
    assert (newest.params, newest.direct) == ({"path": path}, True)
    assert "本当に役に立ちましたか" in doors.client.sign_in(speaker).open(path).text
    with works.db.read() as session:
        assert session.scalars(select(HelpAnswer)).all() == []  # looking stores nothing
    assert doors.form(speaker, "POST", path, {"answer": "yes"}).location == f"/backlog/{item}#helped"
    assert doors.api(speaker, "PUT", path, {"answer": "unsure"}).json() == {
        "yes": 0, "no": 0, "unsure": 1, "mine": "unsure"}


@on_sqlite
def test_a_no_is_a_new_voice_to_the_service_as_long_as_it_is_one(works: Works, doors: Doors) -> None:
    speaker, item = works.catalogue.person(), works.item(ItemState.RELEASED)
    path = f"/backlog/{item}/helped"

    def waiting() -> dict[str, int]:
        with works.db.read() as session:
            return count_waiting(session, works.service.id)
    doors.api(speaker, "PUT", path, {"answer": "no", "words": "まだ坂の下までです"})
    assert waiting() == {"outcome": 1}
    inbox = doors.client.sign_in(works.owner).open(f"/services/{works.service.slug}/inbox").text
    assert ("まだ坂の下までです" in inbox, speaker.name in inbox) == (True, False)
    doors.api(speaker, "PUT", path, {"answer": "yes"})
    assert waiting() == {}
    doors.api(speaker, "PUT", path, {"answer": "no", "words": "やはりまだです"})
    assert waiting() == {"outcome": 1}
    with works.db.read() as session:
        rows = session.scalars(select(HelpAnswer)).all()
    assert [(row.account_id, row.answer) for row in rows] == [(speaker.id, Helped.NO)]


@on_sqlite
def test_everybody_but_those_who_released_it_says_whether_it_helped(works: Works, doors: Doors) -> None:
    auditor = works.catalogue.person(roles=("auditor",))
    who = {None: 401, works.catalogue.person(): 200, works.owner: 403, auditor: 403, works.catalogue.desk: 200}
    for state in ItemState:
        item = works.item(state)
        for actor, wanted in who.items():
            answer = doors.api(actor, "PUT", f"/backlog/{item}/helped", {"answer": "yes"})
            expected = wanted if state == ItemState.RELEASED or wanted == 401 else 403
            assert answer.status == expected, (state, actor)
    assert doors.api(works.catalogue.person(), "PUT", f"/backlog/{works.item(ItemState.RELEASED)}/helped",
                     {"answer": "perhaps"}).status == 422
