"""The table of opinions and the city's responses: as a page and as a file."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.web import Context, NotFound, Response, get, page
from participation.web.csv import csv_answer
from rules.documents.queries import sections_of, versions_of
from rules.opinions.cases import Case, headings
from rules.opinions.groups import Group, Line, as_shown, groups_of
from rules.opinions.labels import KINDS, OUTCOMES, SOURCES, STANCES, TONES
from rules.opinions.models import Kind, Opinion, Source
from rules.opinions.policy import may_watch
from rules.opinions.queries import files_of
from rules.opinions.sending import read_case


@dataclass(frozen=True)
class Changed:
    heading: str
    url: str


@dataclass(frozen=True)
class Row:
    """Labels are message ids; `view` is in the reader's language, else as `lang` says."""

    id: int
    number: int
    title: str
    lines: tuple[Line, ...]
    on: tuple[str, ...]  # headings; empty text: the whole
    outcome: str | None
    label: str
    tone: str
    view: str
    lang: str
    changes: tuple[Changed, ...]
    at: datetime | None


@dataclass(frozen=True)
class TablePage:
    case: Case
    title: str
    public: bool
    rows: tuple[Row, ...]
    opinions: int
    counts: tuple[tuple[str, int], ...]  # message id of the outcome, how many rows
    receipt: str
    found: int | None  # the row of the receipt number that was asked for
    files: tuple[tuple[str, str, int], ...]  # locale, address, bytes
    may_watch: bool
    stances: Mapping[str, str]
    kinds: Mapping[str, str]
    sources: Mapping[str, str]


HEADS = (
    "number", "section", "opinions", "count", "outcome", "city_view", "changed_sections", "answered_at",
)  # fmt: skip


def show(ctx: Context) -> Response:
    """Everybody's, once it is public; `?receipt=` marks the row of whoever holds that number."""
    case = read_case(ctx)
    public = case.table_public(ctx.now)
    rows = public_rows(ctx.session, case, ctx.locale) if public else ()
    receipt = ctx.query.get("receipt", "").strip().upper()[:20]
    counts = Counter(row.label for row in rows if row.label)
    view = TablePage(
        case=case,
        title=case.title.to(ctx.locale),
        public=public,
        rows=rows,
        opinions=sum(len(row.lines) for row in rows),
        counts=tuple((label, counts[label]) for label in OUTCOMES.values() if counts[label]),
        receipt=receipt,
        found=_row_of(ctx.session, case, receipt) if public and receipt else None,
        files=files_of(ctx.session, case) if public else (),
        may_watch=bool(may_watch(ctx.actor)),
        stances=STANCES,
        kinds={str(kind): KINDS[kind] for kind in Kind},
        sources={str(source): SOURCES[source] for source in Source},
    )
    return page(ctx, "rules/opinions/responses.html", view)


def as_csv(ctx: Context) -> Response:
    """As many rows as the page; dates in ISO 8601."""
    case = read_case(ctx)
    if not case.table_public(ctx.now):
        raise NotFound
    cells = [
        (
            row.number,
            " / ".join(heading or ctx._("The whole text") for heading in row.on),
            "\n".join([*([row.title] if row.title else []), *(line.text for line in row.lines)]),
            len(row.lines),
            ctx._(row.label),
            row.view,
            " / ".join(change.heading for change in row.changes),
            row.at.date() if row.at else None,
        )
        for row in public_rows(ctx.session, case, ctx.locale)
    ]
    return csv_answer(f"{case.slug}-{case.number}-responses", HEADS, cells)


def public_rows(session: Session, case: Case, locale: str) -> tuple[Row, ...]:
    """What everybody may read of each group; six queries at most. Nothing of it tells who wrote."""
    names = {key: heading.to(locale) for key, heading in known_headings(session, case).items()}
    return tuple(_row(case, as_shown(group, locale), names, locale) for group in groups_of(session, case.id))


def known_headings(session: Session, case: Case) -> dict[str, dict[str, str]]:
    """The sections of the version, and those that the next one adds; heading by key."""
    found = dict(headings(session, case.version_id))
    later = [each for each in versions_of(session, case.document_id) if each.number == case.number + 1]
    for version in later:
        for section in sections_of(session, version.id):
            found.setdefault(section.key, section.heading)
    return found


def _row(case: Case, group: Group, names: Mapping[str, str], locale: str) -> Row:
    answer = group.answer
    view = answer.view if answer else {}
    text = answer.view.to(locale) if answer else ""
    return Row(
        id=group.id,
        number=group.number,
        title=group.title,
        lines=group.lines,
        on=tuple(names.get(key, "") for key in group.sections),
        outcome=answer.outcome if answer else None,
        label=OUTCOMES[answer.outcome] if answer else "",
        tone=TONES.get(answer.outcome, "") if answer else "",
        view=text,
        lang="" if view.get(locale) or not text else "ja",
        changes=tuple(_change(case, key, names) for key in answer.sections) if answer else (),
        at=answer.at if answer else None,
    )


def _change(case: Case, key: str, names: Mapping[str, str]) -> Changed:
    """Where the change can be seen; nothing to link before the next version is there."""
    compare = f"/documents/{case.slug}/compare?from={case.number}&to={case.number + 1}#{key}"
    return Changed(names.get(key, key), compare if case.newest > case.number else "")


def _row_of(session: Session, case: Case, receipt: str) -> int | None:
    """The group of a receipt number: who holds the number may know."""
    mine = (Opinion.receipt == receipt, Opinion.public_comment_id == case.id, Opinion.withdrawn_at.is_(None))
    return session.scalar(select(Opinion.group_id).where(*mine))


ROUTES = (
    get("/documents/{slug}/{version:int}/responses", show, cached=True),
    get("/documents/{slug}/{version:int}/responses.csv", as_csv, cached=True, limit="responses_table"),
)
