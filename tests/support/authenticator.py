"""A device that keeps passkeys, after W3C Web Authentication Level 2: honest unless told otherwise."""
import json
import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import encode_cbor


class Device:
    """`create` and `get` answer a page's options as `navigator.credentials` would, as JSON."""

    def __init__(self, origin: str, host: str) -> None:
        self.origin, self.host, self.verified, self.count = origin, host, True, 0
        self.id, self.key = secrets.token_bytes(32), ec.generate_private_key(ec.SECP256R1())

    def create(self, options: dict[str, Any]) -> str:
        numbers = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        made = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + encode_cbor(cose)
        data = self._data(0x40) + made
        told = {"attestationObject": _text(encode_cbor({"fmt": "none", "attStmt": {}, "authData": data}))}
        return self._answer(self._client("webauthn.create", options), told)

    def get(self, options: dict[str, Any]) -> str:
        self.count += 1
        client, data = self._client("webauthn.get", options), self._data(0)
        signature = self.key.sign(data + sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._answer(client, {"authenticatorData": _text(data), "signature": _text(signature)})

    def _data(self, flags: int) -> bytes:
        """Authenticator data (6.1): the host's hash, present (and verified), the count."""
        flags |= 0x05 if self.verified else 0x01
        return sha256(self.host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _client(self, kind: str, options: dict[str, Any]) -> bytes:
        said = {"type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": False}
        return json.dumps(said).encode()

    def _answer(self, client: bytes, told: dict[str, str]) -> str:
        response = {"clientDataJSON": _text(client), **told}
        named = {"id": _text(self.id), "rawId": _text(self.id), "type": "public-key", "clientExtensionResults": {}}
        return json.dumps({**named, "response": response})


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")
