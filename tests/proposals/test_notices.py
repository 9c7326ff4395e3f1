"""Whoever wrote, supported or follows a proposal is told of the answer, with its text, in their language."""

from datetime import date

from sqlalchemy import select

from participation.accounts.models import Account
from participation.mail.models import Mail
from participation.notifications import following
from participation.notifications.models import Notice
from participation.subjects import Subject
from proposals.answering.actions import answer
from proposals.models import State
from proposals.supporting.actions import support
from tests.proposals.test_answering import REASONS


def test_authors_supporters_and_followers_are_told_of_the_answer_with_its_text(db, scene, person, deliver, clock):
    author, partner, office = person("Author"), person("Partner", locale="en"), person("Office", roles=("secretariat",))
    supporter, follower, stranger = person("Supporter", locale="en"), person("Follower"), person("Stranger")
    proposal = scene.proposal(author, co_authors=[partner])
    scene.do(support, supporter, proposal)
    db.write(lambda s: following.follow(s, follower, s.get_one(Subject, proposal), now=clock()))
    deliver()
    scene.do(answer, office, proposal, state=State.ACCEPTED, reasons=REASONS, more={"next_report_on": date(2026, 9, 1)})
    deliver()
    told = {author.id, partner.id, supporter.id, follower.id}
    with db.read() as session:
        rows = session.execute(select(Notice.account_id).where(Notice.type == "proposal.answered")).scalars().all()
        mails = {mail.recipient: mail for mail in session.scalars(select(Mail))}
        unread = {account.id: account.unread for account in session.scalars(select(Account))}
    assert sorted(rows) == sorted(told)
    assert {key: value for key, value in unread.items() if value} == dict.fromkeys(told, 1)
    assert sorted(mails) == sorted(each.email for each in (author, partner, supporter, follower))
    assert mails[supporter.email].subject == "The city accepts this proposal: “A seat at every bus stop”."
    assert mails[author.email].subject != mails[supporter.email].subject
    assert all(REASONS in mail.text and REASONS in mail.html for mail in mails.values())
    assert stranger.email not in mails
