"""What a handler is given: the request as values, never the framework's object."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy.orm import Session
from starlette.datastructures import FormData, QueryParams

from participation.policy import ANONYMOUS, Actor
from participation.services import Services
from participation.settings import Settings
from participation.web.i18n import Translations, translations

T = TypeVar("T")


@dataclass
class Context:
    services: Services
    now: datetime
    method: str
    url_path: str
    path: dict[str, Any]
    query: QueryParams
    form: FormData
    translations: Translations
    locale: str
    actor: Actor = ANONYMOUS
    session: Session = None  # type: ignore[assignment]  # set by the adapter for the time of the transaction
    json: Any = None
    prepared: Any = None
    htmx: bool = False
    htmx_target: str = ""
    api: bool = False
    client: str = ""
    user_agent: str = ""
    theme: str = ""
    size: str = ""
    flash: tuple[tuple[str, str], ...] = ()
    cookies: dict[str, str] = field(default_factory=dict)
    set_cookies: list[dict[str, Any]] = field(default_factory=list)
    referer: str = ""
    known: str = ""  # the ETag of the answer that the reader has already (If-None-Match)
    once: str = ""  # the key by which a repeated request is known (Idempotency-Key, or the hidden field of a form)
    digest: bytes = b""  # SHA-256 of method, path and body
    intent: str = ""  # of the route
    own_keys: bool = False  # of the route
    moment: Hashable = None  # of the database, where the route is `cached`: see participation.kept

    @property
    def settings(self) -> Settings:
        return self.services.settings

    def _(self, message: str, **values: Any) -> str:
        """The message in the reader's language, with its `%(name)s` places filled; a tuple is a list of messages."""
        text = self.translations.gettext(message) if message else ""
        return text % {name: self._listed(value) for name, value in values.items()} if values else text

    def _listed(self, value: Any) -> Any:
        return self._(", ").join(map(self._, value)) if isinstance(value, tuple) else value

    def speak(self, locale: str) -> None:
        """Answer in this language."""
        self.locale, self.translations = locale, translations(locale)

    def recall(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` finds for whoever asks, kept until something is committed. Nothing personal may be in it."""
        return self.services.kept.recall(self.moment, key, make)

    def say(self, kind: str, text: str) -> None:
        """A line shown on top of the next page: kind is ok, info or bad."""
        self.flash = (*self.flash, (kind, text))
