"""The protocol part of the suite's OpenID provider, on Authlib's server side, and the faults it can be told to make.

A fault is one lie of a broken or hostile provider; every other step stays honest, so that a test shows which check
refuses it (OpenID Connect Core 1.0 section 3.1.3.7, RFC 7515 section 10, RFC 9700 section 2.1).
"""
import hmac
import json
import secrets
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from authlib.common.encoding import urlsafe_b64encode
from authlib.oauth2.rfc6749 import (
    AuthorizationServer, ClientMixin, InvalidRequestError, OAuth2Payload, OAuth2Request,
)
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc6750 import BearerTokenGenerator
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core.grants import OpenIDCode
from joserfc import jws
from joserfc.jwk import RSAKey

Answer = tuple[int, Any, list[tuple[str, str]]]

# Faults in the ID token; the others are made where the answer is given, in provider.py.
CLAIM_FAULTS: dict[str, Callable[[dict[str, Any], float], Any]] = {
    "wrong nonce": lambda claims, now: claims.update(nonce="made-up"),
    "no nonce": lambda claims, now: claims.pop("nonce", None),
    "wrong issuer": lambda claims, now: claims.update(iss="https://elsewhere.test"),
    "wrong audience": lambda claims, now: claims.update(aud=["another-client"]),
    "foreign azp": lambda claims, now: claims.update(aud=[*claims["aud"], "another-client"], azp="another-client"),
    "expired": lambda claims, now: claims.update(iat=int(now) - 7200, exp=int(now) - 3600),
    "issued in the future": lambda claims, now: claims.update(iat=int(now) + 7200, exp=int(now) + 10800),
    "no subject": lambda claims, now: claims.pop("sub", None),
    "unverified e-mail": lambda claims, now: claims.update(email_verified=False),
    "no e-mail": lambda claims, now: claims.pop("email", None),
    "wrong at_hash": lambda claims, now: claims.update(at_hash="AAAAAAAAAAAAAAAAAAAAAA"),
}
HEADER_FAULTS = ("alg none", "alg HS256", "jwk header", "unknown crit", "unknown kid", "wrong signature")
ANSWER_FAULTS = ("wrong state", "no state", "wrong iss in answer", "denied", "replayed code", "userinfo of another",
                 "token endpoint fails", "huge token", "discovery redirects", "discovery names another issuer")
FAULTS = (*CLAIM_FAULTS, *HEADER_FAULTS, *ANSWER_FAULTS)


@dataclass
class Person:
    """Somebody who has an account with the provider."""

    sub: str
    email: str
    name: str
    email_verified: bool = True
    claims: dict[str, Any] = field(default_factory=dict)

    def userinfo(self) -> dict[str, Any]:
        return {"sub": self.sub, "name": self.name, "email": self.email, "email_verified": self.email_verified,
                **self.claims}


@dataclass
class RelyingParty(ClientMixin):
    client_id: str = "sanpo"
    client_secret: str = "only-for-tests"
    redirect_uris: list[str] = field(default_factory=list)  # empty: whatever is asked for

    def get_client_id(self) -> str:
        return self.client_id

    def get_default_redirect_uri(self) -> str:
        return self.redirect_uris[0] if self.redirect_uris else ""

    def get_allowed_scope(self, scope: str | None) -> str:
        return " ".join(part for part in (scope or "").split() if part in {"openid", "email", "profile"})

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return not self.redirect_uris or redirect_uri in self.redirect_uris

    def check_client_secret(self, client_secret: str) -> bool:
        return secrets.compare_digest(self.client_secret, client_secret)

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method in {"client_secret_basic", "client_secret_post"}

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


@dataclass
class Code:
    """An authorization code with what it was given for."""

    code: str
    person: Person
    asked: dict[str, str]
    scope: str

    def get_redirect_uri(self) -> str:
        return self.asked["redirect_uri"]

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str | None:
        return self.asked.get("nonce")

    def get_auth_time(self) -> None:
        return None

    def get_acr(self) -> None:
        return None

    def get_amr(self) -> None:
        return None

    @property
    def code_challenge(self) -> str | None:
        return self.asked.get("code_challenge")

    @property
    def code_challenge_method(self) -> str | None:
        return self.asked.get("code_challenge_method")


@cache
def made_key(whose: str) -> RSAKey:
    """A key takes a quarter of a second to make, so each is made once and used by all providers of this process."""
    return RSAKey.generate_key(2048, {"kid": "1", "use": "sig"})


@dataclass
class Records:
    """What the provider remembers; shared with the HTTP part."""

    people: dict[str, Person] = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)
    tokens: dict[str, Person] = field(default_factory=dict)
    client: RelyingParty = field(default_factory=RelyingParty)
    issuer: str = ""
    fault: str = ""
    now: Callable[[], float] = time.time
    key: RSAKey = field(default_factory=lambda: made_key("the provider's"))
    other_key: RSAKey = field(default_factory=lambda: made_key("somebody else's"))


class Payload(OAuth2Payload):
    def __init__(self, data: dict[str, str]) -> None:
        self._data = data

    @property
    def data(self) -> dict[str, str]:
        return self._data

    @property
    def datalist(self) -> defaultdict[str, list[str]]:
        return defaultdict(list, {name: [value] for name, value in self._data.items()})


