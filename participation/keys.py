"""Keys for one purpose each, derived from the one secret, so that none of them tells anything about another."""

import hmac
from hashlib import sha256


def derive_key(secret: bytes, label: str) -> bytes:
    """HMAC-SHA-256 of the label (the expand step of RFC 5869 for one block): 32 bytes for this purpose alone."""
    return hmac.new(secret, b"sanpo:" + label.encode(), sha256).digest()


def keyed_hash(secret: bytes, label: str, text: str) -> bytes:
    """A hash that only the holder of the secret can compute: for values that are easy to guess (addresses, births)."""
    return hmac.new(derive_key(secret, label), text.encode(), sha256).digest()
