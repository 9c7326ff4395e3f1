"""The secretariat's pages for the site, living areas and categories, and the desk itself."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from participation.policy import N_, ensure, has_role
from participation.spaces import actions, queries
from participation.spaces.forms import AreaForm, CategoryForm, SiteForm, apart
from participation.spaces.models import Area, Category, Site
from participation.spaces.policy import may_set_frame
from participation.spaces.queries import Named
from participation.web import Context, NotFound, Response, get, page, post, redirect

KINDS: dict[str, Any] = {"areas": (Area, AreaForm), "categories": (Category, CategoryForm)}


@dataclass(frozen=True)
class Waiting:
    """Something on the desk: how many wait, the oldest for how many days."""

    label: str
    count: int
    days: int
    url: str


@dataclass(frozen=True)
class Desk:
    waiting: list[Waiting]


@dataclass(frozen=True)
class Places:
    kind: str
    places: tuple[Named, ...]
    form: AreaForm | CategoryForm
    editing: str


def desk(ctx: Context) -> Response:
    """What waits for the secretariat, from the components' own counts (hook `desk_waiting`)."""
    ensure(has_role(ctx.actor, "secretariat", "administrator", "auditor"))
    waiting = []
    for count in ctx.services.registry.hooks("desk_waiting"):
        waiting += [
            Waiting(ctx._(label), number, days, url) for label, number, days, url in count(ctx.session, ctx.now)
        ]
    return page(ctx, "spaces/secretariat.html", Desk(waiting))


def site(ctx: Context) -> Response:
    ensure(may_set_frame(ctx.actor))
    row = ctx.session.get(Site, 1)
    texts = {}
    for name in ("name", "tagline", "council", "contact"):
        texts.update(apart(name, getattr(row, name) if row else None))
    return page(ctx, "spaces/site.html", None, form=SiteForm.filled(texts, ctx._))


def save_site(ctx: Context) -> Response:
    ensure(may_set_frame(ctx.actor))
    form = SiteForm.read(ctx.form, ctx._)
    if not form.ok:
        return page(ctx, "spaces/site.html", None, form=form, status=422)
    actions.save_site(ctx.session, ctx.actor, form.site_values(), now=ctx.now)
    ctx.say("ok", ctx._(N_("Saved. It may take some seconds until every page shows it.")))
    return redirect(ctx, "/secretariat/site")


def places(ctx: Context) -> Response:
    """The list, and the form: empty, or filled with the one that `?edit=` names."""
    ensure(may_set_frame(ctx.actor))
    model, form_type = _kind(ctx)
    key = ctx.query.get("edit", "")
    row = ctx.session.scalars(select(model).where(model.key == key)).first() if key else None
    stored = {}
    if row is not None:
        stored = {"key": row.key, **apart("name", row.name)}
        stored |= {"lat": row.lat, "lng": row.lng} if model is Area else {}
    return page(ctx, "spaces/places.html", _places(ctx, form_type.filled(stored, ctx._), row.key if row else ""))


def save_place(ctx: Context) -> Response:
    ensure(may_set_frame(ctx.actor))
    model, form_type = _kind(ctx)
    form = form_type.read(ctx.form, ctx._)
    if not form.ok:
        return page(ctx, "spaces/places.html", _places(ctx, form, ""), status=422)
    actions.save_place(ctx.session, ctx.actor, model, form.values["key"], form.place_values(), now=ctx.now)
    ctx.say("ok", ctx._(N_("Saved.")))
    return redirect(ctx, f"/secretariat/{ctx.path['kind']}")


def _places(ctx: Context, form: AreaForm | CategoryForm, editing: str) -> Places:
    named = queries.places(ctx.session, ctx.locale)
    return Places(ctx.path["kind"], getattr(named, ctx.path["kind"]), form, editing)


def _kind(ctx: Context) -> Any:
    kind = KINDS.get(ctx.path["kind"])
    if kind is None:
        raise NotFound
    return kind


ROUTES = (
    get("/secretariat", desk),
    get("/secretariat/site", site),
    post("/secretariat/site", save_site),
    get("/secretariat/{kind}", places),
    post("/secretariat/{kind}", save_place),
)
