"""The public comments of the story: called, answered by people and on paper, grouped, responded to."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from consortium.demo.stage import Turn
from consortium.demo.timeline import midnight
from participation.policy import Actor
from participation.web.i18n import ZONE
from rules.opinions import actions, answering
from rules.opinions.cases import Case, case_by_number
from rules.opinions.models import Outcome
from rules.opinions.times.actions import move_close
from rules.opinions.voices import actions as voices
from rules.opinions.voices.queries import voice_of


def call(turn: Turn) -> None:
    told = turn.detail
    closes_at = midnight(turn.stage.today, told["closes"]) + timedelta(hours=17)
    times = {"opens_at": turn.now, "closes_at": closes_at}
    actions.call_public_comment(
        turn.session, turn.actor, turn.on, told["version"], contact=told["contact"], **times, now=turn.now
    )


def opine(turn: Turn) -> None:
    """An opinion of somebody, or a letter that the secretariat enters; it joins the first one of its row."""
    told, case = turn.detail, _case(turn)
    words = actions.Words(
        body=told["text"],
        section=told.get("section"),
        stance=told.get("stance"),
        nickname=told.get("nickname", ""),
        **_person(told.get("formal")),
    )
    if told.get("paper"):
        sent = actions.enter_opinion(turn.session, turn.actor, case, words, at=turn.now, now=turn.now)
    else:
        sent = actions.send_opinion(turn.session, turn.actor, case, words, base_url="", now=turn.now)
        sent.locale = told.get("lang", "ja")
        if voice := voice_of(turn.session, sent.id):
            turn.stage.voices[_key(turn)] = voice.id
    turn.stage.opinions.setdefault((turn.on, told["version"], told["row"]), []).append(sent.group_id)


def like_voice(turn: Turn) -> None:
    voices.like_voice(turn.session, turn.actor, turn.stage.voices[_key(turn)], now=turn.now)


def respond(turn: Turn) -> None:
    told = turn.detail
    first, *others = turn.stage.opinions[turn.on, told["version"], told["row"]]
    if others:
        answering.join_groups(turn.session, turn.actor, first, others, now=turn.now)
    answering.respond(
        turn.session,
        turn.actor,
        first,
        outcome=Outcome(told["outcome"]),
        view={"ja": told["ja"], "en": told["en"]},
        sections=told.get("sections", ()),
        title=told["title"],
        now=turn.now,
    )


def keep_open(session: Session, actor: Actor, consultations: Sequence[Mapping[str, Any]], now: datetime) -> None:
    """Give a public comment that the story says is open today its distance from today again, once it has closed."""
    today = now.astimezone(ZONE).date()
    for told in consultations:
        case = case_by_number(session, told["document"], told["version"])
        if told["closes"] <= 0 or case is None or not case.ended(now) or case.table_public(now):
            continue
        closes_at = midnight(today, told["closes"]) + timedelta(hours=17)
        move_close(session, actor, case, closes_at=closes_at, reason=told["longer"], now=now)


def _key(turn: Turn) -> tuple[str, int, int, int]:
    told = turn.detail
    return turn.on, told["version"], told["row"], told["place"]


def _case(turn: Turn) -> Case:
    case = case_by_number(turn.session, turn.on, turn.detail["version"])
    assert case is not None  # the story calls it before anybody writes
    return case


def _person(formal: dict[str, str] | None) -> dict[str, object]:
    return {"formal": True, **formal} if formal else {}
