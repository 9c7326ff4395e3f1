"""Mails from templates: a subject, a plain text and an HTML part in the language of who receives it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jinja2 import Environment

from participation.web.shell import Site
from participation.web.templating import localized


@dataclass(frozen=True)
class Rendered:
    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class _Mail:
    """What the templates know besides their view."""

    site: Site
    locale: str
    unsubscribe_url: str


def render_mail(
    template: str, values: Mapping[str, Any], locale: str, site: Mapping[str, Any], unsubscribe_url: str = ""
) -> Rendered:
    """The mail of `template`.txt and `template`.html; `site` holds the texts of the site by locale."""
    names = {key: text.to(locale) for key, text in site.items()}
    mail = _Mail(Site(names.get("name") or "Sanpo", "", names.get("contact", "")), locale, unsubscribe_url)
    text = _plain(locale).get_template(f"{template}.txt")
    html = localized(locale).get_template(f"{template}.html")
    context = text.new_context({"view": values, "mail": mail})
    subject = " ".join("".join(text.blocks["title"](context)).split())
    return Rendered(subject, text.render(view=values, mail=mail), html.render(view=values, mail=mail))


@lru_cache
def _plain(locale: str) -> Environment:
    """Text is no markup: nothing in it is escaped."""
    return localized(locale).overlay(autoescape=False)
