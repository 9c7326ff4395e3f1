"""Who is told of what becomes of an improvement: the people behind its voices, those who want it too, its followers."""

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from consortium.backlog.labels import STATES, TOLD
from consortium.backlog.models import BacklogItem, BacklogStep, ItemState, MeToo, VoiceAnswer
from consortium.voices.queries import authors_behind, authors_of, followers_behind, voice
from participation.events import StoredEvent
from participation.notifications.following import followers
from participation.notifications.port import NoticeRule, Wave
from participation.notifications.queries import NoticeRow
from participation.policy import N_


def backlog_rules() -> dict[str, NoticeRule]:
    return {
        "backlog.moved": NoticeRule(_moved, N_("%(decision)s: “%(title)s”."), _words_of_step),
        "backlog.merged": NoticeRule(
            _merged, N_("“%(title)s” and another improvement were merged into one. Your voice counts there."), None
        ),
        "backlog.help_asked": NoticeRule(
            _asked, N_("“%(title)s” was released four weeks ago. Did it really help?"), _note_of_release
        ),
        "voice.answered": NoticeRule(_answered, N_("There is an answer to what you said about “%(title)s”."), _answer),
    }


def me_toos_of(item_id: int) -> Select[tuple[int]]:
    """The accounts that want it too."""
    return select(MeToo.account_id).where(MeToo.item_id == item_id)


def _moved(session: Session, event: StoredEvent) -> list[Wave]:
    item_id, to, step = event.body["item_id"], ItemState(event.body["to"]), event.body["step"]
    own, others = {"decision": TOLD[to], "step": step}, {"decision": STATES[to], "step": step}
    return [
        Wave(authors_behind(item_id), item_id, item_id, direct=True, params=own),
        Wave(me_toos_of(item_id), item_id, item_id, direct=True, params=own),
        Wave(followers_behind(item_id), item_id, item_id, params=own),
        Wave(followers(item_id), item_id, item_id, params=others),
    ]


def _merged(session: Session, event: StoredEvent) -> list[Wave]:
    into = event.body["into_id"]
    people = (authors_behind(into), me_toos_of(into))
    return [*(Wave(each, into, into, direct=True) for each in people), Wave(followers(into), into, into)]


def _asked(session: Session, event: StoredEvent) -> list[Wave]:
    item_id = event.body["item_id"]
    params = {"path": f"/backlog/{item_id}/helped"}
    people = (authors_behind(item_id), me_toos_of(item_id))
    return [
        *(Wave(each, item_id, item_id, direct=True, params=params) for each in people),
        Wave(followers(item_id), item_id, item_id, params=params),
    ]


def _answered(session: Session, event: StoredEvent) -> list[Wave]:
    source_id, service_id = event.body["source_id"], event.body["service_id"]
    found = voice(session, source_id)
    params = {"answer": event.body["answer"], **({"path": found.path} if found else {})}
    return [Wave(authors_of(source_id), service_id, service_id, direct=True, params=params)]


def _words_of_step(session: Session, row: NoticeRow) -> str:
    """The reason, or what a release changed."""
    step = session.get(BacklogStep, row.params.get("step", 0))
    if step is None:
        return ""
    return _note_of_release(session, row) if step.to_state == ItemState.RELEASED else step.reason


def _note_of_release(session: Session, row: NoticeRow) -> str:
    item = session.get(BacklogItem, row.about_id or 0)
    return item.release_note if item else ""


def _answer(session: Session, row: NoticeRow) -> str:
    answer = session.get(VoiceAnswer, row.params.get("answer", 0))
    return answer.text if answer else ""
