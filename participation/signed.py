"""Short texts that a browser keeps for us in a cookie: signed, with a time after which they are worth nothing."""

import base64
import hmac
import json
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from participation.keys import derive_key


def seal(secret: bytes, label: str, value: Any, now: datetime) -> str:
    """`value` (JSON) with its time and a signature for this `label` alone."""
    body = base64.urlsafe_b64encode(json.dumps([int(now.timestamp()), value]).encode()).decode()
    return f"{body}.{_sign(secret, label, body)}"


def unseal(secret: bytes, label: str, text: str, now: datetime, within: timedelta) -> tuple[Any, datetime] | None:
    """The value and when it was sealed; None if it is not ours, is older than `within`, or cannot be read."""
    body, _, signature = text.partition(".")
    if not hmac.compare_digest(signature.encode(), _sign(secret, label, body).encode()):
        return None
    sealed_at, value = json.loads(base64.urlsafe_b64decode(body))
    at = datetime.fromtimestamp(sealed_at, tz=now.tzinfo)
    return (value, at) if now - at <= within else None


def _sign(secret: bytes, label: str, body: str) -> str:
    return hmac.new(derive_key(secret, f"signed:{label}"), body.encode(), sha256).hexdigest()
