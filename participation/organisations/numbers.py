"""Corporate numbers, thirteen digits of which the first checks the others.

Source: National Tax Agency, Corporate Number Publication Site, "Calculation of the check digit"; Ordinance of the
Ministry of Finance No. 70 of 2014, article 2.
"""

BASE = 12  # digits behind the check digit


def check_digit(base: str) -> int:
    """The digit that stands before the twelve digits `base`: 9 - (sum of P(n) x Q(n)) mod 9, where P(n) is the n-th
    digit from the right and Q(n) is 1 for odd n, 2 for even n.

    Raises:
        ValueError: `base` is not twelve ASCII digits.
    """
    if len(base) != BASE or not (base.isascii() and base.isdigit()):
        raise ValueError("the base of a corporate number has twelve digits")
    return 9 - sum(int(digit) * (1 + position % 2) for position, digit in enumerate(reversed(base))) % 9


def is_corporate_number(text: str) -> bool:
    """Whether these are thirteen digits whose first one fits the rest."""
    if len(text) != BASE + 1 or not (text.isascii() and text.isdigit()):
        return False
    return int(text[0]) == check_digit(text[1:])