class Asked(OAuth2Request):
    def __init__(self, method: str, data: dict[str, str], headers: dict[str, str]) -> None:
        super().__init__(method, "https://provider.test/", headers=headers)
        self.payload = Payload(data)
        self._data = data

    @property
    def args(self) -> dict[str, str]:
        return self._data

    @property
    def form(self) -> dict[str, str]:
        return self._data


class CodeGrant(AuthorizationCodeGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_basic", "client_secret_post"]

    @property
    def records(self) -> Records:
        return self.server.records

    def save_authorization_code(self, code: str, request: OAuth2Request) -> None:
        self.records.codes[code] = Code(code, request.user, dict(request.payload.data), request.scope)

    def query_authorization_code(self, code: str, client: RelyingParty) -> Code | None:
        return self.records.codes.get(code)

    def delete_authorization_code(self, authorization_code: Code) -> None:
        if self.records.fault != "replayed code":
            del self.records.codes[authorization_code.code]

    def authenticate_user(self, authorization_code: Code) -> Person:
        return authorization_code.person


class IdToken(OpenIDCode):
    """The ID token, honest or with the one fault that was asked for."""

    def __init__(self, records: Records) -> None:
        super().__init__(require_nonce=False)
        self.records = records

    def exists_nonce(self, nonce: str, request: OAuth2Request) -> bool:
        return any(code.get_nonce() == nonce for code in self.records.codes.values())

    def get_client_claims(self, client: RelyingParty) -> dict[str, Any]:
        now = int(self.records.now())
        return {"iss": self.records.issuer, "aud": [client.client_id], "iat": now, "exp": now + 600, "auth_time": now}

    def generate_user_info(self, user: Person, scope: str) -> dict[str, Any]:
        return user.userinfo()

    def encode_id_token(self, token: dict[str, Any], request: OAuth2Request) -> str:
        claims = self.get_compatible_claims(request)
        claims.update(self.get_authorization_code_claims(request.authorization_code))
        claims.update(self.generate_user_info(request.user, token["scope"]))
        CLAIM_FAULTS.get(self.records.fault, lambda claims, now: None)(claims, self.records.now())
        if self.records.fault == "huge token":
            claims["padding"] = "x" * 10_000_000
        return sign(claims, self.records)


def sign(claims: dict[str, Any], records: Records) -> str:
    """A compact JWS of the claims; the header faults are those that RFC 8725 warns of."""
    header: dict[str, Any] = {"alg": "RS256", "kid": "1", "typ": "JWT"}
    key: Any = records.key
    match records.fault:
        case "alg none":
            header = {"alg": "none", "typ": "JWT"}
        case "alg HS256":  # the public key taken for a shared secret
            header["alg"] = "HS256"
        case "jwk header":  # "trust the key that I bring along"
            header["jwk"], key = records.other_key.as_dict(private=False), records.other_key
        case "unknown crit":
            header |= {"crit": ["http://provider.test/unheard-of"], "http://provider.test/unheard-of": True}
        case "unknown kid":
            header["kid"], key = "2", records.other_key
        case "wrong signature":
            key = records.other_key
    # Signed by hand, since a library rightly refuses to make most of these.
    signing_input = b".".join(urlsafe_b64encode(json.dumps(part).encode()) for part in (header, claims))
    if header["alg"] == "none":
        return signing_input.decode() + "."
    if header["alg"] == "HS256":
        signature = hmac.digest(records.key.as_pem(private=False), signing_input, "sha256")
    else:
        signature = jws.JWSRegistry(algorithms=["RS256"]).get_alg("RS256").sign(signing_input, key)
    return b".".join((signing_input, urlsafe_b64encode(signature))).decode()


class Protocol(AuthorizationServer):
    """RFC 6749 with PKCE (RFC 7636) and OpenID Connect; answers are (status, body, headers)."""

    def __init__(self, records: Records) -> None:
        super().__init__(scopes_supported=["openid", "email", "profile"])
        self.records = records
        self.register_token_generator("default", BearerTokenGenerator(lambda **_: secrets.token_urlsafe(24)).generate)
        self.register_grant(CodeGrant, [S256Only(required=True), IdToken(records)])

    def query_client(self, client_id: str) -> RelyingParty | None:
        return self.records.client if client_id == self.records.client.client_id else None

    def save_token(self, token: dict[str, Any], request: OAuth2Request) -> None:
        self.records.tokens[token["access_token"]] = request.user

    def create_oauth2_request(self, request: Asked) -> Asked:
        return request

    def handle_response(self, status: int, body: Any, headers: list[tuple[str, str]]) -> Answer:
        return status, body, headers

    def send_signal(self, name: str, *args: Any, **kwargs: Any) -> None:
        """Nobody listens."""


class S256Only(CodeChallenge):
    """RFC 9700: PKCE is required of every client, with S256."""

    SUPPORTED_CODE_CHALLENGE_METHOD = ["S256"]

    def validate_code_challenge(self, grant: CodeGrant, redirect_uri: str) -> None:
        if not grant.request.payload.data.get("code_challenge"):
            raise InvalidRequestError("PKCE is required")
        super().validate_code_challenge(grant, redirect_uri)
