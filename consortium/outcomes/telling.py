"""Each step of what was made of a poster or an idea, by mail to members of its team who have no account and agreed.

Whoever has an account gets a notice of the same steps (see `notices` of the packages concerned), in the same words.
"""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consortium.outcomes.events import PosterTurned
from consortium.outcomes.models import Outcome
from participation.component import Job
from participation.events import Event, StoredEvent, stored_event
from participation.mail import send_mail
from participation.mail.models import Mail
from participation.notifications.port import rules_of
from participation.services import Services
from participation.subjects import Subject
from participation.web.i18n import translations
from workshops.boards.models import Note, Poster
from workshops.boards.news import stop_url
from workshops.models import Workshop, WorkshopMember

STEPS = (
    PosterTurned.TYPE, "proposal.review_begun", "proposal.answered", "proposal.merged", "pilot.moved", "pilot.reported",
    "backlog.moved", "backlog.merged",
)  # fmt: skip
RECENT = timedelta(days=2)  # a worker that was stopped for longer tells nobody what is old


def tell_guests(services: Services, now: datetime) -> None:
    """The worker's job: one mail for each member and step."""
    with services.db.read() as session:
        letters = _letters(session, now)
    for key, (event_id, member_id) in letters.items():
        services.db.write(
            lambda session, event_id=event_id, member_id=member_id, key=key: _send(
                session, services, event_id, member_id, key, now
            ),
            wake=False,
        )


def _letters(session: Session, now: datetime) -> dict[str, tuple[int, int]]:
    """(event, member) of the mails that were not written yet, by their key. Two queries."""
    rows = session.execute(
        select(Event.id, Event.uid, WorkshopMember.id.label("member"))
        .join(Outcome, Outcome.target_id == Event.subject_id)
        .outerjoin(Poster, Poster.id == Outcome.poster_id)
        .outerjoin(Note, Note.id == Outcome.note_id)
        .join(WorkshopMember, WorkshopMember.team_id == func.coalesce(Poster.team_id, Note.team_id))
        .where(WorkshopMember.news_to.is_not(None), Event.type.in_(STEPS), Event.at > now - RECENT)
        .order_by(Event.id, WorkshopMember.id)
    )
    letters = {f"news {row.uid} {row.member}": (row.id, row.member) for row in rows}
    written = session.scalars(select(Mail.dedupe).where(Mail.dedupe.in_(letters))) if letters else ()
    return {key: letters[key] for key in letters.keys() - set(written)}


def _send(session: Session, services: Services, event_id: int, member_id: int, key: str, now: datetime) -> None:
    """Nothing where everybody's notice would be about something that the team cannot see yet."""
    member = session.get(WorkshopMember, member_id)
    if member is None or member.news_to is None:
        return
    row, locale = session.get_one(Workshop, member.workshop_id), member.news_locale or "ja"
    found = _words(session, services, stored_event(session, event_id), locale)
    if found is None:
        return
    stop = stop_url(services, member.id, row.slug, now)
    values = {"says": found[0], "url": services.settings.base_url + found[1], "stop": stop}
    values["workshop"] = row.title.to(locale)
    template = "consortium/outcomes/mail/news"
    send_mail(session, member.news_to, template, values, locale, now, key, unsubscribe_url=stop)


def _words(session: Session, services: Services, event: StoredEvent, locale: str) -> tuple[str, str] | None:
    """(sentence, path) as the last group of the event's notices reads them, which is everybody who follows it."""
    rule, target = rules_of(services.registry)[event.type], session.get(Subject, event.subject_id or 0)
    waves = rule.waves(session, event)
    if not waves or target is None or (not target.visible and event.type != PosterTurned.TYPE):
        return None
    wave, say = waves[-1], translations(locale).gettext
    about = session.get(Subject, wave.about_id or 0)
    chosen = {name: say(value) for name, value in wave.params.items() if isinstance(value, str) and value}
    sentence = say(rule.says) % {"title": about.title if about else target.title, "who": "", **chosen}
    return sentence, wave.params.get("path") or services.registry.kinds[target.kind].path(target.id)


JOBS = (Job("tell members of workshops without an account", tell_guests, every=timedelta(minutes=1)),)
