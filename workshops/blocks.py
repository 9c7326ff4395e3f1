"""Workshops on the home page and on the page of their process."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from participation.component import HomeBlock, SubjectBlock
from participation.policy import ANONYMOUS
from participation.subjects import Subject
from participation.web import Context
from workshops.labels import STAGES
from workshops.listing import in_order
from workshops.queries import WorkshopLine, workshop_lines

FEW = 3


@dataclass(frozen=True)
class Shown:
    """`slug`: of the process, on its page."""

    items: tuple[WorkshopLine, ...]
    stages: dict[str, tuple[str, str]]
    slug: str = ""


def open_now(session: Session, now: datetime, locale: str) -> Shown | None:
    """Those that one can apply to, what closes next first; None while there is none. One query."""
    lines = tuple(line for line in workshop_lines(session, ANONYMOUS, now) if line.stage == "open")
    return Shown(tuple(in_order(lines)[:FEW]), STAGES) if lines else None


def in_process(ctx: Context, subject: Any) -> Shown | None:
    """What a process's page says of its workshops; None on other pages and where there is none. One query."""
    if not isinstance(subject, Subject) or subject.kind != "process":
        return None
    lines = in_order(workshop_lines(ctx.session, ctx.actor, ctx.now, process_id=subject.id))
    return Shown(tuple(lines[:FEW]), STAGES, lines[0].process_slug) if lines else None


HOME = (HomeBlock("workshops/_home.html", open_now, order=12),)
BLOCKS = (SubjectBlock("workshops/_in_process.html", in_process, order=18),)
