"""Surveys: who may do what in which state, what stays from the first answer on, and which answers count."""
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from participation.notifications.models import Notice
from participation.surveys.answering import Incomplete
from participation.surveys.closing import close
from participation.surveys.models import TRANSITIONS, SurveyAnswer, SurveyQuestion, SurveyState
from participation.surveys.queries import questions_of
from tests.proposals.doors import Doors
from tests.support.client import Client
from tests.support.databases import on_sqlite
from tests.surveys.scene import Polls, ja

ROLES = (None, "citizen", "auditor", "manager", "secretariat")
DESK = ("manager", "secretariat")
# adding a question, opening, closing, publishing: what comes of it for those who build the survey
BUILDS = {"draft": (201, 200, 409, 409), "open": (201, 409, 200, 409), "closed": (409, 409, 409, 200),
          "published": (409, 409, 409, 409)}
# answering, reading the results; by state and role
ANSWERS = {"open": {None: (401, 403), "citizen": (201, 403), "auditor": (403, 200), "desk": (201, 200)},
           "closed": {None: (403, 403), "citizen": (403, 403), "auditor": (403, 200), "desk": (403, 200)},
           "published": {None: (403, 200), "citizen": (403, 200), "auditor": (403, 200), "desk": (403, 200)},
           "draft": {None: (404, 404), "citizen": (404, 404), "auditor": (403, 200), "desk": (403, 200)}}
BY_PAGE = {200: 303, 201: 303}


@on_sqlite
@pytest.mark.parametrize("state", list(SurveyState))
def test_each_role_does_in_each_state_what_the_table_says_by_page_and_api(
        polls: Polls, doors: Doors, state: str) -> None:
    person = polls.scene.person
    who = {None: None, "citizen": person(), "auditor": person(roles=("auditor",)), "secretariat": polls.desk,
           "manager": person(roles=(("manager", "process", polls.process),))}
    untouched = polls.survey(state)
    for role in ROLES:
        by_page, by_api = [], []
        for end, form, body in (("questions", {"kind": "text"}, {"kind": "text"}), *(
                (end, {"to": to}, {"to": to}) for end, to in (("state", "open"), ("state", "closed"),
                                                              ("state", "published"))), ("answers", {}, {})):
            for seen, door in ((by_page, doors.form), (by_api, doors.api)):
                slug = polls.survey(state) if role in DESK or (end == "answers" and state == "open") else untouched
                if end == "answers" and role and state == "open" and door == doors.form:
                    field = f"q{polls.scene.ask(questions_of, polls.numbered[slug])[0].id}"
                    door(who[role], "POST", f"/surveys/{slug}/answer", {"page": "1", field: "川沿い", "do": "next"})
                if end == "answers":
                    number = polls.scene.ask(questions_of, polls.numbered[slug])[0].id
                    body = {"answers": {str(number): "川沿い"}}
                path = f"/surveys/{slug}/{end if door == doors.form else end.replace('state', 'transitions')}"
                seen.append(door(who[role], "POST", path, form if door == doors.form else body).status)
        for seen, door in ((by_page, doors.form), (by_api, doors.api)):
            if door == doors.api:
                seen.append(door(who[role], "GET", f"/surveys/{untouched}/results").status)
            else:
                client = doors.client.another().sign_in(who[role]) if role else doors.client.another()
                seen.append(client.get(f"/surveys/{untouched}/results").status)
        refused = 404 if state == "draft" and role in (None, "citizen") else 401 if role is None else 403
        built = BUILDS[state] if role in DESK else (refused,) * 4
        answered = ANSWERS[state]["desk" if role in DESK else role]
        assert tuple(by_api) == (*built, *answered), (role, state)
        assert tuple(by_page) == (*(BY_PAGE.get(each, each) for each in (*built, answered[0])), answered[1]), (
            role, state)


def test_only_the_arrows_of_the_table_lead_from_state_to_state() -> None:
    assert {(state, to) for state in TRANSITIONS for to in TRANSITIONS[state]} == {
        ("draft", "open"), ("open", "closed"), ("closed", "published")}


@on_sqlite
def test_a_survey_with_gaps_is_not_opened_and_says_which(polls: Polls, doors: Doors) -> None:
    slug = polls.survey("draft", bare=True)
    refused = doors.api(polls.desk, "POST", f"/surveys/{slug}/transitions", {"to": "open"})
    assert (refused.status, refused.json()["detail"]) == (409, "質問を加えてください。")
    polls.ask(slug, "single", options=ja("一つだけ"))
    refused = doors.api(polls.desk, "POST", f"/surveys/{slug}/transitions", {"to": "open"})
    assert refused.json()["detail"] == "問1には、選択肢が二つ以上必要です。"


