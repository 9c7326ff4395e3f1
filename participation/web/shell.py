"""What every page shows around its own content: menu, reader, language, site."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from participation.paths import STATIC
from participation.policy import Actor
from participation.web.context import Context
from participation.web.csrf import csrf_token
from participation.web.i18n import SUPPORTED, language_name


@dataclass(frozen=True)
class Site:
    name: str
    tagline: str
    contact: str


@dataclass(frozen=True)
class Link:
    key: str
    label: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class Foot:
    """What stands below every page; the same for everybody."""

    groups: tuple[tuple[str, tuple[Link, ...]], ...]
    contact: str


@dataclass(frozen=True)
class Shell:
    locale: str
    other_locales: tuple[tuple[str, str, str], ...]
    path: str
    parameters: tuple[tuple[str, str], ...]
    csrf: str | None
    actor: Actor
    unread: int
    menu: tuple[Link, ...]
    foot: Foot
    desk: tuple[Link, ...]
    flash: tuple[tuple[str, str], ...]
    site: Site
    theme: str
    size: str
    now: datetime
    htmx: bool


def make_shell(ctx: Context) -> Shell:
    """The shell for this reader and this address; no query."""
    actor, site = ctx.actor, site_of(ctx)
    parameters = tuple((key, value) for key, value in ctx.query.multi_items() if key not in ("lang", "theme", "size"))
    return Shell(
        locale=ctx.locale,
        other_locales=tuple((code, language_name(code), code) for code in SUPPORTED),
        path=ctx.url_path,
        parameters=parameters,
        csrf=csrf_token(ctx.services.secret, actor.session_key) if actor.signed_in else None,
        actor=actor,
        unread=actor.unread,
        menu=_links(ctx, "main"),
        foot=Foot(_footer(ctx), site.contact),
        desk=_links(ctx, "desk"),
        flash=ctx.flash,
        site=site,
        theme=ctx.theme,
        size=ctx.size,
        now=ctx.now,
        htmx=ctx.htmx,
    )


def site_of(ctx: Context) -> Site:
    city = ctx.services.extras.get("site", lambda: {})()
    return Site(
        name=city.get("name", {}).get(ctx.locale) or "Sanpo",
        tagline=city.get("tagline", {}).get(ctx.locale) or ctx._("A place for citizens, the city and companies"),
        contact=city.get("contact", {}).get(ctx.locale) or "",
    )


def _links(ctx: Context, place: str) -> tuple[Link, ...]:
    return tuple(
        Link(item.key, ctx._(item.label), item.path, _current(ctx.url_path, item.path))
        for item in ctx.services.registry.menu
        if item.place == place and (not item.roles or any(ctx.actor.has(role) for role in item.roles))
    )


def _current(path: str, target: str) -> bool:
    return path == target or (target != "/" and path.startswith(target + "/"))


def _footer(ctx: Context) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    groups: dict[str, list[Link]] = {}
    for item in ctx.services.registry.menu:
        if item.place == "footer":
            groups.setdefault(ctx._(item.group), []).append(Link(item.key, ctx._(item.label), item.path))
    return tuple((heading, tuple(links)) for heading, links in groups.items())


@lru_cache
def static_url(name: str) -> str:
    """Address of a static file with its content's hash, so that it can be kept for a year."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={digest}"
