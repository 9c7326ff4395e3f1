"""Planning a workshop, its questions and quotas, and its steps. Each: ensure the policy, change, record."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from participation.accounts.actions import find_account, grant_within, revoke_within
from participation.component import Registry
from participation.db import Localized
from participation.events import Fact, canonical, record
from participation.policy import N_, Actor, ensure
from participation.search.actions import mark_for_indexing
from participation.spaces.models import Process
from participation.subjects import Subject, create_subject
from participation.web.errors import NotFound
from workshops.events import WorkshopCalledOff, WorkshopChanged, WorkshopMoved, WorkshopOpened
from workshops.members import participants
from workshops.models import State, Workshop, WorkshopQuestion, WorkshopQuota
from workshops.policy import FACILITATOR, SCOPE, may_appoint, may_change, may_change_rules, may_create, may_step
from workshops.problems import Problem, Wrong
from workshops.readiness import lacking

TEXTS = ("title", "question", "description", "venue", "address", "access", "contact")
PLAIN = ("lat", "lng", "starts_at", "ends_at", "fee", "dots")
RULES = ("capacity", "call_opens_at", "call_closes_at", "min_age", "any_of", "purpose", "retention_days")
TELLING = ("starts_at", "ends_at", "venue", "address")  # whoever means to come has to hear of a change of these
SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,58}[a-z0-9]")
KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
TURNED_ROUND = N_("At least must not be more than at most: %(name)s")
RESERVED = ("new", "by-id", "desk")


@dataclass(frozen=True, kw_only=True)
class Quota:
    """At least, at most so many people with this answer."""

    feature: str
    value: str
    minimum: int
    maximum: int


def create_workshop(
    session: Session, actor: Actor, process_id: int, slug: str, values: Mapping[str, Any], *, now: datetime
) -> Workshop:
    """A workshop that only its organisers see. `values` by column, all optional.

    Raises:
        NotFound: there is no such process.
        Wrong: the name for the address is taken or none.
    """
    ensure(may_create(actor))
    if session.get(Process, process_id) is None:
        raise NotFound
    if not SLUG.fullmatch(slug) or slug in RESERVED:
        raise Wrong(Problem("slug", N_("Please use small letters, digits and hyphens.")))
    if session.scalar(select(Workshop.id).where(Workshop.slug == slug)) is not None:
        raise Wrong(Problem("slug", N_("Another workshop has this name already.")))
    title = Localized(values.get("title", {}))
    about = {"space_id": process_id, "author_id": actor.id, "locale": "ja"}
    subject = create_subject(session, "workshop", title=title.to("ja"), now=now, **about)
    row = Workshop(id=subject.id, slug=slug, process_id=process_id, title=title, created_at=now, updated_at=now)
    session.add(row)
    session.flush()
    _write(session, row, values)
    session.refresh(row)  # texts that were left out are texts too
    return row


def change_workshop(
    session: Session, actor: Actor, workshop_id: int, values: Mapping[str, Any], *, now: datetime
) -> list[str]:
    """Columns that are not in `values` stay; returns the names of what changed. Once the call is announced, people who
    mean to come are told of another time or place, and its rules stay.

    Raises:
        Refused: see `may_change`, and `may_change_rules` where one of RULES would change.
    """
    row = held(session, workshop_id)
    ensure(may_change(actor, row))
    changed = [name for name in (*TEXTS, *PLAIN, *RULES) if name in values and getattr(row, name) != values[name]]
    if any(name in RULES for name in changed):
        ensure(may_change_rules(actor, row))
    if not changed:
        return []
    _write(session, row, values)
    row.updated_at, row.sequence = now, row.sequence + 1
    if "starts_at" in changed:
        row.reminded_at = None  # another day is to be remembered anew
    mark_for_indexing(session, row.id, now)
    if row.state != State.PLANNED and any(name in TELLING for name in changed):
        fact = WorkshopChanged(workshop_id=row.id, fields=",".join(name for name in changed if name in TELLING))
        record(session, fact, actor=actor, subject_id=row.id, now=now)
    return changed


def set_question(
    session: Session,
    actor: Actor,
    workshop_id: int,
    key: str,
    label: Mapping[str, str],
    why: Mapping[str, str],
    options: Sequence[tuple[str, Mapping[str, str]]],
    *,
    now: datetime,
) -> WorkshopQuestion:
    """Ask this on the application; a question of that key is replaced, and quotas on options that are gone with it.

    Raises:
        Wrong: a key is none or comes twice, or there are fewer than two options.
    """
    row = held(session, workshop_id)
    ensure(may_change_rules(actor, row))
    row.updated_at = now
    keys = [option for option, _ in options]
    if not KEY.fullmatch(key) or not all(KEY.fullmatch(each) for each in keys) or len(set(keys)) != len(keys):
        raise Wrong(Problem("options", N_("Please give every answer a short name of its own.")))
    if len(keys) < 2:
        raise Wrong(Problem("options", N_("Please give at least two answers to choose from.")))
    mine = WorkshopQuestion.workshop_id == workshop_id
    question = session.scalar(select(WorkshopQuestion).where(mine, WorkshopQuestion.key == key))
    if question is None:
        last = session.scalar(select(func.max(WorkshopQuestion.position)).where(mine))
        question = WorkshopQuestion(workshop_id=workshop_id, key=key, position=(last or 0) + 1)
        session.add(question)
    question.label, question.why = Localized(label), Localized(why)
    question.options = [{"key": each, "label": dict(words)} for each, words in options]
    session.flush()
    gone = (WorkshopQuota.workshop_id == workshop_id, WorkshopQuota.feature == key, WorkshopQuota.value.not_in(keys))
    session.execute(delete(WorkshopQuota).where(*gone))
    return question


def drop_question(session: Session, actor: Actor, workshop_id: int, key: str, *, now: datetime) -> None:
    """Ask this no more; its quotas go with it."""
    row = held(session, workshop_id)
    ensure(may_change_rules(actor, row))
    row.updated_at = now
    for table, name in ((WorkshopQuota, WorkshopQuota.feature), (WorkshopQuestion, WorkshopQuestion.key)):
        session.execute(delete(table).where(table.workshop_id == workshop_id, name == key))


def set_quotas(session: Session, actor: Actor, workshop_id: int, quotas: Sequence[Quota], *, now: datetime) -> None:
    """The quotas anew, all of them.

    Raises:
        Wrong: one is on an answer that is not asked for, or asks for more than it allows.
    """
    row = held(session, workshop_id)
    ensure(may_change_rules(actor, row))
    row.updated_at = now
    mine = select(WorkshopQuestion).where(WorkshopQuestion.workshop_id == workshop_id)
    asked = {(each.key, str(option["key"])) for each in session.scalars(mine) for option in each.options}
    for place, quota in enumerate(quotas):
        if (quota.feature, quota.value) not in asked:
            raise Wrong(Problem(f"quotas.{place}", N_("There is no such answer: %(name)s"), {"name": quota.value}))
        asked.remove((quota.feature, quota.value))  # a second quota on it finds none
        if not 0 <= quota.minimum <= quota.maximum:
            raise Wrong(Problem(f"quotas.{place}", TURNED_ROUND, {"name": quota.value}))
    session.execute(delete(WorkshopQuota).where(WorkshopQuota.workshop_id == workshop_id))
    session.add_all(
        WorkshopQuota(
            workshop_id=workshop_id,
            feature=each.feature,
            value=each.value,
            minimum=each.minimum,
            maximum=each.maximum,
            position=place,
        )
        for place, each in enumerate(quotas)
    )
    session.flush()


def move_workshop(
    session: Session,
    actor: Actor | None,
    workshop_id: int,
    to: State,
    *,
    reason: str = "",
    registry: Registry,
    now: datetime,
) -> None:
    """A step of the workshop, by an organiser or (actor None) by the platform at the announced time. Packages that hang
    in by the hook `workshop_step` are asked first and may raise Wrong: `(session, actor, workshop, to, now)`.

    Raises:
        Refused: see `may_step`.
        Wrong: what is still missing.
    """
    row = held(session, workshop_id)
    ensure(may_step(actor, row, to, now, people=participants(session, workshop_id), reason=reason))
    if to == State.RECRUITING and (problems := lacking(session, row, now)):
        raise Wrong(*problems)
    for hang_in in registry.hooks("workshop_step"):
        hang_in(session, actor, row, to, now)
    _take_step(session, row, to, reason.strip(), now)
    session.flush()
    record(session, _fact(session, row, to), actor=actor, subject_id=row.id, now=now)
    mark_for_indexing(session, row.id, now)


def _take_step(session: Session, row: Workshop, to: State, reason: str, now: datetime) -> None:
    row.state, row.updated_at, row.sequence = to, now, row.sequence + 1
    if to == State.CALLED_OFF:
        row.called_off_reason, row.called_off_at = reason, now
    elif reason:
        row.reason = reason
    if to == State.DRAWING:
        row.closed_at = now
    if to == State.RECRUITING:
        row.opened_at = now
        session.get_one(Subject, row.id).published_at = now


def _fact(session: Session, row: Workshop, to: State) -> Fact:
    if to == State.RECRUITING:
        return WorkshopOpened(workshop_id=row.id, rules_sha256=sha256(rules_text(session, row).encode()).hexdigest())
    if to == State.CALLED_OFF:
        return WorkshopCalledOff(workshop_id=row.id)
    return WorkshopMoved(workshop_id=row.id, to=to)


def rules_text(session: Session, row: Workshop) -> str:
    """By what people apply, as RFC 8785 text: places, dates, who may apply, questions and quotas."""
    asked = select(WorkshopQuestion).where(WorkshopQuestion.workshop_id == row.id)
    questions = session.scalars(asked.order_by(WorkshopQuestion.position))
    quotas = session.scalars(
        select(WorkshopQuota)
        .where(WorkshopQuota.workshop_id == row.id)
        .order_by(WorkshopQuota.feature, WorkshopQuota.value)
    )
    plain = {name: getattr(row, name) for name in RULES}
    return canonical(
        {
            **json.loads(json.dumps(plain, default=lambda moment: moment.isoformat())),
            "questions": [[each.key, [option["key"] for option in each.options]] for each in questions],
            "quotas": [[each.feature, each.value, each.minimum, each.maximum] for each in quotas],
        }
    )


def appoint(session: Session, actor: Actor, workshop_id: int, account_id: int, *, now: datetime) -> None:
    """Make somebody facilitator of this workshop; doing it twice changes nothing."""
    ensure(may_appoint(actor))
    held(session, workshop_id)
    if find_account(session, account_id).erased_at is not None:
        raise NotFound
    grant_within(session, account_id, FACILITATOR, SCOPE, workshop_id, actor=actor, now=now)


def dismiss(session: Session, actor: Actor, workshop_id: int, account_id: int, *, now: datetime) -> None:
    """Take it away again."""
    ensure(may_appoint(actor))
    held(session, workshop_id)
    revoke_within(session, account_id, FACILITATOR, SCOPE, workshop_id, actor=actor, now=now)


def held(session: Session, workshop_id: int) -> Workshop:
    """The row, locked until the end of the transaction. Raises NotFound."""
    row = session.get(Workshop, workshop_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound
    return row


def _write(session: Session, row: Workshop, values: Mapping[str, Any]) -> None:
    for name in (*TEXTS, *PLAIN, *RULES):
        if name in values:
            setattr(row, name, Localized(values[name]) if name in TEXTS else values[name])
    if "title" in values:
        session.get_one(Subject, row.id).title = row.title.to("ja")
    session.flush()
