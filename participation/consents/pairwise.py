"""What a person is called at one service, and at no other (pairwise identifiers, OpenID Connect Core 8.1).

Two services that put their lists together find nobody twice: without the platform's secret, the names of one person at
two services have nothing in common. Once the account is erased, its random `ref` is gone and nobody can compute them.
"""

import secrets

from participation.keys import keyed_hash

CODE = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # nothing that is taken for something else on paper
CODE_LENGTH = 16  # 80 bits


def subject_of(secret: bytes, service_id: int, ref: str) -> str:
    """32 hexadecimal digits: HMAC-SHA-256 of the person's random `ref` with a key of this service alone."""
    return keyed_hash(secret, f"consent-subject:{service_id}", ref).hex()[:32]


def new_code(length: int = CODE_LENGTH) -> str:
    """A random name for a receipt, or a code that a person types over."""
    return "".join(secrets.choice(CODE) for _ in range(length))
