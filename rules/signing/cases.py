"""What has to be known to acknowledge or sign: the version, its articles, what changed, what was read already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.component import Registry
from participation.organisations.models import Organisation
from participation.policy import ALLOWED, Actor, Verdict
from rules.documents.models import Document, Kind, Section, Version
from rules.documents.queries import document_by_slug, sections_of, versions_of
from rules.documents.stages import in_force_on, today
from rules.signing.models import Acknowledgement, Signature

# hook of whoever knows an organisation's membership: (session, organisation_id) -> Verdict
MAY_SIGN = "may_sign"


@dataclass(frozen=True, kw_only=True)
class SigningCase:
    """An organisation before one version of a rule, as this person finds it. `unchanged`: keys of articles that stand
    word for word in the version which the organisation signed last; they need not be acknowledged again."""

    organisation_id: int
    organisation: Organisation
    document: Document
    version: Version
    sections: Sequence[Section]
    in_force: bool
    allowed: Verdict
    last_number: int | None  # of the version that the organisation signed last
    before: dict[str, Section]  # that version's articles by key
    unchanged: frozenset[str]
    acknowledged: dict[str, datetime]  # by this person
    by_others: dict[str, int]  # how many colleagues have
    signature: Signature | None

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(section.key for section in self.sections)

    @property
    def done(self) -> frozenset[str]:
        return frozenset(self.acknowledged) | self.unchanged

    @property
    def pending(self) -> tuple[str, ...]:
        return tuple(key for key in self.keys if key not in self.done)


def signing_case(
    session: Session, actor: Actor, slug: str, organisation: Organisation, registry: Registry, now: datetime,
    number: int | None = None,
) -> SigningCase | None:  # fmt: skip
    """The version in force, or the one of this number; None where there is no such rule or version. Eight queries."""
    document = document_by_slug(session, slug)
    if document is None or document.kind != Kind.RULE:
        return None
    versions = [each for each in versions_of(session, document.id) if each.published_at]
    current = in_force_on(versions, today(now))
    version = current if number is None else next((each for each in versions if each.number == number), None)
    if version is None:
        return None
    sections = sections_of(session, version.id)
    signatures = _signatures(session, organisation.id, [each.id for each in versions])
    earlier = max((each for each in versions if each.id in signatures and each.id != version.id),
                  key=lambda each: each.number, default=None)  # fmt: skip
    before = {each.key: each for each in sections_of(session, earlier.id)} if earlier else {}
    own, others = _acknowledged(session, actor, organisation.id, version.id)
    return SigningCase(
        organisation_id=organisation.id,
        organisation=organisation,
        document=document,
        version=version,
        sections=sections,
        in_force=current is not None and current.id == version.id,
        allowed=_allowed(session, registry, organisation.id),
        last_number=earlier.number if earlier else None,
        before=before,
        unchanged=frozenset(each.key for each in sections if _same(each, before.get(each.key))),
        acknowledged=own,
        by_others=others,
        signature=signatures.get(version.id),
    )


def _signatures(session: Session, organisation_id: int, version_ids: list[int]) -> dict[int, Signature]:
    wanted = (Signature.organisation_id == organisation_id, Signature.version_id.in_(version_ids))
    return {row.version_id: row for row in session.scalars(select(Signature).where(*wanted))}


def _acknowledged(
    session: Session, actor: Actor, organisation_id: int, version_id: int
) -> tuple[dict[str, datetime], dict[str, int]]:
    same = (Acknowledgement.organisation_id == organisation_id, Acknowledgement.version_id == version_id)
    own: dict[str, datetime] = {}
    others: dict[str, int] = {}
    for row in session.scalars(select(Acknowledgement).where(*same).order_by(Acknowledgement.id)):
        if row.account_id == actor.id:
            own[row.section_key] = row.at
        else:
            others[row.section_key] = others.get(row.section_key, 0) + 1
    return own, others


def _same(section: Section, before: Section | None) -> bool:
    return before is not None and (section.heading, section.body) == (before.heading, before.body)


def _allowed(session: Session, registry: Registry, organisation_id: int) -> Verdict:
    verdict = ALLOWED
    for hook in registry.hooks(MAY_SIGN):
        verdict = verdict & hook(session, organisation_id)
    return verdict
