"""What becomes of a poster or an idea: who may, once, with links both ways, and the team told."""
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consortium.backlog.actions import move_item
from consortium.backlog.models import ItemState
from consortium.outcomes.models import Outcome
from consortium.outcomes.telling import tell_guests
from consortium.voices.queries import people_behind, voices_of
from participation.mail.models import Mail
from participation.notifications.following import followers
from participation.subjects import Subject
from proposals.actions import publish
from proposals.queries import standing
from tests.outcomes.scene import After
from tests.proposals.doors import Doors
from tests.support.client import Client
from tests.support.databases import on_sqlite
from workshops.models import WorkshopMember

TITLE = "坂の途中に見守りベンチを置く"
PLACES = {"proposal": "vision", "pilot": "example-1", "backlog": "hill-cart"}
# proposal, pilot, backlog item: by role
MAY = {"nobody": (401, 401, 401), "citizen": (403, 403, 403), "team": (303, 403, 403), "member": (403, 303, 303),
       "facilitator": (303, 403, 403), "secretariat": (303, 303, 303), "auditor": (403, 403, 403)}


def made(after: After) -> int:
    return after.day.ask(lambda session: session.scalar(select(func.count()).select_from(Outcome)))


@on_sqlite
@pytest.mark.parametrize("source", ["posters", "ideas"])
def test_each_role_makes_of_it_what_the_table_says_by_page_and_api(after: After, doors: Doors, source: str) -> None:
    who = after.people()
    number = after.day.poster if source == "posters" else after.day.idea
    for role, wanted in MAY.items():
        body = {"title": TITLE}
        by_page = tuple(doors.form(who[role], "POST", f"/{source}/{number}/turn/{into}",
                                   {**body, "place": PLACES[into]}).status for into in PLACES)
        by_api = tuple(doors.api(who[role], "POST", f"/{source}/{number}/outcomes",
                                 {**body, "into": into, "place": PLACES[into]}).status for into in PLACES)
        assert (by_page, by_api) == (wanted, tuple({303: 201}.get(each, each) for each in wanted)), role
    assert made(after) == 3  # whoever does it, and however often: once for each place


@on_sqlite
def test_a_poster_becomes_a_proposal_of_its_team_with_its_picture_and_links_both_ways(
        after: After, client: Client, deliver: Any) -> None:
    day, path = after.day, f"/posters/{after.day.poster}"
    page = client.sign_in(day.taro).open(f"{path}/turn/proposal")
    assert page.form("turn").value("title") == "見守りベンチ - 座ると灯りがともり、近所にあいさつが届く"
    wrong = client.submit(page, {"title": "短い"}, form="turn")
    assert (wrong.status, wrong.form("turn").value("title")) == (422, "短い")
    proposal = client.submit(page, {"title": TITLE, "publish": "1"}, form="turn", follow=True)
    for words in (TITLE, "座面のセンサー", "ワークショップから", "チーム「A」より"):
        assert words in proposal.text
    number = int(proposal.path.rsplit("/", 1)[1])
    case = day.ask(standing, number, day.clock())
    assert case.authors == {day.taro.id, day.hana.id}  # Hana agreed to be named; Taro did it
    assert TITLE in client.another().open(path).text
    assert TITLE in client.another().open("/workshops/park/record").text
    deliver()
    assert "先へ進みました: 提案になりました" in client.another().sign_in(day.hana).open("/me/notices").text
    again = client.submit(client.open(f"{path}/turn/proposal"), {"title": "もう一度同じことをする"}, form="turn")
    assert (again.location, made(after)) == (f"/proposals/{number}", 1)


@on_sqlite
def test_who_did_not_agree_to_be_named_is_asked_and_a_discarded_draft_takes_its_link_along(
        after: After, client: Client, deliver: Any) -> None:
    day, path = after.day, f"/posters/{after.day.poster}"
    client.sign_in(day.facilitator)
    draft = client.submit(client.open(f"{path}/turn/proposal"), {"title": TITLE}, form="turn")
    number = int(draft.location.rsplit("/", 1)[1])
    case = day.ask(standing, number, day.clock())
    assert (case.published, case.authors) == (False, {day.facilitator.id, day.hana.id})
    assert "準備中" not in client.another().open(path).text
    assert "準備中" in client.another().sign_in(day.taro).open(path).text
    client.another().sign_in(day.taro).open(f"/proposals/{number}/authors")  # may accept
    client.submit(client.open(f"/proposals/{number}/draft"), form="/draft")
    assert made(after) == 0
    assert "まだ何にもなっていません" in client.open(path).text


