"""Ballots on the home page and on the page of their process."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.component import HomeBlock, SubjectBlock
from participation.policy import ANONYMOUS
from participation.spaces.models import Process
from participation.subjects import Subject
from participation.web import Context
from participation.web.i18n import translations
from proposals.ballots.queries import ballot_lines
from proposals.ballots.voting.listing import Card, in_order, make_card, stage_of

FEW = 3


@dataclass(frozen=True)
class InProcess:
    """`open`: the address part of the ballot that closes next, if any takes votes."""

    slug: str
    open: str
    cards: tuple[Card, ...]


def open_now(session: Session, now: datetime, locale: str) -> tuple[Card, ...] | None:
    """The ballots that take votes, the one that closes next first; None while there is none. One query."""
    lines = [line for line in ballot_lines(session, ANONYMOUS) if stage_of(line, now) == "open"]
    say = translations(locale).gettext
    return tuple(make_card(say, now, line) for line in in_order(tuple(lines), now)[:FEW]) or None


def in_process(ctx: Context, subject: Any) -> InProcess | None:
    """What a process's page says of its ballots; None on other pages and where there is none. Two queries."""
    if not isinstance(subject, Subject) or subject.kind != "process":
        return None
    lines = in_order(ballot_lines(ctx.session, ctx.actor, process_id=subject.id), ctx.now)
    if not lines:
        return None
    slug = ctx.session.scalar(select(Process.slug).where(Process.id == subject.id)) or ""
    running = next((line.slug for line in lines if stage_of(line, ctx.now) == "open"), "")
    cards = tuple(make_card(ctx._, ctx.now, line, with_process=False) for line in lines[:FEW])
    return InProcess(slug, running, cards)


HOME = (HomeBlock("proposals/ballots/_home.html", open_now, order=10),)
BLOCKS = (SubjectBlock("proposals/ballots/_in_process.html", in_process, order=15),)
