"""What a workshop still lacks before its call can be announced."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.consents.queries import published_version, purpose_by_key
from participation.policy import N_
from participation.spaces.queries import open_features
from participation.web.errors import NotFound
from workshops.models import Workshop, WorkshopQuestion, WorkshopQuota
from workshops.problems import Problem

FEATURE = "workshop"
TOO_MANY = N_("“%(question)s”: the smallest numbers add up to %(sum)s, but there are only %(places)s places.")
TOO_FEW = N_("“%(question)s”: the largest numbers add up to %(sum)s, which does not fill %(places)s places.")


def lacking(session: Session, workshop: Workshop, now: datetime) -> tuple[Problem, ...]:
    """Field by field; empty when the call can be announced. Five queries."""
    return (
        *_texts(workshop),
        *_times(workshop, now),
        *_purpose(session, workshop),
        *_quotas(session, workshop),
        *_phase(session, workshop, now),
    )


def _texts(workshop: Workshop) -> Iterator[Problem]:
    if not workshop.title.to("ja"):
        yield Problem("title", N_("Please give the workshop a title."))
    if not workshop.question.to("ja"):
        yield Problem("question", N_("Please write the question of the workshop."))
    if not workshop.venue.to("ja"):
        yield Problem("venue", N_("Please say where it is."))
    if not workshop.capacity:
        yield Problem("capacity", N_("Please say how many places there are."))


def _times(workshop: Workshop, now: datetime) -> Iterator[Problem]:
    if workshop.starts_at is None or workshop.ends_at is None:
        yield Problem("starts_at", N_("Please say when it begins and ends."))
    if workshop.call_opens_at is None or workshop.call_closes_at is None:
        yield Problem("call_opens_at", N_("Please say from when until when people can apply."))
        return
    if workshop.call_closes_at <= now:
        yield Problem("call_closes_at", N_("The call must end later than now."))
    if workshop.starts_at is not None and workshop.call_closes_at >= workshop.starts_at:
        yield Problem("call_closes_at", N_("The call must end before the workshop begins."))


def _purpose(session: Session, workshop: Workshop) -> Iterator[Problem]:
    try:
        version = published_version(session, purpose_by_key(session, workshop.purpose).id)
    except NotFound:
        version = None
    if version is None:
        yield Problem("purpose", N_("Please choose the purpose of use that applicants agree to."))
    elif version.retention_days is not None and workshop.retention_days > version.retention_days:
        yield Problem(
            "retention_days",
            N_("The purpose of use promises to delete after %(days)s days. Please keep applications no longer."),
            {"days": version.retention_days},
        )


def _quotas(session: Session, workshop: Workshop) -> Iterator[Problem]:
    questions = session.scalars(select(WorkshopQuestion).where(WorkshopQuestion.workshop_id == workshop.id)).all()
    quotas = session.scalars(select(WorkshopQuota).where(WorkshopQuota.workshop_id == workshop.id)).all()
    yield from impossible(workshop.capacity, questions, quotas)


def impossible(
    places: int, questions: Sequence[WorkshopQuestion], quotas: Sequence[WorkshopQuota]
) -> Iterator[Problem]:
    """Quotas that no set of people of this size can meet, whoever applies. An option without a quota takes anybody."""
    bounds: dict[str, dict[str, WorkshopQuota]] = defaultdict(dict)
    for quota in quotas:
        bounds[quota.feature][quota.value] = quota
    for question in questions:
        given = bounds[question.key]
        least = sum(quota.minimum for quota in given.values())
        most = sum(given[str(o["key"])].maximum if str(o["key"]) in given else places for o in question.options)
        about = {"question": question.label.to("ja"), "places": places}
        if least > places:
            yield Problem("quotas", TOO_MANY, {**about, "sum": least})
        if most < places:
            yield Problem("quotas", TOO_FEW, {**about, "sum": most})


def _phase(session: Session, workshop: Workshop, now: datetime) -> Iterator[Problem]:
    opened = open_features(session, workshop.process_id, max(workshop.call_opens_at or now, now))
    if FEATURE not in opened:
        yield Problem(
            "call_opens_at",
            N_("No phase of the process opens workshops at that time. Please change the phase or the time."),
        )
