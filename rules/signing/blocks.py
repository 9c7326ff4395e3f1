"""Parts of other pages: what an organisation has agreed to, and who has agreed to a rule."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from participation.organisations.models import Organisation
from participation.organisations.policy import acts_for
from participation.web import Context
from rules.documents.models import Kind, Version
from rules.documents.port import Block
from rules.documents.reading import VersionPage, Words, words
from rules.signing.models import Signature
from rules.signing.queries import book_of, rules_for_organisations
from rules.signing.validity import Agreement


@dataclass(frozen=True)
class AgreedLine:
    """An organisation and one rule; `codes` are its certificates by number of version, the newest first."""

    rule: str
    title: Words
    agreement: Agreement
    codes: tuple[tuple[int, str, datetime], ...]
    to_sign: str  # the path, for those who act for the organisation and have something to do; else empty


def agreements_of(ctx: Context, subject: Any) -> tuple[AgreedLine, ...] | None:
    """The block on the page of an organisation: nothing where there is no rule."""
    if subject.kind != "organisation" or not subject.visible:
        return None
    slug = ctx.session.get_one(Organisation, subject.id).slug
    inside = acts_for(ctx.actor, subject.id)
    rows = ctx.session.execute(
        select(Version.document_id, Version.number, Signature.code, Signature.signed_at)
        .join(Version, Version.id == Signature.version_id)
        .where(Signature.organisation_id == subject.id)
        .order_by(Version.number.desc())
    ).all()
    lines = []
    for rule in rules_for_organisations(ctx.session):
        held = book_of(ctx.session, rule.slug).agreement(subject.id, ctx.now)
        codes = tuple((row.number, row.code, row.signed_at) for row in rows if row.document_id == rule.id)
        path = f"/organisations/{slug}/rules/{rule.slug}" if inside and held.state != "current" else ""
        lines.append(AgreedLine(rule.slug, words(rule.title, ctx.locale), held, codes, path))
    return tuple(lines) or None


def signed_by(ctx: Context, version: VersionPage) -> Iterable[Block]:
    """Beside the text of a rule: how many have agreed to this version, and the way to the register."""
    if version.kind != Kind.RULE or not version.published:
        return ()
    count = len(
        ctx.session.scalars(select(Signature.organisation_id).where(Signature.version_id == version.version_id)).all()
    )
    return (Block("rules/signing/_signed.html", {"count": count, "rule": version.slug}, place="side", order=10),)
