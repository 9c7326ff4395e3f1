"""Jinja: strict, escaped, compiled at start. A template is given a frozen view and the shell of the page."""

import secrets
from collections.abc import Callable, Hashable, Iterable, MutableMapping
from dataclasses import replace
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from participation.names import display_name
from participation.paths import TEMPLATES
from participation.policy import ANONYMOUS
from participation.web.context import Context
from participation.web.i18n import show_date, show_moment, show_number
from participation.web.markdown import excerpt, render_markdown
from participation.web.shell import make_shell, static_url

PIECES = 2_000  # kept per language, about 2 KB each
CSRF_PLACE = secrets.token_hex(16)  # where a kept piece has the reader's own token: no text can hold it by chance
HEADER = Markup("<!--header-->")  # where the reader's own header goes into a page that is kept for everybody


class _Templates(Environment):
    """With one plain dictionary of global names, complete before a template is loaded: the library's chain of two is
    searched through again at every import and include."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **d} if d else self.globals


@lru_cache
def environment() -> Environment:
    env = _Templates(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        cache_size=-1,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    env.filters.update(markdown=render_markdown, excerpt=excerpt)
    env.globals.update(once=once_key, static=static_url, query=with_query, with_csrf=with_csrf)
    return env


def render(ctx: Context, template: str, view: Any, **more: Any) -> str:
    """The text of a template for this reader."""
    return (
        localized(ctx.locale)
        .get_template(template)
        .render(view=view, shell=make_shell(ctx), ctx_path=ctx.url_path, **more)
    )


def render_alone(template: str, locale: str, **values: Any) -> str:
    """The text of a template that needs neither a context nor the shell: for when those may be what failed."""
    return localized(locale).get_template(template).render(locale=locale, **values)


def page(ctx: Context, template: str, view: Any, *, status: int = 200, **more: Any) -> HTMLResponse:
    """A whole page; `more` are further named values (a form beside the view)."""
    return HTMLResponse(render(ctx, template, view, **more), status_code=status)


def shared_page(ctx: Context, template: str, make: Callable[[Context], Any], **more: Any) -> HTMLResponse:
    """A page that shows the same to everybody, but for its header: made once for each address, language and look, and
    kept until something is committed. `make` is asked for its view as somebody who is not signed in."""
    if ctx.flash:
        return page(ctx, template, make(ctx), **more)
    key = (template, ctx.locale, ctx.theme, ctx.size, ctx.url_path, *ctx.query.multi_items())
    if not ctx.actor.signed_in:
        return page(ctx, template, make(ctx), **more)  # which is kept as a whole, packed: see `PageCache`
    text = ctx.recall(key, lambda: _for_everybody(replace(ctx, actor=ANONYMOUS), template, make, more))
    header = localized(ctx.locale).get_template("_header.html").render(shell=make_shell(ctx))
    return HTMLResponse(text.replace(HEADER, header, 1))


def _for_everybody(ctx: Context, template: str, make: Callable[[Context], Any], more: dict[str, Any]) -> str:
    return render(ctx, template, make(ctx), header=HEADER, **more)


def fragment(ctx: Context, template: str, view: Any, *, status: int = 200, **more: Any) -> HTMLResponse:
    """One region of a page, for a swap. Its template is the file that the page includes."""
    return HTMLResponse(render(ctx, template, view, **more), status_code=status)


def once_key() -> str:
    """A fresh key for a form's hidden field `once`: sending the form twice does it once."""
    return secrets.token_hex(8)


def with_csrf(piece: Markup, csrf: str | None) -> Markup:
    """A piece with forms in it, made this reader's own."""
    return piece.replace(CSRF_PLACE, csrf or "")


def with_query(parameters: Iterable[tuple[str, str]], **changes: Any) -> str:
    """The query string with some parameters replaced (None removes); for filters, sorting and paging links."""
    kept = [(key, value) for key, value in parameters if key not in changes]
    kept += [(key, str(value)) for key, value in changes.items() if value is not None]
    return "?" + urlencode(kept) if kept else "?"


@lru_cache
def localized(locale: str) -> Environment:
    """The environment of one language. Its `piece(template, item)` is a part of a page that shows a frozen value and
    nothing else of the page: the same value is the same text, whoever reads it, so it is rendered once."""
    from participation.web.i18n import translations

    env = environment().overlay()
    env.install_gettext_translations(translations(locale), newstyle=True)  # type: ignore[attr-defined]

    @lru_cache(maxsize=PIECES)
    def piece(template: str, item: Hashable) -> Markup:
        text = env.get_template(template).render(item=item, locale=locale, csrf=CSRF_PLACE)
        return Markup(text)  # noqa: S704 - escaped when it was rendered

    env.globals = {
        **env.globals,
        "piece": piece,
        "date": lambda value: show_date(value, locale),
        "date_time": lambda value: show_moment(value, locale),
        "shown_name": lambda name: display_name(name, translations(locale).gettext),
        "number": lambda value: show_number(value, locale),
    }
    return env
