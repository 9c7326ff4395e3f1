"""Languages: English message ids, one catalogue per package and locale, dates and numbers by Babel."""

import gettext
import io
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from participation.paths import LOCALES

SUPPORTED = ("ja", "en")
ZONE = ZoneInfo("Asia/Tokyo")

Translations = gettext.NullTranslations


@lru_cache
def translations(locale: str) -> Translations:
    """All catalogues of a locale merged; English message ids need none."""
    merged = Catalog(locale=locale)
    for path in sorted((LOCALES / locale).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=locale):
                if message.id and message.string and not message.fuzzy:
                    merged[message.id] = message
    if len(merged) == 0:
        return gettext.NullTranslations()
    buffer = io.BytesIO()
    write_mo(buffer, merged)
    buffer.seek(0)
    return gettext.GNUTranslations(buffer)


def negotiate(query: str | None, cookie: str | None, account: str | None, header: str) -> str:
    """The first usable of: `?lang=`, the cookie, the account's language, Accept-Language, Japanese."""
    for wanted in (query, cookie, account):
        if wanted in SUPPORTED:
            return wanted
    for part in header.split(","):
        code = part.split(";")[0].strip().lower()[:2]
        if code in SUPPORTED:
            return code
    return "ja"


@lru_cache(maxsize=4096)  # Babel reads its patterns anew each time, and a list shows the same days again and again
def show_date(value: date | datetime | None, locale: str) -> Markup:
    """A day with its weekday in a `<time>`; moments are shown in the city's time zone."""
    if value is None:
        return Markup("")
    local = value.astimezone(ZONE) if isinstance(value, datetime) else value
    text = _day(local, locale)
    return Markup('<time datetime="{}">{}</time>').format(_iso(value), text)


@lru_cache(maxsize=4096)
def show_moment(value: datetime | None, locale: str) -> Markup:
    """A day and a time; English readers are told the zone."""
    if value is None:
        return Markup("")
    local = value.astimezone(ZONE)
    day = _day(local, locale)
    time = format_time(local, "H:mm", locale=locale)
    zone = "" if locale == "ja" else " JST"
    return Markup('<time datetime="{}">{} {}{}</time>').format(_iso(value), day, time, zone)


@lru_cache(maxsize=4096)
def show_number(value: float | int | None, locale: str) -> str:
    return "" if value is None else format_decimal(value, locale=locale)


@lru_cache
def language_name(locale: str) -> str:
    """What the language calls itself."""
    return Locale.parse(locale).get_display_name(locale) or locale


def _day(day: date, locale: str) -> str:
    long = format_date(day, "long" if locale == "ja" else "medium", locale=locale)
    return f"{long} ({format_date(day, 'EEE', locale=locale)})"


def _iso(value: date | datetime) -> str:
    if isinstance(value, datetime):
        return value.astimezone(ZONE).isoformat(timespec="seconds")
    return escape(value.isoformat())
