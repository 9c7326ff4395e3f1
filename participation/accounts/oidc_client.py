"""The relying party's part of OpenID Connect, on Authlib. Imported only when somebody uses it: it costs 30 MB.

After OpenID Connect Core 1.0 (3.1.3.7), Discovery 1.0 (4.3), PKCE (RFC 7636), issuer in the answer (RFC 9207) and the
best practice of RFC 8725 and RFC 9700: keys come from the provider's published set alone, algorithms from our list.
"""

import ssl
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import httpx
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from participation.settings import OidcProvider

SECONDS, LARGEST, LEEWAY = 5.0, 1_000_000, 60
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA")
KEEP = timedelta(minutes=10)
AT_ONCE = 3  # conversations with providers: a slow one must not take every thread
_slots = threading.BoundedSemaphore(AT_ONCE)


class OidcError(Exception):
    """The provider's answer can't be believed, or there is none; the text is for the log."""


@dataclass(frozen=True)
class Told:
    """What a provider said of a person, checked. The address is empty unless the provider has verified it."""

    issuer: str
    sub: str
    name: str
    email: str
    claims: Mapping[str, Any]


@dataclass
class ProviderClient:
    """One provider; keeps its metadata and keys for some minutes."""

    provider: OidcProvider
    redirect_uri: str
    _metadata: dict[str, Any] = field(default_factory=dict)
    _keys: dict[str, Any] = field(default_factory=dict)
    _read_at: datetime | None = None

    def authorization_url(self, state: str, nonce: str, verifier: str, locale: str, now: datetime) -> str:
        """Where to send the person.

        Raises:
            OidcError: the provider can't be reached or describes itself wrongly.
        """
        return _checked(lambda: self._authorization_url(state, nonce, verifier, locale, now))

    def exchange(self, answer: Mapping[str, str], nonce: str, verifier: str, now: datetime) -> Told:
        """From the answer in the callback's address to what is known of the person.

        Raises:
            OidcError: anything does not fit.
        """
        return _checked(lambda: self._exchange(answer, nonce, verifier, now))

    def _authorization_url(self, state: str, nonce: str, verifier: str, locale: str, now: datetime) -> str:
        metadata = self._described(now)
        with self._client() as client:
            url, _state = client.create_authorization_url(
                metadata["authorization_endpoint"], state=state, nonce=nonce, code_verifier=verifier, ui_locales=locale
            )
        return str(url)

    def _exchange(self, answer: Mapping[str, str], nonce: str, verifier: str, now: datetime) -> Told:
        metadata = self._described(now)
        named = answer.get("iss")
        if named != self.provider.issuer and (
            named is not None or metadata.get("authorization_response_iss_parameter_supported")
        ):
            raise OidcError(f"the answer names the issuer {named!r}")
        with self._client(metadata) as client:
            token = client.fetch_token(metadata["token_endpoint"], code=answer["code"], code_verifier=verifier)
            claims = self._believed(token, nonce, now)
            if endpoint := metadata.get("userinfo_endpoint"):
                claims = {**_same_person(client.get(endpoint).raise_for_status().json(), claims["sub"]), **claims}
        verified = claims.get("email_verified") is True
        return Told(
            issuer=self.provider.issuer,
            sub=str(claims["sub"]),
            name=str(claims.get("name") or claims.get("nickname") or ""),
            email=str(claims.get("email") or "").lower() if verified else "",
            claims=claims,
        )

    def _believed(self, token: Mapping[str, Any], nonce: str, now: datetime) -> dict[str, Any]:
        try:
            decoded = jwt.decode(token["id_token"], KeySet.import_key_set(self._keys), algorithms=list(ALGORITHMS))
        except InvalidKeyIdError:  # the provider may have changed its keys meanwhile
            self._read_keys()
            decoded = jwt.decode(token["id_token"], KeySet.import_key_set(self._keys), algorithms=list(ALGORITHMS))
        options: Any = {
            "iss": {"essential": True, "value": self.provider.issuer},
            "aud": {"essential": True, "value": self.provider.client_id},
            "sub": {"essential": True},
            "exp": {"essential": True},
            "iat": {"essential": True},
        }
        known = {"nonce": nonce, "client_id": self.provider.client_id, "access_token": token["access_token"]}
        claims = CodeIDToken(decoded.claims, decoded.header, options, known)
        claims.validate(now=int(now.timestamp()), leeway=LEEWAY)
        return dict(claims)

    def _described(self, now: datetime) -> dict[str, Any]:
        if self._read_at is None or now - self._read_at > KEEP:
            with self._client() as client:
                address = f"{self.provider.issuer}/.well-known/openid-configuration"
                answer = client.request("GET", address, withhold_token=True)
            if answer.status_code != 200:
                raise OidcError(f"discovery answered {answer.status_code}")
            self._metadata = _usable(answer.json(), self.provider.issuer)
            self._read_keys()
            self._read_at = now
        return self._metadata

    def _read_keys(self) -> None:
        with self._client() as client:
            answer = client.request("GET", self._metadata["jwks_uri"], withhold_token=True)
        if answer.status_code != 200:
            raise OidcError(f"the keys' address answered {answer.status_code}")
        self._keys = answer.json()

    def _client(self, metadata: Mapping[str, Any] | None = None) -> OAuth2Client:
        methods = (metadata or {}).get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        basic = "client_secret_basic" in methods
        return OAuth2Client(
            client_id=self.provider.client_id,
            client_secret=self.provider.client_secret,
            token_endpoint_auth_method="client_secret_basic" if basic else "client_secret_post",
            scope="openid email profile",
            redirect_uri=self.redirect_uri,
            code_challenge_method="S256",
            transport=_Capped(httpx.HTTPTransport(verify=_trusted())),
            timeout=SECONDS,
            follow_redirects=False,
            trust_env=False,
        )


