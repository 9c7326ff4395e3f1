"""Groups of a council file, with named people, the steps of their way, and the meetings that they have held."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.council.documents import FILE
from consortium.council.located import Located
from consortium.groups.actions import (
    GroupDescription,
    Joining,
    change_group,
    enter_group,
    join_group,
    write_step,
)
from consortium.groups.models import GroupKind, GroupMember, GroupRole, RoadmapStep, StepState, WorkingGroup
from participation.component import Registry
from participation.db import Localized
from participation.meetings import Plan, Precision, confirm_minutes, enter_past_meeting
from participation.meetings.models import Meeting
from participation.spaces.models import Category
from participation.web.i18n import ZONE

LONGEST = 20_000  # characters of a charter and of minutes


@dataclass(frozen=True)
class PastMeeting:
    number: int
    plan: Plan
    minutes: Localized
    confirmed: int | None  # the number of the meeting that confirmed them


@dataclass(frozen=True)
class StepEntry:
    title: Localized
    first: date
    last: date | None
    state: StepState


@dataclass(frozen=True)
class GroupEntry:
    key: str
    field: str
    since: date
    texts: Mapping[str, Any]  # kind, name, summary, charter
    people: tuple[Joining, ...]
    meetings: tuple[PastMeeting, ...]
    steps: tuple[StepEntry, ...]


def read_groups(entries: Sequence[Located]) -> tuple[GroupEntry, ...]:
    """The groups in their order. Raises FileError with line and key for what cannot be used."""
    return tuple(_group(entry) for entry in entries)


def load_groups(session: Session, entries: Sequence[GroupEntry], registry: Registry, *, now: datetime) -> int:
    """Bring groups to what the file says, and enter people, steps and meetings that are not there; returns how many
    rows are new or changed. Meetings that are there stay as they are."""
    there = {row.slug: row.id for row in session.scalars(select(WorkingGroup))}
    fields = dict(session.execute(select(Category.key, Category.id)).all())
    changed = 0
    for entry in entries:
        said = GroupDescription(**entry.texts, category_id=fields.get(entry.field))
        if entry.key in there:
            number = there[entry.key]
            changed += bool(change_group(session, FILE, number, said, now=now))
        else:
            number = enter_group(session, FILE, said, since=entry.since, slug=entry.key, now=now).id
            changed += 1
        changed += _load_people(session, number, entry.people, now) + _load_steps(session, number, entry.steps, now)
        changed += _load_meetings(session, number, entry.meetings, registry, now)
    return changed


def _load_people(session: Session, group_id: int, people: Sequence[Joining], now: datetime) -> int:
    known = set(session.scalars(select(GroupMember.name).where(GroupMember.group_id == group_id)))
    missing = [person for person in people if person.name not in known]
    for person in missing:
        join_group(session, FILE, group_id, person, now=now)
    return len(missing)


def _load_steps(session: Session, group_id: int, steps: Sequence[StepEntry], now: datetime) -> int:
    rows = session.scalars(select(RoadmapStep).where(RoadmapStep.group_id == group_id))
    known = {(row.title.to("ja"), row.starts_on) for row in rows}
    missing = [step for step in steps if (step.title.to("ja"), step.first) not in known]
    for step in missing:
        write_step(session, FILE, group_id, None, step.title, step.first, step.last, step.state, now=now)
    return len(missing)


def _load_meetings(
    session: Session, group_id: int, meetings: Sequence[PastMeeting], registry: Registry, now: datetime
) -> int:
    rows = session.execute(select(Meeting.number, Meeting.id).where(Meeting.body_id == group_id))
    known: dict[int | None, int] = dict(rows.all())
    missing = [meeting for meeting in meetings if meeting.number not in known]
    for meeting in missing:
        about = {"number": meeting.number, "minutes": meeting.minutes, "registry": registry, "now": now}
        known[meeting.number] = enter_past_meeting(session, FILE, group_id, meeting.plan, **about).id
    for meeting in missing:
        if meeting.minutes and meeting.confirmed in known:
            confirm_minutes(session, FILE, known[meeting.number], known[meeting.confirmed], now=now)
    return len(missing)


def _group(found: Located) -> GroupEntry:
    keys = found.mapping()
    since = found.need("since").day()
    texts = {
        name: Localized(keys[name].translated(longest=LONGEST)) if name in keys else Localized()
        for name in ("summary", "charter")
    }
    return GroupEntry(
        key=found.key(),
        field=keys["field"].text() if "field" in keys else "",
        since=since,
        texts={**texts, "kind": GroupKind(found.need("kind").one_of(*GroupKind)),
               "name": Localized(found.translated())},
        people=tuple(_person(each, since) for each in _list(keys, "people")),
        meetings=_meetings(_list(keys, "meetings")),
        steps=tuple(_step(each) for each in _list(keys, "steps")),
    )  # fmt: skip


def _list(keys: Mapping[str, Located], name: str) -> list[Located]:
    return keys[name].items() if name in keys else []


def _person(found: Located, since: date) -> Joining:
    keys = found.mapping()
    return Joining(
        role=GroupRole(found.need("role").one_of(*GroupRole)),
        name=found.need("name").text(longest=120),
        post=Localized(keys["post"].translated()) if "post" in keys else Localized(),
        joined_on=keys["since"].day() if "since" in keys else since,
    )


def _meetings(entries: Sequence[Located]) -> tuple[PastMeeting, ...]:
    """Each opens by confirming the minutes of the one before."""
    numbers = [int(entry.need("number").number(1, 10_000)) for entry in entries]
    if len(set(numbers)) < len(numbers):
        entries[0].refuse("expected meetings whose numbers differ")
    following = dict(zip(numbers, numbers[1:], strict=False))
    return tuple(_meeting(entry, number, following.get(number)) for entry, number in zip(entries, numbers, strict=True))


def _meeting(found: Located, number: int, confirmed: int | None) -> PastMeeting:
    keys = found.mapping()
    starts_at, ends_at, precision = _when(found.need("date"))
    plan = Plan(
        title=Localized(found.need("title").translated()),
        starts_at=starts_at,
        ends_at=ends_at,
        precision=precision,
        place=Localized(keys["place"].translated()) if "place" in keys else Localized(),
        agenda=[Localized(each.translated()) for each in _list(keys, "agenda")],
    )
    minutes = Localized(keys["minutes"].translated(longest=LONGEST)) if "minutes" in keys else Localized()
    return PastMeeting(number, plan, minutes, confirmed)


def _when(found: Located) -> tuple[datetime, datetime, Precision]:
    """The day or the month, as exactly as the file says it."""
    if isinstance(found.plain, str):
        first = _month(found)
        return _midnight(first), _midnight((first + timedelta(days=32)).replace(day=1)), Precision.MONTH
    day = found.day()
    return _midnight(day), _midnight(day + timedelta(days=1)), Precision.DAY


def _month(found: Located) -> date:
    try:
        return datetime.strptime(found.text(longest=7), "%Y-%m").date()  # noqa: DTZ007 (a month, no moment)
    except ValueError:
        found.refuse("expected a day such as 2021-04-01 or a month such as 2021-04")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZONE)


def _step(found: Located) -> StepEntry:
    """`month` is a step that lasted as long as all that is known of its day."""
    keys = found.mapping()
    if "month" in keys:
        first = _month(keys["month"])
        last: date | None = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    else:
        first, last = found.need("from").day(), keys["until"].day() if "until" in keys else None
    return StepEntry(Localized(found.translated()), first, last, StepState(found.need("state").one_of(*StepState)))
