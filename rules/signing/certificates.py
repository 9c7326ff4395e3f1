"""The certificate of a signature: what was agreed, by whom, when, and whether all of it still fits together."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

import segno
from sqlalchemy import select

from participation.audit.queries import number_of
from participation.events import Event
from participation.organisations.models import Organisation
from participation.policy import N_
from participation.web import Context, NotFound, Response, get, json_answer, page, redirect
from rules.documents.canonical import canonical_bytes, sha256_of
from rules.documents.models import Document, Section, Version
from rules.documents.queries import sections_of
from rules.documents.reading import Words, words
from rules.signing.evidence import PRIVATE, hash_of, is_sealed, public_key
from rules.signing.forms import AUTHORITIES, CodeForm
from rules.signing.models import CertificateFile, Signature
from rules.signing.queries import book_of
from rules.signing.validity import Agreed, Agreement

LEVELS = {
    "password": N_("Level: a click, after the password was asked once more."),
    "recent_sign_in": N_("Level: a click, shortly after signing in by a link or a provider."),
    "api_token": N_("Level: a call of a program, with the signatory's own token."),
    "password+totp": N_("Level: a click, after the password and a one-time code (TOTP) were asked once more."),
    "recent_sign_in+totp": N_(
        "Level: a click and a one-time code (TOTP), shortly after signing in by a link or a provider."
    ),
    "password+passkey": N_("Level: a click, after the password and a passkey were asked once more."),
    "recent_sign_in+passkey": N_(
        "Level: a click and a passkey, shortly after signing in by a link or a provider."
    ),
    "api_token+totp": N_("Level: a call of a program, with the signatory's own token and a one-time code (TOTP)."),
}


@dataclass(frozen=True, kw_only=True)
class CertificatePage:
    code: str
    organisation: str
    slug: str
    corporate_number: str
    rule: str
    title: Words
    number: int
    name: str
    role: str
    authority: str  # message id
    statement: str
    locale: str
    signed_at: datetime
    sha256: str
    articles: tuple[str, ...]  # number and heading
    evidence_sha256: str
    level: str  # message id
    entry: int | None  # number in the audit log; None until it is numbered
    checks: tuple[tuple[str, bool], ...]  # (message id, whether it holds)
    agreement: Agreement
    url: str
    files: tuple[str, ...]  # languages in which it is printed

    @property
    def path(self) -> str:
        return f"/certificates/{self.code}"

    @property
    def newest(self) -> bool:
        """Whether this signature is the one that holds now."""
        return self.agreement.state in (Agreed.CURRENT, Agreed.DUE)


def search(ctx: Context) -> Response:
    """Where a code from paper is typed in."""
    form = CodeForm.filled({}, ctx._)
    if ctx.query.get("code"):
        form = CodeForm.read(ctx.query, ctx._)
        code = plain(form.values.get("code", ""))
        if form.ok and ctx.session.scalar(select(Signature.id).where(Signature.code == code)):
            return redirect(ctx, f"/certificates/{code}")
        form.fail("code", N_("There is no certificate with this code. Please compare it letter by letter."))
    return page(ctx, "rules/signing/check.html", None, form=form)


def show(ctx: Context) -> Response:
    return page(ctx, "rules/signing/certificate.html", certificate(ctx))


def certificate(ctx: Context) -> CertificatePage:
    """Everything is compared anew at each look. Raises NotFound."""
    row = _found(ctx)
    version = ctx.session.get_one(Version, row.version_id)
    document = ctx.session.get_one(Document, version.document_id)
    party = ctx.session.get_one(Organisation, row.organisation_id)
    held = book_of(ctx.session, document.slug).agreement(row.organisation_id, ctx.now)
    sections = sections_of(ctx.session, version.id)
    return CertificatePage(
        code=row.code,
        organisation=party.name.to(ctx.locale),
        slug=party.slug,
        corporate_number=party.corporate_number or "",
        rule=document.slug,
        title=words(version.title, ctx.locale),
        number=version.number,
        name=row.name,
        role=row.title,
        authority=AUTHORITIES[row.authority],
        statement=row.statement,
        locale=row.locale,
        signed_at=row.signed_at,
        sha256=row.sha256,
        articles=headings_of(row, sections, ctx.locale),
        evidence_sha256=row.evidence_sha256,
        level=LEVELS[level_of(row)],
        entry=number_of(ctx.session, row.event_uid),
        checks=_checks(ctx, row, version, sha256_of(canonical_bytes(document, version, sections))),
        agreement=held if held.version_id == row.version_id else Agreement(Agreed.LAPSED),
        url=f"{ctx.settings.base_url}/certificates/{row.code}",
        files=tuple(ctx.session.scalars(select(CertificateFile.locale).where(CertificateFile.signature_id == row.id))),
    )


def evidence(ctx: Context) -> Response:
    """The record without the parts that say more of a person than the certificate does; hash and seal are of all."""
    row = _found(ctx)
    record: dict[str, Any] = json.loads(row.evidence)
    public = {key: value for key, value in record.items() if key not in PRIVATE}
    public["signer"] = {"name_as_typed": row.name}
    body = {
        "code": row.code,
        "record": public,
        "withheld": list(PRIVATE),
        "evidence_sha256": row.evidence_sha256,
        "seal": {"algorithm": "Ed25519", "signature": row.seal, "public_key": public_key(ctx.services.secret)},
        "audit_entry": number_of(ctx.session, row.event_uid),
    }
    return json_answer(body)


def qr(ctx: Context) -> Response:
    """The address of the certificate as a QR code (ISO/IEC 18004), level M."""
    row, drawn = _found(ctx), BytesIO()
    address = f"{ctx.settings.base_url}/certificates/{row.code}"
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", scale=6, border=4, xmldecl=False)
    return Response(drawn.getvalue(), media_type="image/svg+xml", headers={"cache-control": "public, max-age=86400"})


def level_of(row: Signature) -> str:
    """How the signatory was known: a key of LEVELS."""
    method = json.loads(row.evidence)["method"]
    factor = method["second_factor"]
    return f"{method['reauthentication']}+{factor['method']}" if factor else str(method["reauthentication"])


def plain(code: str) -> str:
    """As it is kept: without the spaces and hyphens that make it readable."""
    return "".join(letter for letter in code.upper() if letter.isalnum())


def _found(ctx: Context) -> Signature:
    row = ctx.session.scalars(select(Signature).where(Signature.code == plain(ctx.path["code"]))).first()
    if row is None:
        raise NotFound
    return row


def headings_of(row: Signature, sections: Sequence[Section], locale: str) -> tuple[str, ...]:
    """The signed articles with their numbers, as they are headed in this language."""
    return tuple(
        f"{number} {each.heading.to(locale)}" for number, each in enumerate(sections, 1) if each.key in row.articles
    )


def _checks(ctx: Context, row: Signature, version: Version, text: str) -> tuple[tuple[str, bool], ...]:
    """Each message with whether it holds; `text` is the hash of the version's text as it stands."""
    body = ctx.session.scalar(select(Event.body).where(Event.uid == row.event_uid))
    logged = json.loads(body) if body else {}
    told = json.loads(row.evidence)
    fits = (told["document"]["sha256"], told["authority"]["title"]) == (row.sha256, row.title)
    return (
        (N_("The text of the version still has the hash that was signed."), text == version.sha256 == row.sha256),
        (N_("The evidence record is unchanged."), hash_of(row.evidence) == row.evidence_sha256 and fits),
        (N_("The platform's seal on the record is right."), is_sealed(ctx.services.secret, row.evidence, row.seal)),
        (N_("The audit log holds both hashes."), _logged(logged) == (row.sha256, row.evidence_sha256)),
    )


def _logged(body: dict[str, Any]) -> tuple[object, object]:
    return body.get("sha256"), body.get("evidence_sha256")


ROUTES = (
    get("/certificates", search),
    get("/certificates/{code}", show),
    get("/certificates/{code}/evidence.json", evidence),
    get("/certificates/{code}/qr.svg", qr),
)
