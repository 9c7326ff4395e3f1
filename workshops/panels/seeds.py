"""The seed of a workshop's draw: one half promised when the call opens, the other from a source that nobody controls.

The organisers can't choose the second half; whoever watches the source doesn't know the first. Publishing its SHA-256
beforehand binds the first half (a commitment; Blum, "Coin flipping by telephone", 1981).
"""

import hashlib
import secrets


def make_secret() -> str:
    """64 hexadecimal digits."""
    return secrets.token_hex(32)


def sha256(text: str) -> str:
    """Of the UTF-8 bytes, in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def join_seed(secret: str, value: str) -> str:
    """The seed as `sanpo draw` takes it: the promised half, a colon, the public value as it was entered."""
    return f"{secret}:{value}"
