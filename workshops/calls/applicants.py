"""Who applied: for the organisers of the workshop and for auditors alone."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.policy import ensure
from participation.web import Context, Response, fragment, get, page
from participation.web.csv import csv_answer
from participation.web.facets import LONGEST, fits_words
from participation.web.paging import Pager, make_pager, read_paging
from workshops.calls.forms import label_of
from workshops.calls.pages import answer, private
from workshops.calls.policy import may_read_applications
from workshops.models import Workshop, WorkshopApplication, WorkshopQuestion
from workshops.port import DeskLink
from workshops.queries import WholeWorkshop, count_applicants
from workshops.showing import read

HEADS = ("number", "name", "email", "account", "applied_at", "needs", "declared")


@dataclass(frozen=True)
class Asked:
    """`answer` is `feature.value`."""

    q: str = ""
    answer: str = ""
    needs: str = ""

    def fits(self, row: WorkshopApplication) -> bool:
        feature, _, value = self.answer.partition(".")
        return (
            (not self.answer or row.answers.get(feature) == value)
            and (not self.needs or bool(row.needs))
            and fits_words(self.q, (row.name, row.number, row.needs, row.email or ""))
        )


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How many gave an answer, against the places kept for it."""

    key: str
    label: str
    people: int
    minimum: int
    maximum: int | None

    @property
    def short(self) -> int:
        """How many more would be needed."""
        return max(0, self.minimum - self.people)


@dataclass(frozen=True, kw_only=True)
class ApplicantsPage:
    whole: WholeWorkshop
    asked: Asked
    rows: tuple[WorkshopApplication, ...]
    words: dict[int, tuple[str, ...]]  # the answers of each
    pager: Pager
    questions: tuple[tuple[WorkshopQuestion, tuple[Standing, ...]], ...]
    total: int
    withdrawn: int


def counted(session: Session, workshop_id: int) -> tuple[WorkshopApplication, ...]:
    """The applications that count, in the order of their numbers, which says nothing of who came first."""
    rows = select(WorkshopApplication).where(
        WorkshopApplication.workshop_id == workshop_id,
        WorkshopApplication.email_confirmed_at.is_not(None),
    )
    return tuple(session.scalars(rows.order_by(WorkshopApplication.number)))


def index(ctx: Context) -> Response:
    whole = _read(ctx)
    everybody = counted(ctx.session, whole.workshop.id)
    there = [row for row in everybody if row.withdrawn_at is None]
    wanted = Asked(**{name: ctx.query.get(name, "")[:LONGEST].strip() for name in ("q", "answer", "needs")})
    found, paging = [row for row in there if wanted.fits(row)], read_paging(ctx.query)
    rows = tuple(found[paging.offset : paging.offset + paging.per_page])
    view = ApplicantsPage(
        whole=whole,
        asked=wanted,
        rows=rows,
        words={row.id: _words(whole, row, ctx.locale) for row in rows},
        pager=make_pager(paging, len(found)),
        questions=tuple((question, standings(whole, question, there, ctx.locale)) for question in whole.questions),
        total=len(there),
        withdrawn=len(everybody) - len(there),
    )
    if ctx.htmx:
        return private(fragment(ctx, "workshops/calls/_applicants.html", view))
    return private(page(ctx, "workshops/calls/applicants.html", view))


def standings(
    whole: WholeWorkshop, question: WorkshopQuestion, rows: list[WorkshopApplication], locale: str
) -> tuple[Standing, ...]:
    given = Counter(row.answers.get(question.key) for row in rows)
    found = []
    for option in question.options:
        key = str(option["key"])
        quota = whole.bounds(question.key, key)
        bounds = {"minimum": quota.minimum if quota else 0, "maximum": quota.maximum if quota else None}
        found.append(Standing(key=key, label=label_of(option, locale), people=given[key], **bounds))
    return tuple(found)


def table(ctx: Context) -> Response:
    """All that count, with names: for the organisers' own use."""
    whole = _read(ctx)
    keys = [question.key for question in whole.questions]
    rows = [
        (row.number, row.name, row.email, "yes" if row.account_id else "no", row.created_at, row.needs,
         " ".join(row.declared), *(row.answers.get(key, "") for key in keys))
        for row in counted(ctx.session, whole.workshop.id)
        if row.withdrawn_at is None
    ]  # fmt: skip
    return private(csv_answer(f"applicants-{whole.workshop.slug}", (*HEADS, *keys), rows))


def desk_links(ctx: Context, workshop: Workshop) -> list[DeskLink]:
    """On the desk of the workshop."""
    number, path = count_applicants(ctx.session, workshop.id), f"/workshops/{workshop.slug}"
    note = ctx.translations.ngettext("%(num)s person", "%(num)s people", number) % {"num": number}
    return [
        DeskLink(label=ctx._("Who applied"), path=f"{path}/desk/applicants", note=note, order=20),
        DeskLink(label=ctx._("Leaflet to print, with a QR code"), path=f"{path}/leaflet", order=30),
    ]


def _words(whole: WholeWorkshop, row: WorkshopApplication, locale: str) -> tuple[str, ...]:
    return tuple(
        answer(question.options, row.answers[question.key], locale)
        for question in whole.questions
        if question.key in row.answers
    )


def _read(ctx: Context) -> WholeWorkshop:
    whole = read(ctx)
    ensure(may_read_applications(ctx.actor, whole.workshop))
    return whole


ROUTES = (
    get("/workshops/{slug}/desk/applicants", index),
    get("/workshops/{slug}/desk/applicants.csv", table, limit="workshop_table"),
)
