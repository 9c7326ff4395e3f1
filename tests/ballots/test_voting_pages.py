"""What a voter sees of a ballot, without a script: the list, the paper, the steps of a vote, the receipt."""
import re
from dataclasses import replace

import pytest
from sqlalchemy import select

from participation.idempotency import StoredAnswer
from proposals.ballots.actions import cast
from tests.ballots.scene import Scene
from tests.support.client import Client
from tests.support.clock import TestClock
from tests.support.databases import on_sqlite
from tests.support.page import Page

RECEIPT = re.compile(r"(?:[0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{2}")


@pytest.fixture
def voter(scene: Scene, client: Client) -> Client:
    """Somebody who may vote, reading English."""
    return client.another(language="en").sign_in(scene.person(locale="en"))



def words(page: Page) -> str:
    """The text with a gap where a tag stands."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.html).split())


def receipt_on(page: Page) -> str:
    found = RECEIPT.search(page.text)
    assert found is not None, page
    return found[0]


def test_a_vote_is_chosen_checked_cast_and_changed(scene: Scene, voter: Client) -> None:
    scene.ballot("runoff")
    checked = voter.submit(voter.open("/ballots/park-1"), {"option-lamps": "1", "option-bench": "2"},
                           form="/ballots/park-1/check", button="Go on to check")
    assert "Place 1 lamps Place 2 bench" in words(checked)
    assert "1 option is not in your vote." in checked.text
    first = voter.submit(checked, form="/vote")
    assert (first.status, first.heading) == (200, "Your vote is cast")
    page = voter.open("/ballots/park-1")
    assert "You can change your vote until" in page.text
    assert dict(page.form("/check").fields)["option-lamps"] == "1"
    assert receipt_on(first) not in page.html
    changed = voter.submit(page, {"option-lamps": "2", "option-bench": "1"}, form="/check", button="Go on to check")
    assert "takes the place of the vote that you cast before" in changed.text
    assert receipt_on(voter.submit(changed, form="/vote")) != receipt_on(first)


def test_the_same_vote_again_is_the_same_receipt(scene: Scene, voter: Client) -> None:
    scene.ballot()
    page = voter.submit(voter.open("/ballots/park-1"), {"choice": "yes"}, form="/check", button="Go on to check")
    assert receipt_on(voter.submit(page, form="/vote")) == receipt_on(voter.submit(page, form="/vote"))


@on_sqlite
def test_no_receipt_is_kept_beside_a_person_whatever_the_form_asks_for(scene: Scene, voter: Client) -> None:
    scene.ballot()
    page = voter.submit(voter.open("/ballots/park-1"), {"choice": "yes"}, form="/check", button="Go on to check")
    assert receipt_on(voter.submit(page, {"once": "k" * 20}, form="/vote"))
    with scene.db.read() as session:
        assert session.scalars(select(StoredAnswer.account_id)).all() == []


def test_whoever_is_signed_out_keeps_the_choice_while_signing_in(scene: Scene, client: Client) -> None:
    scene.ballot("approval")
    guest = client.another(language="en")
    asked = guest.submit(guest.open("/ballots/park-1"), {"option-lamps": "1", "option-garden": "1"},
                         form="/ballots/park-1/check", button="Sign in, then go on")
    assert asked.status == 401
    kept = guest.submit(asked, form="/take-part/sign-in").location.partition("next=")[2].replace("%2F", "/")
    guest.sign_in(scene.person(locale="en"))
    checked = guest.submit(guest.open(kept), form="/ballots/park-1/check")
    assert checked.heading == "Check your choice"
    assert {"garden", "lamps"} <= set(words(checked).split()) and "bench" not in checked.text


def test_a_budget_is_counted_again_and_refused_with_what_to_take_away(scene: Scene, voter: Client) -> None:
    scene.ballot("greedy", rules={"budget": 10_000_000, "max_cost": 8_000_000})
    marks = {"option-bench": "1", "option-garden": "1", "option-lamps": "1"}
    page = voter.submit(voter.open("/ballots/park-1"), marks, form="/check", button="Count again")
    assert (page.status, "Spent: 12,000,000 yen, 4,000,000 yen too much" in page.text) == (200, True)
    refused = voter.submit(page, form="/check", button="Go on to check")
    assert refused.status == 422 and refused.title.startswith("Error:")
    assert "It fits without: garden." in refused.text
    assert dict(refused.form("/check").fields).keys() >= marks.keys()
    fits = voter.submit(refused, {"option-garden": None}, form="/check", button="Go on to check")
    assert "Together: 8,000,000 yen" in fits.text


def test_a_search_in_a_long_paper_keeps_the_marks(scene: Scene, voter: Client) -> None:
    scene.ballot("approval", options=[(f"tree-{n}", 0) for n in range(9)])
    page = voter.submit(voter.open("/ballots/park-1"), {"option-tree-3": "1", "find": "tree-7"},
                        form="/check", button="Show these")
    assert len(re.findall(r"<li class=\"slip-row\"[^>]* hidden>", page.html)) == 8
    checked = voter.submit(page, {"option-tree-7": "1"}, form="/check", button="Go on to check")
    assert "tree-3" in checked.text and "tree-7" in checked.text and "tree-5" not in checked.text
    back = replace(checked.form("/vote"), action="/ballots/park-1/check")  # as the button's formaction says
    again = voter.submit(checked, form=back, button="Change the choice")
    assert {"option-tree-3", "option-tree-7"} <= dict(again.form("/check").fields).keys()


def test_whom_a_ballot_is_not_for_is_told_why_and_what_to_do(scene: Scene, voter: Client) -> None:
    scene.ballot(needs=["resident"])
    page = voter.open("/ballots/park-1")
    assert "You cannot vote in this ballot" in page.text
    assert page.link("What you can do about it") == "/me/verification"
    assert not any("/check" in form.action for form in page.forms)


def test_receipts_say_nothing_before_and_everything_after_the_publication(scene: Scene, voter: Client) -> None:
    ballot = scene.ballot("score", rules={"lowest": 0, "highest": 5})
    for number, person in enumerate(scene.voters(11)):
        scene.do(cast, person, ballot, {"bench": number % 6})
    page = voter.submit(voter.open("/ballots/park-1"), {"option-bench": "4", "option-lamps": "0"},
                        form="/check", button="Go on to check")
    receipt = receipt_on(voter.submit(page, form="/vote"))
    before = voter.open(f"/ballots/park-1/receipts?receipt={receipt}")
    assert "Not published yet" in before.text and receipt not in before.text
    scene.finish(ballot, published=True)
    typed = receipt.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    found = voter.submit(voter.open("/ballots/park-1/receipts"), {"receipt": typed}, form="/receipts")
    assert f"This ballot was counted {receipt} 4 bench · 0 lamps" in words(found)
    assert "12 counted ballots" in found.text
    assert "There is no counted ballot" in voter.get("/ballots/park-1/receipts?receipt=" + "A" * 26).text
    table = voter.get("/ballots/park-1/counted.csv").html
    assert f'"{receipt}","4","","0"' in table


def test_of_few_ballots_only_the_totals_are_published(scene: Scene, voter: Client) -> None:
    ballot = scene.ballot()
    scene.do(cast, scene.person(), ballot, "yes")
    scene.finish(ballot, published=True)
    page = voter.open("/ballots/park-1/receipts")
    assert "Fewer than ten ballots were counted." in page.text and RECEIPT.search(page.text) is None


def test_open_ballots_stand_first_and_say_whether_one_has_voted(
        scene: Scene, voter: Client, clock: TestClock) -> None:
    old = scene.ballot("approval", title={"ja": "去年", "en": "Last year"})
    scene.finish(old, published=True)
    scene.ballot("yes_no", title={"ja": "図書館", "en": "A library"})
    voter.sign_in(scene.person(locale="en"))  # the session of a week ago is over
    page = voter.submit(voter.open("/ballots/park-2"), {"choice": "no"}, form="/check", button="Go on to check")
    voter.submit(page, form="/vote")
    page = voter.open("/ballots")
    assert page.text.index("A library") < page.text.index("Last year")
    assert page.text.count("You have voted") == 1
    assert "Last year" not in voter.open("/ballots?state=open").text
    assert "No ballot matches" in voter.open("/ballots?q=nothing+of+this").text
    assert "A library" in voter.another(language="en").open("/").text


def test_the_close_goes_into_a_calendar(scene: Scene, voter: Client) -> None:
    scene.ballot()
    entry = voter.get("/ballots/park-1/close.ics").html
    assert "DTSTART:20260608T030000Z" in entry and "/ballots/park-1" in entry
