"""Numbers as the secretariat types them, read exactly."""

import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Any

from participation.policy import N_
from participation.web.fields import Field, FieldError

LARGEST, PLACES = Decimal(10) ** 15, 4
MINUS = str.maketrans({"\u2212": "-", "\u25b3": "-", "\u25b2": "-", "\u2010": "-", "\u2013": "-"})


def read_number(text: str) -> Decimal:
    """`1,234.5`, in full-width digits too; Japanese offices write a minus as a triangle.

    Raises:
        FieldError: it is no number, too large, or has more than four decimal places.
    """
    plain = unicodedata.normalize("NFKC", text).translate(MINUS).replace(",", "").replace(" ", "")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        raise FieldError(N_("Please write a number.")) from None
    if not number.is_finite() or abs(number) >= LARGEST:
        raise FieldError(N_("Please write a number."))
    if number != round(number, PLACES):
        raise FieldError(N_("Please give at most four decimal places."))
    return number


def plain(value: Decimal | None) -> int | float | None:
    """The number as JSON and spreadsheet programs have it: whole ones without a point."""
    return None if value is None else int(value) if value == value.to_integral_value() else float(value)


class Exact(Field):
    """A number, kept with the digits that were typed."""

    json_type = "number"

    def from_json(self, value: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise FieldError(N_("Please send a number."))
        return repr(value)

    def read(self, text: str) -> Decimal:
        return read_number(text)
