"""The kinds of field that a form declares. Input is NFC-normalised; numbers may be typed in full-width digits."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from participation.policy import N_
from participation.web.i18n import ZONE

# Names of hosts may be written in any script (RFC 6531), but hold letters, digits and hyphens only.
EMAIL = re.compile(
    r"[^@\s\x00-\x1f<>\"(),:;\\\[\]]{1,64}@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W_][\w-]{0,61}[^\W_]"
)
UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

FIRST_YEAR, LAST_YEAR = 1900, 2199


class FieldError(Exception):
    def __init__(self, message: str, **values: Any) -> None:
        super().__init__(message)
        self.message, self.values = message, values


class Field:
    """A field; `label` and `hint` are message ids."""

    json_type = "string"
    allowed: Any = None

    def __init__(self, label: str, *, hint: str = "", required: bool = True) -> None:
        self.label, self.hint, self.required = label, hint, required

    def take(self, data: Any, name: str) -> Any:
        value = data.get(name, "")
        return value if isinstance(value, str) else ""

    def from_json(self, value: Any) -> Any:
        if value is None:
            return ""
        if not isinstance(value, str):
            raise FieldError(N_("Please send a text."))
        return value

    def show(self, value: Any) -> Any:
        return "" if value is None else str(value)

    def parse(self, raw: Any) -> Any:
        text = clean(raw)
        if not text:
            if self.required:
                raise FieldError(N_("Please fill this in."))
            return self.empty()
        return self.read(text)

    def empty(self) -> Any:
        return None

    def read(self, text: str) -> Any:
        return text

    def check_choice(self, value: Any, options: Sequence[str]) -> None:
        if value not in (None, "") and str(value) not in options:
            raise FieldError(N_("Please choose one of the options."))

    def schema(self) -> dict[str, Any]:
        """JSON Schema of the value in the API."""
        return {"type": self.json_type, "description": self.label}


def clean(raw: Any) -> str:
    """Text in NFC, line ends as `\\n`, without control characters, trimmed."""
    text = unicodedata.normalize("NFC", CONTROL.sub("", str(raw)))
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


class Text(Field):
    """A text of `min` to `max` characters; one line unless `lines`."""

    def __init__(self, label: str, *, min: int = 0, max: int = 200, lines: bool = False, **options: Any) -> None:
        super().__init__(label, **options)
        self.min, self.max, self.lines = min, max, lines

    def empty(self) -> str:
        return ""

    def read(self, text: str) -> str:
        if not self.lines:
            text = " ".join(text.split())
        if len(text) > self.max:
            raise FieldError(N_("Please shorten this by %(over)s characters."), over=len(text) - self.max)
        if len(text) < self.min:
            raise FieldError(N_("Please write at least %(min)s characters."), min=self.min)
        return text

    def schema(self) -> dict[str, Any]:
        return {**super().schema(), "minLength": self.min, "maxLength": self.max}


class Email(Text):
    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label, max=254, **options)

    def read(self, text: str) -> str:
        text = unicodedata.normalize("NFKC", super().read(text))
        if not EMAIL.fullmatch(text) or len(text) > 254:
            raise FieldError(N_("Please write an e-mail address such as name@example.jp."))
        return text.lower()


class Password(Field):
    """As typed: not trimmed, not normalised (ASVS 6.2.8)."""

    def __init__(self, label: str, *, min: int = 0, max: int = 128, **options: Any) -> None:
        super().__init__(label, **options)
        self.min, self.max = min, max

    def parse(self, raw: Any) -> str:
        text = raw if isinstance(raw, str) else ""
        if not text and self.required:
            raise FieldError(N_("Please fill this in."))
        if text and len(text) < self.min:
            raise FieldError(N_("Please write at least %(min)s characters."), min=self.min)
        if len(text) > self.max:
            raise FieldError(N_("Please shorten this by %(over)s characters."), over=len(text) - self.max)
        return text

    def show(self, value: Any) -> str:
        return ""


class Integer(Field):
    json_type = "integer"

    def __init__(self, label: str, *, min: int = 0, max: int = 2**31 - 1, **options: Any) -> None:
        super().__init__(label, **options)
        self.min, self.max = min, max

    def from_json(self, value: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, int):
            raise FieldError(N_("Please send a whole number."))
        return str(value) if abs(value) < 10**18 else "9" * 19

    def read(self, text: str) -> int:
        digits = unicodedata.normalize("NFKC", text).replace(",", "")
        if not re.fullmatch(r"-?[0-9]{1,19}", digits):
            raise FieldError(N_("Please write a whole number."))
        number = int(digits)
        if not self.min <= number <= self.max:
            raise FieldError(N_("Please write a number from %(min)s to %(max)s."), min=self.min, max=self.max)
        return number

    def schema(self) -> dict[str, Any]:
        return {**super().schema(), "minimum": self.min, "maximum": self.max}


class Decimal(Field):
    json_type = "number"

    def __init__(self, label: str, *, min: float, max: float, **options: Any) -> None:
        super().__init__(label, **options)
        self.min, self.max = min, max

    def from_json(self, value: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise FieldError(N_("Please send a number."))
        return repr(value) if abs(value) < 1e15 else "1e99"

    def read(self, text: str) -> float:
        try:
            number = float(unicodedata.normalize("NFKC", text))
        except ValueError:
            raise FieldError(N_("Please write a number.")) from None
        if not self.min <= number <= self.max:
            raise FieldError(N_("Please write a number from %(min)s to %(max)s."), min=self.min, max=self.max)
        return number

    def schema(self) -> dict[str, Any]:
        return {**super().schema(), "minimum": self.min, "maximum": self.max}


class Choice(Field):
    """One of `options` [(value, label)], or of those given to the form at run time."""

    def __init__(self, label: str, options: Sequence[tuple[str, str]] = (), **rest: Any) -> None:
        super().__init__(label, **rest)
        self.options = tuple(options)
        self.allowed = True

    def from_json(self, value: Any) -> str:
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        return super().from_json(value)

    def schema(self) -> dict[str, Any]:
        values = [value for value, _ in self.options]
        return {**super().schema(), **({"enum": values} if values else {})}


class Choices(Choice):
    """Any number of the options."""

    json_type = "array"

    def take(self, data: Any, name: str) -> list[str]:
        return [value for value in data.getlist(name) if isinstance(value, str) and value]

    def from_json(self, value: Any) -> list[str]:
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise FieldError(N_("Please send a list of texts."))
        return value

    def show(self, value: Any) -> list[str]:
        return [str(item) for item in value or ()]

    def parse(self, raw: Any) -> list[str]:
        if not raw and self.required:
            raise FieldError(N_("Please choose at least one."))
        return list(dict.fromkeys(raw))

    def check_choice(self, value: Any, options: Sequence[str]) -> None:
        for item in value:
            super().check_choice(item, options)

    def schema(self) -> dict[str, Any]:
        values = [value for value, _ in self.options]
        return {"type": "array", "items": {"type": "string", **({"enum": values} if values else {})}}


class Flag(Field):
    """A checkbox; never required to be on unless `required` (an agreement)."""

    json_type = "boolean"

    def __init__(self, label: str, *, required: bool = False, **options: Any) -> None:
        super().__init__(label, required=required, **options)

    def from_json(self, value: Any) -> str:
        if value is not None and not isinstance(value, bool):
            raise FieldError(N_("Please send true or false."))
        return "1" if value else ""

    def show(self, value: Any) -> str:
        return "1" if value else ""

    def parse(self, raw: Any) -> bool:
        value = clean(raw) not in ("", "0", "false", "off")
        if self.required and not value:
            raise FieldError(N_("Please tick this to go on."))
        return value


class Day(Field):
    """A calendar day, `YYYY-MM-DD`."""

    def read(self, text: str) -> date:
        text = unicodedata.normalize("NFKC", text).replace("/", "-")
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise FieldError(N_("Please write a day such as 2027-04-01.")) from None

    def schema(self) -> dict[str, Any]:
        return {**super().schema(), "format": "date"}


class Moment(Field):
    """A day and time in the city's time zone, as `datetime-local` sends it, or with an offset."""

    def read(self, text: str) -> datetime:
        try:
            value = datetime.fromisoformat(unicodedata.normalize("NFKC", text))
        except ValueError:
            raise FieldError(N_("Please write a day and time such as 2027-04-01 09:00.")) from None
        if not FIRST_YEAR <= value.year <= LAST_YEAR:  # at the ends of the calendar, no other time zone has that day
            raise FieldError(N_("Please write a year from %(min)s to %(max)s."), min=FIRST_YEAR, max=LAST_YEAR)
        return value if value.tzinfo else value.replace(tzinfo=ZONE)

    def show(self, value: Any) -> str:
        return value.astimezone(ZONE).strftime("%Y-%m-%dT%H:%M") if isinstance(value, datetime) else str(value or "")

    def schema(self) -> dict[str, Any]:
        return {**super().schema(), "format": "date-time"}


class Upload(Field):
    """Files; the value is a list of the framework's uploads, checked by whoever stores them."""

    def __init__(
        self, label: str, *, required: bool = False, many: bool = False, accept: str = "", **options: Any
    ) -> None:
        super().__init__(label, required=required, **options)
        self.many, self.accept = many, accept

    def take(self, data: Any, name: str) -> list[Any]:
        return [item for item in data.getlist(name) if not isinstance(item, str) and item.filename]

    def parse(self, raw: Any) -> list[Any]:
        if self.required and not raw:
            raise FieldError(N_("Please choose a file."))
        return list(raw)
