"""What stands in the database after `sanpo demo`: consistent, complete, verifiable, and open today."""
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from consortium.demo.loading import Outcome, load_demo
from consortium.demo.play import play
from consortium.demo.story import Story, read_story
from consortium.membership.queries import members
from participation.accounts.models import Account
from participation.audit.heads import signer
from participation.audit.verification import verify_database
from participation.comments.models import Comment, CommentLike
from participation.db import Base
from participation.events import Event
from participation.mail.models import Mail
from participation.moderation.models import Report
from participation.notifications.models import Follow, Notice
from participation.spaces.models import Process
from participation.spaces.queries import open_features
from participation.subjects import Subject
from participation.worker import FailedDelivery, Worker
from proposals.models import Amendment, Answer, Proposal, ProposalAuthor, ProposalVersion, State, Support
from rules.documents.models import Document, Version
from rules.opinions.cases import case_by_number
from rules.opinions.times.queries import changes_of
from rules.signing.evidence import is_sealed
from rules.signing.models import Signature
from tests.support.databases import on_postgres, on_sqlite

STORY = read_story()


def counted(session, model, key):
    return dict(session.execute(select(key, func.count()).select_from(model).group_by(key)).all())


def test_proposals_stand_in_every_state(demo):
    with demo.db.read() as session:
        states = Counter(session.scalars(select(Proposal.state)))
        hidden = session.scalar(select(func.count()).select_from(Subject).where(Subject.hidden_at.is_not(None)))
    assert set(states) == {str(state) for state in State}
    assert sum(states.values()) == len(STORY.proposals) + 1  # which was a poster
    assert hidden == 2  # a proposal and a comment


def test_counters_equal_their_rows(demo):
    with demo.db.read() as session:
        supports = counted(session, Support, Support.proposal_id)
        likes = counted(session, CommentLike, CommentLike.comment_id)
        comments = counted(session, Comment, Comment.on_id)
        for proposal_id, count in session.execute(select(Proposal.id, Proposal.supports_count)):
            assert count == supports.get(proposal_id, 0)
        for comment_id, count in session.execute(select(Comment.id, Comment.likes_count)):
            assert count == likes.get(comment_id, 0)
        for subject_id, count in session.execute(
                select(Subject.id, Subject.comments_count).where(Subject.kind == "proposal")):
            assert count == comments.get(subject_id, 0)


def test_supports_are_those_that_the_story_tells(demo):
    told = sorted((p.entry.get("supports", 0) for p in STORY.proposals if "merged" not in p.entry), reverse=True)
    with demo.db.read() as session:
        rows = session.execute(select(Proposal.supports_count, Proposal.state)).all()
    stored = sorted((row.supports_count for row in rows if row.state != State.MERGED), reverse=True)
    told.append(0)  # of the one that was a poster
    assert len(stored) == len(told)
    assert all(have >= wanted for have, wanted in zip(stored, told, strict=True))  # merging brings supports along
    assert max(stored) == 287


def test_texts_have_versions_amendments_and_answers_with_their_history(demo):
    with demo.db.read() as session:
        versions = counted(session, ProposalVersion, ProposalVersion.proposal_id)
        amendments = Counter(session.scalars(select(Amendment.state)))
        answers = counted(session, Answer, Answer.proposal_id)
    assert max(versions.values()) >= 3
    assert set(amendments) == {"open", "accepted", "rejected"}
    assert max(answers.values()) == 3


def test_some_write_together_and_one_is_asked_to(demo):
    together = sum(len(proposal.entry.get("with", ())) for proposal in STORY.proposals)
    with demo.db.read() as session:
        answers = [row.accepted_at is not None for row in session.scalars(select(ProposalAuthor))]
    assert Counter(answers) == {True: together, False: 1}


def test_the_running_process_is_open_for_everything(demo, clock):
    assert open_now(demo, "kobe-vision", clock()) >= {"propose", "support", "comment"}
    assert open_now(demo, "parks-and-sports", clock()) == frozenset()
    assert open_now(demo, "hokushin-mobility", clock()) == frozenset()


def test_it_is_open_again_when_it_is_started_after_a_year(demo, clock):
    clock.advance(days=400)
    assert open_now(demo, "kobe-vision", clock()) == frozenset()
    assert load_demo(demo) is Outcome.THERE
    assert open_now(demo, "kobe-vision", clock()) >= {"propose", "support", "comment"}


def open_now(services, slug, now):
    with services.db.read() as session:
        process = session.scalars(select(Process).where(Process.slug == slug)).one()
        return open_features(session, process.id, now)


def test_its_public_comment_takes_opinions_whenever_it_is_started(demo, clock):
    services = demo
    clock.advance(days=60)
    load_demo(services)
    with services.db.read() as session:
        case = case_by_number(session, "vision", 2)
        assert case.is_open(clock()) and changes_of(session, case.id, "ja")[-1].reason.startswith("この体験版では")


def test_loading_again_changes_nothing(demo):
    before = sizes(demo)
    assert load_demo(demo) is Outcome.THERE
    assert sizes(demo) == before


def sizes(services):
    with services.db.read() as session:
        return {table.name: session.execute(select(func.count()).select_from(table)).scalar_one()
                for table in Base.metadata.sorted_tables}


def test_a_database_with_content_of_its_own_is_left_alone(services, person, engine):
    person("Hanako")
    assert load_demo(services) is Outcome.FOREIGN
    with services.db.read() as session:
        assert session.scalar(select(func.count()).select_from(Proposal)) == 0


