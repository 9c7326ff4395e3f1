"""Exact numbers in and out of JSON: an integer is an integer, a fraction is text like 7/3. Floats are never read."""

import re
from fractions import Fraction

Number = int | Fraction

LONGEST = 40  # digits of a number in a file; more is no amount of money and no count of people
BILLION = 10**9
_NUMBER = re.compile(rf"-?\d{{1,{LONGEST}}}(?:/[1-9]\d{{0,{LONGEST}}}|\.\d{{1,{LONGEST}}})?", re.ASCII)


def exact(value: Number) -> Number:
    """The same number, as an integer where it is one."""
    return value.numerator if isinstance(value, Fraction) and value.denominator == 1 else value


def read_number(value: object) -> Number:
    """An integer, or text that holds an integer, a fraction or decimals.

    Raises:
        ValueError: anything else; the message goes on from the name of what was read.
    """
    if type(value) is int and value.bit_length() <= 4 * LONGEST:
        return value
    if isinstance(value, Fraction):
        return exact(value)
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        return exact(Fraction(value.strip()))
    raise ValueError("is not an exact number")


def brief(value: Number) -> Number:
    """The same number, or down to a billionth where its fraction is longer than anybody would read, or `read_number`.

    For what is told of a count, never for what is counted with.
    """
    if max(Fraction(value).as_integer_ratio()) < 10**LONGEST:
        return exact(value)
    return exact(Fraction(value * BILLION // 1, BILLION))


def write_number(value: Number) -> int | str:
    """What stands in JSON; `read_number` reads it back."""
    value = exact(value)
    return value if isinstance(value, int) else f"{value.numerator}/{value.denominator}"
