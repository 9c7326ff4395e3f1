"""Every published text of a proposal, and what changed between any two of them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation import textdiff
from participation.accounts.models import Account
from participation.web import Context, NotFound, Response, get, page
from proposals.models import ProposalVersion
from proposals.pages import read
from proposals.reading import ProposalPage


@dataclass(frozen=True)
class Version:
    number: int
    editor: str
    at: datetime
    reason: str


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """`title` and `body` are parts as `textdiff.compare` makes them; with one version they are that text."""

    proposal: ProposalPage
    versions: tuple[Version, ...]
    old: int
    new: int
    title: list[textdiff.Part]
    body: list[textdiff.Part]


def versions_of(session: Session, proposal_id: int) -> tuple[Version, ...]:
    """The newest first. One query."""
    rows = session.execute(
        select(ProposalVersion.number, Account.name, ProposalVersion.at, ProposalVersion.reason)
        .join(Account, Account.id == ProposalVersion.editor_id)
        .where(ProposalVersion.proposal_id == proposal_id)
        .order_by(ProposalVersion.number.desc())
    )
    return tuple(Version(*row) for row in rows)


def texts_of(session: Session, proposal_id: int, numbers: tuple[int, int]) -> dict[int, tuple[str, str]]:
    """(title, body) by number. One query."""
    rows = session.execute(
        select(ProposalVersion.number, ProposalVersion.title, ProposalVersion.body).where(
            ProposalVersion.proposal_id == proposal_id, ProposalVersion.number.in_(numbers)
        )
    )
    return {number: (title, body) for number, title, body in rows}


def show_versions(ctx: Context) -> Response:
    view = read(ctx)
    newest = view.version
    new = _number(ctx, "to", newest, newest)
    old = _number(ctx, "from", max(1, new - 1), newest)
    texts = texts_of(ctx.session, view.id, (old, new))
    if old not in texts or new not in texts:
        raise NotFound
    shown = Comparison(
        proposal=view,
        versions=versions_of(ctx.session, view.id),
        old=old,
        new=new,
        title=textdiff.compare(texts[old][0], texts[new][0]),
        body=textdiff.compare(texts[old][1], texts[new][1]),
    )
    return page(ctx, "proposals/versions.html", shown)


def _number(ctx: Context, name: str, default: int, largest: int) -> int:
    text = ctx.query.get(name, "")
    usable = text.isascii() and text.isdigit() and len(text) < 6 and 1 <= int(text) <= largest
    return int(text) if usable else default


ROUTES = (get("/proposals/{id:int}/versions", show_versions, cached=True),)
