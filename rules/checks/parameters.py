"""The values that an article gives to its check, read into the typed parameters of that check."""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from enum import StrEnum
from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints

P = TypeVar("P")


class WrongParameter(Exception):
    """A value of a check cannot be used; `key` names it, the message (English, for who writes the file) says why."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key


@dataclass(frozen=True)
class Between:
    """The limits of a number: `days: Annotated[int, Between(1, 365)]`."""

    low: float
    high: float


Days = Annotated[int, Between(1, 3650)]
Share = Annotated[float, Between(0, 1)]
Count = Annotated[int, Between(1, 100_000)]


def read_parameters(kind: type[P], given: Mapping[str, Any]) -> P:
    """The parameters as the dataclass `kind` declares them: int, float, str, a StrEnum, with limits by `Between`.

    Raises:
        WrongParameter: one is missing, unknown or unusable.
    """
    hints = get_type_hints(kind, include_extras=True)
    declared = fields(kind)  # type: ignore[arg-type]
    names = ", ".join(field.name for field in declared) or "none"
    for key in given:
        if key not in hints:
            raise WrongParameter(key, f"unknown here; this check takes: {names}")
    values = {}
    for field in declared:
        if field.name in given:
            values[field.name] = _value(field.name, hints[field.name], given[field.name])
        elif field.default is MISSING and field.default_factory is MISSING:
            raise WrongParameter(field.name, f"{field.name!r} is missing; this check takes: {names}")
    return kind(**values)


def _value(key: str, hint: Any, given: Any) -> Any:
    limits = [each for each in get_args(hint)[1:] if isinstance(each, Between)] if _annotated(hint) else []
    plain = get_args(hint)[0] if _annotated(hint) else hint
    if isinstance(plain, type) and issubclass(plain, StrEnum):
        if given not in list(plain):
            raise WrongParameter(key, f"expected one of {', '.join(plain)}")
        return plain(given)
    usable = {int: int, float: (int, float), str: str}[plain]
    if isinstance(given, bool) or not isinstance(given, usable):
        what = {int: "a whole number", float: "a number", str: "a text"}[plain]
        raise WrongParameter(key, f"expected {what}")
    for limit in limits:
        if not limit.low <= given <= limit.high:
            raise WrongParameter(key, f"expected a number from {limit.low:g} to {limit.high:g}")
    return plain(given)


def _annotated(hint: Any) -> bool:
    return get_origin(hint) is Annotated
