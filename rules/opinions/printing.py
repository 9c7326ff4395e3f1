"""The table on paper: a PDF in each language, made after it became public and again after a later response."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.media import uploads
from participation.moderation.models import ModerationStep
from participation.press import PrintedFile, Printing
from participation.settings import Settings
from participation.web import Context, NotFound, Response, get
from participation.web.i18n import SUPPORTED
from participation.web.templating import render_alone
from rules.documents.models import Version
from rules.opinions.cases import Case, told_cases
from rules.opinions.models import Opinion, OpinionGroup, OpinionResponse, PublicComment, ResponsesFile
from rules.opinions.sending import read_case
from rules.opinions.table import public_rows
from rules.opinions.voices.models import Voice

HEADERS = {"content-security-policy": "default-src 'none'; sandbox", "cache-control": "no-cache"}


def next_printing(session: Session, settings: Settings) -> Printing | None:
    """A public table that has no file yet, or one older than its newest response or the newest step of moderation."""
    made = dict(
        session.execute(
            select(ResponsesFile.public_comment_id, func.min(ResponsesFile.made_at)).group_by(
                ResponsesFile.public_comment_id
            )
        ).all()
    )
    for case in told_cases(session):
        newest = _newest_change(session, case)
        if case.id not in made or (newest is not None and newest > made[case.id]):
            return _printing(session, settings, case)
    return None


def _newest_change(session: Session, case: Case) -> datetime | None:
    newest = select(func.max(OpinionResponse.at)).join(OpinionGroup, OpinionGroup.id == OpinionResponse.group_id)
    moderated = (
        select(func.max(ModerationStep.at))
        .join(Voice, Voice.id == ModerationStep.subject_id)
        .join(Opinion, Opinion.id == Voice.opinion_id)
        .where(Opinion.public_comment_id == case.id)
    )
    moments = (session.scalar(newest.where(OpinionGroup.public_comment_id == case.id)), session.scalar(moderated))
    return max((moment for moment in moments if moment is not None), default=None)


def _printing(session: Session, settings: Settings, case: Case) -> Printing:
    public_comment_id = case.id

    def keep(session: Session, files: Mapping[str, PrintedFile], now: datetime) -> None:
        for locale, file in files.items():
            row = ResponsesFile(public_comment_id=public_comment_id, locale=locale, name=file.name, size=file.size)
            row.made_at = now
            session.merge(row)

    url = f"{settings.base_url}{case.path}/responses"
    pages = {
        locale: render_alone(
            "rules/opinions/print.html",
            locale,
            title=case.title.to(locale),
            number=case.number,
            rows=public_rows(session, case, locale),
            url=url,
        )
        for locale in SUPPORTED
    }
    return Printing(f"responses of public comment {case.id}", pages, keep)


def where(session: Session, names: Sequence[str]) -> list[tuple[str, int]]:
    """(name, document id) of the files that are needed."""
    rows = session.execute(
        select(ResponsesFile.name, Version.document_id)
        .join(PublicComment, PublicComment.id == ResponsesFile.public_comment_id)
        .join(Version, Version.id == PublicComment.version_id)
        .where(ResponsesFile.name.in_(names))
    )
    return [(name, document_id) for name, document_id in rows]


def show_pdf(ctx: Context) -> Response:
    case = read_case(ctx)
    file = ctx.session.get(ResponsesFile, (case.id, ctx.path["locale"])) if case.table_public(ctx.now) else None
    path = uploads(ctx.settings) / file.name if file else None
    if path is None or not path.is_file():
        raise NotFound
    name = f"{case.slug}-{case.number}-responses-{ctx.path['locale']}.pdf"
    headers = {**HEADERS, "content-disposition": f'attachment; filename="{name}"'}
    return Response(path.read_bytes(), media_type="application/pdf", headers=headers)


ROUTES = (get("/documents/{slug}/{version:int}/responses/pdf/{locale}", show_pdf),)
