"""The demo as its visitors see it."""
import pytest
from sqlalchemy import select

from consortium.demo.commands import accounts_table
from consortium.demo.story import read_story
from participation.subjects import Subject
from proposals.models import Proposal, State

STORY = read_story()


def proposals(services, *states):
    with services.db.read() as session:
        rows = session.execute(select(Proposal.id, Proposal.state, Subject.hidden_at).join(Subject))
        return {row.id: row.hidden_at is not None for row in rows if not states or row.state in states}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_public_proposal_opens(demo, reader, language):
    shown = [number for number, hidden in proposals(demo).items() if not hidden]
    drafts = proposals(demo, State.DRAFT)
    for number in shown:
        if number not in drafts:
            assert reader.open(f"/proposals/{number}?lang={language}").heading


@pytest.mark.parametrize("path", ["/", "/proposals", "/processes", "/processes/kobe-vision", "/audit"])
def test_the_first_pages_open_in_both_languages(reader, path):
    for language in ("ja", "en"):
        assert reader.open(f"{path}?lang={language}").heading


def test_a_draft_is_nobody_elses(demo, reader):
    (draft,) = proposals(demo, State.DRAFT)
    assert reader.get(f"/proposals/{draft}").status in (302, 303, 403, 404)


@pytest.mark.parametrize("account", STORY.accounts, ids=lambda account: account.key)
def test_one_can_sign_in_to_each_demo_account(reader, account):
    page = reader.post("/sign-in", {"email": account.email, "password": STORY.password}, follow=True)
    assert page.status == 200
    assert account.name in reader.open("/me").text


def test_the_table_names_every_account_and_the_password():
    table = accounts_table(STORY)
    assert STORY.password in table
    assert all(account.email in table and account.label["en"] in table for account in STORY.accounts)