@on_sqlite
def test_the_team_is_a_voice_behind_pilot_and_improvement_and_hears_of_both(
        after: After, client: Client, deliver: Any) -> None:
    day, path = after.day, f"/posters/{after.day.poster}"
    client.sign_in(after.member)
    for into, words in (("pilot", "実証実験"), ("backlog", "ブラッシュアップ")):
        page = client.submit(client.open(f"{path}/turn/{into}"), {"title": TITLE}, form="turn", follow=True)
        number = int(page.path.split("/")[2])
        assert "ワークショップから" in client.open(f"/{'pilots' if into == 'pilot' else 'backlog'}/{number}").text, words
        (voice,) = day.ask(voices_of, [number])[number]
        assert (voice.path, voice.words) == (path, "見守りベンチ: 座ると灯りがともり、近所にあいさつが届く")
        assert set(day.ask(people_behind, number)) == {day.hana.id, day.taro.id}
    deliver()
    notices = client.another().sign_in(day.taro).open("/me/notices").text
    assert "実証実験の下書きが始まりました" in notices and f"「{TITLE}」で、あなたの声が取り上げられました" in notices
    public = client.another().open(path).text
    assert public.count(TITLE) == 1  # the improvement; the draft of the pilot is not shown
    day.do(lambda session, *, now: setattr(session.get_one(Subject, day.poster), "hidden_at", now))
    assert client.get(f"{path}/turn/backlog").status == 404
    assert "ワークショップから" not in client.open(f"/backlog/{number}").text


@on_sqlite
def test_an_idea_is_a_voice_from_when_something_is_made_of_it_and_its_team_hears_of_each_step(
        after: After, client: Client, deliver: Any) -> None:
    day, path = after.day, f"/ideas/{after.day.idea}/turn"
    client.sign_in(after.member)
    made = [client.submit(client.open(f"{path}/{into}"), {"title": TITLE}, form="turn", follow=True).path
            for into in ("pilot", "backlog")]
    numbers = [int(each.split("/")[2]) for each in made]
    voices = day.ask(voices_of, numbers)
    (voice,) = {each for found in voices.values() for each in found}
    assert (voice.kind, voice.words, len(voices)) == ("idea", "座ると光るベンチ", 2)
    assert [set(day.ask(people_behind, number)) for number in numbers] == [{day.hana.id, day.taro.id}] * 2
    assert client.get(voice.path).location == f"/workshops/park/record#idea-{day.idea}"
    day.do(move_item, after.member, numbers[1], ItemState.TRIAGED)
    deliver()
    assert f"「{TITLE}」" in client.another().sign_in(day.taro).open("/me/notices").text
    day.do(lambda session, *, now: setattr(session.get_one(Subject, voice.id), "hidden_at", now))
    assert (client.get(voice.path).status, client.get(f"{path}/pilot").status) == (404, 404)
    assert "座ると光るベンチ" not in client.another().open("/workshops/park/record").text


@on_sqlite
def test_a_member_without_an_account_who_agreed_is_mailed_each_public_step_once(
        after: After, client: Client) -> None:
    day, service = after.day, after.day.services
    guest = day.members[2]

    def agree(session: Session, *, now: datetime) -> None:
        member = session.get_one(WorkshopMember, guest)
        member.news_to, member.news_locale = "guest@example.test", "en"
    day.do(agree)
    client.sign_in(after.member)
    page = client.submit(client.open(f"/posters/{day.poster}/turn/backlog"), {"title": TITLE}, form="turn", follow=True)
    client.submit(client.open(f"/posters/{day.poster}/turn/pilot"), {"title": TITLE}, form="turn")
    number = int(page.path.split("/")[2])
    day.do(move_item, after.member, number, ItemState.TRIAGED)
    for _ in range(2):
        tell_guests(service, day.clock())
    mails = day.ask(lambda session: session.scalars(select(Mail).order_by(Mail.id)).all())
    assert sorted(mail.subject for mail in mails) == [
        f"Being looked at: “{TITLE}”.", "“見守りベンチ” was taken further: a pilot is being drafted from it.",
        "“見守りベンチ” was taken further: it stands on the list of a service."]
    assert {mail.recipient for mail in mails} == {"guest@example.test"}
    assert all("/workshops/park/news/" in mail.text and mail.unsubscribe_url in mail.text for mail in mails)


@on_sqlite
def test_the_whole_team_follows_a_draft_once_it_is_published(after: After, client: Client, deliver: Any) -> None:
    day, path = after.day, f"/posters/{after.day.poster}/turn/proposal"
    client.sign_in(day.facilitator)
    draft = client.submit(client.open(path), {"title": TITLE}, form="turn", follow=True)
    number = int(draft.path.split("/")[2])

    def follow() -> set[int]:
        return set(day.ask(lambda session: session.scalars(followers(number)).all()))
    assert day.taro.id not in follow()
    day.do(publish, day.facilitator, number)
    deliver()
    assert {day.hana.id, day.taro.id} <= follow()  # he did not agree to be named, so he is no author
