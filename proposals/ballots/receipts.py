"""Receipts: 128 random bits in Crockford's base 32 (crockford.com/base32.html), in groups of four."""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 26  # 26 x 5 = 130 bits, the first two of them 0
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_receipt() -> str:
    """A receipt nobody can guess."""
    number = secrets.randbits(128)
    text = "".join(ALPHABET[(number >> 5 * place) & 31] for place in reversed(range(LENGTH)))
    return _grouped(text)


def read_receipt(typed: str) -> str | None:
    """What somebody typed or pasted as the receipt it means: small letters, O for 0, I and L for 1, any gaps."""
    text = "".join(sign for sign in typed.upper().translate(_ALIKE) if sign.isalnum())
    if len(text) != LENGTH or any(sign not in ALPHABET for sign in text):
        return None
    return _grouped(text)


def _grouped(text: str) -> str:
    return "-".join(text[start : start + 4] for start in range(0, LENGTH, 4))
