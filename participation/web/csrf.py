"""Cross-site request forgery (SECURITY.md): where a request comes from, and a token where somebody is signed in.

Browsers say `Sec-Fetch-Site`, or at least `Origin`/`Referer`, with every form they post. Requests that say neither are
refused. Signed-in people's forms carry a token bound to their session besides; it is masked anew in every page, so that
compression leaks nothing of it (BREACH).
"""

import base64
import hmac
import secrets
from hashlib import sha256
from urllib.parse import urlsplit

from starlette.datastructures import Headers

from participation.policy import N_, Refused, Verdict

FOREIGN = Verdict("forbidden", N_("This form was sent from another site, so nothing was changed. Please open it here."))
STALE = Verdict("forbidden", N_("This page had become too old, so nothing was changed. Please reload and send again."))


def csrf_token(secret: bytes, session_key: str) -> str:
    """The token for a page: a fresh mask, then the masked code of the session."""
    mask = secrets.token_bytes(32)
    return base64.urlsafe_b64encode(mask + _xor(mask, _code(secret, session_key))).decode()


def check_origin(headers: Headers, base_url: str, host: str) -> None:
    """Raises Refused unless the browser says that the form was ours."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        if site != "same-origin":
            raise Refused(FOREIGN)
        return
    origin = _host_of(headers.get("origin") or headers.get("referer") or "")
    if not origin or origin not in (_host_of(base_url), host):
        raise Refused(FOREIGN)


def _host_of(address: str) -> str:
    try:
        return urlsplit(address).netloc
    except ValueError:  # "http://[": no address at all
        return ""


def check_token(secret: bytes, session_key: str, token: str) -> None:
    """Raises Refused unless `token` was made for this session."""
    try:
        raw = base64.urlsafe_b64decode(token)
    except ValueError:
        raw = b""
    if len(raw) != 64 or not hmac.compare_digest(_xor(raw[:32], raw[32:]), _code(secret, session_key)):
        raise Refused(STALE)


def _code(secret: bytes, session_key: str) -> bytes:
    return hmac.new(secret, b"csrf:" + session_key.encode(), sha256).digest()


def _xor(left: bytes, right: bytes) -> bytes:
    return (int.from_bytes(left, "big") ^ int.from_bytes(right, "big")).to_bytes(32, "big")