@cache
def _trusted() -> ssl.SSLContext:
    """Reading the certificates of all authorities takes a twentieth of a second."""
    return httpx.create_ssl_context(trust_env=False)


class _Capped(httpx.BaseTransport):
    """Reads at most LARGEST bytes of an answer."""

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self._inner = inner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self._inner.handle_request(request)
        body = b""
        try:
            for chunk in answer.stream:  # type: ignore[union-attr]  # a synchronous transport's stream is iterable
                body += chunk
                if len(body) > LARGEST:
                    raise OidcError("the provider's answer is too large")
        finally:
            answer.close()
        return httpx.Response(answer.status_code, headers=answer.headers, content=body, request=request)

    def close(self) -> None:
        self._inner.close()


def _checked(work: Callable[[], Any]) -> Any:
    if not _slots.acquire(blocking=False):
        raise OidcError("too many conversations with providers at once")
    try:
        return work()
    except (AuthlibBaseError, httpx.HTTPError, httpx.InvalidURL, JoseError) as error:
        raise OidcError(f"{type(error).__name__}: {error}"[:300]) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:  # JSON of another shape than the standard's
        raise OidcError(f"unreadable answer: {error!r}"[:300]) from error
    finally:
        _slots.release()


def _usable(metadata: dict[str, Any], issuer: str) -> dict[str, Any]:
    """The metadata, if they are of this issuer and every address in use is as safe as the issuer's own."""
    if metadata["issuer"].rstrip("/") != issuer:
        raise OidcError(f"discovery names the issuer {metadata['issuer']!r}")
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        if urlsplit(metadata[name]).scheme != "https" and urlsplit(issuer).scheme == "https":
            raise OidcError(f"{name} is not https")
    return metadata


def _same_person(userinfo: dict[str, Any], sub: str) -> dict[str, Any]:
    if userinfo["sub"] != sub:
        raise OidcError("the userinfo is of somebody else")
    return userinfo
