"""Who may comment, edit and like: role x phase x state."""

import itertools

import pytest

from participation.comments.models import Comment
from participation.comments.policy import may_comment, may_edit, may_like
from participation.component import SubjectKind
from participation.policy import ANONYMOUS, Actor, Verdict
from participation.subjects import Subject

KIND = SubjectKind("thing", "Thing", str, comment_feature="comment")
SILENT = SubjectKind("thing", "Thing", str)
AUTHOR, CITIZEN = Actor(id=1), Actor(id=2)
SECRETARIAT = Actor(id=3, roles=frozenset({("secretariat", "platform", 0)}))
AUDITOR = Actor(id=4, roles=frozenset({("auditor", "platform", 0)}))
PEOPLE = {"anonymous": ANONYMOUS, "author": AUTHOR, "citizen": CITIZEN, "secretariat": SECRETARIAT, "auditor": AUDITOR}


def subject(now, state: str) -> Subject:
    published = None if state == "draft" else now
    return Subject(id=9, kind="thing", published_at=published, hidden_at=now if state == "hidden" else None)


@pytest.mark.parametrize(
    ("who", "open_now", "state"), list(itertools.product(PEOPLE, (True, False), ("published", "hidden", "draft")))
)
def test_commenting_needs_a_public_thing_an_open_phase_and_a_person(now, who, open_now, state):
    verdict = may_comment(PEOPLE[who], subject(now, state), KIND, {"comment"} if open_now else set())
    if state != "published":
        expected = "conflict"
    elif not open_now:
        expected = "closed"
    else:
        expected = {"anonymous": "sign_in", "auditor": "forbidden"}.get(who, "allowed")
    assert verdict.kind == expected


def test_what_is_closed_itself_is_closed_whatever_the_phase(now):
    closed = Verdict("closed", "It was withdrawn.")
    for actor in PEOPLE.values():
        assert may_comment(actor, subject(now, "published"), KIND, {"comment"}, closed) == closed


def test_who_audits_and_holds_another_role_acts_in_that_one(now):
    both = Actor(id=5, roles=AUDITOR.roles | SECRETARIAT.roles)
    assert may_comment(both, subject(now, "published"), KIND, {"comment"})


def test_kinds_without_comments_refuse_everybody(now):
    assert may_comment(CITIZEN, subject(now, "published"), SILENT, {"comment"}).kind == "forbidden"


@pytest.mark.parametrize(("who", "state"), list(itertools.product(PEOPLE, ("published", "hidden", "withdrawn"))))
def test_only_its_author_edits_a_comment_and_everybody_else_may_like_it(now, who, state):
    withdrawn = now if state == "withdrawn" else None
    comment = Comment(id=9, author_id=AUTHOR.id, withdrawn_at=withdrawn)
    own = subject(now, "hidden" if state == "hidden" else "published")
    edit, like = may_edit(PEOPLE[who], comment, own).kind, may_like(PEOPLE[who], comment, own).kind
    if who == "anonymous":
        assert (edit, like) == ("sign_in", "sign_in")
    elif who == "auditor":
        assert (edit, like) == ("forbidden", "forbidden")
    elif state != "published":
        assert (edit, like) == ("conflict" if who == "author" else "forbidden", "conflict")
    else:
        assert (edit, like) == (("allowed", "conflict") if who == "author" else ("forbidden", "allowed"))
