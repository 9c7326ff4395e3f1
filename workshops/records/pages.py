"""The published record of a workshop, and the page of a persona."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from participation.policy import N_, Verdict
from participation.subjects import Subject
from participation.web import Context, NotFound, Response, get, page, redirect
from workshops.boards.models import Note, Team
from workshops.models import State, Workshop
from workshops.port import DeskLink
from workshops.records.labels import FACES, FEELINGS
from workshops.records.models import Lesson, Photo
from workshops.records.policy import may_keep
from workshops.records.port import Became, Key, became, way_on
from workshops.records.publishing import Check, checks
from workshops.records.queries import (
    IdeaView,
    PersonaView,
    PhotoView,
    PosterView,
    TeamView,
    ideas,
    lessons,
    personas,
    photos,
    posters,
    published,
    story,
    teams,
)
from workshops.records.reading import read_persona, read_record

IDEAS = 12  # shown; the boards hold the rest


@dataclass(frozen=True, kw_only=True)
class TeamPart:
    """What one team made."""

    team: TeamView
    personas: tuple[PersonaView, ...]
    posters: tuple[PosterView, ...]
    ideas: tuple[IdeaView, ...]


@dataclass(frozen=True, kw_only=True)
class RecordPage:
    workshop: Workshop
    path: str
    public: bool
    story: str
    parts: tuple[TeamPart, ...]
    photos: tuple[PhotoView, ...]
    lessons: tuple[Lesson, ...]
    became: Mapping[Key, Sequence[Became]]
    way_on: str  # address for an idea that is taken further, "" for none
    people: int
    checks: tuple[Check, ...]  # for the organisers, before the publication
    keepable: Verdict


@dataclass(frozen=True)
class PersonaPage:
    persona: PersonaView
    workshop: Workshop
    record: str


@dataclass(frozen=True)
class RecordBlock:
    """What stands of the record on the workshop's own page."""

    path: str
    public: bool
    posters: tuple[PosterView, ...]
    became: Mapping[Key, Sequence[Became]]


def record_block(ctx: Context, subject: Subject) -> RecordBlock | None:
    """From the day on for those who keep the record, for everybody once it is public."""
    if subject.kind != "workshop":
        return None
    row = ctx.session.get_one(Workshop, subject.id)
    if not published(row) and not (row.state == State.HELD and may_keep(ctx.actor, row)):
        return None
    own = posters(ctx.session, Team.workshop_id == row.id) if published(row) else ()
    shown = tuple(each for each in own if each.visible)
    made = became(ctx, [each.id for each in shown])
    return RecordBlock(f"/workshops/{row.slug}/record", published(row), shown, made)


def desk_links(ctx: Context, workshop: Workshop) -> tuple[DeskLink, ...]:
    """Hook of the desk: the record, with how many things it still lacks."""
    if not may_keep(ctx.actor, workshop):
        return ()
    path, lacking = f"/workshops/{workshop.slug}/record", 0
    if not published(workshop):
        lacking = sum(each.needed and not each.done for each in checks(ctx.session, workshop))
    said = ctx.translations.ngettext("%(num)s thing is missing.", "%(num)s things are missing.", lacking)
    note = said % {"num": lacking} if lacking else ""
    links = [DeskLink(label=ctx._(N_("Write the record")), path=f"{path}/edit", note=note, order=66)]
    if published(workshop):
        links.append(DeskLink(label=ctx._(N_("The published record")), path=path, order=67))
    elif not lacking:
        links.append(DeskLink(label=ctx._(N_("Publish the record")), path=f"{path}/publish", order=67))
    return tuple(links)


def show(ctx: Context) -> Response:
    shown = record_page(ctx, read_record(ctx))
    return page(ctx, "workshops/records/record.html", shown, feelings=FEELINGS, faces=FACES)


def record_page(ctx: Context, row: Workshop) -> RecordPage:
    public, keepable = published(row), may_keep(ctx.actor, row)
    shown = [each for each in posters(ctx.session, Team.workshop_id == row.id) if each.visible or not public]
    thought = ideas(ctx.session, row.id)
    known = personas(ctx.session, Team.workshop_id == row.id)
    parts = tuple(
        TeamPart(
            team=team,
            personas=tuple(each for each in known if each.team_id == team.id),
            posters=tuple(each for each in shown if each.team_id == team.id),
            ideas=tuple(each for each in thought if each.team_id == team.id)[:IDEAS],
        )
        for team in teams(ctx.session, row.id)
    )
    return RecordPage(
        workshop=row,
        path=f"/workshops/{row.slug}",
        public=public,
        story=story(ctx.session, row.id).to(ctx.locale),
        parts=parts,
        photos=photos(ctx.session, row.id, only_public=not keepable or public),
        lessons=lessons(ctx.session, row.id),
        became=became(ctx, [each.id for each in shown], [each.id for each in thought]),
        way_on=way_on(ctx, row.id) if public else "",
        people=sum(part.team.members for part in parts),
        checks=checks(ctx.session, row) if keepable and not public else (),
        keepable=keepable,
    )


def show_persona(ctx: Context) -> Response:
    view, row = read_persona(ctx)
    shown = PersonaPage(view, row, f"/workshops/{row.slug}/record")
    return page(ctx, "workshops/records/persona.html", shown, feelings=FEELINGS, faces=FACES)


def show_photo(ctx: Context) -> Response:
    """The place on the record where a public photo stands."""
    photo = ctx.session.get(Photo, ctx.path["id"])
    if photo is None or not ctx.session.get_one(Subject, photo.id).visible:
        raise NotFound
    row = ctx.session.get_one(Workshop, photo.workshop_id)
    return redirect(ctx, f"/workshops/{row.slug}/record#photo-{photo.id}")


def show_idea(ctx: Context) -> Response:
    """The place on the record where an idea stands of which something was made."""
    note = ctx.session.scalar(select(Note).where(Note.subject_id == ctx.path["id"], Note.removed_at.is_(None)))
    if note is None or not ctx.session.get_one(Subject, ctx.path["id"]).visible:
        raise NotFound
    row = ctx.session.get_one(Workshop, ctx.session.get_one(Team, note.team_id).workshop_id)
    return redirect(ctx, f"/workshops/{row.slug}/record#idea-{note.id}")


ROUTES = (
    get("/workshops/{slug}/record", show),
    get("/workshop-photos/{id:int}", show_photo),
    get("/personas/{id:int}", show_persona),
    get("/ideas/by-id/{id:int}", show_idea),
)
