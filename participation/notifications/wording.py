"""The words of a notice, in the reader's language."""

from typing import Any

from participation.component import Registry
from participation.notifications.port import rules_of
from participation.notifications.queries import NoticeRow
from participation.policy import N_
from participation.web.i18n import translations

LEFT = N_("A participant who has left")
UNNAMED = N_("a contribution")


def says(registry: Registry, row: NoticeRow, locale: str) -> str:
    """One sentence: what happened to what."""
    gettext = translations(locale).gettext
    rule = rules_of(registry).get(row.type)
    if rule is None:
        return row.title
    choices = {key: gettext(value) for key, value in row.params.items() if isinstance(value, str) and value}
    return gettext(rule.says) % {"title": row.title or gettext(UNNAMED), "who": row.who or gettext(LEFT), **choices}


def detail(registry: Registry, session: Any, row: NoticeRow) -> str:
    """The text behind a notice (Markdown): the whole answer, the comment, the reason; "" where there is none."""
    rule = rules_of(registry).get(row.type)
    return rule.detail(session, row) if rule and rule.detail else ""


def link(registry: Registry, row: NoticeRow) -> str:
    """The path that the notice leads to."""
    if row.params.get("path"):
        return str(row.params["path"])
    kind = registry.kinds.get(row.target_kind)
    return kind.path(row.target_id) if kind is not None and row.target_id is not None else "/me/notices"