def test_questions_stay_as_they_are_from_the_first_answer_on_whoever_asks_the_database(
        polls: Polls, doors: Doors) -> None:
    slug = polls.survey("open", access="everybody")
    number = polls.scene.ask(questions_of, polls.numbered[slug])[0].id
    assert doors.api(polls.desk, "POST", f"/surveys/{slug}/questions", {"kind": "text"}).status == 201
    polls.answer(slug, {f"q{number}": "川沿い"})
    assert doors.api(polls.desk, "POST", f"/surveys/{slug}/questions", {"kind": "text"}).status == 409
    survey = polls.numbered[slug]
    for statement in (f"UPDATE survey_question SET title = '{{}}' WHERE survey_id = {survey}",
                      f"DELETE FROM survey_question WHERE survey_id = {survey}",
                      f"UPDATE survey SET access = 'people' WHERE id = {survey}",
                      f"UPDATE survey SET frozen_at = NULL WHERE id = {survey}"):
        with pytest.raises(DatabaseError):
            polls.scene.db.write(lambda s, said=statement: s.execute(text(said)) and None)


def test_answers_of_hidden_branches_do_not_count_and_what_is_asked_must_be_answered(polls: Polls) -> None:
    slug, (first, words, several, scale, table) = polls.every_kind()
    polls.turn(slug, "open")
    someone = polls.scene.person()

    def refused(typed: dict[str, Any]) -> set[str]:
        with pytest.raises(Incomplete) as found:
            polls.answer(slug, typed, someone)
        return set(found.value.errors)
    assert refused({}) == {f"q{first}"}
    assert refused({f"q{first}": "2"}) == {f"q{words}"}
    assert refused({f"q{first}": "other"}) == {f"q{first}"}
    assert refused({f"q{first}": "1", f"q{several}": ["1", "2", "3"], f"q{scale}": "6"}) == {f"q{several}", f"q{scale}"}
    assert refused({f"q{first}": "1", f"q{table}_1": "9"}) == {f"q{table}"}
    # a refused answer leaves no trace: the questions can still be changed
    polls.ask(slug, "text")
    sheet = polls.answer(slug, {f"q{first}": "1", f"q{words}": "見えない", f"q{several}": ["3", "1"],
                                f"q{scale}": "4", f"q{table}_2": "1"}, someone)

    def said(session: Any) -> Any:
        return session.get(SurveyAnswer, sheet).said
    assert polls.scene.ask(said) == {str(first): "1", str(several): ["1", "3"], str(scale): 4, str(table): {"2": "1"}}
    assert polls.answer(slug, {f"q{first}": "2", f"q{words}": "遠い"}, someone) == sheet, "of one person the last counts"
    assert polls.scene.ask(said) == {str(first): "2", str(words): "遠い"}


@on_sqlite
@pytest.mark.parametrize("signed_in", [True, False])
def test_a_person_answers_page_by_page_goes_back_reviews_and_sends(
        polls: Polls, client: Client, signed_in: bool) -> None:
    slug, (first, words, several, *_) = polls.every_kind()
    if not signed_in:
        polls.scene.db.write(lambda s: s.execute(text("UPDATE survey SET access = 'everybody'")) and None)
    polls.turn(slug, "open")
    if signed_in:
        client.sign_in(polls.scene.person())
    page = client.submit(client.open(f"/surveys/{slug}/answer"), {}, button="次へ", follow=True)
    assert (page.status, "この質問に答えてください。" in page.text) == (422, True)
    page = client.submit(page, {f"q{first}": "2", f"q{words}": "坂が急です"}, button="次へ", follow=True)
    page = client.submit(page, {f"q{several}": "2"}, button="前へ", follow=True)
    assert (page.form(f"q{words}").value(f"q{words}")) == "坂が急です"
    page = client.submit(page, {}, button="次へ", follow=True)
    assert page.form(f"q{several}").value(f"q{several}") == "2"
    review = client.submit(page, {}, button="次へ", follow=True)
    assert "坂が急です" in review.text
    sent = client.submit(review, {}, button="回答を送る", follow=True)
    assert (sent.status, "回答を送りました" in sent.text) == (200, True)
    rows = polls.scene.ask(lambda s: s.execute(select(SurveyAnswer.said, SurveyAnswer.account_id)).all())
    assert [(row.said[str(several)], row.account_id is None) for row in rows] == [(["2"], not signed_in)]


