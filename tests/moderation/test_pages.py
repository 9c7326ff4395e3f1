"""Reporting and moderating from the screen."""

import pytest

from participation.subjects import Subject, create_subject
from tests.support.databases import on_sqlite

pytestmark = on_sqlite


@pytest.fixture
def comment_id(db, now, person):
    author = person("Author")
    return db.write(
        lambda session: create_subject(session, "comment", title="", now=now, author_id=author.id, published=True).id
    )


@pytest.fixture
def office(client, person):
    return client.another().sign_in(person("Office", roles=("secretariat",), locale="en"))


def test_a_report_reaches_the_desk_and_hides_with_a_reason(client, person, office, comment_id, db):
    citizen = client.sign_in(person("Citizen", locale="en"))
    page = citizen.submit(citizen.open(f"/report/{comment_id}"), {"ground": "spam", "text": "An advertisement"})
    assert page.status == 303
    desk = office.open("/secretariat/reports")
    assert "1 report" in desk.text
    case = office.open(f"/secretariat/reports/{comment_id}")
    assert "An advertisement" in case.text
    office.submit(
        case, {"ground": "spam", "reason": "Advertising is not allowed."}, form=f"/secretariat/hidden/{comment_id}"
    )
    with db.read() as session:
        assert session.get_one(Subject, comment_id).hidden_reason == "Advertising is not allowed."
    public = client.another(language="en").open("/moderation")
    assert "Hidden" in public.text and "Citizen" not in public.text and "Advertising is not" not in public.text


def test_a_report_without_a_ground_says_so_and_keeps_the_words(client, person, comment_id):
    citizen = client.sign_in(person("Citizen", locale="en"))
    page = citizen.submit(citizen.open(f"/report/{comment_id}"), {"text": "My words"})
    assert (page.status, page.form("report").value("text")) == (422, "My words")


def test_hiding_without_a_reason_is_refused_at_the_field(office, comment_id):
    case = office.open(f"/secretariat/reports/{comment_id}")
    page = office.submit(case, {"ground": "spam", "reason": ""}, form=f"/secretariat/hidden/{comment_id}")
    assert (page.status, "Please fill this in." in page.text) == (422, True)


@pytest.mark.parametrize("role", ["administrator", "citizen"])
def test_others_do_not_see_the_desk(client, person, role):
    visitor = client.sign_in(person("Somebody", roles=() if role == "citizen" else (role,)))
    assert visitor.get("/secretariat/reports").status == 403


def test_the_auditor_reads_the_case_but_finds_no_button(client, person, comment_id):
    auditor = client.sign_in(person("Auditor", roles=("auditor",), locale="en"))
    case = auditor.open(f"/secretariat/reports/{comment_id}")
    assert "Hide it" not in case.text
    assert auditor.get("/report/999999").status == 404
