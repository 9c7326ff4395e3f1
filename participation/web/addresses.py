"""The field for an address on the web."""

from urllib.parse import urlsplit

from participation.policy import N_
from participation.web.fields import FieldError, Text


class WebAddress(Text):
    """An address that begins with http:// or https://."""

    def read(self, text: str) -> str:
        text = super().read(text)
        try:
            parts = urlsplit(text)
            usable = (
                parts.scheme in ("http", "https") and bool(parts.hostname) and not any(c in text for c in " <>\"'\\")
            )
        except ValueError:
            usable = False
        if not usable:
            raise FieldError(N_("Please write an address such as https://www.example.jp."))
        return text
