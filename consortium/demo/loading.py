"""Loading the demo in three steps, each of which can be the last before a power cut: play the story, let follow what
follows from it, open the accounts."""

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import Enum

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from consortium.demo import consulting
from consortium.demo.events import DemoOpened, DemoPlayed
from consortium.demo.frame import keep_open
from consortium.demo.play import play
from consortium.demo.story import Story, read_story
from participation.accounts.actions import hash_for_command, set_sign_in
from participation.accounts.models import Account, RoleGrant
from participation.accounts.sessions import actor_of_account
from participation.events import Event, record
from participation.media import uploads
from participation.notifications.actions import read_notice, set_pace
from participation.notifications.models import Notice
from participation.policy import Actor
from participation.services import Services
from participation.spaces.models import Process
from participation.web.i18n import ZONE
from participation.worker import Worker, deliver

NEWS = timedelta(days=21)
Tick = Callable[[int], None]  # told of so many steps done


class Outcome(Enum):
    LOADED = "loaded"
    THERE = "there"  # it was loaded before
    FOREIGN = "foreign"  # the database holds something else


def load_demo(services: Services, tick: Tick = lambda steps: None, story: Story | None = None) -> Outcome:
    """Load the demo into an empty database; later, keep its running process open. `tick` hears of the progress."""
    story, now = story or read_story(), services.clock()
    with services.db.read() as session:
        played, opened, empty = _happened(session, DemoPlayed), _happened(session, DemoOpened), _is_empty(session)
    if opened:
        services.db.write(lambda session: _keep_open(session, story, now))
        return Outcome.THERE
    if not played and not empty:
        return Outcome.FOREIGN
    if not played:
        more = {"secret": services.secret, "uploads": uploads(services.settings)}
        services.db.write(lambda session: play(session, story, services.registry, now, tick, **more))
    _let_follow(services, now, tick)
    password = hash_for_command(story.password)
    services.db.write(lambda session: _open_accounts(session, story, password, now))
    _let_follow(services, now, tick)
    return Outcome.LOADED


def _let_follow(services: Services, now: datetime, tick: Tick) -> None:
    """What the worker does: notifications, the search index, the numbers of the audit log."""
    while delivered := deliver(services, now):
        tick(delivered)
    worker = Worker(services)
    worker.step(now)  # its jobs may have something to say themselves, which the next step hands on
    while worker.step(now):
        continue


def _open_accounts(session: Session, story: Story, password_hash: str, now: datetime) -> None:
    """Only now do the demo accounts get an address: whatever happened before has mailed nobody."""
    for person in story.accounts:
        account_id = session.scalars(select(Account.id).where(Account.name == person.name)).one()
        set_sign_in(session, account_id, email=person.email or "", password_hash=password_hash, now=now)
        set_pace(session, account_id, direct="at_once", followed="weekly")
        _read_what_is_old(session, actor_of_account(session, account_id), now)
    record(session, DemoOpened(accounts=len(story.accounts)), actor=None, now=now)


def _read_what_is_old(session: Session, actor: Actor, now: datetime) -> None:
    """Who signs in finds the news of the last weeks, not those of a year."""
    old = select(Notice.id).where(Notice.account_id == actor.id, Notice.at < now - NEWS)
    for notice_id in session.scalars(old).all():
        read_notice(session, actor, notice_id, now=now)


def _keep_open(session: Session, story: Story, now: datetime) -> None:
    running = story.process("kobe-vision")
    desk = session.execute(
        select(Account.id, Account.ref).join(RoleGrant, RoleGrant.account_id == Account.id)
        .where(RoleGrant.role == "secretariat").order_by(Account.id).limit(1)
    ).first()  # fmt: skip
    if desk is not None:
        actor = Actor(id=desk.id, ref=desk.ref, roles=frozenset({("secretariat", "platform", 0)}))
        keep_open(session, actor, running, now.astimezone(ZONE).date(), now)
        consulting.keep_open(session, actor, story.consultations, now)


def _happened(session: Session, fact: type[DemoPlayed] | type[DemoOpened]) -> bool:
    return bool(session.scalar(select(exists().where(Event.type == fact.TYPE))))


def _is_empty(session: Session) -> bool:
    return not session.scalar(select(exists().select_from(Account))) and not session.scalar(
        select(exists().select_from(Process))
    )
