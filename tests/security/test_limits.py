"""Limits hold, say when to come again, and cannot be talked round by a header that anybody can write."""
import pytest

from tests.security.requests import PROPOSAL
from tests.security.world import BASE_URL, World

OURS = {"Origin": BASE_URL, "Sec-Fetch-Site": "same-origin"}
TRIES = 200


@pytest.fixture
def environment() -> dict[str, str]:
    return {"SANPO_RATE_LIMITS": "on"}


def told_to_wait(page) -> bool:
    return page.status == 429 and int(page.headers["retry-after"]) > 0


@pytest.mark.asvs("4.1.3", "6.3.1")
def test_guessing_passwords_ends_in_a_page_that_says_when_to_try_again(world: World) -> None:
    guess = {"email": "victim@example.test", "password": "not the right one"}
    pages = []
    for number in range(TRIES):
        pages.append(world.browsers["anonymous"].request("POST", "/sign-in", data=guess, headers={
            **OURS, "X-Forwarded-For": f"203.0.113.{number}", "X-Real-IP": f"203.0.113.{number}"}))
        if pages[-1].status == 429:
            break
    assert told_to_wait(pages[-1]) and len(pages) < 50
    assert pages[-1].headers["retry-after"] in pages[-1].text
    world.clock.advance(seconds=int(pages[-1].headers["retry-after"]) + 1)
    assert world.browsers["anonymous"].request("POST", "/sign-in", data=guess, headers=OURS).status == 422


@pytest.mark.asvs("2.4.1")
def test_comments_by_the_hundred_end_in_a_page_and_in_a_problem_document(world: World) -> None:
    path = f"/subjects/{world.things['subject', 'published']}/comments"
    form = {"body": "Another one", "csrf": world.csrf("citizen")}
    page = next(page for _ in range(TRIES) if (page := world.browsers["citizen"].request(
        "POST", path, data=form, headers=OURS)).status != 303)
    assert told_to_wait(page)
    on = {"type": "proposal", "id": world.things["subject", "published"]}
    answer = world.browsers["anonymous"].api(
        "POST", "/comments", {"on": on, "body": "And one more"}, token=world.tokens["citizen"])
    assert told_to_wait(answer), "the page and the API count together"
    assert answer.headers["content-type"] == "application/problem+json" and answer.json()["status"] == 429
    other = world.browsers["author"].request(
        "POST", path, data={**form, "csrf": world.csrf("author")}, headers=OURS)
    assert other.status == 303, "nobody waits for what somebody else did"


@pytest.mark.asvs("2.4.1")
@pytest.mark.parametrize(("path", "api"), [("/search?q=seat", False), ("/api/v1/search?q=seat", True),
                                           ("/proposals.csv", False)])
def test_what_costs_much_is_not_given_without_end(world: World, path: str, api: bool) -> None:
    page = next(page for _ in range(TRIES) if (page := world.browsers["anonymous"].get(path)).status != 200)
    assert told_to_wait(page)
    assert page.headers["content-type"].startswith("application/problem+json" if api else "text/html")


@pytest.mark.asvs("2.4.1")
def test_proposals_by_the_hundred_are_not_taken(world: World) -> None:
    form = {**PROPOSAL, "step": "save", "csrf": world.csrf("citizen")}
    page = next(page for _ in range(TRIES) if (page := world.browsers["citizen"].request(
        "POST", "/proposals/new", data=form, headers=OURS)).status != 303)
    assert told_to_wait(page)
