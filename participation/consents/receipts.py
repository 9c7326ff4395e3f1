"""The receipt of a consent: who agreed to which words, when and how. As JSON it follows ISO/IEC TS 27560:2023 (its
field names, as mapped in https://w3c.github.io/dpv/guides/consent-27560); as a page it says the same in plain words."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.consents.labels import SPECIAL
from participation.consents.models import ConsentEvent, EventKind, PurposeVersion
from participation.consents.queries import PurposeView, Standing, standing_of, version_by_id
from participation.organisations.models import Organisation

SCHEMA = "ISO/IEC TS 27560:2023"


@dataclass(frozen=True)
class Receipt:
    event: ConsentEvent
    view: PurposeView  # the words that were agreed to
    standing: Standing  # now
    organisation: Organisation

    @property
    def path(self) -> str:
        return f"/consents/receipts/{self.event.code}"


def receipt_of(session: Session, account_id: int, code: str) -> Receipt | None:
    """The receipt with this code, for the person themselves."""
    mine = (ConsentEvent.code == code, ConsentEvent.account_id == account_id)
    event = session.scalars(select(ConsentEvent).where(*mine)).first()
    if event is None:
        return None
    view = version_by_id(session, event.version_id)
    organisation = session.get_one(Organisation, view.service.controller_id)
    return Receipt(event, view, _now(session, event, view.version), organisation)


def _now(session: Session, event: ConsentEvent, version: PurposeVersion) -> Standing:
    """What holds of exactly this consent: a later one to other words is another."""
    mine = (ConsentEvent.account_id == event.account_id, ConsentEvent.purpose_id == event.purpose_id)
    last = session.scalars(select(ConsentEvent).where(*mine).order_by(ConsentEvent.number.desc()).limit(1)).one()
    held = standing_of(last, version if version.state == "published" else None)
    return held if last.id == event.id else Standing()


def as_json(receipt: Receipt, base_url: str) -> dict[str, Any]:
    """The record with its receipt; moments in ISO 8601 (UTC), periods as ISO 8601 durations."""
    event, said = receipt.event, receipt.view.version
    language = event.locale or "ja"
    return {
        "schema_version": SCHEMA,
        "record_id": event.code,
        "receipt_id": event.code,
        "pii_principal_id": event.subject,
        "privacy_notice": f"{base_url}{receipt.view.path}/{said.number}",
        "privacy_notice_version": said.number,
        "privacy_notice_sha256": event.sha256,
        "privacy_notice_text": f"{base_url}{receipt.view.path}/{said.number}/text.json",
        "language": language,
        "purposes": [_purpose(receipt, language, base_url)],
        "parties": [_controller(receipt, language)],
        "event": {
            "event_time": event.at.isoformat(),
            "event_type": "explicit",
            "event_state": "given" if event.kind == EventKind.GRANTED else "withdrawn",
            "entity_id": event.subject,
            "collection_method": event.way,
            "validity_duration": "until_withdrawn_or_changed",
        },
        "state_now": "valid" if receipt.standing.on else "not_valid",
        "audit_entry": event.event_uid,
    }


def _purpose(receipt: Receipt, language: str, base_url: str) -> dict[str, Any]:
    said = receipt.view.version
    days = said.retention_days
    return {
        "purpose": said.title.to(language),
        "purpose_id": receipt.view.key,
        "description": said.summary.to(language),
        "purpose_type": said.reason.to(language),
        "lawful_basis": "consent",
        "services": [{"id": receipt.view.service.key, "name": receipt.view.service.name.to(language)}],
        "pii_information": [
            {"type": kind, "optional": False, "special_category": kind in SPECIAL} for kind in said.categories
        ],
        "controllers": [receipt.view.service.controller_slug],
        "recipient_third_parties": said.third_parties.to(language) or None,
        "retention_period": f"P{days}D" if days is not None else None,
        "retention_description": said.retention.to(language),
        "withdrawal_method": f"{base_url}/consents#purpose-{receipt.view.key}",
        "withdrawal_effect": said.effect.to(language),
        "privacy_rights": f"{base_url}/me/data",
        "jurisdiction": "JP",
    }


def _controller(receipt: Receipt, language: str) -> dict[str, Any]:
    found = receipt.organisation
    return {
        "party_id": receipt.view.service.controller_slug,
        "party_name": found.name.to(language),
        "party_role": "controller",
        "party_type": found.kind,
        "party_corporate_number": found.corporate_number,
        "party_address": found.address or None,
        "party_contact": found.website or None,
    }
