"""Datasets over the API, and their catalogue for machines."""

import json
from functools import partial
from typing import Any

from consortium.datasets import actions, dcat
from consortium.datasets.asking import asked, everything, found
from consortium.datasets.forms import ChangeDatasetForm, MoveForm, NewDatasetForm, stored
from consortium.datasets.models import DatasetState
from consortium.datasets.pages import read
from consortium.datasets.policy import may_keep
from consortium.datasets.queries import Line, dataset
from consortium.datasets.writing import area_choices, choices_for, enter, own_services
from consortium.services.queries import acting_of
from participation.policy import N_, ensure
from participation.spaces.queries import places
from participation.web import Context, Response, get, json_answer, patch, post
from participation.web.describing import MOMENT, NUMBER, PAGES, TEXT, Doc, list_of, maybe, record_of
from participation.web.i18n import translations
from participation.web.listing import json_page

TITLE = N_("Datasets of the smart city")
SAYS = N_("What the city's services collect: data that are open, that members share, and that need people's consent.")


def index(ctx: Context) -> Response:
    """What is offered, a page at a time."""
    return json_page(ctx, found(ctx, asked(ctx)), partial(as_json, ctx))


def show(ctx: Context) -> Response:
    """One dataset."""
    return json_answer(as_json(ctx, read(ctx)))


def create(ctx: Context) -> Response:
    """Enter a dataset -> 201; `publish` brings it into the catalogue at once, else it is a draft."""
    services = own_services(ctx)
    form = NewDatasetForm.read_json(ctx.json, ctx._, choices=choices_for(ctx, services))
    form.ensure()
    row = enter(ctx, form, services)
    if ctx.json.get("publish") is True:
        actions.move_dataset(ctx.session, ctx.actor, row.id, DatasetState.PUBLISHED, now=ctx.now)
    return json_answer(_again(ctx, row.slug), status=201)


def change(ctx: Context) -> Response:
    """Change what is sent; what is left out stays as it is."""
    line = read(ctx)
    ensure(may_keep(ctx.actor, acting_of(ctx.session, ctx.actor, ctx.now), line.service.owner_ids))
    kept = {name: _plain(value) for name, value in stored(line).items()}
    body = {**kept, **ctx.json} if isinstance(ctx.json, dict) else ctx.json
    form = ChangeDatasetForm.read_json(body, ctx._, choices=area_choices(ctx))
    said = form.said(places(ctx.session, ctx.locale))
    actions.change_dataset(ctx.session, ctx.actor, line.id, said, form.values["reason"], now=ctx.now)
    return json_answer(_again(ctx, line.slug))


def move(ctx: Context) -> Response:
    """Offer it, or withdraw it with the reason."""
    line = read(ctx)
    ensure(may_keep(ctx.actor, acting_of(ctx.session, ctx.actor, ctx.now), line.service.owner_ids))
    values = MoveForm.read_json(ctx.json, ctx._).ensure()
    to = DatasetState(values["to"])
    actions.move_dataset(ctx.session, ctx.actor, line.id, to, values["reason"], now=ctx.now)
    return json_answer(_again(ctx, line.slug))


def catalogue(ctx: Context) -> Response:
    """DCAT-AP as JSON-LD, in all languages at once."""
    texts = {
        name: {tongue: translations(tongue).gettext(message) for tongue in dcat.LANGUAGE}
        for name, message in (("title", TITLE), ("description", SAYS))
    }
    city = ctx.services.extras.get("site", lambda: {})().get("name") or {"en": "Sanpo"}
    node = dcat.catalogue(ctx.settings.base_url, city, texts, everything(ctx))
    text = json.dumps(node, ensure_ascii=False, indent=1)
    return Response(text, media_type="application/ld+json")


def as_json(ctx: Context, line: Line) -> dict[str, Any]:
    return {
        "id": line.id,
        "slug": line.slug,
        "url": ctx.settings.base_url + line.path,
        "title": line.title.to(ctx.locale),
        "titles": dict(line.title),
        "description": line.description.to(ctx.locale),
        "service": line.service.slug,
        "owners": [owner.slug for owner in line.service.owners],
        "access": line.access,
        "format": line.format,
        "update_cycle": line.cycle,
        "licence": line.licence,
        "download_url": line.download_url,
        "api_url": line.api_url,
        "contact": line.contact,
        "covers_from": _plain(line.covers_from),
        "covers_to": _plain(line.covers_to),
        "living_areas": [area.key for area in line.areas],
        "state": line.state,
        "version": line.version,
        "published_at": line.published_at.isoformat() if line.published_at else None,
        "updated_at": line.updated_at.isoformat(),
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _again(ctx: Context, slug: str) -> dict[str, Any]:
    ctx.session.flush()
    ctx.session.expire_all()
    line = dataset(ctx.session, slug)
    assert line is not None  # it was written in this transaction
    return as_json(ctx, line)


DAY: dict[str, Any] = {"type": "string", "format": "date"}
LIST: dict[str, Any] = {"type": "array", "items": TEXT}
DATASET = record_of(
    id=NUMBER,
    slug=TEXT,
    url=TEXT,
    title=TEXT,
    titles={"type": "object"},
    description=TEXT,
    service=TEXT,
    owners=LIST,
    access=TEXT,
    format=TEXT,
    update_cycle=TEXT,
    licence=TEXT,
    download_url=TEXT,
    api_url=TEXT,
    contact=TEXT,
    covers_from=maybe(DAY),
    covers_to=maybe(DAY),
    living_areas=LIST,
    state=TEXT,
    version=NUMBER,
    published_at=maybe(MOMENT),
    updated_at=MOMENT,
)
FILTERS = {
    "q": "Words of title, description or service",
    "access": "open, members or consent",
    "format": "csv, json, geojson, xml, xlsx, pdf or other",
    "field": "Key of the field of the service",
    "owner": "Slug of an organisation that runs the service",
    "area": "Key of a living area that it covers",
    "sort": "newest, title or updated",
    **PAGES,
}
ROUTES = (
    get("/datasets/catalogue.jsonld", catalogue, limit="services_table"),
    get("/api/v1/datasets", index, api=True, doc=Doc(list_of(DATASET), query=FILTERS)),
    post(
        "/api/v1/datasets",
        create,
        api=True,
        limit="enter_service",
        doc=Doc(DATASET, NewDatasetForm, status=201, signed_in=True),
    ),
    get("/api/v1/datasets/{slug}", show, api=True, doc=Doc(DATASET)),
    patch(
        "/api/v1/datasets/{slug}",
        change,
        api=True,
        limit="enter_service",
        doc=Doc(DATASET, ChangeDatasetForm, signed_in=True),
    ),
    post("/api/v1/datasets/{slug}/transitions", move, api=True, doc=Doc(DATASET, MoveForm, signed_in=True)),
)
