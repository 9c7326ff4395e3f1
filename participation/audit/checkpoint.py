"""Signed heads of the log, as text that other people's tools read too.

The text is a C2SP checkpoint (https://c2sp.org/tlog-checkpoint), signed as a note (https://c2sp.org/signed-note) with
Ed25519: origin, size and root in base64 on a line each, then one extension line with the time of signing.
"""

import os
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"
_TIME = "%Y-%m-%dT%H:%M:%S.%fZ"


class BadCheckpoint(ValueError):
    """The text is no checkpoint, or not one that this key has signed; the message says which and why."""


@dataclass(frozen=True)
class Head:
    """The state of the log at one moment: how many entries, their root, and when that was stated."""

    origin: str
    size: int
    root: bytes
    at: datetime

    def text(self) -> str:
        """The part of the checkpoint that is signed."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\nat {self.at.strftime(_TIME)}\n"


@dataclass(frozen=True)
class VerifierKey:
    """What is needed to check the signatures of one log: its name and its Ed25519 public key (32 bytes)."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """The four bytes by which a signature line names its key."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{b64encode(ED25519 + self.public).decode()}"

    @classmethod
    def parse(cls, text: str) -> "VerifierKey":
        """Read `name+id+key` as printed above; raises BadCheckpoint when it is none or its parts disagree."""
        try:
            name, identity, encoded = text.strip().split("+", 2)
            material = b64decode(encoded, validate=True)
        except ValueError as error:
            raise BadCheckpoint("a verifier key looks like name+id+key") from error
        key = cls(name, material[1:])
        if material[:1] != ED25519 or len(material) != 33 or key.id.hex() != identity:
            raise BadCheckpoint("the parts of the verifier key do not belong together")
        return key


class Signer:
    """Signs heads under one name. The name is the origin of the log: a URL without its scheme."""

    def __init__(self, name: str, private: Ed25519PrivateKey) -> None:
        self.name = name
        self._private = private
        self.verifier = VerifierKey(name, private.public_key().public_bytes_raw())

    def sign(self, size: int, root: bytes, at: datetime) -> str:
        """The signed checkpoint for a tree of this size and root, stated at this moment."""
        text = Head(self.name, size, root, at.astimezone(UTC)).text()
        signature = b64encode(self.verifier.id + self._private.sign(text.encode())).decode()
        return f"{text}\n\N{EM DASH} {self.name} {signature}\n"


def signer_of(path: Path, name: str) -> Signer:
    """The signer whose key is kept at this path; made there, readable for its owner only, on the first use."""
    if not path.exists():
        _keep_new_key(path)
    return Signer(name, Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text("ascii").strip())))


def _keep_new_key(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(Ed25519PrivateKey.generate().private_bytes_raw().hex() + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)  # several processes may start at once: only the first key ever becomes the key
    except FileExistsError:
        return
    finally:
        draft.unlink()


def read_head(note: str) -> Head:
    """What a checkpoint states, without a look at its signatures. Raises BadCheckpoint when the text is none."""
    text, _ = _parts(note)
    lines = text.split("\n")[:-1]
    try:
        origin, size, root, extra = lines[0], lines[1], b64decode(lines[2], validate=True), lines[3]
        if not origin or len(root) != 32 or str(int(size)) != size or int(size) < 0 or len(lines) != 4:
            raise ValueError
        return Head(origin, int(size), root, datetime.strptime(extra, "at " + _TIME).replace(tzinfo=UTC))
    except (ValueError, IndexError) as error:
        raise BadCheckpoint("a head consists of origin, size, root and time on a line each") from error


def verify(note: str, keys: Iterable[VerifierKey]) -> Head:
    """The head that the note states, once one of these keys is found to have signed it; BadCheckpoint otherwise.

    A site may have moved since: the key signed under the name that the head has, whatever the log is called today.
    """
    head = read_head(note)
    text, signatures = _parts(note)
    if any(_signed_by(text, signatures, VerifierKey(head.origin, key.public)) for key in keys):
        return head
    raise BadCheckpoint(f"the head of size {head.size} carries no valid signature of this log's key")


def signature_of(note: str) -> str:
    """The signature of the log's own key, in base64, as its line has it."""
    return _parts(note)[1][0].rsplit(" ", 1)[1]


def _parts(note: str) -> tuple[str, list[str]]:
    text, gap, rest = note.rpartition("\n\n")
    lines = rest.splitlines()
    if not gap or not lines or not all(line.startswith("\N{EM DASH} ") and line.count(" ") == 2 for line in lines):
        raise BadCheckpoint("a head is a text, an empty line, and signature lines")
    return text + "\n", lines


def _signed_by(text: str, signatures: list[str], key: VerifierKey) -> bool:
    for line in signatures:
        _, name, encoded = line.split(" ")
        try:
            material = b64decode(encoded, validate=True)
            if name == key.name and material[:4] == key.id:
                Ed25519PublicKey.from_public_bytes(key.public).verify(material[4:], text.encode())
                return True
        except (InvalidSignature, ValueError):
            continue
    return False
