"""Jinja: strict, escaped, compiled at start. A template is given a frozen view and the shell of the page."""

import secrets
from collections.abc import Hashable, Iterable
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from participation.names import display_name
from participation.paths import TEMPLATES
from participation.web.context import Context
from participation.web.i18n import show_date, show_moment, show_number
from participation.web.markdown import excerpt, render_markdown
from participation.web.shell import make_shell, static_url

PIECES = 4_000  # kept per language, about 1.5 KB each


@lru_cache
def environment() -> Environment:
    env = Environment(
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
    env.globals.update(once=once_key, static=static_url, query=with_query)
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


def fragment(ctx: Context, template: str, view: Any, *, status: int = 200, **more: Any) -> HTMLResponse:
    """One region of a page, for a swap. Its template is the file that the page includes."""
    return HTMLResponse(render(ctx, template, view, **more), status_code=status)


def once_key() -> str:
    """A fresh key for a form's hidden field `once`: sending the form twice does it once."""
    return secrets.token_hex(8)


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
        text = env.get_template(template).render(item=item, locale=locale)
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
