"""From the promised seed to the full panel: anybody can repeat it, and nobody's name is in what is published."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import delete, select

from participation.mail.models import Mail
from participation.policy import Refused
from tests.support.databases import on_sqlite
from tests.workshops.panels.scene import SECRET, Scene
from workshops.actions import Quota, move_workshop
from workshops.boards.cases import find_case
from workshops.boards.dots import give_dot
from workshops.boards.models import Section, Team
from workshops.boards.queries import board, members
from workshops.boards.saving import add_card
from workshops.boards.teams import make_team, place_member
from workshops.calls.links import token_of
from workshops.draw.commands import draw_command
from workshops.draw.port import draw_plain
from workshops.members import add_member, participants
from workshops.models import State, Workshop, WorkshopApplication, WorkshopMember
from workshops.panels.actions import ease_quotas, enter_value, result_of
from workshops.panels.checking import broken_draws
from workshops.panels.files import Bounds, problem_in, read_bounds
from workshops.panels.models import Answer, WorkshopInvitation

DRAWN = ["NUM0000003", "NUM0000004", "NUM0000008", "NUM0000011"]


def repeat(client: Any, tmp_path: Path, slug: str) -> Any:
    """What somebody does who downloads the files and runs the command of the page."""
    for name in ("pool.csv", "quotas.csv"):
        (tmp_path / name).write_text(client.get(f"/workshops/{slug}/draw/{name}").html)
    told = json.loads(client.get(f"/workshops/{slug}/draw/draw.json").html)
    for name in ("pool", "quotas"):
        assert hashlib.sha256((tmp_path / f"{name}.csv").read_bytes()).hexdigest() == told[f"{name}_sha256"]
    assert hashlib.sha256(told["seed"].partition(":")[0].encode()).hexdigest() == told["seed_sha256"]
    arguments = [str(tmp_path / "pool.csv"), str(tmp_path / "quotas.csv"), "--seats", str(told["seats"]),
                 "--seed", told["seed"], "--json"]
    arguments += [word for number in told["replaced"] for word in ("--replace", number)]
    printed = CliRunner().invoke(draw_command, arguments)
    assert printed.exit_code == 0, printed.output
    return told, json.loads(printed.stdout)


def test_the_same_seed_draws_the_same_panel_on_every_database_and_by_the_published_command(
        scene: Scene, client: Any, deliver: Any, tmp_path: Path) -> None:
    workshop_id = scene.drawn(deliver)
    draw = scene.draw(workshop_id)
    assert draw.seed == f"{SECRET}:27,105.20"
    result = result_of(draw)
    assert result["selected"] == DRAWN
    assert result == draw_plain(problem_in(draw.pool_csv, draw.quotas_csv, draw.seats), draw.seed)[0]
    assert all(each["min"] <= each["got"] <= each["max"] for each in result["quotas"])
    assert scene.standing(workshop_id) == dict.fromkeys(DRAWN, "invited")
    scene.answer(workshop_id, DRAWN[0], Answer.DECLINED)
    scene.clock.advance(minutes=1)
    deliver()
    told, printed = repeat(client, tmp_path, "day-1")
    assert told["replaced"] == [DRAWN[0]]
    successor = scene.invitations(workshop_id)[-1]
    assert printed.pop("replacements") == [{"replaces": DRAWN[0], "number": successor.number, "alike": True}]
    assert printed == told["result"] == result
    assert scene.ask(lambda session: list(broken_draws(session))) == []


def test_applicants_are_told_in_their_language_and_answer_without_an_account(
        scene: Scene, client: Any, deliver: Any) -> None:
    workshop_id = scene.drawn(deliver)
    invited = {address: subject for address, subject in scene.mails()}
    assert invited["applicant4@example.test"] == "参加のご案内: 街の一日"
    assert invited["applicant3@example.test"] == "You are invited: A day in town"
    assert invited["applicant1@example.test"] == "The places were drawn: A day in town"
    assert len(invited) == 12
    for number, reply in zip(DRAWN, ("accepted", "accepted", "accepted", "declined"), strict=True):
        path = f"/workshops/day-1/invitation/{token_of(scene.office.secret, workshop_id, number)}"
        assert client.get(path).status == 200
        assert client.post(path, {"answer": reply}).status == 303
    token = token_of(scene.office.secret, workshop_id, DRAWN[0])  # one link shows application, invitation and place
    assert "席は決まっています" in client.open(f"/workshops/day-1/application/{token}").text
    assert client.get(f"/workshops/day-1/join/{token}").location == "/workshops/day-1"
    assert client.get(f"/workshops/day-1/join/{token_of(scene.office.secret, workshop_id, DRAWN[3])}").status == 404
    assert client.get(f"/workshops/day-1/invitation/{DRAWN[0]}-{'0' * 32}").status == 404
    scene.clock.advance(minutes=1)
    deliver()
    successor = scene.invitations(workshop_id)[-1]
    assert (successor.replaces, successor.round, successor.state) == (DRAWN[3], 2, "invited")
    scene.answer(workshop_id, successor.number, Answer.ACCEPTED)
    scene.clock.advance(minutes=1)
    deliver()
    assert scene.ask(lambda session: session.get_one(Workshop, workshop_id).state) == State.CONFIRMED
    names = scene.ask(lambda session: session.scalars(select(WorkshopMember.name).order_by(WorkshopMember.id)).all())
    assert names == ["Applicant 3", "Applicant 4", "Applicant 8", f"Applicant {int(successor.number[3:])}"]


def test_an_account_is_told_on_the_platform_too_and_the_certain_place_comes_with_a_calendar_entry(
        scene: Scene, client: Any, deliver: Any) -> None:
    accounts = {n: scene.person(f"Applicant {n}", email=f"applicant{n}@example.test") for n in (3, 4, 1)}
    workshop_id = scene.drawn(deliver, accounts=accounts)
    scene.clock.advance(minutes=1)
    deliver()
    client.sign_in(accounts[3])
    notices = client.open("/me/notices")
    assert "「街の一日」に当選しました" in notices.text
    assert "参加のご案内" in client.submit(notices, button="「街の一日」に当選しました", follow=True).text
    assert "今回は当選されませんでした" in client.another().sign_in(accounts[1]).open("/me/notices").text
    scene.answer(workshop_id, DRAWN[0], Answer.ACCEPTED)
    told = select(Mail.subject, Mail.calendar).where(Mail.recipient == "applicant3@example.test").order_by(Mail.id)
    invited, certain = scene.ask(lambda session: session.execute(told).all())  # and no mail of the notice
    assert (invited.subject, invited.calendar) == ("You are invited: A day in town", None)
    assert certain.subject == "Your place is certain: A day in town"
    assert "SUMMARY:A day in town" in certain.calendar and f"UID:workshop-{workshop_id}@" in certain.calendar
    scene.clock.advance(days=5, minutes=1)
    deliver()
    deliver()
    assert "参加されるかどうか" in client.another().sign_in(accounts[4]).open("/me/notices").text


def test_who_does_not_answer_is_reminded_and_then_the_place_goes_on(scene: Scene, deliver: Any) -> None:
    workshop_id = scene.drawn(deliver)
    scene.answer(workshop_id, DRAWN[1], Answer.ACCEPTED)
    scene.clock.advance(days=5, minutes=1)
    deliver()
    deliver()
    reminded = [address for address, subject in scene.mails() if "Please answer" in subject or "お返事" in subject]
    assert reminded == [f"applicant{int(number[3:])}@example.test" for number in (DRAWN[0], DRAWN[2], DRAWN[3])]
    scene.clock.advance(days=2)
    deliver()
    assert [row.state for row in scene.invitations(workshop_id)[:4]] == ["expired", "accepted", "expired", "expired"]
    assert [row.replaces for row in scene.invitations(workshop_id)[4:]] == [DRAWN[0], DRAWN[2], DRAWN[3]]
    with pytest.raises(Refused):
        scene.answer(workshop_id, DRAWN[0], Answer.ACCEPTED)


def test_a_withdrawn_application_and_a_place_given_back_make_room(scene: Scene, deliver: Any) -> None:
    workshop_id = scene.drawn(deliver)
    scene.answer(workshop_id, DRAWN[0], Answer.ACCEPTED)
    scene.answer(workshop_id, DRAWN[0], Answer.WITHDRAWN)

    def withdraw(session: Any) -> None:
        row = session.scalar(select(WorkshopApplication).where(WorkshopApplication.number == DRAWN[1]))
        row.withdrawn_at = scene.clock()
    scene.db.write(withdraw)
    scene.clock.advance(minutes=1)
    deliver()
    assert [row.state for row in scene.invitations(workshop_id)[:2]] == ["withdrawn", "withdrawn"]
    assert [row.replaces for row in scene.invitations(workshop_id)[4:]] == [DRAWN[0], DRAWN[1]]
    assert scene.ask(lambda session: session.scalars(select(WorkshopMember.id)).all()) == []


@on_sqlite
def test_two_days_before_whoever_comes_is_reminded_once(scene: Scene, client: Any, deliver: Any) -> None:
    comes = scene.person("Applicant 3", email="applicant3@example.test")
    workshop_id = scene.drawn(deliver, accounts={3: comes})
    for number in DRAWN[:2]:
        scene.answer(workshop_id, number, Answer.ACCEPTED)
    scene.clock.advance(days=37)
    deliver()
    scene.clock.advance(days=1, hours=1)
    for _ in range(2):
        deliver()
        scene.clock.advance(minutes=1)
    told = [(address, subject) for address, subject in scene.mails() if subject.startswith(("Soon", "もうすぐ"))]
    assert told == [("applicant3@example.test", "Soon: A day in town"),
                    ("applicant4@example.test", "もうすぐです: 街の一日")]
    assert "もうすぐ開かれます" in client.sign_in(comes).open("/me/notices").text


@on_sqlite
def test_what_somebody_wrote_outlives_the_place_that_they_gave_back(scene: Scene, deliver: Any) -> None:
    writer = scene.person("Applicant 3", email="applicant3@example.test")
    workshop_id = scene.drawn(deliver, accounts={3: writer})
    for number in DRAWN[:2]:
        scene.answer(workshop_id, number, Answer.ACCEPTED)
    scene.do(move_workshop, scene.desk, workshop_id, State.CONFIRMED, reason="Few.", registry=scene.services.registry)

    def on_board(who: Any, action: Any, *arguments: Any, **named: Any) -> Any:
        def work(session: Any) -> Any:
            team = session.scalar(select(Team.id))
            return action(session, who, find_case(session, who, "day-1", team_id=team), *arguments, **named)
        return scene.db.write(work)

    team = on_board(scene.desk, make_team, "A", now=scene.clock())
    place = scene.ask(lambda session: session.scalar(select(WorkshopMember.id).where(
        WorkshopMember.account_id == writer.id)))
    on_board(scene.desk, place_member, place, team.id, now=scene.clock())
    on_board(writer, add_card, "note", "note-0001", {"text": "A bench"}, section=Section.IDEA, now=scene.clock())
    on_board(writer, give_dot, "note", "note-0001", now=scene.clock())
    for number in DRAWN[:2]:
        scene.answer(workshop_id, number, Answer.WITHDRAWN)
    case = scene.ask(find_case, scene.desk, "day-1", team_id=team.id)
    idea, = scene.ask(board, case).ideas
    assert (idea.value("text"), idea.author, idea.dots) == ("A bench", "Applicant 3", 1)
    with pytest.raises(Refused):
        scene.ask(find_case, writer, "day-1", team_id=team.id)
    assert scene.ask(members, case) == ()
    assert scene.ask(lambda session: session.scalars(select(WorkshopMember.id)).all()) == [place]
    back = scene.do(add_member, scene.desk, workshop_id, name="Applicant 3", account_id=writer.id)
    assert (back.member.id, scene.ask(participants, workshop_id)) == (place, 1)


def test_everybody_is_invited_when_all_fit(scene: Scene, client: Any, deliver: Any) -> None:
    workshop_id = scene.drawn(deliver, people=3, quotas=())
    assert set(scene.standing(workshop_id)) == {"NUM0000000", "NUM0000001", "NUM0000002"}
    assert set(result_of(scene.draw(workshop_id))["chances"].values()) == {1.0}
    assert "there is a place for everybody" in client.get("/workshops/day-1/draw?lang=en").text


def test_impossible_quotas_are_explained_in_plain_words_and_can_be_eased(
        scene: Scene, client: Any, deliver: Any) -> None:
    many = (Quota(feature="age", value="young", minimum=4, maximum=4),
            Quota(feature="gender", value="f", minimum=3, maximum=4))
    workshop_id = scene.workshop(people=6, quotas=many)
    scene.close(workshop_id)
    deliver()
    with pytest.raises(Refused):
        scene.do(enter_value, scene.desk, workshop_id, "1", "https://example.test", answer_days=7)
    client.sign_in(scene.desk)
    text = " ".join(client.get("/workshops/day-1/desk/draw?lang=en").text.split())
    assert "Age: Under 50 2 people are missing for the minimum of 4; 2 applied. Lower the minimum to 2." in text
    assert "No set of applicants meets all quotas" in client.get("/workshops/day-1/draw?lang=en").text
    bounds = read_bounds(scene.draw(workshop_id).quotas_csv)
    lower = [Bounds(each.feature, each.value, min(2, each.minimum), each.maximum) for each in bounds]
    scene.do(ease_quotas, scene.desk, workshop_id, lower, 4, "Only two young people applied.")
    scene.clock.advance(seconds=2)
    deliver()
    scene.do(enter_value, scene.desk, workshop_id, "1", "https://example.test", answer_days=7)
    scene.clock.advance(seconds=2)
    deliver()
    got = {each["value"]: each["got"] for each in result_of(scene.draw(workshop_id))["quotas"]}
    assert got["young"] == 2 and got["f"] >= 2
    assert "Only two young people applied." in client.get("/workshops/day-1/draw").text
    assert scene.ask(lambda session: list(broken_draws(session))) == []


def test_nothing_published_holds_a_person_and_the_draw_outlives_the_applications(
        scene: Scene, client: Any, deliver: Any, tmp_path: Path) -> None:
    workshop_id = scene.drawn(deliver)
    pages = ("", "/pool.csv", "/quotas.csv", "/draw.json")
    for path in pages:
        text = client.get(f"/workshops/day-1/draw{path}").html
        assert "Applicant " not in text and "applicant3@" not in text
        assert "elsewhere" not in text  # an answer that no quota needs
    own = client.get("/workshops/day-1/draw?lang=en&number=num0000003").text
    assert "The chance of this number was 33.3 percent. It was drawn." in " ".join(own.split())
    scene.db.write(lambda session: session.execute(delete(WorkshopApplication)))
    told, printed = repeat(client, tmp_path, "day-1")
    assert printed == told["result"]
    assert scene.ask(lambda session: list(broken_draws(session))) == []
    kept = scene.ask(lambda session: session.scalars(select(WorkshopInvitation.application_id)).all())
    assert kept == [None] * 4
    assert scene.standing(workshop_id) == dict.fromkeys(DRAWN, "invited")