@on_sqlite
def test_the_desk_builds_a_survey_without_a_script(polls: Polls, client: Client) -> None:
    client.sign_in(polls.desk)
    page = client.post("/surveys/new", {"process": "process-1", "slug": "bus", "title_ja": "バスについて",
                                        "access": "people", "results_from": "close"}, follow=True)
    page = client.submit(page, {"kind": "single"}, button="質問を加える", follow=True)
    client.submit(page, {"title_ja": "乗りますか", "options_ja": "はい\nいいえ", "required": "1"}, button="質問を保存する")
    page = client.submit(client.open("/surveys/bus/edit"), {"kind": "text"}, button="質問を加える", follow=True)
    first, second = polls.scene.ask(lambda s: s.scalars(select(SurveyQuestion.id).order_by(SurveyQuestion.id)).all())
    page = client.submit(page, {"title_ja": "なぜですか", "shown_if": f"{first}:2"}, button="質問を保存する", follow=True)
    up = client.submit(page, {"to": "up"}, form=f"/surveys/bus/questions/{second}/position")
    assert up.status == 409, "a question stays behind the one that it depends on"
    client.submit(client.open("/surveys/bus/edit"), {}, form=f"/surveys/bus/questions/{second}/copy")
    gone = client.submit(client.open("/surveys/bus/edit"), {}, form=f"/surveys/bus/questions/{first}")
    assert gone.status == 409, "others depend on it"
    found = polls.scene.ask(questions_of, polls.scene.ask(lambda s: s.execute(text("SELECT id FROM survey")).scalar()))
    assert [(each.number, each.title.to("ja"), each.shown_if) for each in found] == [
        (1, "乗りますか", ()), (2, "なぜですか", ("2",)), (3, "なぜですか", ("2",))]
    assert "なぜですか" in client.open("/surveys/bus/preview").text
    client.submit(client.open("/surveys/bus/state?to=open"), {}, button="受け付けを始める")
    assert client.open("/surveys/bus").text.count("受付中") == 1


@on_sqlite
def test_questions_are_changed_moved_and_removed_over_the_api_as_on_the_pages(polls: Polls, doors: Doors) -> None:
    slug, (first, words, *others) = polls.every_kind()

    def asked(method: str, number: int, end: str = "", body: Any = None) -> Any:
        answer = doors.api(polls.desk, method, f"/surveys/{slug}/questions/{number}{end}", body)
        return [(each["id"], each["title"]) for each in answer.json()["questions"]] if answer.status == 200 else (
            answer.status)
    last = [(each, "質問") for each in others]
    changed = asked("PATCH", words, "", {"title_ja": "なぜですか"})
    assert changed == [(first, "質問"), (words, "なぜですか"), *last]
    kept = doors.api(polls.desk, "GET", f"/surveys/{slug}").json()["questions"][1]
    assert (kept["shown_by"], kept["shown_if"], kept["required"]) == (first, ["2"], True), "what was not sent stays"
    assert asked("PATCH", words, "", {"title_ja": 3}) == 422
    assert asked("POST", words, "/position", {"to": "up"}) == 409, "it depends on the first"
    moved = asked("POST", words, "/position", {"to": "down"})
    assert moved == [(first, "質問"), last[0], (words, "なぜですか"), *last[1:]]
    assert asked("DELETE", first) == 409
    assert asked("DELETE", words) == [(first, "質問"), *last]


@on_sqlite
def test_an_auditor_reads_drafts_words_and_answers_and_builds_nothing(polls: Polls, client: Client) -> None:
    draft, closed = polls.survey("draft"), polls.survey("open", access="everybody")
    number = polls.scene.ask(questions_of, polls.numbered[closed])[0].id
    polls.answer(closed, {f"q{number}": "川沿い"})
    polls.turn(closed, "closed")
    client.sign_in(polls.scene.person(roles=("auditor",)))
    listed, words = client.get("/surveys"), client.get(f"/surveys/{closed}/words")
    assert f'"/surveys/{draft}"' in listed.html and "/edit" not in listed.html
    assert "どこを歩きますか" in client.get(f"/surveys/{draft}/preview").text
    assert "川沿い" in words.text and 'type="checkbox"' not in words.html
    assert "川沿い" in client.get(f"/surveys/{closed}/answers.csv").text


@on_sqlite
def test_the_end_closes_a_survey_and_followers_hear_of_opening_and_results(
        polls: Polls, client: Client, deliver: Any, services: Any) -> None:
    follower = polls.scene.person()
    client.sign_in(follower)
    client.submit(client.open("/processes/process-1"), {}, form="/subjects/" + str(polls.process) + "/follow")
    slug = polls.survey("open", days=3, results="close")
    deliver()
    polls.scene.clock.advance(days=4)
    close(services, polls.scene.clock())
    polls.turn(slug, "published")
    deliver()
    told = polls.scene.ask(lambda s: s.scalars(select(Notice.params).where(Notice.account_id == follower.id)
                                               .order_by(Notice.id)).all())
    assert [each["path"] for each in told] == [f"/surveys/{slug}", f"/surveys/{slug}/results"]
