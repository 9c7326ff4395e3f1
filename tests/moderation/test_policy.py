"""Who may report, hide, restore and appeal: role x state."""

import itertools

import pytest

from participation.moderation.policy import may_appeal, may_hide, may_moderate, may_report, may_restore
from participation.policy import ANONYMOUS, Actor
from participation.subjects import Subject

PEOPLE = {
    "anonymous": ANONYMOUS,
    "author": Actor(id=1),
    "citizen": Actor(id=2),
    "secretariat": Actor(id=3, roles=frozenset({("secretariat", "platform", 0)})),
    "administrator": Actor(id=4, roles=frozenset({("administrator", "platform", 0)})),
    "auditor": Actor(id=5, roles=frozenset({("auditor", "platform", 0)})),
}
STATES = ("draft", "shown", "hidden")
CASES = list(itertools.product(PEOPLE, STATES))


@pytest.fixture
def subject(now):
    def make(state: str) -> Subject:
        published, hidden = (None if state == "draft" else now), (now if state == "hidden" else None)
        return Subject(id=9, kind="comment", author_id=1, published_at=published, hidden_at=hidden)

    return make


@pytest.mark.parametrize(("who", "state"), CASES)
def test_anybody_signed_in_reports_what_others_have_published(subject, who, state):
    allowed = state == "shown" and who not in ("anonymous", "author")
    assert bool(may_report(PEOPLE[who], subject(state))) is allowed


@pytest.mark.parametrize(("who", "state"), CASES)
def test_only_the_secretariat_hides_what_is_shown_and_restores_what_is_hidden(subject, who, state):
    assert bool(may_hide(PEOPLE[who], subject(state))) is (who == "secretariat" and state == "shown")
    assert bool(may_restore(PEOPLE[who], subject(state))) is (who == "secretariat" and state == "hidden")
    assert bool(may_moderate(PEOPLE[who])) is (who == "secretariat")


@pytest.mark.parametrize(("who", "state"), CASES)
def test_only_its_author_appeals_against_the_hiding(subject, who, state):
    assert bool(may_appeal(PEOPLE[who], subject(state))) is (who == "author" and state == "hidden")