def test_everything_was_delivered_and_nobody_was_mailed(demo):
    with demo.db.read() as session:
        assert session.scalar(select(func.count()).select_from(Event).where(Event.delivered_at.is_(None))) == 0
        assert session.scalars(select(FailedDelivery.error)).all() == []
        assert session.scalars(select(Mail.recipient)).all() == []


def test_events_stand_in_order_of_time_and_in_the_past(demo, clock):
    with demo.db.read() as session:
        times = session.scalars(select(Event.at).order_by(Event.id)).all()
    told = [at for at in times if at.year > 2021]  # the workshop of 2020 was entered later, with its own moments
    assert told == sorted(told) and len(told) < len(times)
    assert told[0] < clock() - timedelta(days=500)
    assert times[-1] <= clock()


def test_the_demo_accounts_and_only_they_have_an_address(demo):
    with demo.db.read() as session:
        addresses = session.scalars(select(Account.email).where(Account.email.is_not(None)).order_by(Account.id)).all()
    assert sorted(addresses) == sorted(person.email for person in STORY.accounts)


def test_the_audit_log_of_the_demo_verifies(demo):
    keys = [signer(demo.settings).verifier]
    with demo.db.read() as session:
        report = verify_database(session, keys)
    assert report.waiting == 0
    assert report.size > 3_000


def test_those_who_sign_in_find_some_news_and_the_rest_read(demo, clock):
    with demo.db.read() as session:
        citizen = session.scalars(select(Account).where(Account.email == "citizen@demo.example")).one()
        notices = session.scalars(select(Notice).where(Notice.account_id == citizen.id)).all()
    unread = [notice for notice in notices if notice.read_at is None]
    assert citizen.unread == len(unread) and 0 < len(unread) < len(notices)
    assert all(notice.at > clock() - timedelta(days=21) for notice in unread)


def test_no_mail_goes_out_in_the_weeks_after(demo, clock):
    worker = Worker(demo)
    for _day in range(8):
        worker.step(clock.advance(days=1))
    with demo.db.read() as session:
        assert session.scalars(select(Mail.recipient)).all() == []


def test_followers_are_counted(demo):
    with demo.db.read() as session:
        following = counted(session, Follow, Follow.subject_id)
        for subject_id, count in session.execute(select(Subject.id, Subject.followers_count)):
            assert count == following.get(subject_id, 0)
    assert sum(following.values()) > 3_000


def test_the_desk_finds_a_report_that_waits(demo):
    with demo.db.read() as session:
        reports = Counter(session.scalars(select(Report.state)))
    assert reports == {"open": 1, "upheld": 1}


def quiet(most):
    """The proposals that few support."""
    return tuple(proposal for proposal in STORY.proposals
                 if proposal.entry.get("supports", 0) < most and "merged" not in proposal.entry)


# Without the improvements, which come from proposals that are left out, and without the proposal that was a poster.
QUIET = replace(STORY, proposals=quiet(50), improvements=(), workshop_days=())
# The processes and a few proposals, but nothing of the consortium.
BARE = Story(STORY.password, STORY.accounts, STORY.people, STORY.crowd, STORY.processes, quiet(10))


@on_postgres
def test_a_part_of_the_story_loads_on_postgresql_too(services, db):
    assert load_demo(services, story=QUIET) is Outcome.LOADED
    with db.read() as session:
        assert session.scalar(select(func.count()).select_from(Proposal)) == len(QUIET.proposals) > 10
        assert session.scalar(select(func.sum(Proposal.supports_count))) == sum(
            proposal.entry.get("supports", 0) for proposal in QUIET.proposals)
    assert load_demo(services, story=QUIET) is Outcome.THERE


@on_sqlite
def test_a_loading_that_was_stopped_halfway_goes_on(services, db, clock, engine):
    db.write(lambda session: play(session, BARE, services.registry, clock(), [].append))
    assert load_demo(services, story=BARE) is Outcome.LOADED
    with db.read() as session:
        assert session.scalar(select(func.count()).select_from(Account).where(Account.email.is_not(None))) == 9
        assert session.scalar(select(func.count()).select_from(Event).where(Event.delivered_at.is_(None))) == 0
        assert session.scalars(select(Mail.recipient)).all() == []


@on_sqlite
@pytest.mark.parametrize("day", ["2024-02-29", "2026-12-31", "2027-04-01"])
def test_the_running_process_is_open_whatever_today_is(services, db, clock, engine, day):
    clock.set(datetime.fromisoformat(f"{day}T23:30+09:00"))
    db.write(lambda session: play(session, replace(BARE, proposals=()), services.registry, clock(), [].append))
    assert open_now(services, "kobe-vision", clock()) >= {"propose", "support", "comment"}
    assert open_now(services, "kobe-vision", clock() + timedelta(days=40)) >= {"propose", "support", "comment"}


def test_eleven_organisations_stand_at_different_places_and_their_signatures_are_right(demo):
    with demo.db.read() as session:
        found = members(session, demo.clock(), every=True)
        sealed = [is_sealed(demo.secret, row.evidence, row.seal) for row in session.scalars(select(Signature))]
        rules = Counter(session.scalars(
            select(Document.slug).join(Version, Version.document_id == Document.id)
            .join(Signature, Signature.version_id == Version.id)))
    assert Counter(str(view.standing) for view in found) == {
        "member": 6, "approved": 1, "lapsed": 1, "suspended": 1, "left": 1, "returned": 1}
    assert Counter(str(view.agreement.state) for view in found)["due"] == 3
    assert set(sealed) == {True} and rules == {"participation": 16, "service": 5}
